"""Exports through the screen: with a reason, a second tick for contacts, and a file name that says nothing."""

import pytest
from caseload import add_registered, identity

FORM = {"subject": "registered", "format": "csv", "recipient": "own", "reason": "check"}


@pytest.fixture
def officer(signed_in, north):
    return signed_in(north, "officer")


def page(answer) -> str:
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(("form", "suffix"), [("csv", "csv"), ("xlsx", "xlsx")])
def test_a_file_comes_with_a_name_that_says_nothing_personal(officer, north, form, suffix):
    add_registered(north.officer, identity("Yusuf Haddad"))
    answer = officer.post("/exports/", data=FORM | {"format": form})
    assert answer.status_code == 200
    name = answer.headers["Content-Disposition"].rpartition("=")[2]
    assert name.startswith("registered-20")
    assert name.endswith(f".{suffix}")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reason": ""}, "Choose one of the entries offered."),
        ({"contacts": "y"}, "Confirm that the file will hold"),
        ({"contacts": "y", "contacts_confirmed": "y", "recipient": "network"}, "only for files that stay"),
        ({"format": "pfif"}, "PFIF is for other registries."),
        ({"may_say_dead": "y"}, "only for registered persons in PFIF"),
    ],
)
def test_what_may_not_leave_is_refused_on_its_field(officer, change, message):
    answer = officer.post("/exports/", data=FORM | change)
    assert answer.status_code == 422
    assert message in page(answer)


def test_a_form_with_invented_choices_gives_no_file(officer):
    answer = officer.post("/exports/", data=FORM | {"subject": "enquirer"})
    assert answer.status_code == 422


def test_roles_that_do_not_export_do_not_see_the_page(signed_in, north):
    for role in ("caseworker", "volunteer", "administrator"):
        browser = signed_in(north, role)
        assert browser.get("/exports/").status_code == browser.post("/exports/", data=FORM).status_code == 403


def test_data_protection_may_export(signed_in, north):
    assert signed_in(north, "protection").post("/exports/", data=FORM).status_code == 200
