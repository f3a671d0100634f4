"""The demo's printed password opens nothing in a real instance."""

import pytest
from staff import PASSWORD

from rfl.models import db
from rfl.models.accounts import Society
from rfl.security.passwords import Passwords
from rfl.services import sign_in as sessions

CHEAP = Passwords(cheap=True)


@pytest.fixture
def demo_society(north):
    db.session.get_one(Society, north.id).demo = True
    db.session.commit()
    return north


def test_a_demo_account_signs_in_where_the_demo_is_on(demo_society):
    assert sessions.sign_in("officer.nor", PASSWORD, passwords=CHEAP, demo=True)


def test_a_demo_account_does_not_exist_in_a_real_instance(demo_society):
    with pytest.raises(sessions.SignInRefused):
        sessions.sign_in("officer.nor", PASSWORD, passwords=CHEAP)


def test_a_session_of_a_demo_account_is_worthless_in_a_real_instance(demo_society, app):
    app.config["RFL_DEMO"], app.config["WTF_CSRF_ENABLED"] = True, False
    browser = app.test_client()
    browser.post("/sign-in", data={"sign_in_name": "officer.nor", "password": PASSWORD})
    assert browser.get("/account/password").status_code == 200
    app.config["RFL_DEMO"] = False
    assert browser.get("/account/password").headers["Location"] == "/sign-in"
