"""Relatives who are sought together and registered together lift each other's proposals, and nobody else's."""

from datetime import timedelta

import pytest
from caseload import add_registered
from family_world import AHMAD, MAHMUD, REGISTERED_AHMAD, REGISTERED_MAHMUD, brother, registered, sought
from review_world import answer, proposal_between, read_row
from sqlalchemy import func, select
from staff import found

from matching import KINDS
from rfl.domain.clock import now
from rfl.domain.persons import Identity, PersonName, UncertainDate
from rfl.jobs import worker as jobs
from rfl.models.index import MatchDue
from rfl.models.proposals import Proposal
from rfl.services import calibration
from rfl.services.matching_runs import start_for_society
from rfl.services.proposing import propose_due, propose_waiting
from rfl.services.review import read_review
from rfl.services.taking_back import take_back
from rfl.services.unit import SYSTEM, Look, Unit


@pytest.fixture
def crowd(south):
    """Others of the family name, so that it says little."""
    for place, given in enumerate(("Hamid", "Jawad", "Nasir", "Qasim", "Sabir", "Tariq", "Wahid", "Yunus")):
        add_registered(south.officer, brother(given), number=f"SOU-R-9{place}")


def both_found(north, south) -> tuple[str, str, str, str]:
    """Return the ids of two registered and two sought brothers, proposed to each other, with nothing left to match."""
    found = registered(south)
    together = sought(north, MAHMUD, AHMAD)
    propose_due(together)
    work_off_marks()
    return (*found, *together)


def score(left: str, right: str) -> float:
    return read_row(proposal_between(left, right)).score


def family_line(actor, proposal_id: str) -> str:
    return next((line.level for line in read_review(actor, proposal_id).lines if line.kind == "household"), "")


def work_off_marks() -> None:
    propose_waiting(since=now() + timedelta(seconds=1))
    with Look(SYSTEM) as look:
        assert look.session.scalar(select(func.count()).select_from(MatchDue)) == 0


def test_two_brothers_of_one_request_are_lifted_by_each_other_as_soon_as_it_is_saved(north, south, crowd):
    mahmud, ahmad = registered(south)
    (alone,) = sought(north, MAHMUD)
    propose_due([alone])
    together = sought(north, MAHMUD, AHMAD)
    propose_due(together)
    assert score(together[0], mahmud) > score(alone, mahmud) + 0.2
    assert score(together[1], ahmad) > 0.9
    assert family_line(north.officer, proposal_between(together[0], mahmud)) == "family_met"
    assert family_line(north.officer, proposal_between(alone, mahmud)) != "family_met"


def test_what_the_page_shows_is_what_was_proposed(north, south, crowd):
    mahmud, _ = registered(south)
    first, second = sought(north, MAHMUD, AHMAD)
    propose_due([first, second])
    proposal_id = proposal_between(first, mahmud)
    assert read_review(north.officer, proposal_id).score == pytest.approx(read_row(proposal_id).score)


def test_a_brother_registered_later_lifts_the_first_once_marks_are_worked_off(north, south, crowd):
    mahmud = add_registered(south.officer, REGISTERED_MAHMUD, number="SOU-R-1")
    first, second = sought(north, MAHMUD, AHMAD)
    propose_due([first, second, mahmud])
    before = score(first, mahmud)
    ahmad = add_registered(south.officer, REGISTERED_AHMAD, number="SOU-R-2")
    propose_due([ahmad])
    work_off_marks()
    assert score(first, mahmud) > before + 0.2


def test_matching_again_changes_nothing_more(north, south, crowd):
    registered(south)
    propose_due(sought(north, MAHMUD, AHMAD))
    work_off_marks()
    before = all_scores()
    for staff in (north, south):
        start_for_society(staff.id)
        while jobs.work_once("w"):
            pass
    work_off_marks()
    assert all_scores() == pytest.approx(before)


def all_scores() -> dict[str, float]:
    with Look(SYSTEM) as look:
        return dict(look.session.execute(select(Proposal.id, Proposal.score)).all())


STRANGER = Identity(names=(PersonName("original", given="Ahmadshah", family="Rahimi"),), sex="male")


@pytest.mark.parametrize("other", [brother("Ahmadshah", mother_name="Zainab"), STRANGER, brother("Ahmadshah")])
def test_somebody_of_another_family_lifts_nobody(north, south, crowd, other):
    mahmud, _ = registered(south, ahmad=other)
    first, second = sought(north, MAHMUD, brother("Ahmad Shah", birth=UncertainDate("1990-05-07", "")))
    propose_due([first, second])
    assert family_line(north.officer, proposal_between(first, mahmud)) != "family_met"


def test_a_brother_registered_by_another_society_lifts_nobody(north, south, crowd):
    mahmud = add_registered(south.officer, REGISTERED_MAHMUD, number="SOU-R-1")
    third = found("THI")
    add_registered(third.officer, REGISTERED_AHMAD, number="THI-R-1")
    first, second = sought(north, MAHMUD, AHMAD)
    propose_due([first, second])
    assert family_line(south.officer, proposal_between(first, mahmud)) != "family_met"


def test_a_first_answer_moves_no_score(north, south, crowd):
    mahmud, ahmad, first, second = both_found(north, south)
    before = all_scores()
    answer(north.officer, proposal_between(second, ahmad), "same")
    with Look(SYSTEM) as look:
        assert look.session.scalar(select(func.count()).select_from(MatchDue)) == 0
    start_for_society(north.id)
    while jobs.work_once("w"):
        pass
    assert all_scores() == pytest.approx(before)
    assert family_line(south.officer, proposal_between(first, mahmud)) == "family_met"


def test_two_persons_told_apart_support_no_longer_until_the_answer_is_taken_back(north, south, crowd):
    mahmud, ahmad, first, second = both_found(north, south)
    lifted, pair = score(first, mahmud), proposal_between(second, ahmad)
    answer(south.officer, pair, "different")
    work_off_marks()
    assert score(first, mahmud) < lifted - 0.2
    take_back(south.officer, pair)
    work_off_marks()
    assert score(first, mahmud) == pytest.approx(lifted)


def test_a_confirmed_brother_supports_for_certain(north, south, crowd):
    mahmud, ahmad, first, second = both_found(north, south)
    lifted, pair = score(first, mahmud), proposal_between(second, ahmad)
    answer(north.officer, pair, "same")
    answer(south.officer, pair, "same")
    work_off_marks()
    assert lifted < score(first, mahmud) < 1


def test_an_answer_given_while_a_brother_is_found_is_not_refused(north, south, crowd):
    mahmud = add_registered(south.officer, REGISTERED_MAHMUD, number="SOU-R-1")
    first, second = sought(north, MAHMUD, AHMAD)
    propose_due([first, second])
    pair = proposal_between(first, mahmud)
    seal = read_review(south.officer, pair).seal
    propose_due([add_registered(south.officer, REGISTERED_AHMAD, number="SOU-R-2")])
    work_off_marks()
    answer(south.officer, pair, "different", seal=seal)
    assert read_row(pair).state == "different"


def test_pairs_told_apart_are_not_asked_again_because_a_brother_was_found(north, south, crowd):
    mahmud = add_registered(south.officer, REGISTERED_MAHMUD, number="SOU-R-1")
    first, second = sought(north, MAHMUD, AHMAD)
    propose_due([first, second])
    pair = proposal_between(first, mahmud)
    answer(south.officer, pair, "different")
    propose_due([add_registered(south.officer, REGISTERED_AHMAD, number="SOU-R-2")])
    work_off_marks()
    assert read_row(pair).state == "different"


def test_weights_are_learned_from_pairs_alone(north, south, crowd):
    mahmud, _ = registered(south)
    first, second = sought(north, MAHMUD, AHMAD)
    propose_due([first, second])
    pair = proposal_between(first, mahmud)
    answer(north.officer, pair, "same")
    answer(south.officer, pair, "same")
    with Look(SYSTEM) as look:
        seen = [one.level for one in evidence_learned_from(look.session, pair)]
    assert "family_met" not in seen
    assert len(seen) == len(KINDS)


def evidence_learned_from(session, proposal_id: str):
    return calibration._read_comparison(session, session.get_one(Proposal, proposal_id)).evidence


def test_the_page_names_the_other_pairs_to_who_may_read_them(north, south, crowd):
    mahmud, ahmad = registered(south)
    first, second = sought(north, MAHMUD, AHMAD)
    propose_due([first, second])
    here, beside = proposal_between(first, mahmud), proposal_between(second, ahmad)
    for staff in (north, south):
        assert [one.id for one in read_review(staff.officer, here).beside] == [beside]
    with Unit(SYSTEM) as unit:
        unit.session.get_one(Proposal, beside).has_minor = True
        unit.record("proposals:updated", beside)
    assert read_review(north.uncleared, here).beside == ()
    assert [one.id for one in read_review(north.officer, beside).beside] == [here]
