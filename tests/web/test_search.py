"""The search page: names are posted, results lead to the record, and nobody else's files are found."""

import caseload
import pytest


@pytest.fixture
def person(north):
    return caseload.add_registered(north.officer, caseload.identity("Amina Yusuf"), number="NOR-R-2026-0001")


@pytest.fixture
def caseworker(signed_in, north):
    return signed_in(north, "caseworker")


def found(browser, text):
    answer = browser.post("/search", data={"text": text})
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["NOR-R-2026-0001", "أمينة يوسف"])
def test_a_result_leads_to_the_record(caseworker, person, typed):
    status, page = found(caseworker, typed)
    assert status == 200
    assert f'href="/registered-persons/{person}"' in page


def test_a_person_of_a_request_leads_to_the_request(caseworker, north):
    caseload.add_request(north.officer, caseload.identity("Fatima Alhalabi"))
    assert 'href="/requests/' in found(caseworker, "Fatima Alhalabi")[1]


def test_names_are_never_asked_for_in_an_address(caseworker, person):
    page = caseworker.get("/search?text=Amina+Yusuf").get_data(as_text=True)
    assert f"/registered-persons/{person}" not in page
    assert '<form method="post" action="/search"' in page


def test_the_menu_bar_offers_the_search_to_those_who_may(signed_in, north):
    assert 'class="search-box"' in signed_in(north, "caseworker").get("/").get_data(as_text=True)
    assert 'class="search-box"' not in signed_in(north, "volunteer").get("/").get_data(as_text=True)


@pytest.mark.parametrize("role", ["volunteer", "administrator"])
def test_others_do_not_search(signed_in, north, role):
    browser = signed_in(north, role)
    assert browser.get("/search").status_code == 403
    assert found(browser, "Amina")[0] == 403


def test_what_was_typed_is_shown_as_text(caseworker, person):
    page = found(caseworker, '"><script>alert(1)</script>')[1]
    assert "<script>alert" not in page


@pytest.mark.parametrize(("typed", "words"), [("NOR-R-2026-9", "No such number"), ("Zzyzx", "Nobody found")])
def test_nothing_found_says_what_to_try(caseworker, person, typed, words):
    assert words in found(caseworker, typed)[1]


@pytest.mark.parametrize("typed", ["", "x" * 500, "a\u202e"])
def test_a_text_that_is_none_is_explained(caseworker, typed):
    status, page = found(caseworker, typed)
    assert status == 422
    assert "search-problem" in page


def test_another_society_finds_nothing(signed_in, south, person):
    browser = signed_in(south, "officer")
    assert "Nobody found" in found(browser, "Amina Yusuf")[1]
    assert "No such number" in found(browser, "NOR-R-2026-0001")[1]


def test_a_child_is_found_by_cleared_staff_only(signed_in, north):
    caseload.add_registered(north.officer, caseload.identity("Omar Hadi"), is_minor=True)
    assert "Child" in found(signed_in(north, "officer"), "Omar Hadi")[1]
    assert "Nobody found" in found(signed_in(north, "uncleared"), "Omar Hadi")[1]
