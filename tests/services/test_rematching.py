"""After an upgrade or with another correction a caseload is matched again: decisions stay, and what changed is said."""

import pytest
from caseload import add_registered, add_request, identity
from review_world import answer, read_row
from sqlalchemy import select

import matching.correction
from matching import VERSION, Correction
from rfl.jobs import worker as jobs
from rfl.models.corrections import MatchingCorrection
from rfl.models.proposals import Decision, Proposal
from rfl.services import corrections, evidence
from rfl.services.corrections import use_correction
from rfl.services.index_figures import Figures
from rfl.services.index_upkeep import recount
from rfl.services.matching_runs import read_overview, read_status, start_for_society
from rfl.services.proposing import propose_due
from rfl.services.review import read_review
from rfl.services.unit import SYSTEM, Chore, Look
from rfl.services.work_list import read_work

NAMES = ("Yusuf Ahmad Haddad", "Bakary Diallo Sanou", "Temesgen Abebe Girma")
ENQUIRER = identity("Salma Warsame", sex="female")


@pytest.fixture
def proposals(north, south):
    """Three proposals: one nobody has looked at, one with a first answer, one called different."""
    found = []
    for place, name in enumerate(NAMES):
        registered = add_registered(south.officer, identity(name, "1990"), number=f"SOU-R-{place}")
        _, (sought,) = add_request(north.officer, ENQUIRER, ("son", identity(name, "1990")))
        propose_due([sought])
        with Look(SYSTEM) as look:
            pair = {"left_id": sought, "right_id": registered}
            found.append(look.session.scalars(select(Proposal.id).filter_by(**pair)).one())
    answer(south.officer, found[1], "same")
    answer(south.officer, found[2], "different")
    match(north)
    return found


def match(staff):
    start_for_society(staff.id)
    assert jobs.work_once("w")


def learn_and_use(correction: Correction) -> None:
    with Chore(SYSTEM) as chore:
        row = MatchingCorrection(
            number=1,
            created_at=chore.at,
            created_by="system",
            engine_version=VERSION,
            content=correction.to_json(),
            report={"same": 20, "different": 20},
        )
        chore.session.add(row)
    use_correction(SYSTEM, 1)


@pytest.fixture
def upgrade(monkeypatch):
    """Run a later engine, which sees the same values at other levels."""

    def become(version: str):
        monkeypatch.setattr(matching.correction, "VERSION", version)
        monkeypatch.setattr(corrections, "VERSION", version)
        monkeypatch.setattr(matching.Comparison, "digest", lambda self: f"{version} {self.weight}")
        corrections._read.cache_clear()

    yield become
    corrections._read.cache_clear()


def states(proposals):
    return [read_row(one).state for one in proposals]


def test_nothing_is_due_while_the_same_engine_compares(north, proposals):
    assert not read_overview(north.officer).due
    assert not read_work(north.officer).rematch_due


def test_another_correction_makes_a_new_matching_due_until_it_is_done(north, proposals):
    learn_and_use(Correction(offset=-1.0))
    assert read_overview(north.officer).due
    assert read_work(north.officer).rematch_due
    match(north)
    overview = read_overview(north.officer)
    assert (overview.due, overview.last_finished.engine_version) == (False, f"{VERSION}+1")


def test_whoever_may_not_match_is_not_told_to(north, proposals):
    learn_and_use(Correction(offset=-1.0))
    assert not read_work(north.caseworker).rematch_due


def test_a_proposal_of_another_engine_makes_it_due_where_no_run_was_ever_made(south, proposals):
    learn_and_use(Correction(offset=-1.0))
    assert read_overview(south.officer).last_finished is None
    assert read_overview(south.officer).due


def test_the_run_says_what_rose_what_fell_what_went_and_what_stayed(north, proposals):
    match(north)
    counts = read_overview(north.officer).last_finished.counts
    assert (counts["unchanged"], counts["decided"], counts["refreshed"]) == (2, 1, 0)
    before = read_row(proposals[0]).score
    learn_and_use(Correction(slope=0.5, offset=-3.0))
    match(north)
    counts = read_overview(north.officer).last_finished.counts
    assert (counts["lowered"], counts["raised"], counts["decided"], counts["withdrawn"]) == (2, 0, 1, 0)
    assert read_row(proposals[0]).score < before
    use_correction(SYSTEM, None)
    match(north)
    assert read_overview(north.officer).last_finished.counts["raised"] == 2
    assert read_row(proposals[0]).score == before


def test_what_is_no_longer_worth_proposing_is_withdrawn_and_answers_stand(north, proposals):
    learn_and_use(Correction(offset=-50.0))
    match(north)
    assert read_overview(north.officer).last_finished.counts["withdrawn"] == 1
    assert states(proposals) == ["withdrawn", "second", "different"]
    use_correction(SYSTEM, None)
    match(north)
    assert states(proposals) == ["open", "second", "different"]


def test_the_list_does_not_show_by_an_old_score_that_somebody_has_answered(north, proposals):
    learn_and_use(Correction(slope=0.5, offset=-3.0))
    match(north)
    untouched, answered = read_row(proposals[0]), read_row(proposals[1])
    assert (answered.engine_version, answered.score < 0.9) == (untouched.engine_version, untouched.score < 0.9)


def test_an_upgrade_asks_nobody_again_what_was_called_different(north, proposals, upgrade):
    upgrade("9.0")
    match(north)
    match(north)
    assert states(proposals) == ["open", "second", "different"]
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(Decision.standing)).all() == [True, True]


def test_after_an_upgrade_different_is_still_asked_again_once_the_evidence_changes(
    north, proposals, upgrade, monkeypatch
):
    upgrade("9.0")
    match(north)
    monkeypatch.setattr(matching.Comparison, "digest", lambda _: "something that was compared has changed")
    match(north)
    assert states(proposals)[2] == "open"


def test_an_answer_on_an_older_engine_is_not_said_to_stand_on_other_evidence(south, proposals, upgrade):
    from rfl.services.review import read_review  # noqa: PLC0415 - read under another engine

    upgrade("9.0")
    (own,) = read_review(south.officer, proposals[1]).answers
    assert not own.evidence_changed


def test_commands_say_of_every_society_when_and_by_what_it_was_matched(north, south, proposals):
    found = {line.code: line for line in read_status()}
    assert (found["NOR"].last_finished.engine_version, found["NOR"].due) == (VERSION, False)
    assert found["SOU"].last_finished is None


def test_evidence_names_what_compared(north, proposals):
    learn_and_use(Correction(offset=-1.0))
    with Look(SYSTEM) as look:
        found = evidence.evidence_of(look.session, look.session.get_one(Proposal, proposals[0]))
    assert found.engine == f"{VERSION}+1"


def test_a_larger_caseload_lowers_scores_and_hides_no_proposal(north, south, proposals, monkeypatch):
    before = [read_row(one).score for one in proposals]
    monkeypatch.setattr(Figures, "__init__", a_million(Figures.__init__))
    recount()
    match(north)
    after = [read_row(one).score for one in proposals]
    assert all(new < old for old, new in zip(before[:2], after[:2], strict=True))
    assert states(proposals) == ["open", "second", "different"]
    assert read_review(north.officer, proposals[0]).score == pytest.approx(after[0])


def a_million(begin):
    """Count as many persons as a national caseload holds."""

    def among_many(self, *counts):
        begin(self, *counts)
        self.total = 1_000_000

    return among_many
