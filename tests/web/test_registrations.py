"""Registering a person on the screen: quick for volunteers, whole for the office, and nothing typed is lost."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from rfl.models.db import db
from rfl.models.persons import Person
from rfl.services.unit import SYSTEM, Chore

PLACE = "/registered-persons"
TYPED = {
    "identity-names-0-full": "أمينة يوسف",
    "identity-names-0-kind": "original",
    "identity-birth-told": "about 1994",
    "identity-birth-calendar": "gregorian",
    "kind": "camp",
    "condition": "well",
    "place-text": "Zarqa camp",
    "contact-phones": "+962 7 1234",
    "consents-register": "yes",
    "consents-matching": "yes",
    "consents-language": "ar",
    "consents-evidence": "signed",
    "consents-speaker": "person",
    "consents-basis": "consent",
}


@pytest.fixture
def caseworker(signed_in, north):
    return signed_in(north, "caseworker")


@pytest.fixture
def volunteer(signed_in, north):
    return signed_in(north, "volunteer")


def page_of(answer):
    return answer.get_data(as_text=True)


def register(browser, **change):
    answer = browser.post(f"{PLACE}/new", data=TYPED | change)
    assert answer.status_code == 303, re.findall(r'field-error"[^>]*>(.*?)</div>', page_of(answer))
    return answer.headers["Location"]


def test_a_person_is_registered_and_shown(caseworker):
    page = page_of(caseworker.get(register(caseworker)))
    assert all(words in page for words in ("أمينة يوسف", "About 1994", "Zarqa camp", "+962 7 1234", "NOR-R-"))


def test_an_emptied_record_says_nothing_of_how_the_person_was_registered(caseworker):
    address = register(caseworker)
    with Chore(SYSTEM) as chore:
        person = chore.session.get_one(Person, address.rpartition("/")[2])
        person.identity = person.contact = person.private = None
    page = page_of(caseworker.get(address))
    assert "Came forward" not in page
    assert "The person</dd>" not in page
    assert re.search(r"Not recorded</dt>\s*<dd[^>]*>Kind of registration, Day of registration, .*Who gave", page)


def test_the_title_of_the_page_names_nobody(caseworker):
    title = page_of(caseworker.get(register(caseworker))).partition("<title>")[2].partition("</title>")[0]
    assert "أمينة" not in title


def test_the_address_names_nobody(caseworker):
    assert re.fullmatch(rf"{PLACE}/[0-9a-z]{{16}}", register(caseworker))


def test_markup_in_a_name_is_shown_as_text(caseworker):
    page = page_of(caseworker.get(register(caseworker, **{"identity-names-0-full": "<script>alert(1)</script>"})))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("identity-names-0-full", "ع" * 500, "at most 300 characters"),
        ("identity-names-0-full", "Amina \u202efusuY", "reverse its order"),
        ("identity-birth-told", "soon", "cannot be read"),
        ("identity-birth-told", (date.today() + timedelta(2)).isoformat(), "has not come yet"),  # noqa: DTZ011
        ("contact-phones", "1" * 301, "at most 300 characters"),
        ("place-text", "x\u202e", "reverse its order"),
        ("notes", "x\u202e", "reverse its order"),
        ("consents-register", "no", "Nothing may be registered without a basis"),
        ("consents-register", "", "Nothing may be registered without a basis"),
        ("consents-evidence", "", "how the agreement can be shown"),
        ("consents-language", "", "Choose the language"),
        ("consents-publish_photo", "yes", None),
        ("kind", "prison", "Not a valid choice"),
        ("registered_on", "2026-02-31", "Not a valid date"),
        ("expires_on", "2020-01-01", "Choose a day after today"),
    ],
)
def test_a_mistake_is_explained_and_everything_else_is_kept(caseworker, field, typed, message):
    answer = caseworker.post(f"{PLACE}/new", data=TYPED | {field: typed})
    if message is None:
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert message in page_of(answer)
    assert "+962 7 1234" in page_of(answer) or field == "contact-phones"
    assert db.session.scalar(select(Person.id)) is None


def test_another_row_is_added_without_saving_and_everything_is_kept(caseworker):
    answer = caseworker.post(f"{PLACE}/new", data=TYPED | {"identity-rows": "add names", "consents-register": ""})
    page = page_of(answer)
    assert answer.status_code == 200
    assert 'name="identity-names-1-full"' in page
    assert "+962 7 1234" in page
    assert db.session.scalar(select(Person.id)) is None


def test_a_new_row_takes_the_cursor(caseworker):
    page = page_of(caseworker.post(f"{PLACE}/new", data=TYPED | {"identity-rows": "add relatives"}))
    (focused,) = re.findall(r"<(?:input|select)[^>]*autofocus[^>]*>", page)
    assert "identity-relatives-1-relation" in focused


def test_the_enter_key_never_presses_a_row_button(caseworker):
    form = page_of(caseworker.get(f"{PLACE}/new")).partition(f'action="{PLACE}/new')[2]
    assert 'value=""' in re.search(r"<button[^>]*>", form)[0]


def test_every_control_has_a_label(caseworker):
    page = page_of(caseworker.get(f"{PLACE}/new"))
    ids = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', page)
    labelled = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    assert len(ids) > 40
    assert set(ids) - labelled == set()


def test_a_volunteer_gets_the_short_form_with_every_field_folded_into_it(volunteer, caseworker):
    short, whole = page_of(volunteer.get(f"{PLACE}/new")), page_of(caseworker.get(f"{PLACE}/new"))
    assert short.count("<details") > whole.count("<details")

    def fields(page):
        return set(re.findall(r'name="((?:identity|contact|consents|place)-[^"]+)"', page))

    assert fields(short) == fields(whole)


def test_a_volunteer_can_ask_for_the_whole_form(volunteer):
    assert page_of(volunteer.get(f"{PLACE}/new?all=1")).count("<details") < page_of(
        volunteer.get(f"{PLACE}/new")
    ).count("<details")


def test_a_volunteer_registers_with_the_few_fields(volunteer):
    few = {
        "identity-names-0-full": "Omar",
        "kind": "alive",
        "consents-register": "yes",
        "consents-language": "ar",
        "consents-evidence": "witnessed",
    }
    assert volunteer.post(f"{PLACE}/new", data=few).status_code == 303


def test_a_volunteer_sees_only_what_they_registered(volunteer, caseworker):
    other = register(caseworker, **{"identity-names-0-full": "Somebody Else"})
    mine = register(volunteer)
    assert volunteer.get(other).status_code == 404
    assert volunteer.get(mine).status_code == 200
    assert "Somebody Else" not in page_of(volunteer.get(PLACE))


def test_a_volunteer_does_not_read_a_sensitive_condition_and_does_not_erase_it(volunteer, caseworker):
    place = register(volunteer, condition="deceased")
    assert "Deceased" not in page_of(volunteer.get(place))
    form = page_of(volunteer.get(f"{place}/edit"))
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', form)[1]
    assert '<option selected value="keep">' in form
    answer = volunteer.post(f"{place}/edit", data=TYPED | {"condition": "keep", "seen": seen})
    assert answer.status_code == 303
    assert "Deceased" in page_of(caseworker.get(place))


def test_who_may_read_the_condition_cannot_choose_to_keep_it_unseen(caseworker):
    place = register(caseworker)
    assert caseworker.post(f"{place}/edit", data=TYPED | {"condition": "keep", "seen": "x"}).status_code == 422


@pytest.mark.parametrize("path", ["", "/edit"])
def test_foreign_missing_and_childrens_records_answer_alike(signed_in, north, south, path):
    officer = signed_in(north, "officer")
    child = register(officer, **{"identity-birth-told": str(date.today().year - 9)})  # noqa: DTZ011
    adult = register(officer)
    foreign, uncleared = signed_in(south, "officer"), signed_in(north, "uncleared")
    answers = [foreign.get(adult + path), foreign.get(f"{PLACE}/{'0' * 16}{path}"), uncleared.get(child + path)]
    assert [answer.status_code for answer in answers] == [404] * 3


def test_a_child_does_not_appear_in_an_uncleared_list(signed_in, north):
    officer, uncleared = signed_in(north, "officer"), signed_in(north, "uncleared")
    register(officer, **{"identity-birth-told": str(date.today().year - 9)})  # noqa: DTZ011
    assert "أمينة" in page_of(officer.get(PLACE))
    assert "أمينة" not in page_of(uncleared.get(PLACE))


def test_who_is_not_cleared_is_told_that_a_child_was_handed_over(signed_in, north):
    uncleared = signed_in(north, "uncleared")
    answer = uncleared.post(f"{PLACE}/new", data=TYPED | {"identity-age": "9", "identity-birth-told": ""})
    assert answer.headers["Location"] == PLACE
    assert "cleared for children" in page_of(uncleared.get(PLACE))


def test_the_form_shows_what_is_recorded_and_saving_it_changes_nothing(caseworker):
    place = register(caseworker)
    before = page_of(caseworker.get(f"{place}/edit"))
    shown = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', before))
    assert (shown["identity-names-0-full"], shown["identity-birth-told"]) == ("أمينة يوسف", "about 1994")
    kept = {key: value for key, value in TYPED.items() if not key.startswith("consents")} | {"seen": shown["seen"]}
    kept |= {"registered_on": shown["registered_on"], "told_by": "person"}
    assert caseworker.post(f"{place}/edit", data=kept).status_code == 303
    assert re.search(r'name="seen"[^>]*value="([^"]+)"', page_of(caseworker.get(f"{place}/edit")))[1] == shown["seen"]


def test_a_form_from_before_somebody_elses_change_is_refused(caseworker):
    place = register(caseworker)
    assert caseworker.post(f"{place}/edit", data=TYPED | {"seen": "old"}).status_code == 409


def test_the_list_is_divided_into_pages(caseworker, monkeypatch):
    monkeypatch.setattr("rfl.services.registration_list.PAGE_SIZE", 1)
    register(caseworker)
    register(caseworker)
    page = page_of(caseworker.get(f"{PLACE}?condition=well"))
    assert "Page 1 of 2" in page
    assert "condition=well&amp;page=2" in page


@pytest.mark.parametrize("query", ["page=x", "page=-1", "page=" + "9" * 4000, "condition=%27", "mine=2"])
def test_odd_queries_show_the_list(caseworker, query):
    register(caseworker)
    assert "أمينة" in page_of(caseworker.get(f"{PLACE}?{query}")) or query == "condition=%27"


@pytest.mark.parametrize("path", ["", "/new"])
def test_administrators_have_no_part_in_it(signed_in, north, path):
    assert signed_in(north, "administrator").get(PLACE + path).status_code == 403


def test_the_page_is_shown_in_arabic_from_right_to_left(caseworker):
    place = register(caseworker)
    caseworker.set_cookie("rfl_language", "ar")
    page = page_of(caseworker.get(place))
    assert 'dir="rtl"' in page
    assert '<bdi dir="ltr" class="text-nowrap">NOR-R-' in page
