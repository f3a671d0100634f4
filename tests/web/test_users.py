"""Administrators manage the users of their own society and of no other."""

import pytest
from pages import without_tokens
from staff import PASSWORD

NEW = {"sign_in_name": "amina.yusuf", "display_name": "أمينة <b>يوسف</b>", "roles": ["caseworker"], "language": "ar"}


@pytest.fixture
def administrator(signed_in, north):
    return signed_in(north, "administrator")


def first_password(page: str) -> str:
    return page.partition('<code class="fs-3">')[2].partition("</code>")[0]


def test_a_new_user_signs_in_with_the_first_password_and_must_change_it(administrator, app):
    page = administrator.post("/users/new", data=NEW).get_data(as_text=True)
    newcomer = app.test_client()
    answer = newcomer.post("/sign-in", data={"sign_in_name": "amina.yusuf", "password": first_password(page)})
    assert answer.status_code == 303
    assert newcomer.get("/").headers["Location"] == "/account/password"


def test_names_are_escaped_in_the_list(administrator):
    administrator.post("/users/new", data=NEW)
    page = administrator.get("/users/").get_data(as_text=True)
    assert "<b>يوسف" not in page
    assert "أمينة &lt;b&gt;" in page


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("sign_in_name", "Аmina", "Use at least 3 of the letters a-z"),  # a Cyrillic letter that looks Latin
        ("sign_in_name", "officer.nor", "Somebody has this sign-in name already"),
        ("display_name", " ", "Write the name that colleagues know"),
        ("roles", [], "Choose at least one role"),
    ],
)
def test_a_wrong_field_is_named_and_everything_typed_stays(administrator, field, value, message):
    answer = administrator.post("/users/new", data=NEW | {field: value})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in page
    assert NEW["sign_in_name"] in page or field == "sign_in_name"


def test_a_user_of_another_society_looks_like_a_missing_one(administrator, south):
    foreign = administrator.get(f"/users/{south.officer.id}")
    missing = administrator.get("/users/0000000000000000")
    assert foreign.status_code == missing.status_code == 404
    there, nowhere = (without_tokens(answer.text) for answer in (foreign, missing))
    assert there.replace(south.officer.id, "") == nowhere.replace("0000000000000000", "")


def test_form_fields_that_do_not_exist_change_nothing(administrator, north, south, signed_in):
    administrator.post(
        f"/users/{north.officer.id}",
        data={
            "display_name": "Officer",
            "roles": ["tracing_officer"],
            "language": "en",
            "active": "y",
            "society_id": south.id,
            "sign_in_name": "changed",
        },
    )
    assert signed_in(north, "officer").get("/").status_code == 200


def test_a_disabled_user_is_out_at_the_next_request(administrator, signed_in, north):
    officer = signed_in(north, "officer")
    administrator.post(
        f"/users/{north.officer.id}", data={"display_name": "O", "roles": ["tracing_officer"], "language": "en"}
    )
    assert officer.get("/").headers["Location"] == "/sign-in"


def test_a_role_taken_away_counts_at_the_next_request(administrator, signed_in, north):
    protection = signed_in(north, "protection")
    assert protection.get("/audit/").status_code == 200
    administrator.post(
        f"/users/{north.protection.id}",
        data={"display_name": "P", "roles": ["caseworker"], "language": "en", "active": "y"},
    )
    assert protection.get("/audit/").status_code == 403


def test_a_password_change_ends_the_other_sessions(signed_in, north):
    here, elsewhere = signed_in(north, "officer"), signed_in(north, "officer")
    new = "another long sentence"
    answer = here.post("/account/password", data={"old": PASSWORD, "password": new, "again": new})
    assert answer.status_code == 303
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 303


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"])
def test_the_language_switch_leads_nowhere_else(client, target):
    answer = client.post("/language", data={"language": "ar", "next": target})
    assert "evil" not in answer.headers["Location"]
    assert answer.headers["Location"].startswith("/")


def test_a_form_without_token_is_refused(app, north):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post("/sign-in", data={"sign_in_name": "officer.nor", "password": PASSWORD})
    assert answer.status_code == 400


def test_a_session_cookie_set_before_sign_in_is_worthless_after_it(app, client, north):
    client.get("/users/")
    before = client.get_cookie("rfl").value
    client.post("/sign-in", data={"sign_in_name": "officer.nor", "password": PASSWORD})
    stranger = app.test_client()
    stranger.set_cookie("rfl", before)
    assert stranger.get("/").status_code == 303
