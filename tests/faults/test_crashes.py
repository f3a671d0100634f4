"""A crash, a kill, two savers at once: no pair is lost, nothing is done twice, the trace stays whole."""

import threading
from datetime import timedelta

import pytest
from caseload import YUSUF_ARABIC, add_registered, add_request, answer, identity
from killed import die, killed
from sqlalchemy import select

from rfl.jobs.worker import work_once
from rfl.models.index import MatchDue
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TimelineEvent
from rfl.models.work import Run
from rfl.services import matching_runs, proposing
from rfl.services.audit import verify
from rfl.services.matching_index import index_person
from rfl.services.matching_runs import start_matching
from rfl.services.proposing import propose_due, propose_waiting
from rfl.services.runs import claim, read_run
from rfl.services.unit import SYSTEM, Chore, Look, Unit

YUSUF = identity("Yusuf Ahmad Haddad", "1994-05-12", mother_name="Salma", sex="male")
MOTHER = identity("Salma Haddad", "1970", sex="female")
PATIENCE = 30  # seconds until a test that hangs fails


# What is changed below is changed in a process of its own, which ends with it.


def die_between_the_commits(person_id):
    proposing.apply_findings = die
    propose_due([person_id])


def die_before_the_second_commit(person_id):
    apply = proposing.apply_findings

    def apply_and_die(unit, findings):
        apply(unit, findings)
        unit.session.flush()
        die()

    proposing.apply_findings = apply_and_die
    propose_due([person_id])


def die_in_the_third_slice():
    matching_runs.SLICE = 1
    advance, slices = matching_runs.advance, []

    def advance_and_die(unit, held, **more):
        slices.append(held)
        advance(unit, held, **more)
        if len(slices) == 3:
            unit.session.flush()
            die()

    matching_runs.advance = advance_and_die
    work_once("dying")


def proposals():
    with Look(SYSTEM) as look:
        return [(one.left_id, one.right_id) for one in look.session.scalars(select(Proposal))]


def marked():
    with Look(SYSTEM) as look:
        return set(look.session.scalars(select(MatchDue.person_id)))


def chain_fits():
    with Look(SYSTEM) as look:
        return verify(look.session).first_bad is None


def sweep():
    with Look(SYSTEM) as look:
        later = look.at + timedelta(minutes=1)
    propose_waiting(since=later)


@pytest.mark.parametrize("dying", [die_between_the_commits, die_before_the_second_commit])
def test_a_pair_is_found_although_the_process_died_before_proposing_it(north, south, dying):
    registered = add_registered(south.officer, YUSUF)
    _, (sought,) = add_request(north.officer, MOTHER, ("son", YUSUF_ARABIC))
    killed(lambda: dying(sought))
    assert (proposals(), sought in marked()) == ([], True)
    sweep()
    assert (proposals(), marked()) == ([(sought, registered)], set())
    assert chain_fits()


def test_a_killed_run_goes_on_and_does_nothing_twice(north, south):
    registered = [add_registered(north.officer, identity(name)) for name in ("Rosa Deng", "Omar Farah", "Ana Ruiz")]
    sought = [
        add_request(south.officer, MOTHER, ("son", identity(name)))[1][0]
        for name in ("Rosa Deng", "Omar Farah", "Ana Ruiz")
    ]
    run_id = start_matching(north.officer)
    killed(die_in_the_third_slice)
    assert read_run(north.officer, run_id).done == 2
    assert claim("too early", ("matching",)) is None
    with Chore(SYSTEM) as chore:
        chore.session.get_one(Run, run_id).lease_until = chore.at - timedelta(seconds=1)
    assert work_once("survivor")
    found = read_run(north.officer, run_id)
    assert (found.state, found.done, found.counts["proposed"]) == ("done", 3, 3)
    assert sorted(proposals()) == sorted(zip(sought, registered, strict=True))
    with Look(SYSTEM) as look:
        told = look.session.scalars(select(TimelineEvent.id).where(TimelineEvent.event == "proposal:proposed")).all()
    assert len(told) == 6
    assert chain_fits()


def together(app, *acts):
    """Run the acts in threads of their own, each with its own connection; raises what one of them raised."""
    failures = []

    def run(act):
        try:
            with app.app_context():
                act()
        except BaseException as error:  # noqa: BLE001 - a thread must hand its failure to the test
            failures.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    if failures:
        raise failures[0]


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_save_at_the_same_moment_the_pair_is_not_lost(app, north, south, monkeypatch, turn):
    registered = add_registered(south.officer, identity("Another Name"))
    _, (sought,) = add_request(north.officer, MOTHER, ("son", identity("Other Person")))
    propose_due([registered, sought])
    inside, before_writing = threading.Barrier(2), threading.Barrier(2)
    can_overlap = app.extensions["sqlalchemy"].engine.dialect.name == "postgresql"
    find = proposing.find

    def find_and_wait(session, due):
        found = list(find(session, due))
        before_writing.wait(PATIENCE)
        return found

    monkeypatch.setattr(proposing, "find", find_and_wait)

    def save(actor, person_id):
        with Unit(actor) as unit:
            person = unit.session.get_one(Person, person_id)
            person.identity = YUSUF.to_dict()
            index_person(unit, person)
            unit.record("person:saved", person_id)
            unit.session.flush()
            if can_overlap:
                # Both transactions are open and neither sees the other: the case that loses pairs elsewhere.
                inside.wait(PATIENCE)
        propose_due([person_id])

    together(app, lambda: save(south.officer, registered), lambda: save(north.officer, sought))
    sweep_alone(monkeypatch, find)
    assert proposals() == [(sought, registered)]
    assert chain_fits()


def sweep_alone(monkeypatch, find):
    """What a worker does later for whoever had to step aside."""
    monkeypatch.setattr(proposing, "find", find)
    sweep()


def test_a_withdrawal_under_way_is_never_overtaken_by_a_proposal(app, north, south):
    registered = add_registered(south.officer, YUSUF)
    _, (sought,) = add_request(north.officer, MOTHER, ("son", YUSUF))
    withdrawing, proposed = threading.Event(), threading.Event()

    def withdraw():
        with Unit(south.officer) as unit:
            person = unit.session.get_one(Person, registered)
            answer(unit, person, given=False)
            index_person(unit, person)
            unit.record("consent:withdrawn", registered)
            withdrawing.set()
            proposed.wait(1)  # on SQLite the other waits for this commit, and the time passes

    def propose():
        withdrawing.wait(PATIENCE)
        propose_due([sought])
        proposed.set()

    together(app, withdraw, propose)
    sweep()
    assert proposals() == []


def test_two_workers_never_hold_one_run(app, north, south):
    for staff in (north, south):
        start_matching(staff.officer)
    start, held = threading.Barrier(4), []

    def take(name):
        start.wait(PATIENCE)
        held.append(claim(name, ("matching",)))

    together(app, *(lambda name=name: take(name) for name in "abcd"))
    taken = [one.id for one in held if one]
    assert len(taken) == len(set(taken)) == 2
