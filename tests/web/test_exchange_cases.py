"""The page of cases for exchange: who goes, who does not and why, and single persons left out by hand."""

from datetime import date

import pytest
from caseload import add_registered, identity
from exchange_world import drafted

from rfl.domain.consent import Purpose, Speaker
from rfl.domain.consent_talk import Talk
from rfl.services import consents

TALK = Talk(date(2026, 1, 2), "en", "signed", speaker=Speaker.PERSON)


@pytest.fixture
def agreement(north):
    return drafted(north)


def test_an_officer_sees_who_goes_and_leaves_somebody_out(signed_in, north, agreement):
    person_id = add_registered(north.officer, identity("Amal <b>Haddad</b>", "1990-02-03"), number="N-R-1")
    browser, address = signed_in(north, "officer"), f"/exchange/agreements/{agreement}/cases/"
    assert "Nobody was asked about encoded exchange yet" in browser.get(address).text
    assert f"/persons/{person_id}/consents" in browser.get(f"{address}?reason=not_asked").text
    answers = {f"{Purpose.SHARE_ENCODED}": True}
    consents.record_answers(north.officer, person_id, answers, TALK)
    page = browser.get(address).text
    assert "Amal &lt;b&gt;Haddad&lt;/b&gt;" in page
    assert "49 more persons must be able to go" in page
    assert browser.post(f"{address}{person_id}/leave-out", data={"reason": "asked"}).status_code == 303
    assert "Leave out no longer" in browser.get(f"{address}?reason=left_out").text
    assert browser.post(f"{address}{person_id}/take-back").status_code == 303
    assert "Amal" in browser.get(address).text


def test_what_to_ask_for_is_said_in_words(signed_in, north, agreement):
    person_id = add_registered(north.officer, identity("Amal"), number="N-R-1")
    consents.record_answers(north.officer, person_id, {Purpose.SHARE_ENCODED: True}, TALK)
    page = signed_in(north, "officer").get(f"/exchange/agreements/{agreement}/cases/?reason=too_little").text
    assert "the year of birth, or about how old" in page


def test_leaving_out_without_a_reason_says_so(signed_in, north, agreement):
    person_id = add_registered(north.officer, identity("Amal Haddad"), number="N-R-1")
    browser, address = signed_in(north, "officer"), f"/exchange/agreements/{agreement}/cases/"
    answer = browser.post(f"{address}{person_id}/leave-out", follow_redirects=True)
    assert "Choose why this person is left out." in answer.text


def test_the_way_leads_from_the_agreement(signed_in, north, agreement):
    page = signed_in(north, "officer").get(f"/exchange/agreements/{agreement}").text
    assert f"/exchange/agreements/{agreement}/cases/" in page
