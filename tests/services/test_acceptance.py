"""A search begins only when people have decided so, and danger is never set aside by whoever saw it."""

import pytest
from interviews import DANGER, SAFE, accepted, interviewed, people, stored, submitted

from rfl.domain.cases import MoveNotPossible, RequestState
from rfl.domain.consent import Purpose
from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.models.requests import HarmCheck
from rfl.models.work import Task
from rfl.services import acceptance, consents, harm_checks, intake, request_case
from rfl.services.request_gaps import NotComplete
from rfl.services.unit import Look


def searching(actor, request_id):
    return [person.searching for person in people(actor, request_id)]


def open_tasks(actor, request_id):
    with Look(actor) as look:
        return [task.kind for task in look.session.query(Task).filter_by(request_id=request_id, done_at=None)]


def test_accepting_begins_the_search_where_matching_was_agreed_to(north):
    assert searching(north.caseworker, accepted(north.caseworker, "Yusuf", "Layla")) == [True, True]


def test_without_consent_to_matching_a_request_is_accepted_but_not_matched(north):
    request_id = accepted(north.caseworker, purposes=(Purpose.REGISTER,))
    assert stored(north.caseworker, request_id).state == RequestState.ACCEPTED
    assert searching(north.caseworker, request_id) == [False]


def test_before_acceptance_nobody_is_searched_for(north):
    assert searching(north.caseworker, submitted(north.caseworker)) == [False]


def test_withdrawn_consent_ends_matching_at_once(north):
    request_id = accepted(north.caseworker, "Yusuf", "Layla")
    enquirer = people(north.caseworker, request_id, "enquirer")[0]
    consents.withdraw(north.caseworker, enquirer.id, Purpose.MATCHING)
    assert searching(north.caseworker, request_id) == [False, False]


def test_acceptance_finishes_its_task(north):
    assert open_tasks(north.caseworker, accepted(north.caseworker)) == []


def test_a_draft_cannot_be_accepted(north):
    with pytest.raises(MoveNotPossible):
        acceptance.accept(north.officer, interviewed(north.caseworker))


def test_a_request_without_consent_to_register_is_not_sent(north):
    request_id = interviewed(north.caseworker, purposes=())
    with pytest.raises(NotComplete):
        intake.submit(north.caseworker, request_id)


def test_a_refusal_needs_its_reason_and_what_was_offered_instead(north):
    request_id = submitted(north.caseworker)
    for facts, field in (
        ({"reason": "", "offered": "x"}, "reason"),
        ({"reason": "elsewhere", "offered": " "}, "offered"),
    ):
        with pytest.raises(FieldError) as refused:
            acceptance.refuse(north.officer, request_id, **facts)
        assert refused.value.field == field


def test_a_refused_request_says_why_and_can_be_taken_up_again(north):
    request_id = submitted(north.caseworker)
    acceptance.refuse(north.officer, request_id, reason="elsewhere", offered="Sent to the health service.")
    row = stored(north.officer, request_id)
    assert (row.state, row.refusal) == (RequestState.NOT_ACCEPTED, "elsewhere")
    acceptance.reconsider(north.officer, request_id, reason="They sent her back.")
    assert stored(north.officer, request_id).state == RequestState.SUBMITTED
    assert open_tasks(north.officer, request_id) == ["accept_request"]


def test_a_question_goes_back_to_the_caseworker_and_the_request_can_be_sent_again(north):
    request_id = submitted(north.caseworker)
    acceptance.ask_for_information(north.officer, request_id, question="Which village?")
    with Look(north.officer) as look:
        task = look.session.query(Task).filter_by(request_id=request_id, kind="complete_request").one()
    assert task.assignee_id == north.caseworker.id
    intake.submit(north.caseworker, request_id)
    assert open_tasks(north.officer, request_id) == ["accept_request"]


def test_another_society_decides_nothing(north, south):
    request_id = submitted(north.caseworker)
    for act in (
        lambda: acceptance.accept(south.officer, request_id),
        lambda: acceptance.refuse(south.officer, request_id, reason="elsewhere", offered="x"),
        lambda: acceptance.ask_for_information(south.officer, request_id, question="x"),
        lambda: harm_checks.check_harm(south.officer, request_id, SAFE, ""),
        lambda: request_case.read_case(south.officer, request_id),
    ):
        with pytest.raises(NotFound):
            act()


def test_every_question_of_the_check_is_answered(north):
    request_id = interviewed(north.caseworker)
    with pytest.raises(FieldError) as refused:
        harm_checks.check_harm(north.caseworker, request_id, {"flees_enquirer": False}, "")
    assert refused.value.field == "enquirer_pressed"


def test_danger_is_described(north):
    request_id = interviewed(north.caseworker)
    with pytest.raises(FieldError) as refused:
        harm_checks.check_harm(north.caseworker, request_id, DANGER, "  ")
    assert refused.value.field == "note"


def test_danger_blocks_acceptance(north):
    request_id = submitted(north.caseworker, answers=DANGER)
    with pytest.raises(NotComplete) as refused:
        acceptance.accept(north.officer, request_id)
    assert [gap.code for gap in refused.value.gaps] == ["risk"]


def test_danger_calls_a_supervisor(north):
    assert "clear_risk" in open_tasks(north.officer, submitted(north.caseworker, answers=DANGER))


def test_red_danger_needs_another_person(north):
    request_id = submitted(north.officer, answers=DANGER)
    with pytest.raises(harm_checks.AnotherPersonDecides):
        harm_checks.clear_risk(north.officer, request_id, "I think it is fine.")
    harm_checks.clear_risk(north.second_officer, request_id, "The sisters talk every week.")
    acceptance.accept(north.officer, request_id)
    assert searching(north.officer, request_id) == [True]


def test_a_caseworker_does_not_set_danger_aside(north):
    request_id = submitted(north.officer, answers=DANGER)
    with pytest.raises(NotAllowed):
        harm_checks.clear_risk(north.caseworker, request_id, "fine")


def test_setting_danger_aside_needs_a_reason(north):
    request_id = submitted(north.caseworker, answers=DANGER)
    with pytest.raises(FieldError):
        harm_checks.clear_risk(north.officer, request_id, " \n ")


def test_a_greener_second_check_does_not_set_danger_aside(north):
    request_id = submitted(north.caseworker, answers=DANGER)
    harm_checks.check_harm(north.caseworker, request_id, SAFE, "")
    with pytest.raises(NotComplete):
        acceptance.accept(north.officer, request_id)


def test_whoever_made_any_of_the_checks_is_not_the_other_person(north):
    request_id = submitted(north.officer, answers=DANGER)
    harm_checks.check_harm(north.caseworker, request_id, SAFE, "")
    with pytest.raises(harm_checks.AnotherPersonDecides):
        harm_checks.clear_risk(north.officer, request_id, "fine")


def test_danger_seen_during_the_search_stops_it_at_once(north):
    request_id = accepted(north.caseworker)
    harm_checks.check_harm(north.caseworker, request_id, DANGER, "He wrote that he is afraid of her husband.")
    assert searching(north.caseworker, request_id) == [False]
    harm_checks.clear_risk(north.officer, request_id, "The letter was about somebody else.")
    assert searching(north.caseworker, request_id) == [True]


def test_danger_that_nobody_waits_for_cannot_be_decided_on(north):
    with pytest.raises(harm_checks.NoDangerOpen):
        harm_checks.clear_risk(north.officer, accepted(north.caseworker), "x")


def test_every_check_stays_in_the_file(north):
    request_id = interviewed(north.caseworker, answers=DANGER)
    harm_checks.check_harm(north.officer, request_id, SAFE, "")
    with Look(north.officer) as look:
        risks = {row.risk for row in look.session.query(HarmCheck).filter_by(request_id=request_id)}
    assert risks == {"red", "green"}
