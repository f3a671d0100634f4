"""The whole interview in a browser without scripts: left in the middle, taken up again, sent, decided."""

import re
from html import unescape

import pytest
from exchange_world import with_partners
from interviews import DANGER, accepted, interviewed, people, stored

from rfl.domain.cases import HARM_QUESTIONS, RequestState
from rfl.services import consents, intake_reading

START = {"channel": "interview", "on": "2024-05-02", "cause": "conflict", "priority": "high", "branch": "Harbour"}
ENQUIRER = {
    "identity-names-0-full": "مريم حداد",
    "identity-names-0-kind": "original",
    "identity-birth-told": "about 1970",
    "contact-safe_way": "call in the evening only",
    "contact-phones": "+00 555 0101",
}
SOUGHT = {
    "relation": "brother",
    "identity-names-0-full": "Yusuf Haddad",
    "identity-names-1-full": "يوسف حداد",
    "identity-birth-told": "about 1994",
    "identity-relatives-0-relation": "son",
    "identity-relatives-0-name": "Sami",
    "identity-relatives-0-missing_too": "y",
}
NEWS = {
    "last_contact-told": "March 2015",
    "last_contact-calendar": "gregorian",
    "content": "He was well.",
    "means": "phone",
}
CONSENT = {
    "answers-register": "yes",
    "answers-matching": "yes",
    "answers-on": "2024-05-02",
    "answers-language": "ar",
    "answers-speaker": "person",
    "answers-evidence": "signed",
    "answers-basis": "consent",
}
HOSTILE = "\u200e<script>alert(1)</script>\u2066" + "ا" * 150


@pytest.fixture
def caseworker(signed_in, north):
    return signed_in(north, "caseworker")


def begin(browser):
    answer = browser.post("/requests/new", data=START)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"].split("/")[2]


def seen_in(browser, address):
    """The fingerprint a browser would send back."""
    page = browser.get(address)
    assert page.status_code == 200, address
    return unescape(re.search(r'name="seen"[^>]*value="([^"]*)"', page.get_data(as_text=True))[1])


def send(browser, request_id, page, data, **more):
    address = f"/requests/{request_id}/intake/{page}"
    return browser.post(address, data={"seen": seen_in(browser, address), **data, **more})


def harm(**yes):
    return {key: "yes" if yes.get(key) else "no" for key in HARM_QUESTIONS}


def test_the_whole_interview_without_scripts_left_in_the_middle(caseworker, signed_in, north):
    request_id = begin(caseworker)
    assert send(caseworker, request_id, "enquirer", ENQUIRER).headers["Location"].endswith("/sought")
    left = send(caseworker, request_id, "sought-new", SOUGHT, later="1")
    assert left.headers["Location"].endswith(f"/{request_id}/intake")

    later = signed_in(north, "caseworker")  # another day, another computer
    listed = later.get("/requests/?state=draft").get_data(as_text=True)
    assert "Continue the interview" in listed
    overview = later.get(f"/requests/{request_id}/intake").get_data(as_text=True)
    assert "You left the interview here" in overview
    assert "Yusuf Haddad" in overview
    assert send(later, request_id, "news", NEWS).headers["Location"].endswith("/intake/consent")
    assert send(later, request_id, "consent", CONSENT).headers["Location"].endswith("/intake/harm")
    assert send(later, request_id, "harm", harm()).headers["Location"].endswith("/intake")
    assert later.post(f"/requests/{request_id}/intake").headers["Location"].endswith(f"/requests/{request_id}")
    assert stored(north.caseworker, request_id).state == RequestState.SUBMITTED

    officer = signed_in(north, "officer")
    assert "Accept" in officer.get(f"/requests/{request_id}").get_data(as_text=True)
    officer.post(f"/requests/{request_id}/accept")
    assert stored(north.caseworker, request_id).state == RequestState.ACCEPTED
    assert people(north.caseworker, request_id)[0].searching


def test_a_draft_opens_its_interview(caseworker):
    request_id = begin(caseworker)
    assert caseworker.get(f"/requests/{request_id}").headers["Location"].endswith(f"/{request_id}/intake")


def test_a_start_without_a_cause_is_shown_again_with_what_was_typed(caseworker):
    answer = caseworker.post("/requests/new", data={**START, "cause": "", "branch": "Harbour of <b>Tibrin</b>"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Harbour of &lt;b&gt;Tibrin" in page
    assert "Choose one of the entries offered." in page


def test_a_date_that_cannot_be_read_stays_with_its_reason(caseworker):
    request_id = begin(caseworker)
    answer = send(caseworker, request_id, "sought-new", {**SOUGHT, "identity-birth-told": "the 45th of May"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "the 45th of May" in page
    assert "Write the year with four digits" in page


def test_leaving_with_a_mistake_keeps_what_was_typed_and_brings_it_back(caseworker, north):
    request_id = begin(caseworker)
    mistaken = {**SOUGHT, "identity-birth-told": "the 45th of May"}
    answer = send(caseworker, request_id, "sought-new", mistaken, later="1")
    assert answer.headers["Location"].endswith(f"/{request_id}/intake")
    assert "Typed, not saved yet" in caseworker.get(f"/requests/{request_id}/intake").get_data(as_text=True)
    page = caseworker.get(f"/requests/{request_id}/intake/sought-new").get_data(as_text=True)
    assert "the 45th of May" in page
    assert "يوسف حداد" in page
    assert people(north.caseworker, request_id) == []


def test_typed_words_can_be_thrown_away(caseworker):
    request_id = begin(caseworker)
    caseworker.post(f"/requests/{request_id}/intake/news/typed", data={"content": "wrong file", "seen": ""})
    send(caseworker, request_id, "news", {"content": "wrong file", "last_contact-told": "?!"}, later="1")
    caseworker.post(f"/requests/{request_id}/intake/news/drop")
    assert "wrong file" not in caseworker.get(f"/requests/{request_id}/intake/news").get_data(as_text=True)


def test_autosave_keeps_a_half_typed_page_and_answers_with_nothing(caseworker):
    request_id = begin(caseworker)
    address = f"/requests/{request_id}/intake/news"
    answer = caseworker.post(
        f"{address}/typed", data={"seen": seen_in(caseworker, address), "content": "He sai", "csrf_token": "secret"}
    )
    assert (answer.status_code, answer.data) == (204, b"")
    page = caseworker.get(address).get_data(as_text=True)
    assert "He sai" in page
    assert "not saved yet" in page


def test_a_page_kept_by_autosave_is_saved_as_usual(caseworker, north):
    request_id = begin(caseworker)
    address = f"/requests/{request_id}/intake/news"
    caseworker.post(f"{address}/typed", data={"seen": seen_in(caseworker, address), "content": "He sai"})
    send(caseworker, request_id, "news", {"content": "He said yes."})
    page = intake_reading.open_page(north.caseworker, request_id, "news")
    assert (page.news.content, page.kept) == ("He said yes.", None)


def test_rows_are_added_without_scripts_and_without_saving(caseworker, north):
    request_id = begin(caseworker)
    answer = send(caseworker, request_id, "sought-new", SOUGHT, **{"identity-rows": "add names"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'name="identity-names-2-full"' in page
    assert "Yusuf Haddad" in page
    assert people(north.caseworker, request_id) == []


def test_somebody_else_s_saving_is_told_kindly_and_nothing_typed_is_lost(caseworker, signed_in, north):
    request_id = begin(caseworker)
    address = f"/requests/{request_id}/intake/news"
    old = seen_in(caseworker, address)
    send(signed_in(north, "officer"), request_id, "news", {"content": "from the officer"})
    answer = caseworker.post(address, data={"seen": old, "content": "from the caseworker"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Somebody else has changed this in the meantime" in page
    assert "from the caseworker" in page
    new = re.search(r'name="seen"[^>]*value="([^"]*)"', page)[1]
    assert caseworker.post(address, data={"seen": new, "content": "from the caseworker"}).status_code == 303
    assert intake_reading.open_page(north.caseworker, request_id, "news").news.content == "from the caseworker"


def test_persons_are_changed_and_removed_each_on_a_page_of_their_own(caseworker, north):
    request_id = begin(caseworker)
    send(caseworker, request_id, "sought-new", SOUGHT)
    person = people(north.caseworker, request_id)[0]
    page = f"sought-{person.id}"
    assert "Yusuf Haddad" in caseworker.get(f"/requests/{request_id}/intake/{page}").get_data(as_text=True)
    send(caseworker, request_id, page, {**SOUGHT, "identity-names-0-full": "Yusuf Hadad"})
    assert people(north.caseworker, request_id)[0].identity["names"][0]["full"] == "Yusuf Hadad"
    assert "Remove this person" in caseworker.get(f"/requests/{request_id}/sought/{person.id}/remove").get_data(
        as_text=True
    )
    caseworker.post(f"/requests/{request_id}/sought/{person.id}/remove")
    assert people(north.caseworker, request_id) == []


def test_sending_too_early_names_what_is_missing_with_a_way_there(caseworker):
    request_id = begin(caseworker)
    answer = caseworker.post(f"/requests/{request_id}/intake")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "The do-no-harm check is missing." in page
    assert f'href="/requests/{request_id}/intake/harm"' in page


def test_no_answer_about_harm_or_consent_is_given_beforehand(caseworker):
    request_id = begin(caseworker)
    send(caseworker, request_id, "enquirer", ENQUIRER)
    assert " checked" not in caseworker.get(f"/requests/{request_id}/intake/harm").get_data(as_text=True)
    consent = caseworker.get(f"/requests/{request_id}/intake/consent").get_data(as_text=True)
    assert not re.search(r'<input[^>]*checked[^>]*value="yes"|<input[^>]*value="yes"[^>]*checked', consent)


def test_the_interview_names_societies_for_encoded_exchange_and_keeps_them_while_typed(caseworker, north):
    with_partners(north)  # FAR and HUB
    request_id = begin(caseworker)
    send(caseworker, request_id, "enquirer", ENQUIRER)
    address, ticked = f"/requests/{request_id}/intake/consent", {"answers-partners": ["FAR"]}
    caseworker.post(f"{address}/typed", data={"seen": seen_in(caseworker, address), **ticked})
    assert re.search(r'<input[^>]*checked[^>]*value="FAR"', caseworker.get(address).get_data(as_text=True))
    mistake = send(caseworker, request_id, "consent", CONSENT | ticked)
    assert mistake.status_code == 422
    assert "Say yes or no to encoded exchange as well" in mistake.get_data(as_text=True)
    answer = send(caseworker, request_id, "consent", CONSENT | ticked | {"answers-share_encoded": "yes"})
    assert answer.headers["Location"].endswith("/intake/harm")
    (enquirer,) = people(north.caseworker, request_id, "enquirer")
    given = {code: yes for code, (_, yes) in consents.read_card(north.caseworker, enquirer.id).partners.items()}
    assert given == {"FAR": True, "HUB": False}


def test_danger_asks_for_a_note_and_is_shown_on_the_case(caseworker, signed_in, north):
    request_id = interviewed(north.caseworker)
    answer = send(caseworker, request_id, "harm", harm(flees_enquirer=True), note="")
    assert answer.status_code == 422
    send(caseworker, request_id, "harm", harm(flees_enquirer=True), note="He hides.")
    page = signed_in(north, "protection").get(f"/requests/{request_id}").get_data(as_text=True)
    assert "Danger: a supervisor decides" in page


def test_hostile_text_is_shown_as_text_and_stored_without_marks(caseworker, north):
    request_id = begin(caseworker)
    data = {**SOUGHT, "identity-names-0-full": HOSTILE, "identity-marks": "<img src=x onerror=alert(1)>"}
    assert send(caseworker, request_id, "sought-new", data).status_code == 303
    page = caseworker.get(f"/requests/{request_id}/sought").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    name = people(north.caseworker, request_id)[0].identity["names"][0]["full"]
    assert not set(name) & {"\u200e", "\u2066"}


@pytest.mark.parametrize("field", ["contact-address", "contact-safe_way"])
def test_a_text_too_long_is_refused_on_its_field(caseworker, field):
    request_id = begin(caseworker)
    answer = send(caseworker, request_id, "enquirer", {**ENQUIRER, field: "x" * 5000})
    assert answer.status_code == 422
    assert "Write at most" in answer.get_data(as_text=True)


def without_ids(answer, request_id):
    """A page without the id that was asked for and without its own token, which is new every second."""
    page = answer.get_data(as_text=True).replace(request_id, "")
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def test_a_foreign_interview_answers_like_one_that_does_not_exist(caseworker, signed_in, south):
    request_id, stranger = begin(caseworker), signed_in(south, "caseworker")
    for place in ("", "/intake", "/intake/news", "/intake/enquirer", "/intake/sought-new", "/sought", "/note"):
        foreign = stranger.get(f"/requests/{request_id}{place}")
        missing = stranger.get(f"/requests/{'0' * 16}{place}")
        assert foreign.status_code == missing.status_code == 404, place
        assert without_ids(foreign, request_id) == without_ids(missing, "0" * 16), place


def test_a_foreign_interview_is_not_written_to(caseworker, signed_in, south):
    request_id, stranger = begin(caseworker), signed_in(south, "caseworker")
    for place in ("/intake/news", "/intake/news/typed", "/intake/news/drop", "/intake", "/accept", "/note"):
        assert stranger.post(f"/requests/{request_id}{place}", data={"text": "x"}).status_code == 404, place


def test_a_page_nobody_made_is_not_found(caseworker):
    request_id = begin(caseworker)
    for page in ("nothing", "sought-", "sought-" + "0" * 16, "sought-../enquirer"):
        assert caseworker.get(f"/requests/{request_id}/intake/{page}").status_code == 404


def test_a_child_registered_by_somebody_uncleared_is_handed_over_kindly(signed_in, north):
    browser = signed_in(north, "uncleared")
    request_id = begin(browser)
    answer = send(browser, request_id, "sought-new", {**SOUGHT, "identity-birth-told": "2022", "relation": "son"})
    assert answer.headers["Location"] == "/requests/"
    assert "takes it over" in browser.get("/requests/").get_data(as_text=True)
    assert browser.get(f"/requests/{request_id}/intake").status_code == 404


def test_after_acceptance_a_page_saves_and_leads_back_to_the_case(caseworker, north):
    request_id = accepted(north.caseworker)
    answer = send(caseworker, request_id, "sought-new", {**SOUGHT, "identity-names-0-full": "Layla Haddad"})
    assert answer.headers["Location"].endswith(f"/requests/{request_id}")
    assert [person.searching for person in people(north.caseworker, request_id)] == [True, True]


def test_danger_in_a_draft_does_not_hinder_sending(caseworker, north):
    request_id = interviewed(north.caseworker, answers=DANGER)
    assert caseworker.post(f"/requests/{request_id}/intake").status_code == 303
