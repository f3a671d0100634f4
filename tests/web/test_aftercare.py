"""The pages after a confirmation: asking, preparing, telling; and that a "no" leaves no trace on the other side."""

import re

import pytest
from pages import without_tokens
from review_world import confirmed, read_row

from rfl.domain.clock import now
from rfl.models import db
from rfl.models.persons import Person
from rfl.services import disclosures, outbox, plans
from rfl.services.located import Answer, record_answer

TODAY = now().date().isoformat()
HOSTILE = "<script>alert(1)</script> شارع الميناء \u202e4"


@pytest.fixture
def proposal_id(begin, north, south):
    return begin(confirmed, north, south)


def person_of(proposal_id: str) -> str:
    return read_row(proposal_id).right_id


def request_of(proposal_id: str) -> str:
    return db.session.get(Person, read_row(proposal_id).left_id).request_id


def answer(browser, proposal_id, **fields):
    person_id = person_of(proposal_id)
    data = {"choice": "address", "words": "Harbour street", "on": TODAY, "language": "so", "witness": "Signed"} | fields
    return browser.post(
        f"/located/{proposal_id}/{person_id}/answer", data={f"{person_id}-{key}": text for key, text in data.items()}
    )


def prepared(south, proposal_id, words="Harbour street 4") -> str:
    person_id = person_of(proposal_id)
    given = Answer("address", now().date(), "so", "Signed form", words=words)
    record_answer(south.officer, proposal_id, person_id, answer=given)
    return disclosures.prepare(south.officer, proposal_id, person_id)


def test_an_answer_is_recorded_prepared_and_told_through_the_pages(signed_in, north, south, proposal_id):
    officer, caseworker = signed_in(south, "officer"), signed_in(north, "caseworker")
    assert answer(officer, proposal_id).status_code == 303
    officer.post(f"/located/{proposal_id}/{person_of(proposal_id)}/prepare")
    link = re.search(r'href="(/news/\w+)"', caseworker.get("/").get_data(as_text=True)).group(1)
    told = caseworker.post(f"{link}/told", data={"told_on": TODAY, "how": "in_person"})
    assert told.status_code == 303
    assert "Harbour street" in caseworker.get(link).get_data(as_text=True)
    assert link not in caseworker.get("/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"choice": ""}, "Choose what the person answered"),
        ({"words": ""}, "Write exactly what the person allows"),
        ({"choice": "nothing"}, "With this answer nothing may be passed on"),
        ({"witness": ""}, "Write who heard the answer"),
        ({"on": "yesterday"}, "Not a valid date value"),
    ],
)
def test_a_wrong_field_is_named_and_what_was_typed_stays(signed_in, south, proposal_id, fields, message):
    page = answer(signed_in(south, "officer"), proposal_id, note="typed before", **fields)
    assert page.status_code == 422
    assert message in page.get_data(as_text=True)
    assert "typed before" in page.get_data(as_text=True)


def test_what_may_be_passed_on_is_shown_escaped(signed_in, north, south, proposal_id):
    disclosure_id = prepared(south, proposal_id, HOSTILE)
    page = signed_in(north, "caseworker").get(f"/news/{disclosure_id}").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("role", ["caseworker", "administrator", "protection", "volunteer"])
def test_only_officers_ask_the_person_concerned(signed_in, south, proposal_id, role):
    assert signed_in(south, role).get(f"/located/{proposal_id}").status_code == 403


@pytest.mark.parametrize(
    "address", ["/located/{proposal}", "/news/{disclosure}", "/requests/{request}/plan/{proposal}"]
)
def test_foreign_and_missing_ids_answer_alike(signed_in, north, south, proposal_id, address):
    disclosure_id = prepared(south, proposal_id)
    browser = signed_in(south if "located" not in address else north, "officer")
    ids = {"proposal": proposal_id, "disclosure": disclosure_id, "request": request_of(proposal_id)}
    real, invented = address.format(**ids), address.format(**dict.fromkeys(ids, "0" * 16))
    pages = [browser.get(real), browser.get(invented)]
    assert [page.status_code for page in pages] == [404, 404]
    assert without_tokens(pages[0].text).replace(real, "") == without_tokens(pages[1].text).replace(invented, "")


def enquirers_side(signed_in, north, proposal_id) -> list[str]:
    """Everything that the enquirer's society can open about the case."""
    request_id = request_of(proposal_id)
    addresses = ["/", "/requests/", f"/requests/{request_id}"]
    pages = [signed_in(north, "caseworker").get(address) for address in addresses]
    pages += [
        signed_in(north, "officer").get(address) for address in [*addresses, "/proposals/", f"/proposals/{proposal_id}"]
    ]
    assert {page.status_code for page in pages} == {200}
    return [without_tokens(page.text) for page in pages]


@pytest.mark.parametrize("choice", ["nothing", "ask_again"])
def test_a_no_changes_nothing_on_the_enquirers_side(signed_in, north, south, proposal_id, choice):
    outbox.deliver_waiting()
    before = enquirers_side(signed_in, north, proposal_id)
    later = "2099-01-01" if choice == "ask_again" else ""
    answer(signed_in(south, "officer"), proposal_id, choice=choice, words="", ask_again_on=later)
    assert enquirers_side(signed_in, north, proposal_id) == before


def test_a_caseworker_sees_nothing_of_a_proposal_before_the_news(signed_in, north, south, proposal_id):
    page = signed_in(north, "caseworker").get(f"/requests/{request_of(proposal_id)}").get_data(as_text=True)
    assert "proposal" not in page.lower()


def test_a_delivery_plan_is_written_and_approved_by_another_person(signed_in, north, south):
    proposal_id = confirmed(north, south, condition="deceased")
    given = Answer("fate", now().date(), "so", "Burial list", words="Buried in Mandera")
    record_answer(south.officer, proposal_id, person_of(proposal_id), answer=given)
    address = f"/requests/{request_of(proposal_id)}/plan/{proposal_id}"
    plan = dict.fromkeys(plans.QUESTIONS, "Amina and Yusuf") | {"deliver_on": TODAY}
    caseworker, officer = signed_in(north, "caseworker"), signed_in(north, "officer")
    assert caseworker.post(address, data=plan | {"who": ""}).status_code == 422
    assert caseworker.post(address, data=plan).status_code == 303
    assert caseworker.post(f"{address}/approve").status_code == 403
    officer.post(f"{address}/approve")
    assert "Approved" in officer.get(address).get_data(as_text=True)
