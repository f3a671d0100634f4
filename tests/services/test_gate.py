"""The gate is in the schema: whoever writes SQL past the program is refused by the database itself.

Every attempt starts from rows that the database accepts, and changes the one thing that must not be.
"""

import pytest
from gate_case import Case, count, decide_by_hand, insert, refusal, refuse_insert, refused, run
from review_world import answer, confirmed, proposed

from rfl.domain.ids import new_id


def answered_once(north, south) -> str:
    proposal = proposed(north, south)
    answer(north.officer, proposal)
    return proposal


@pytest.fixture
def settled(begin, north, south) -> Case:
    """A confirmed proposal."""
    return Case(north, south, begin(confirmed, north, south))


@pytest.fixture
def half(begin, north, south) -> Case:
    """A proposal with the answer of one officer, as `half.first`."""
    case = Case(north, south, begin(answered_once, north, south))
    (case.first,) = case.decisions()
    return case


@pytest.fixture
def prepared(settled) -> Case:
    """A confirmed proposal with a disclosure that was not told yet, as `prepared.news`."""
    row = settled.disclosure(settled.choice())
    insert("disclosure", row)
    settled.news = row["id"]
    return settled


def test_what_the_rules_allow_the_database_takes(prepared):
    insert("telling", prepared.telling(prepared.news))
    assert count("telling") == 1


def test_the_confirmation_that_the_rules_allow_the_database_takes(half):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    second = decide_by_hand(half, half.south.officer)
    insert("confirmation", half.confirmation(half.first, second))
    assert count("confirmation") == 1


@pytest.mark.parametrize("state", ["confirmed", "second"])
def test_no_disclosure_for_an_unconfirmed_proposal(half, state):
    refuse_insert("disclosure", half.disclosure(half.choice(), proposal_state=state))


def test_calling_a_proposal_confirmed_does_not_open_the_gate(half):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    refuse_insert("disclosure", half.disclosure(half.choice()))


def test_no_confirmation_by_one_officer_twice(half):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    refuse_insert("confirmation", half.confirmation(half.first, half.first))
    refuse_insert("confirmation", half.confirmation(half.first, half.first, second_society_id=half.south.id))


def test_an_officer_cannot_have_two_answers_that_count(half):
    with refusal():
        decide_by_hand(half, half.north.officer)


def test_an_officer_cannot_speak_for_another_society(half):
    foreign = type(half.north.officer)(half.north.second_officer.id, half.south.id, frozenset())
    with refusal():
        decide_by_hand(half, foreign)


def test_no_confirmation_by_two_officers_of_one_of_two_societies(half):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    second = decide_by_hand(half, half.north.second_officer)
    refuse_insert("confirmation", half.confirmation(half.first, second))
    same_side = {"left_society_id": half.north.id, "right_society_id": half.north.id}
    refuse_insert("confirmation", half.confirmation(half.first, second, **same_side))


@pytest.mark.parametrize("verdict", ["different", "information"])
def test_no_confirmation_from_another_verdict(half, verdict):
    run("UPDATE proposal SET state = 'confirmed' WHERE id = :id", id=half.proposal)
    second = decide_by_hand(half, half.south.officer)
    run("UPDATE decision SET verdict = :v WHERE id = :id", v=verdict, id=second["id"])
    refuse_insert("confirmation", half.confirmation(half.first, second))
    refuse_insert("confirmation", half.confirmation(half.first, second, verdict=verdict))


def test_no_confirmation_of_a_proposal_in_review(half):
    second = decide_by_hand(half, half.south.officer)
    refuse_insert("confirmation", half.confirmation(half.first, second))
    refuse_insert("confirmation", half.confirmation(half.first, second, proposal_state="second"))


@pytest.mark.parametrize("scope", ["address", "call", "nothing", "fate"])
def test_no_disclosure_wider_than_the_choice(settled, scope):
    refuse_insert("disclosure", settled.disclosure(settled.choice(), scope=scope))


@pytest.mark.parametrize("choice", ["nothing"])
def test_no_disclosure_after_a_refusal(settled, choice):
    key = settled.choice(choice)
    refuse_insert("disclosure", settled.disclosure(key, scope=choice))
    refuse_insert("disclosure", settled.disclosure(key, scope="alive_and_well"))


def test_no_disclosure_with_an_overtaken_choice(settled):
    older = settled.choice()
    settled.choice("nothing", turn=2)
    refuse_insert("disclosure", settled.disclosure(older))


def test_no_disclosure_of_another_persons_choice(settled):
    refuse_insert("disclosure", settled.disclosure(settled.choice(), person_id=settled.row.left_id))


def test_no_telling_after_a_newer_choice(prepared):
    prepared.choice("nothing", turn=2)
    refuse_insert("telling", prepared.telling(prepared.news))


def test_no_telling_without_a_disclosure(settled):
    refuse_insert("telling", settled.telling(new_id()))


def test_nobody_is_told_the_same_news_twice(prepared):
    insert("telling", prepared.telling(prepared.news))
    refuse_insert("telling", prepared.telling(prepared.news))


@pytest.mark.parametrize("state", ["open", "second", "different", "withdrawn"])
def test_the_state_of_a_proposal_with_a_disclosure_cannot_change(prepared, state):
    refused("UPDATE proposal SET state = :state WHERE id = :id", state=state, id=prepared.proposal)


def test_a_confirmation_under_a_disclosure_cannot_go(prepared):
    refused("DELETE FROM confirmation WHERE proposal_id = :id", id=prepared.proposal)


def test_decisions_under_a_confirmation_cannot_go_or_change(settled):
    refused("DELETE FROM decision WHERE proposal_id = :id", id=settled.proposal)
    refused("UPDATE decision SET standing = false WHERE proposal_id = :id", id=settled.proposal)
    refused("UPDATE decision SET verdict = 'different' WHERE proposal_id = :id", id=settled.proposal)


def test_no_sensitive_disclosure_without_an_approved_plan(settled):
    choice = settled.choice()
    refuse_insert("disclosure", settled.disclosure(choice, sensitive=True))
    draft = settled.plan()
    refuse_insert("disclosure", settled.disclosure(choice, sensitive=True, plan_id=draft))
    refuse_insert("disclosure", settled.disclosure(choice, sensitive=True, plan_id=draft, plan_approved=False))
    approve = "UPDATE delivery_plan SET approved = true, approved_by = :who WHERE id = :id"
    run(approve, who=settled.north.second_officer.id, id=draft)
    insert("disclosure", settled.disclosure(choice, sensitive=True, plan_id=draft))
    assert count("disclosure") == 1


def test_a_plan_is_not_approved_by_its_author(settled):
    draft = settled.plan()
    refused(
        "UPDATE delivery_plan SET approved = true, approved_by = :who WHERE id = :id",
        who=settled.north.officer.id,
        id=draft,
    )


def test_news_of_a_death_is_always_sensitive(settled):
    refuse_insert("disclosure", settled.disclosure(settled.choice("fate"), scope="fate"))


def test_news_goes_to_the_society_of_the_request_only(settled):
    refuse_insert("disclosure", settled.disclosure(settled.choice(), society_id=settled.south.id))
