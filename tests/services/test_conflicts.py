"""Contradictions between proposals are shown before they can be decided, and decided only by somebody who saw them."""

import pytest
from caseload import add_request
from review_world import ENQUIRER, SOUGHT, answer, proposal_between, read_row, triangle
from sqlalchemy import select
from staff import found

from rfl.domain.errors import FieldError
from rfl.models.proposals import Decision
from rfl.services.proposing import propose_due
from rfl.services.review import read_review
from rfl.services.unit import SYSTEM, Look


@pytest.fixture(name="triangle")
def four_proposals(north, south):
    return triangle(north, south)


def both(north, south, proposal: str, verdict: str = "same") -> None:
    answer(north.officer, proposal, verdict)
    answer(south.officer, proposal, verdict)


def kinds(actor, proposal: str) -> set[str]:
    return {one.kind for one in read_review(actor, proposal).conflicts}


def test_a_person_confirmed_with_another_is_shown(north, south, triangle):
    both(north, south, triangle[0])
    (conflict,) = read_review(north.officer, triangle[1]).conflicts
    assert (conflict.kind, conflict.proposal_ids) == ("confirmed_elsewhere", (triangle[0],))


def test_same_needs_the_tick_and_keeps_what_it_contradicts(north, south, triangle):
    both(north, south, triangle[0])
    with pytest.raises(FieldError) as wrong:
        answer(north.officer, triangle[1])
    assert wrong.value.field == "acknowledged"
    answer(north.officer, triangle[1], acknowledged=True)
    with Look(SYSTEM) as look:
        decision = look.session.scalars(select(Decision).filter_by(proposal_id=triangle[1])).one()
        assert decision.seen["contradicts"] == [triangle[0]]


def test_different_needs_no_tick_where_it_contradicts_nothing(north, south, triangle):
    both(north, south, triangle[0])
    answer(north.officer, triangle[1], "different")
    assert read_row(triangle[1]).state == "different"


def test_joining_two_that_were_called_different_is_shown(north, south, triangle):
    sought_first, sought_second, other_first, other_second = triangle
    both(north, south, sought_first)
    answer(north.officer, other_second, "different")
    answer(north.officer, sought_second, acknowledged=True)
    answer(south.officer, sought_second, acknowledged=True)
    # other=first would join other and second through the sought person
    assert kinds(south.officer, other_first) == {"confirmed_elsewhere", "called_different"}


def test_parting_two_that_others_join_is_shown_and_needs_the_tick(north, south, triangle):
    sought_first, sought_second, other_first, other_second = triangle
    both(north, south, sought_first)
    for proposal in (sought_second, other_first):
        answer(north.officer, proposal, acknowledged=True)
        answer(south.officer, proposal, acknowledged=True)
    assert "joined_by_others" in kinds(north.officer, other_second)
    with pytest.raises(FieldError) as wrong:
        answer(north.officer, other_second, "different")
    assert wrong.value.field == "acknowledged"


def test_a_warning_never_tells_of_a_third_societys_cases(north, south, triangle):
    third = found("THI")
    _, (theirs,) = add_request(third.officer, ENQUIRER, ("son", SOUGHT))
    propose_due([theirs])
    first = read_row(triangle[0]).right_id
    shared = proposal_between(theirs, first)
    answer(third.officer, shared)
    answer(south.officer, shared)
    assert kinds(north.officer, triangle[0]) == set()
    assert kinds(south.officer, triangle[0]) == {"confirmed_elsewhere"}
