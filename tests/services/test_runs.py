"""Long work survives whoever does it: leases, slices, attempts, and a plain sentence at the end."""

from datetime import timedelta

import pytest
from caseload import YUSUF_ARABIC, add_registered, add_request, identity
from review_world import answer as give_answer
from review_world import proposed
from sqlalchemy import func, select

from rfl.domain.errors import NotAllowed, NotFound, RuleBroken
from rfl.jobs import worker as jobs
from rfl.models.index import MatchDue
from rfl.models.proposals import Proposal
from rfl.models.work import Run
from rfl.services import matching_runs, runs
from rfl.services.matching_runs import match_slice, read_overview, start_for_society, start_matching
from rfl.services.runs import LeaseLost, RunUnderWay, advance, cancel, claim, heartbeat, read_run, release_all
from rfl.services.unit import SYSTEM, Chore, Look

KINDS = ("matching",)


def start(staff) -> str:
    return start_matching(staff.officer)


def state_of(run_id):
    with Look(SYSTEM) as look:
        run = look.session.get_one(Run, run_id)
        return run.state, run.done, run.cursor


def expire_lease(run_id):
    with Chore(SYSTEM) as chore:
        chore.session.get_one(Run, run_id).lease_until = chore.at - timedelta(seconds=1)


def test_a_run_belongs_to_one_worker_at_a_time(app, north):
    run_id = start(north)
    assert claim("a", KINDS).id == run_id
    assert claim("b", KINDS) is None


def test_a_run_whose_worker_died_is_taken_up_when_the_lease_ends(app, north):
    run_id = start(north)
    claim("a", KINDS)
    expire_lease(run_id)
    assert claim("b", KINDS).id == run_id


def test_a_heartbeat_keeps_the_run(app, north):
    run_id = start(north)
    held = claim("a", KINDS)
    expire_lease(run_id)
    heartbeat(held)
    assert claim("b", KINDS) is None


def test_who_lost_the_lease_writes_nothing(app, north):
    run_id = start(north)
    late = claim("a", KINDS)
    expire_lease(run_id)
    claim("b", KINDS)
    with pytest.raises(LeaseLost), Chore(SYSTEM) as chore:
        advance(chore, late, cursor="x", done=5, counts={"proposed": 1})
    assert state_of(run_id) == ("running", 0, "")


def test_a_worker_that_stops_gives_its_run_back_at_once(app, north):
    run_id = start(north)
    claim("a", KINDS)
    release_all("a")
    assert claim("b", KINDS).id == run_id


def test_a_run_that_dies_three_times_at_one_place_ends_with_a_sentence(app, north):
    run_id = start(north)
    for _ in range(3):
        assert claim("a", KINDS) is not None
        expire_lease(run_id)
    assert claim("a", KINDS) is None
    found = read_run(north.officer, run_id)
    assert (found.state, found.problem) == ("failed", runs.GIVEN_UP)


def test_progress_forgives_earlier_attempts(app, north):
    run_id = start(north)
    for place in range(5):
        held = claim("a", KINDS)
        with Chore(SYSTEM) as chore:
            advance(chore, held, cursor=str(place), done=1, counts={"proposed": 2})
        expire_lease(run_id)
    found = read_run(north.officer, run_id)
    assert (found.state, found.done, found.counts) == ("running", 5, {"proposed": 10})


def test_a_second_run_is_refused_while_one_is_live(app, north, south):
    start(north)
    with pytest.raises(RunUnderWay):
        start(north)
    assert start(south)


def test_a_stopped_run_stays_stopped(app, north):
    run_id = start(north)
    held = claim("a", KINDS)
    cancel(north.officer, run_id)
    with pytest.raises(LeaseLost):
        match_slice(held, "")
    assert state_of(run_id)[0] == "cancelled"


def test_a_run_of_another_society_does_not_exist(app, north, south):
    run_id = start(north)
    with pytest.raises(NotFound):
        read_run(south.officer, run_id)
    with pytest.raises(NotFound):
        cancel(south.officer, run_id)


def test_only_who_may_match_starts_and_reads_runs(app, north):
    with pytest.raises(NotAllowed):
        start_matching(north.caseworker)
    with pytest.raises(NotAllowed):
        read_overview(north.caseworker)


def test_a_worker_matches_the_caseload_and_says_what_it_did(app, north, south):
    add_registered(south.officer, YUSUF_ARABIC)
    add_request(north.officer, identity("Salma Haddad"), ("son", YUSUF_ARABIC))
    start_for_society(north.id)
    assert jobs.work_once("w")
    overview = read_overview(north.officer)
    assert (overview.last_finished.done, overview.last_finished.counts["proposed"]) == (2, 1)
    assert overview.last_finished.percent == 100
    assert (overview.open_proposals, overview.waiting) == (1, 0)


def test_a_first_answer_does_not_show_in_the_figure_of_undecided_proposals(north, south):
    proposal = proposed(north, south)
    give_answer(south.officer, proposal)
    assert read_overview(north.officer).open_proposals == 1


def test_there_is_nothing_to_do_for_an_idle_worker(app, north):
    assert not jobs.work_once("w")


def test_a_run_goes_on_after_the_last_finished_slice(app, north, monkeypatch):
    monkeypatch.setattr(matching_runs, "SLICE", 1)
    for name in ("Yusuf Haddad", "Maryam Banda", "Rosa Deng"):
        add_registered(north.officer, identity(name))
    run_id = start(north)
    first = match_slice(claim("a", KINDS), "")
    expire_lease(run_id)
    held = claim("b", KINDS)
    assert held.cursor == first
    matching_runs.run_matching(held)
    assert state_of(run_id)[:2] == ("done", 3)
    with Look(SYSTEM) as look:
        assert look.session.scalar(select(func.count()).select_from(MatchDue)) == 0


class Full(RuleBroken):
    message = "The disk is full. Make room, then start again."


@pytest.mark.parametrize(
    ("error", "state", "problem"),
    [(Full(), "failed", Full.message), (ZeroDivisionError("name of a person"), "waiting", "")],
)
def test_a_failing_run_neither_ends_the_worker_nor_tells_what_it_read(
    app, north, monkeypatch, caplog, error, state, problem
):
    def fail(held):
        raise error

    monkeypatch.setitem(jobs.HANDLERS, "matching", fail)
    run_id = start(north)
    assert jobs.work_once("w")
    found = read_run(north.officer, run_id)
    assert (found.state, found.problem) == (state, problem)
    assert "name of a person" not in caplog.text


def test_a_broken_hook_does_not_stop_the_others(app, north, monkeypatch, caplog):
    def broken():
        raise OSError("secret words")

    called = []
    hooks = (jobs.Hook("a", 0, broken), jobs.Hook("b", 0, lambda: called.append(1)))
    monkeypatch.setattr(jobs, "HOOKS", hooks)
    jobs.Worker(app)._call_hooks()
    assert called == [1]
    assert "secret words" not in caplog.text


def test_the_worker_thread_does_the_work_and_stops(app, north, south):
    add_registered(south.officer, YUSUF_ARABIC)
    add_request(north.officer, identity("Salma Haddad"), ("son", YUSUF_ARABIC))
    run_id = start(north)
    one = jobs.Worker(app)
    done = jobs.threading.Event()
    handler = jobs.HANDLERS["matching"]

    def observed(held):
        handler(held)
        done.set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(jobs.HANDLERS, "matching", observed)
        one.start()
        assert done.wait(30)
        one.stop()
    assert not one._thread.is_alive()
    assert state_of(run_id)[0] == "done"
    with Look(SYSTEM) as look:
        assert look.session.scalar(select(func.count()).select_from(Proposal)) == 1
