"""The page of consents: nothing is answered beforehand, every answer can be taken back with one button."""

import re

import caseload
import pytest
from exchange_world import with_partners

from rfl.models.db import db
from rfl.services import consents

TALK = {"answers-language": "ar", "answers-evidence": "signed", "answers-speaker": "person", "answers-basis": "consent"}


@pytest.fixture
def person(north):
    return caseload.add_registered(north.officer, caseload.identity("Amina Yusuf"), given=None)


@pytest.fixture
def place(person):
    return f"/persons/{person}/consents"


@pytest.fixture
def caseworker(signed_in, north):
    return signed_in(north, "caseworker")


def page_of(answer):
    return answer.get_data(as_text=True)


def test_nothing_is_answered_beforehand(caseworker, place):
    page = page_of(caseworker.get(place))
    assert page.count("Not asked: off") == 9
    chosen = [tag for tag in re.findall(r'<input[^>]*type="radio"[^>]*>', page) if "checked" in tag]
    assert len(chosen) == 9
    assert all('value=""' in tag for tag in chosen)


def test_the_notice_stands_there_to_be_read_out(caseworker, place):
    page = page_of(caseworker.get(place))
    assert "The service is free of charge." in page
    assert "Notice, version" in page


def test_answers_are_recorded_and_shown(caseworker, place, person):
    answer = caseworker.post(place, data=TALK | {"answers-matching": "yes", "answers-feedback": "no"})
    assert answer.status_code == 303
    assert consents.allows(db.session, person, "matching")
    assert not consents.allows(db.session, person, "feedback")
    page = page_of(caseworker.get(place))
    assert "Signed form" in page
    assert "Arabic" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "Choose yes or no for at least one purpose"),
        ({"answers-matching": "yes", "answers-evidence": ""}, "how the agreement can be shown"),
        ({"answers-matching": "yes", "answers-speaker": "nobody"}, "Nobody was asked"),
        ({"answers-publish_photo": "yes", "answers-basis": "vital_interest"}, "own agreement counts"),
        ({"answers-matching": "yes", "answers-on": "9999-01-01"}, "This day has not come yet"),
        ({"answers-matching": "yes", "answers-on": "1.1.26"}, "Not a valid date"),
        ({"answers-matching": "perhaps"}, "Not a valid choice"),
        ({"answers-matching": "yes", "answers-language": "xx"}, "Not a valid choice"),
    ],
)
def test_a_mistake_records_nothing_and_says_why(caseworker, place, person, change, message):
    answer = caseworker.post(place, data=TALK | change)
    assert answer.status_code == 422
    assert message in page_of(answer)
    assert consents.current(db.session, person) == {}


def test_one_button_takes_an_agreement_back(caseworker, place, person):
    caseworker.post(place, data=TALK | {"answers-matching": "yes"})
    assert "Withdraw: Compare it" in page_of(caseworker.get(place))
    assert caseworker.post(f"{place}/withdraw", data={"purpose": "matching"}).status_code == 303
    assert not consents.allows(db.session, person, "matching")


@pytest.mark.parametrize("purpose", ["matching", "<script>", ""])
def test_what_was_not_given_cannot_be_taken_back(caseworker, place, purpose):
    assert caseworker.post(f"{place}/withdraw", data={"purpose": purpose}).status_code == 409


def test_foreign_and_missing_persons_answer_alike(signed_in, south, place):
    officer = signed_in(south, "officer")
    missing = f"/persons/{'0' * 16}/consents"
    assert [officer.get(one).status_code for one in (place, missing)] == [404, 404]
    assert [officer.post(one, data=TALK | {"answers-matching": "yes"}).status_code for one in (place, missing)] == [
        404
    ] * 2
    assert [officer.post(f"{one}/withdraw", data={"purpose": "x"}).status_code for one in (place, missing)] == [404] * 2


def test_data_protection_reads_and_gets_no_form(signed_in, north, place):
    page = page_of(signed_in(north, "protection").get(place))
    assert "Save the answers" not in page
    assert "Not asked: off" in page


def test_a_child_is_asked_in_words_it_understands(signed_in, north):
    child = caseload.add_registered(north.officer, caseload.identity("Omar"), is_minor=True)
    page = page_of(signed_in(north, "officer").get(f"/persons/{child}/consents"))
    assert "words the child understands" in page


def test_the_registered_person_shows_its_consents(caseworker, place, person):
    caseworker.post(place, data=TALK | {"answers-matching": "yes"})
    page = page_of(caseworker.get(f"/registered-persons/{person}"))
    assert f'href="{place}"' in page
    assert page.count("Not asked: off") == 8


@pytest.fixture
def partners(north):
    with_partners(north)  # FAR and HUB


def test_societies_are_named_only_where_there_are_partners(caseworker, place):
    assert "for which societies" not in page_of(caseworker.get(place))


def test_encoded_exchange_is_agreed_to_and_withdrawn_society_by_society(partners, caseworker, place):
    answer = caseworker.post(place, data=TALK | {"answers-share_encoded": "yes", "answers-partners": ["FAR", "HUB"]})
    assert answer.status_code == 303
    page = page_of(caseworker.get(place))
    assert "Yes, for some societies" in page
    assert page.count("Withdraw encoded exchange with") == 2
    assert "<bdi>all others</bdi>" in page
    caseworker.post(f"{place}/withdraw", data={"purpose": "share_encoded", "partner": "FAR"})
    assert page_of(caseworker.get(place)).count("Withdraw encoded exchange with") == 1


def test_a_society_that_is_no_partner_is_refused_with_a_reason(partners, caseworker, place, person):
    answer = caseworker.post(place, data=TALK | {"answers-share_encoded": "yes", "answers-partners": "<b>X</b>"})
    assert answer.status_code == 422
    assert "<b>X" not in page_of(answer)
    assert consents.current(db.session, person) == {}


def test_data_protection_reads_the_page_without_the_form(partners, signed_in, north, place):
    assert signed_in(north, "protection").get(place).status_code == 200
