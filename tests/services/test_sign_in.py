"""Sessions end when they should, and guessing is slow."""

from datetime import timedelta

import pytest
from staff import PASSWORD

from rfl.domain import clock
from rfl.security.passwords import Passwords
from rfl.services import sign_in as sessions
from rfl.services.audit import verify
from rfl.services.unit import SYSTEM, Look, Unaudited, Unit

CHEAP = Passwords(cheap=True)


def open_session(society) -> str:
    return sessions.sign_in(society.names["officer"], PASSWORD, passwords=CHEAP)


def test_a_session_token_leads_to_its_user(north):
    who = sessions.resolve(open_session(north))
    assert who is not None
    assert who.actor.id == north.officer.id


def test_a_session_ended_by_its_user_stays_ended(north):
    token = open_session(north)
    sessions.sign_out(sessions.resolve(token))
    assert sessions.resolve(token) is None


@pytest.mark.parametrize("limit", [sessions.IDLE_LIMIT, sessions.ABSOLUTE_LIMIT])
def test_a_session_ends_by_itself(north, monkeypatch, limit):
    token = open_session(north)
    later = clock.now() + limit + timedelta(seconds=1)
    monkeypatch.setattr("rfl.services.unit.now", lambda: later)
    assert sessions.resolve(token) is None


def test_wrong_password_and_unknown_name_get_the_same_answer(north):
    messages = set()
    for name in (north.names["officer"], "nobody.here"):
        with pytest.raises(sessions.SignInRefused) as refused:
            sessions.sign_in(name, "wrong password here", passwords=CHEAP)
        messages.add(str(refused.value))
    assert len(messages) == 1


@pytest.mark.parametrize("name", ["officer.nor", "nobody.here"])
def test_guessing_is_slowed_down_for_known_and_unknown_names_alike(north, name):
    for _ in range(sessions.FREE_FAILURES):
        with pytest.raises(sessions.SignInRefused):
            sessions.sign_in(name, "wrong password here", passwords=CHEAP)
    with pytest.raises(sessions.SignInBlocked):
        sessions.sign_in(name.upper(), PASSWORD, passwords=CHEAP)


def test_an_act_without_audit_entry_is_undone(north):
    with pytest.raises(Unaudited), Unit(north.officer):
        pass


def test_the_chain_of_all_acts_so_far_verifies(north):
    open_session(north)
    with Look(SYSTEM) as look:
        result = verify(look.session)
    assert result.first_bad is None
    assert result.entries > 5
