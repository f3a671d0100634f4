"""The case page says what the enquirer's side may know, nothing of proposals, and every act works without scripts."""

import re

import pytest
from caseload import add_registered
from interviews import DANGER, accepted, add_sought, people, stored, submitted
from pages import without_tokens

from rfl.domain.cases import Outcome, RequestState
from rfl.domain.persons import Identity, PersonName, UncertainDate
from rfl.models.audit import AuditEntry
from rfl.models.proposals import Proposal
from rfl.services import actions, closing, request_notes
from rfl.services.proposing import propose_due
from rfl.services.unit import Look

HOSTILE = "<script>alert('x')</script>\u200f" + "ب" * 300


@pytest.fixture
def caseworker(signed_in, north):
    return signed_in(north, "caseworker")


@pytest.fixture
def officer(signed_in, north):
    return signed_in(north, "officer")


def page_of(browser, request_id):
    answer = browser.get(f"/requests/{request_id}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_caseworker_sees_nothing_of_a_proposal(caseworker, north):
    request_id = accepted(north.caseworker, "Yusuf Ahmad Haddad")
    before = page_of(caseworker, request_id)
    found = Identity(names=(PersonName(full="Yusuf Ahmad Haddad"),), birth=UncertainDate("1970", "1970"))
    propose_due([add_registered(north.officer, found)])
    with Look(north.officer) as look:
        assert look.session.query(Proposal).count() == 1
    assert without_tokens(page_of(caseworker, request_id)) == without_tokens(before)
    assert "/review" not in before
    assert "Not found yet" in before


def test_an_officer_gets_the_way_to_the_proposals_and_nothing_more(officer, north):
    page = page_of(officer, accepted(north.caseworker))
    assert "Proposals for this request" in page
    assert "Not found yet" in page


def test_reading_a_case_leaves_a_trace_without_personal_data(caseworker, north):
    request_id = accepted(north.caseworker)
    page_of(caseworker, request_id)
    with Look(north.officer) as look:
        entry = look.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert (entry.event, entry.subject, entry.details) == ("request:read", request_id, {})


def test_the_page_keeps_names_out_of_its_title(caseworker, north):
    page = page_of(caseworker, accepted(north.caseworker, "Yusuf Haddad"))
    assert "Haddad" not in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]


def test_hostile_words_are_shown_as_words(caseworker, north):
    request_id = accepted(north.caseworker)
    assert caseworker.post(f"/requests/{request_id}/note", data={"text": HOSTILE}).status_code == 303
    caseworker.post(f"/requests/{request_id}/actions/new", data={"kind": "phone", "plan": HOSTILE})
    page = page_of(caseworker, request_id)
    assert "<script>alert(" not in page
    assert page.count("&lt;script&gt;alert(") == 2


def test_an_empty_note_stays_on_its_page_with_the_reason(caseworker, north):
    answer = caseworker.post(f"/requests/{accepted(north.caseworker)}/note", data={"text": "  "})
    assert answer.status_code == 422
    assert "Write the note first." in answer.get_data(as_text=True)


def test_actions_are_planned_marked_overdue_and_done(caseworker, north):
    request_id = accepted(north.caseworker)
    data = {"kind": "visit_address", "due_on": "2024-01-05", "plan": "Ask at the bakery."}
    assert caseworker.post(f"/requests/{request_id}/actions/new", data=data).status_code == 303
    assert "Overdue since" in page_of(caseworker, request_id)
    assert "Action overdue" in caseworker.get("/requests/").get_data(as_text=True)
    address = re.search(rf"/requests/{request_id}/actions/\w{{16}}", page_of(caseworker, request_id))[0]
    assert "Ask at the bakery." in caseworker.get(address).get_data(as_text=True)
    wrong = caseworker.post(address, data={"result": "useful", "done_on": "2024-01-04", "report": ""})
    assert "Write what was found out" in wrong.get_data(as_text=True)
    caseworker.post(address, data={"result": "useful", "done_on": "2024-01-04", "report": "He moved to Tibrin."})
    page = page_of(caseworker, request_id)
    assert "He moved to Tibrin." in page
    assert "Overdue since" not in page


def test_an_action_of_another_request_is_not_found(caseworker, north):
    first, second = accepted(north.caseworker), accepted(north.caseworker)
    action = actions.plan_action(north.caseworker, first, kind="phone", due_on=None, plan="")
    assert caseworker.get(f"/requests/{second}/actions/{action}").status_code == 404


def test_what_is_missing_for_acceptance_is_said_on_the_case(officer, north):
    request_id = submitted(north.caseworker, answers=DANGER)
    answer = officer.post(f"/requests/{request_id}/accept", follow_redirects=True)
    assert "Danger was seen." in answer.get_data(as_text=True)
    assert stored(north.officer, request_id).state == RequestState.SUBMITTED


def test_only_the_other_officer_is_offered_to_decide_on_danger(signed_in, north):
    request_id = submitted(north.officer, answers=DANGER)
    assert f"/requests/{request_id}/danger" not in page_of(signed_in(north, "officer"), request_id)
    second = signed_in(north, "second_officer")
    assert f"/requests/{request_id}/danger" in page_of(second, request_id)
    second.post(f"/requests/{request_id}/danger", data={"reason": "They talk every week."})
    second.post(f"/requests/{request_id}/accept")
    assert stored(north.officer, request_id).state == RequestState.ACCEPTED


def test_a_refusal_is_entered_with_reason_and_offer_and_can_be_taken_back(officer, north):
    request_id = submitted(north.caseworker)
    half = officer.post(f"/requests/{request_id}/refuse", data={"reason": "elsewhere", "offered": ""})
    assert half.status_code == 422
    officer.post(f"/requests/{request_id}/refuse", data={"reason": "elsewhere", "offered": "Shown to the clinic."})
    page = page_of(officer, request_id)
    assert "Another service or society is responsible" in page
    assert "Shown to the clinic." in page
    officer.post(f"/requests/{request_id}/reconsider", data={"reason": "She came back."})
    assert stored(north.officer, request_id).state == RequestState.SUBMITTED


def test_a_question_brings_the_interview_back(officer, caseworker, north):
    request_id = submitted(north.caseworker)
    officer.post(f"/requests/{request_id}/question", data={"question": "Which village?"})
    page = page_of(caseworker, request_id)
    assert "Which village?" in page
    assert "Continue the interview" in page
    assert caseworker.post(f"/requests/{request_id}/intake").status_code == 303


def test_closing_goes_through_two_browsers(caseworker, officer, north):
    request_id = accepted(north.caseworker)
    person = people(north.caseworker, request_id)[0]
    early = {f"outcome-{person.id}": Outcome.DEATH_CONFIRMED, "reason": "We heard so."}
    refused = caseworker.post(f"/requests/{request_id}/closing", data=early)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "nobody has recorded telling the enquirer" in page
    assert "We heard so." in page
    data = {f"outcome-{person.id}": Outcome.NOT_FOUND, "reason": "All leads were followed."}
    assert caseworker.post(f"/requests/{request_id}/closing", data=data).status_code == 303
    assert "closing/approve" not in page_of(caseworker, request_id)
    assert caseworker.post(f"/requests/{request_id}/closing/approve").status_code == 403
    officer.post(f"/requests/{request_id}/closing/approve")
    assert stored(north.officer, request_id).state == RequestState.CLOSED
    assert "Search ended" in page_of(caseworker, request_id)


def test_whoever_proposed_the_closing_is_told_to_leave_it_to_another(officer, north):
    request_id = accepted(north.officer)
    person = people(north.officer, request_id)[0]
    closing.propose_closing(north.officer, request_id, outcomes={person.id: "not_found"}, reason="x")
    answer = officer.post(f"/requests/{request_id}/closing/approve")
    assert answer.status_code == 409
    assert "Another tracing officer must approve it." in answer.get_data(as_text=True)


def test_a_closed_request_is_reopened_for_the_person_chosen(caseworker, officer, north):
    request_id = accepted(north.caseworker)
    person = people(north.caseworker, request_id)[0]
    closing.propose_closing(north.caseworker, request_id, outcomes={person.id: "not_found"}, reason="x")
    officer.post(f"/requests/{request_id}/closing/approve")
    nobody = caseworker.post(f"/requests/{request_id}/reopening", data={"reason": "A new list."})
    assert "Choose at least one person" in nobody.get_data(as_text=True)
    caseworker.post(f"/requests/{request_id}/reopening", data={"reason": "A new list.", "persons": person.id})
    assert stored(north.officer, request_id).state == RequestState.ACCEPTED


def test_a_closing_is_declined_with_a_reason(officer, north):
    request_id = accepted(north.caseworker)
    person = people(north.caseworker, request_id)[0]
    closing.propose_closing(north.caseworker, request_id, outcomes={person.id: "not_found"}, reason="x")
    officer.post(f"/requests/{request_id}/closing/decline", data={"reason": "The camp list was not read."})
    assert "The camp list was not read." in page_of(officer, request_id)


def test_a_colleague_is_chosen_from_those_who_may_work_on_it(caseworker, north, south):
    request_id = accepted(north.caseworker)
    page = caseworker.get(f"/requests/{request_id}/caseworker").get_data(as_text=True)
    assert "Officer of NOR" in page
    assert "Volunteer of NOR" not in page
    assert "of SOU" not in page
    caseworker.post(f"/requests/{request_id}/caseworker", data={"caseworker": north.officer.id})
    assert stored(north.caseworker, request_id).caseworker_id == north.officer.id


def test_the_list_pages_and_keeps_its_filter(caseworker, north, monkeypatch):
    monkeypatch.setattr("rfl.services.requests.PAGE_SIZE", 1)
    first, second = accepted(north.caseworker), accepted(north.caseworker)
    page = caseworker.get("/requests/?state=accepted&sort=newest").get_data(as_text=True)
    assert second in page
    assert first not in page
    assert "/requests/?state=accepted&amp;sort=newest&amp;page=2" in page


def test_strange_filters_show_an_empty_list(caseworker, north):
    accepted(north.caseworker)
    page = caseworker.get("/requests/?state=%27--&page=-4&priority=x&number=%00%25").get_data(as_text=True)
    assert "No request fits this filter" in page


def test_a_child_s_case_does_not_exist_for_staff_not_cleared(signed_in, north):
    request_id = accepted(north.caseworker)
    add_sought(north.caseworker, request_id, "Sami", born="2022", relation="son")
    assert signed_in(north, "uncleared").get(f"/requests/{request_id}").status_code == 404


def test_the_data_protection_officer_is_offered_no_act(signed_in, north):
    page = page_of(signed_in(north, "protection"), accepted(north.caseworker))
    main = page.partition("<main")[2]
    assert "<form" not in main
    assert "/intake/" not in main


def test_volunteers_have_no_list_of_requests(signed_in, north):
    assert signed_in(north, "volunteer").get("/requests/").status_code == 403


def test_notes_and_names_stand_in_the_history(caseworker, north):
    request_id = accepted(north.caseworker)
    request_notes.add_note(north.officer, request_id, "She moved.\nNew street.")
    page = page_of(caseworker, request_id)
    assert "She moved.<br>New street." in page
    assert "Officer of NOR" in page
