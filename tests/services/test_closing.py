"""A search ends person by person, by two people, and never on news that nobody has given."""

from datetime import date

import pytest
from interviews import accepted, add_sought, people, stored
from review_world import confirmed, read_row
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from rfl.domain import clock
from rfl.domain.cases import MoveNotPossible, Outcome, RequestState, SoughtStatus
from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.models.db import db
from rfl.models.persons import Person
from rfl.services import actions, closing, disclosures, located, request_case, request_notes, requests
from rfl.services.located import Answer
from rfl.services.requests import Filter
from rfl.services.unit import Look


def propose(actor, request_id, *outcomes, reason="All leads were followed."):
    rows = people(actor, request_id)
    chosen = {person.id: outcome for person, outcome in zip(rows, outcomes, strict=False)}
    closing.propose_closing(actor, request_id, outcomes=chosen, reason=reason)
    return rows


def test_closing_takes_two_people(north):
    request_id = accepted(north.officer)
    propose(north.officer, request_id, Outcome.NOT_FOUND)
    with pytest.raises(closing.SecondPersonCloses):
        closing.approve_closing(north.officer, request_id)
    assert closing.approve_closing(north.second_officer, request_id) == RequestState.CLOSED


def test_the_schema_refuses_a_closing_by_one_person(north):
    request_id = accepted(north.officer)
    propose(north.officer, request_id, Outcome.NOT_FOUND)
    with pytest.raises(IntegrityError, match="closing_by_two"):
        db.session.execute(
            text("UPDATE tracing_request SET closed_by = closing_proposed_by WHERE id = :id"), {"id": request_id}
        )
    db.session.rollback()


def test_a_caseworker_approves_no_closing(north):
    request_id = accepted(north.officer)
    propose(north.officer, request_id, Outcome.NOT_FOUND)
    with pytest.raises(NotAllowed):
        closing.approve_closing(north.caseworker, request_id)


def test_until_the_approval_the_search_goes_on(north):
    request_id = accepted(north.caseworker)
    propose(north.caseworker, request_id, Outcome.NOT_FOUND)
    person = people(north.caseworker, request_id)[0]
    assert (person.status, person.outcome, person.searching) == (SoughtStatus.SEARCHING, "", True)


def test_a_closed_search_matches_nobody(north):
    request_id = accepted(north.caseworker)
    propose(north.caseworker, request_id, Outcome.NOT_FOUND)
    closing.approve_closing(north.officer, request_id)
    person = people(north.caseworker, request_id)[0]
    assert (person.status, person.outcome, person.searching) == (SoughtStatus.ENDED, Outcome.NOT_FOUND, False)


def test_one_search_can_end_while_the_others_go_on(north):
    request_id = accepted(north.caseworker, "Yusuf", "Layla")
    propose(north.caseworker, request_id, Outcome.FOUND_BY_FAMILY)
    assert closing.approve_closing(north.officer, request_id) == RequestState.ACCEPTED
    assert [person.searching for person in people(north.caseworker, request_id)] == [False, True]


def test_the_last_search_closes_the_request(north):
    request_id = accepted(north.caseworker, "Yusuf", "Layla")
    propose(north.caseworker, request_id, Outcome.FOUND_BY_FAMILY)
    closing.approve_closing(north.officer, request_id)
    propose(north.caseworker, request_id, "", Outcome.NOT_FOUND)
    assert closing.approve_closing(north.officer, request_id) == RequestState.CLOSED


@pytest.mark.parametrize("outcome", [Outcome.CONTACT_RESTORED, Outcome.LIMITED_NEWS, Outcome.DEATH_CONFIRMED])
def test_news_that_nobody_gave_is_no_outcome(north, outcome):
    request_id = accepted(north.caseworker)
    with pytest.raises(FieldError) as refused:
        propose(north.caseworker, request_id, outcome)
    assert refused.value.field == f"outcome-{people(north.caseworker, request_id)[0].id}"


def told_request(north, south, given):
    """The request of an enquirer who was told what the person concerned allowed, and the sought person."""
    proposal_id = confirmed(north, south)
    row = read_row(proposal_id)
    located.record_answer(south.officer, proposal_id, row.right_id, answer=given)
    disclosure_id = disclosures.prepare(south.officer, proposal_id, row.right_id)
    disclosures.tell(north.caseworker, disclosure_id, told_on=given.on, how="in_person")
    with Look(north.officer) as look:
        sought = look.session.get_one(Person, row.left_id)
    return sought.request_id, sought.id


def test_news_that_was_given_is_an_outcome(north, south):
    given = Answer("message", clock.now().date(), "ar", "Signed form", words="I am well.")
    request_id, person_id = told_request(north, south, given)
    closing.propose_closing(
        north.caseworker, request_id, outcomes={person_id: "contact_restored"}, reason="They write."
    )
    assert closing.approve_closing(north.officer, request_id) == RequestState.CLOSED


def test_news_of_a_living_person_bears_out_no_death(north, south):
    given = Answer("alive_and_well", clock.now().date(), "ar", "Signed form")
    request_id, person_id = told_request(north, south, given)
    with pytest.raises(FieldError):
        closing.propose_closing(north.caseworker, request_id, outcomes={person_id: "death_confirmed"}, reason="x")


def test_a_family_that_found_the_person_itself_needs_no_telling(north):
    request_id = accepted(north.caseworker)
    propose(north.caseworker, request_id, Outcome.FOUND_BY_FAMILY)
    assert closing.approve_closing(north.officer, request_id) == RequestState.CLOSED


def test_a_closing_needs_an_outcome_and_a_reason(north):
    request_id = accepted(north.caseworker)
    for outcomes, reason, field in (((), "x", "outcomes"), ((Outcome.NOT_FOUND,), " ", "reason")):
        with pytest.raises(FieldError) as refused:
            propose(north.caseworker, request_id, *outcomes, reason=reason)
        assert refused.value.field == field


def test_persons_of_other_requests_are_not_ended(north):
    mine, other = accepted(north.caseworker), accepted(north.caseworker)
    with pytest.raises(FieldError):
        closing.propose_closing(
            north.caseworker, mine, outcomes={people(north.caseworker, other)[0].id: "not_found"}, reason="x"
        )


def test_an_unknown_outcome_is_refused(north):
    with pytest.raises(FieldError):
        propose(north.caseworker, accepted(north.caseworker), "dead")


def test_a_declined_closing_lets_the_search_go_on(north):
    request_id = accepted(north.caseworker)
    propose(north.caseworker, request_id, Outcome.NOT_FOUND)
    closing.decline_closing(north.officer, request_id, reason="The camp list was not read yet.")
    assert stored(north.caseworker, request_id).state == RequestState.ACCEPTED
    assert people(north.caseworker, request_id)[0].searching


def test_a_person_added_while_closing_is_proposed_keeps_the_request_open(north):
    request_id = accepted(north.caseworker)
    propose(north.caseworker, request_id, Outcome.NOT_FOUND)
    add_sought(north.caseworker, request_id, "Layla")
    assert closing.approve_closing(north.officer, request_id) == RequestState.ACCEPTED


def test_a_closed_search_is_taken_up_again_for_the_persons_chosen(north):
    request_id = accepted(north.caseworker, "Yusuf", "Layla")
    rows = propose(north.caseworker, request_id, Outcome.NOT_FOUND, Outcome.FOUND_BY_FAMILY)
    closing.approve_closing(north.officer, request_id)
    closing.reopen(north.caseworker, request_id, persons=frozenset({rows[0].id}), reason="A new list came.")
    assert stored(north.caseworker, request_id).state == RequestState.ACCEPTED
    assert [(p.searching, p.outcome) for p in people(north.caseworker, request_id)] == [
        (True, ""),
        (False, Outcome.FOUND_BY_FAMILY),
    ]


def test_reopening_names_somebody_of_the_request_and_a_reason(north):
    request_id = accepted(north.caseworker)
    rows = propose(north.caseworker, request_id, Outcome.NOT_FOUND)
    closing.approve_closing(north.officer, request_id)
    for persons, reason in ((frozenset(), "x"), (frozenset({"0" * 16}), "x"), (frozenset({rows[0].id}), "")):
        with pytest.raises(FieldError):
            closing.reopen(north.caseworker, request_id, persons=persons, reason=reason)


def test_an_open_request_is_not_reopened(north):
    request_id = accepted(north.caseworker)
    with pytest.raises(MoveNotPossible):
        closing.reopen(north.caseworker, request_id, persons=frozenset({"0" * 16}), reason="x")


def test_another_society_closes_nothing(north, south):
    request_id = accepted(north.caseworker)
    with pytest.raises(NotFound):
        closing.propose_closing(south.caseworker, request_id, outcomes={}, reason="x")
    propose(north.caseworker, request_id, Outcome.NOT_FOUND)
    with pytest.raises(NotFound):
        closing.approve_closing(south.officer, request_id)


def test_an_action_past_its_day_is_marked_until_it_is_done(north):
    request_id = accepted(north.caseworker)
    action = actions.plan_action(
        north.caseworker, request_id, kind="visit_address", due_on=date(2024, 1, 2), plan="Old harbour"
    )
    late = Filter(overdue=True)
    assert [line.id for line in requests.list_requests(north.officer, late).lines] == [request_id]
    actions.finish_action(
        north.caseworker, request_id, action, result="no_result", done_on=date(2024, 2, 1), report="The house is empty."
    )
    assert requests.list_requests(north.officer, late).lines == ()


def test_an_action_is_finished_once_and_only_in_its_own_request(north):
    request_id, other = accepted(north.caseworker), accepted(north.caseworker)
    action = actions.plan_action(north.caseworker, request_id, kind="phone", due_on=None, plan="")
    facts = {"result": "useful", "done_on": date(2024, 2, 1), "report": "She remembers him."}
    with pytest.raises(NotFound):
        actions.finish_action(north.caseworker, other, action, **facts)
    actions.finish_action(north.caseworker, request_id, action, **facts)
    with pytest.raises(MoveNotPossible):
        actions.finish_action(north.caseworker, request_id, action, **facts)


def test_only_colleagues_who_may_work_on_a_request_answer_for_it(north, south):
    request_id = accepted(north.caseworker)
    request_notes.assign_caseworker(north.caseworker, request_id, north.officer.id)
    assert stored(north.caseworker, request_id).caseworker_id == north.officer.id
    with pytest.raises(FieldError):
        request_notes.assign_caseworker(north.caseworker, request_id, north.volunteer.id)
    with pytest.raises(NotFound):
        request_notes.assign_caseworker(north.caseworker, request_id, south.caseworker.id)


def test_a_child_s_request_is_not_given_to_somebody_uncleared(north):
    request_id = accepted(north.caseworker)
    add_sought(north.caseworker, request_id, "Sami", born="2022", relation="son")
    with pytest.raises(FieldError):
        request_notes.assign_caseworker(north.caseworker, request_id, north.uncleared.id)


def test_the_list_keeps_to_the_society_and_to_cleared_staff(north, south):
    accepted(south.caseworker)
    request_id = accepted(north.caseworker)
    add_sought(north.caseworker, request_id, "Sami", born="2022", relation="son")
    assert [line.id for line in requests.list_requests(north.officer, Filter()).lines] == [request_id]
    assert requests.list_requests(north.uncleared, Filter()).total == 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(state="accepted"), 1),
        (Filter(state="closed"), 0),
        (Filter(state="nonsense"), 0),
        (Filter(mine=True), 1),
        (Filter(priority="urgent"), 0),
        (Filter(number="0001"), 1),
        (Filter(number="%"), 0),
        (Filter(number="\u202e<script>\x00" + "x" * 500), 0),
        (Filter(number="٠٠٠١"), 1),
        (Filter(page=9999), 1),
    ],
)
def test_filters_of_the_list(north, wanted, found):
    accepted(north.caseworker)
    assert len(requests.list_requests(north.caseworker, wanted).lines) == found


def test_the_data_protection_officer_reads_and_changes_nothing(north):
    request_id = accepted(north.caseworker)
    acts = request_case.read_case(north.protection, request_id).acts
    assert not any(vars(acts).values())
    with pytest.raises(NotAllowed):
        request_notes.add_note(north.protection, request_id, "x")
