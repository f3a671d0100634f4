"""No round without an agreement that all three have signed and that is in force."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from exchange_parties import NOW, agreement, first, hub, second, society
from hypothesis import given
from hypothesis import strategies as st

from rfl.exchange.rounds.agreement import Agreement, Party, Role, check, sign
from rfl.exchange.rounds.canonical import decode, encode
from rfl.exchange.rounds.refusals import (
    AgreementExpired,
    AgreementMalformed,
    AgreementNotYetValid,
    AgreementOutOfBounds,
    AgreementRefused,
    NotAParty,
    SignatureInvalid,
    SignatureMissing,
    UnknownParty,
)

ALL = (first, second, hub)


def signatures(agreed: Agreement) -> dict[str, bytes]:
    return {party().public.digest: sign(agreed, party()) for party in ALL}


def pinned() -> list:
    return [party().public for party in ALL]


def test_an_agreement_signed_by_all_three_is_in_force():
    check(agreement(), signatures(agreement()), NOW, pinned=pinned())


def test_an_agreement_reads_back_with_the_same_hash():
    again = Agreement.from_bytes(agreement().to_bytes())
    assert again == agreement()
    assert again.hash == agreement().hash


@pytest.mark.parametrize("missing", ALL)
def test_one_missing_signature_stops_a_round(missing):
    signed = signatures(agreement())
    del signed[missing().public.digest]
    with pytest.raises(SignatureMissing):
        check(agreement(), signed, NOW, pinned=pinned())


@pytest.mark.parametrize("party", ALL)
def test_keys_that_nobody_confirmed_stop_a_round(party):
    others = [public for public in pinned() if public != party().public]
    with pytest.raises(UnknownParty):
        check(agreement(), signatures(agreement()), NOW, pinned=others)


def test_signatures_hold_for_one_version_only():
    with pytest.raises(SignatureInvalid):
        check(agreement(cap=20_000), signatures(agreement()), NOW, pinned=pinned())


def test_one_party_cannot_sign_for_another():
    signed = signatures(agreement())
    signed[hub().public.digest] = signed[first().public.digest]
    with pytest.raises(SignatureInvalid):
        check(agreement(), signed, NOW, pinned=pinned())


def test_a_signature_of_the_bare_text_is_no_agreement():
    signed = signatures(agreement()) | {hub().public.digest: hub().sign(agreement().to_bytes())}
    with pytest.raises(SignatureInvalid):
        check(agreement(), signed, NOW, pinned=pinned())


@pytest.mark.parametrize(
    ("moment", "refusal"),
    [
        (agreement().valid_from - timedelta(seconds=1), AgreementNotYetValid),
        (agreement().valid_until, AgreementExpired),
    ],
)
def test_an_agreement_holds_between_its_days(moment, refusal):
    check(agreement(), signatures(agreement()), agreement().valid_from, pinned=pinned())
    with pytest.raises(refusal):
        check(agreement(), signatures(agreement()), moment, pinned=pinned())


def test_a_stranger_cannot_sign():
    with pytest.raises(NotAParty):
        sign(agreement(), society("CC"))


def test_lines_and_the_marks_that_arabic_needs_may_stand_in_an_agreement():
    text = "\u200fالبحث عن المفقودين\r\n\tand reading it in two directions\u200e"
    assert agreement(purpose=text).purpose == text


@pytest.mark.parametrize(
    "change",
    [
        {"cap": 20_001},
        {"cap": True},
        {"minimum": 49},
        {"minimum": 2_001},
        {"false_pairs": 0},
        {"retention_days": 366},
        {"contact": "\u202e0123 456\u202c"},  # a number that is read from its end
        {"purpose": "Restoring family links\x1b[8m and more"},
        {"epoch": 0},
        {"number": ""},
        {"profile_hash": "AB" * 32},
        {"purpose": ""},
        {"valid_until": NOW - timedelta(days=31)},
        {"valid_from": NOW.replace(tzinfo=None)},
        {"parties": agreement().parties[::-1]},
        {"parties": (agreement().parties[0], Party.of(Role.SECOND, first().public), agreement().parties[2])},
    ],
)
def test_terms_outside_the_bounds_are_refused(change):
    with pytest.raises(AgreementOutOfBounds):
        agreement(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"format_version": 2},
        {"format": "rfl-package"},
        {"parties": []},
        {"parties": 3},
        {"parties": [1, 2, 3]},
        {"valid_from": "2026-2-1"},
        {"valid_from": "0999-01-01T00:00:00Z"},
        {"contact": 4},
        {"more": 1},
    ],
)
def test_a_changed_agreement_is_refused(change):
    value = json.loads(agreement().to_bytes()) | change
    with pytest.raises(AgreementMalformed):
        Agreement.from_bytes(encode(value))


@given(st.binary(max_size=300))
def test_other_bytes_are_no_agreement(data):
    with pytest.raises(AgreementRefused):
        Agreement.from_bytes(data)


def test_the_partner_is_the_other_society():
    assert agreement().partner_of(first().public.digest).digest == second().public.digest
    assert agreement().partner_of(second().public.digest).digest == first().public.digest
    with pytest.raises(NotAParty):
        agreement().partner_of(hub().public.digest)


def test_an_agreement_without_a_clause_on_names_has_the_bytes_it_always_had():
    assert b"clear_lists" not in agreement().to_bytes()
    assert Agreement.from_bytes(agreement().to_bytes()).clear_lists == ""


def test_a_clause_on_names_is_part_of_what_is_signed():
    allowing = replace(agreement(), clear_lists="A law.")
    assert Agreement.from_bytes(allowing.to_bytes()) == allowing
    assert allowing.hash != agreement().hash


@pytest.mark.parametrize("text", ["x" * 2001, "hidden \u202e text"])
def test_a_clause_on_names_reads_the_same_for_everybody(text):
    with pytest.raises(AgreementOutOfBounds) as wrong:
        replace(agreement(), clear_lists=text)
    assert wrong.value.params == {"field": "clear_lists"}


def test_an_empty_clause_is_not_written():
    value = decode(agreement().to_bytes(), limit=20_000) | {"clear_lists": ""}
    with pytest.raises(AgreementMalformed):
        Agreement.from_bytes(encode(value))
