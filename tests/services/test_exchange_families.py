"""Nobody leaves in the record of a relative: names of the family go only where the family itself goes."""

from datetime import date

import pytest
from caseload import add_request, identity
from exchange_world import drafted, elsewhere

from rfl.domain.consent import Purpose, Speaker
from rfl.domain.consent_talk import Talk
from rfl.models.persons import Person
from rfl.services import consents, exchange_encoding
from rfl.services import exchange_selection as selection
from rfl.services.unit import SYSTEM, Chore, Look

TALK = Talk(date(2026, 1, 2), "en", "signed", speaker=Speaker.PERSON)
FAR = elsewhere("FAR").public.digest


@pytest.fixture
def family(north):
    """A mother who agreed, and the two sons whom she seeks; returns the three ids."""
    drafted(north)
    enquirer, sons = add_request(
        north.officer,
        identity("Salma Haddad", "1970-01-01"),
        ("son", identity("Yusuf Haddad", "1994-05-12")),
        ("son", identity("Karim Haddad", "1998-05-12")),
    )
    answer(north, enquirer, given=True)
    return enquirer, *sons


def answer(staff, person_id: str, *, given: bool) -> None:
    consents.record_answers(staff.officer, person_id, {Purpose.SHARE_ENCODED: given}, TALK)


def tokens_of(staff, person_id: str) -> set[bytes]:
    with Look(SYSTEM) as look:
        listed = exchange_encoding.encode_cases(look.session, staff.id, [person_id], FAR)
    return {token.tobytes() for token in listed.token}


def test_the_name_of_a_brother_who_goes_too_is_used(north, family):
    _, yusuf, karim = family
    with_brother = tokens_of(north, yusuf)
    answer(north, karim, given=False)
    assert tokens_of(north, yusuf) < with_brother


def test_the_name_of_a_brother_who_is_a_child_does_not_leave_in_the_record_of_the_other(north, family):
    _, yusuf, karim = family
    answer(north, karim, given=False)
    without = tokens_of(north, yusuf)
    answer(north, karim, given=True)
    with Chore(SYSTEM) as chore:
        chore.session.get_one(Person, karim).is_minor = True
    assert tokens_of(north, yusuf) == without


def test_a_son_who_refused_does_not_leave_in_the_record_of_his_mother(north, family):
    enquirer, yusuf, karim = family
    before = tokens_of(north, enquirer)
    answer(north, yusuf, given=False)
    answer(north, karim, given=False)
    assert tokens_of(north, enquirer) < before


def test_what_is_too_little_is_judged_by_what_may_leave(north, family):
    _, yusuf, karim = family
    with Chore(SYSTEM) as chore:
        chore.session.get_one(Person, yusuf).identity = identity("Yusuf Haddad").to_dict()
    with Look(SYSTEM) as look:
        person = look.session.get_one(Person, yusuf)
        assert selection.too_little(look.session, [person], FAR) == {}
    answer(north, karim, given=False)
    selection_of_family = tokens_of(north, yusuf)
    with Look(SYSTEM) as look:
        person = look.session.get_one(Person, yusuf)
        short = selection.too_little(look.session, [person], FAR)
    assert bool(short) == (len(selection_of_family) < exchange_encoding.LEAST_TOKENS)
