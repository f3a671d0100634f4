"""Before both have answered, neither officer learns the other's verdict, reason or name, by any way there is."""

import re
from dataclasses import replace

import pytest
from review_world import ENQUIRER, REASON, REGISTERED, SOUGHT, answer, proposed
from sqlalchemy import select

from rfl.domain.errors import NotFound
from rfl.domain.persons import Relative
from rfl.models.proposals import Decision
from rfl.services.proposal_filters import Filters
from rfl.services.proposal_queue import list_proposals
from rfl.services.review import read_answer, read_review
from rfl.services.unit import SYSTEM, Look

BLIND = ("same", "information")  # "different" ends the review at once


def decision_id(proposal: str) -> str:
    with Look(SYSTEM) as look:
        return look.session.scalars(select(Decision.id).filter_by(proposal_id=proposal)).one()


@pytest.mark.parametrize("verdict", BLIND)
def test_second_officer_is_not_shown_the_first_answer(north, south, verdict):
    proposal = proposed(north, south)
    before = replace(read_review(south.officer, proposal), seal="")
    answer(north.officer, proposal, verdict)
    assert replace(read_review(south.officer, proposal), seal="") == before


@pytest.mark.parametrize("verdict", BLIND)
def test_second_officer_of_one_society_is_not_shown_the_first_answer(north, verdict):
    proposal = proposed(north, north)
    before = replace(read_review(north.second_officer, proposal), seal="")
    answer(north.officer, proposal, verdict)
    assert replace(read_review(north.second_officer, proposal), seal="") == before


@pytest.mark.parametrize("verdict", BLIND)
@pytest.mark.parametrize("sort", ["first", "strong", "new", "old"])
def test_the_list_gives_no_answer_away_by_state_or_order(north, south, verdict, sort):
    first, second = proposed(north, south), proposed(north, south, number="SOU-R-2026-0002")
    shown = list_proposals(south.officer, Filters(sort=sort))
    answer(north.officer, second, verdict)
    assert list_proposals(south.officer, Filters(sort=sort)) == shown
    answer(north.officer, first, verdict)
    assert list_proposals(south.officer, Filters(sort=sort)) == shown


@pytest.mark.parametrize("verdict", BLIND)
def test_the_page_of_the_second_officer_is_the_same_before_and_after(north, south, signed_in, verdict):
    proposal = proposed(north, south)
    browser = signed_in(south, "officer")
    pages = []
    for _ in range(2):
        page = browser.get(f"/proposals/{proposal}").text
        pages.append(re.sub(r'(name="(?:csrf_token|seal)"[^>]*value=")[^"]*', r"\1", page))
        if len(pages) == 1:
            answer(north.officer, proposal, verdict)
    assert re.sub(r'value="[^"]*" *name="seal"', "", pages[0]) == re.sub(r'value="[^"]*" *name="seal"', "", pages[1])
    assert REASON not in pages[1]
    assert "Officer of NOR" not in pages[1]


def test_the_frozen_answer_of_another_is_not_opened_before_ones_own(north):
    proposal = proposed(north, north)
    answer(north.officer, proposal)
    with pytest.raises(NotFound):
        read_answer(north.second_officer, proposal, decision_id(proposal))


def test_the_frozen_answer_of_the_other_society_is_never_opened(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal, "different")
    with pytest.raises(NotFound):
        read_answer(south.officer, proposal, decision_id(proposal))
    assert read_answer(north.officer, proposal, decision_id(proposal)).reason == REASON


def test_in_a_dispute_both_read_both_reasons(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal, reason="The brother is the same.")
    answer(south.officer, proposal, "different", reason="The father is another man.")
    for officer in (north.officer, south.officer):
        reasons = {one.reason for one in read_review(officer, proposal).answers}
        assert reasons == {"The brother is the same.", "The father is another man."}


def test_the_foreign_record_shows_only_compared_fields(north, south, signed_in):
    proposal = proposed(north, south)
    page = signed_in(south, "officer").get(f"/proposals/{proposal}").text
    assert "Omar Hassan Mohamed" in page
    hidden = ("behind the blue mosque", "Halima Warsame", "X-T-", north.officer.id)
    assert [text for text in hidden if text in page] == []


def test_the_enquirer_counts_as_a_relative_without_being_named(north, south, signed_in):
    found = replace(REGISTERED, relatives=(Relative("mother", "Halima Warsame Ege"),), mother_name="")
    proposal = proposed(north, south, sought=replace(SOUGHT, mother_name="", relatives=()), found=found)
    review = read_review(south.officer, proposal)
    mother = next(line for line in review.lines if line.kind == "mother")
    assert mother.says == "for"
    assert [piece.form for piece in mother.left] == ["withheld"]
    own = next(line for line in read_review(north.officer, proposal).lines if line.kind == "mother")
    assert own.left[0].text == ENQUIRER.names[0].full


def test_numbers_of_the_other_society_are_shown_after_both_confirmed(north, south):
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    assert read_review(north.officer, proposal).right.number == ""
    answer(south.officer, proposal)
    assert read_review(north.officer, proposal).right.number == "SOU-R-2026-0001"
    assert read_review(north.officer, proposal).right.person_id == ""


def test_foreign_case_numbers_cannot_be_searched_for(north, south):
    proposed(north, south)
    assert list_proposals(south.officer, Filters(q="SOU-R-2026")).total == 1
    assert list_proposals(north.officer, Filters(q="SOU-R-2026")).total == 0
