"""Consent to encoded exchange is given, refused and withdrawn for every society or for one by name."""

from datetime import date

import pytest
from caseload import add_registered, add_request, identity
from exchange_world import confirmed_partner, drafted, elsewhere
from sqlalchemy import select

from rfl.domain.consent import Purpose, Speaker
from rfl.domain.consent_talk import Talk
from rfl.domain.errors import FieldError
from rfl.domain.exchange import GOES, LEFT_OUT, NOT_ASKED, REFUSED
from rfl.exchange.rounds.identity import Identity
from rfl.models.audit import AuditEntry
from rfl.models.persons import Person
from rfl.services import consents
from rfl.services import exchange_parties as parties
from rfl.services import exchange_selection as selection
from rfl.services.encoded_consents import societies_to_name
from rfl.services.exchange_eligibility import judge
from rfl.services.unit import SYSTEM, Look

ENCODED = Purpose.SHARE_ENCODED
FAR, EAST = (elsewhere(code).public.digest for code in ("FAR", "EAS"))


def talk(*partners: str) -> Talk:
    return Talk(date(2026, 1, 2), "en", "signed", speaker=Speaker.PERSON, partners=partners)


@pytest.fixture
def agreement(north):
    """An agreement with FAR; EAS is a confirmed partner too."""
    made = drafted(north)
    confirmed_partner(north, elsewhere("EAS"))
    return made


@pytest.fixture
def person(north, agreement):
    return add_registered(north.officer, identity("Amal Haddad", "1990-02-03"), number="N-R-1")


def reasons(person_id: str) -> tuple[str, str]:
    """Why somebody does not go to FAR and to EAS."""
    with Look(SYSTEM) as look:
        person = look.session.get_one(Person, person_id)
        return tuple(judge(look.session, [person], partner)[person_id] for partner in (FAR, EAST))


def answer(north, person_id: str, given: bool, *partners: str) -> None:
    consents.record_answers(north.officer, person_id, {ENCODED: given}, talk(*partners))


def test_an_answer_that_names_no_society_is_for_all(north, person):
    answer(north, person, True)
    assert reasons(person) == (GOES, GOES)


def test_a_yes_for_one_society_is_a_no_for_all_others(north, person):
    answer(north, person, True, "FAR")
    assert reasons(person) == (GOES, REFUSED)


def test_a_yes_for_one_society_takes_back_an_earlier_yes_for_all(north, person):
    answer(north, person, True)
    answer(north, person, True, "EAS")
    assert reasons(person) == (REFUSED, GOES)


def test_a_no_for_one_society_leaves_what_was_said_about_the_others(north, person):
    answer(north, person, False, "EAS")
    assert reasons(person) == (NOT_ASKED, REFUSED)
    answer(north, person, True)
    answer(north, person, False, "FAR")
    assert reasons(person) == (REFUSED, GOES)


def test_withdrawing_for_one_society_ends_that_one_and_withdrawing_for_all_ends_all(north, person):
    answer(north, person, True)
    consents.withdraw(north.officer, person, ENCODED, "FAR")
    assert reasons(person) == (REFUSED, GOES)
    with pytest.raises(consents.NotGiven):
        consents.withdraw(north.officer, person, ENCODED, "FAR")
    consents.withdraw(north.officer, person, ENCODED)
    assert reasons(person) == (REFUSED, REFUSED)
    with pytest.raises(consents.NotGiven):
        consents.withdraw(north.officer, person, ENCODED)


def test_a_yes_for_named_societies_can_be_withdrawn_as_a_whole(north, person):
    answer(north, person, True, "FAR", "EAS")
    consents.withdraw(north.officer, person, ENCODED)
    assert reasons(person) == (REFUSED, REFUSED)


def test_the_enquirers_yes_for_one_society_lets_the_sought_person_go_there_only(north, agreement):
    enquirer, (sought,) = add_request(
        north.officer, identity("Salma Haddad", "1970-01-01"), ("son", identity("Yusuf Haddad", "1994-05-12"))
    )
    answer(north, enquirer, True, "FAR")
    assert reasons(sought) == (GOES, REFUSED)


def new_keys_of_far(staff) -> str:
    """The partner FAR makes new keys, and two people confirm them; returns their digest."""
    old = next(one.id for one in parties.list_partners(staff.officer) if one.code == "FAR")
    parties.end_partner(staff.officer, old)
    renewed = Identity.generate("FAR", "Society FAR")
    confirmed_partner(staff, renewed)
    return renewed.public.digest


def test_a_refusal_holds_for_new_keys_of_the_same_society(north, person):
    answer(north, person, True)
    answer(north, person, False, "FAR")
    renewed = new_keys_of_far(north)
    with Look(SYSTEM) as look:
        assert judge(look.session, [look.session.get_one(Person, person)], renewed) == {person: REFUSED}


def test_who_was_left_out_stays_left_out_for_new_keys_of_the_same_society(north, person, agreement):
    answer(north, person, True)
    selection.leave_out(north.officer, agreement, person, "authorities")
    renewed = new_keys_of_far(north)
    with Look(SYSTEM) as look:
        assert judge(look.session, [look.session.get_one(Person, person)], renewed) == {person: LEFT_OUT}


def test_two_partners_with_one_code_are_not_confirmed_at_a_time(north, agreement):
    with pytest.raises(parties.CodeInUse):
        confirmed_partner(north, Identity.generate("FAR", "Another society"))
    with pytest.raises(parties.CodeInUse):
        confirmed_partner(north, Identity.generate("NOR", "The own code"))


@pytest.mark.parametrize("code", ["XXX", "far", "' OR 1=1 --", "<script>", "F" * 5000])
def test_an_answer_for_a_society_that_is_no_partner_is_refused(north, person, code):
    with pytest.raises(FieldError) as wrong:
        answer(north, person, True, code)
    assert wrong.value.field == "partners"
    assert reasons(person) == (NOT_ASKED, NOT_ASKED)


def test_societies_without_an_answer_about_encoded_exchange_are_refused(north, person):
    with pytest.raises(FieldError) as wrong:
        consents.record_answers(north.officer, person, {Purpose.FEEDBACK: True}, talk("FAR"))
    assert wrong.value.field == "partners"


def test_an_unconfirmed_ended_or_foreign_partner_cannot_be_named(north, south, agreement):
    confirmed_partner(south, elsewhere("WES"))
    parties.receive_partner(north.officer, elsewhere("NEW").public.to_bytes())
    ended = {one.code: one.id for one in parties.list_partners(north.officer)}["HUB"]
    parties.end_partner(north.officer, ended)
    assert set(societies_to_name(north.caseworker)) == {"FAR", "EAS"}
    assert societies_to_name(north.protection) == {}


def test_the_card_says_what_holds_for_each_society_and_the_trace_names_it(north, person):
    answer(north, person, True, "FAR")
    card = consents.read_card(north.caseworker, person)
    assert {code: given for code, (_, given) in card.partners.items()} == {"FAR": True, "EAS": False, "HUB": False}
    with Look(SYSTEM) as look:
        wanted = select(AuditEntry).where(AuditEntry.event == "consent:recorded").order_by(AuditEntry.seq.desc())
        entry = look.session.scalars(wanted.limit(1)).one()
    assert entry.details["partners"] == "FAR"
