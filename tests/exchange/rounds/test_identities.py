"""Keys and fingerprints: what is read is what was written, and nothing else passes for an identity."""

import json
import re

import pytest
from exchange_parties import first, hub, second
from hypothesis import given
from hypothesis import strategies as st

from rfl.exchange.rounds.canonical import encode
from rfl.exchange.rounds.identity import Identity, PublicIdentity, fingerprint, fingerprint_of, pair_secret
from rfl.exchange.rounds.refusals import IdentityUnusable


def test_an_identity_reads_back_with_the_same_keys():
    again = Identity.from_bytes(first().to_bytes())
    assert again == first()
    assert again.public == first().public


def test_a_public_identity_reads_back():
    assert PublicIdentity.from_bytes(first().public.to_bytes()) == first().public


def test_private_keys_are_shown_nowhere():
    assert all(repr(key) not in repr(first()) for key in (first().signing, first().recipient, first().pairing))


def test_a_public_identity_holds_no_private_key():
    written = first().public.to_bytes()
    private = json.loads(first().to_bytes())
    assert all(private[name].encode() not in written for name in ("signing", "recipient", "pairing"))


def test_a_fingerprint_is_eight_groups_of_five_digits():
    assert re.fullmatch(r"(\d{5} ){7}\d{5}", fingerprint(first().public))


def test_a_fingerprint_keeps_its_leading_zeros():
    assert fingerprint_of("0" * 64) == " ".join(["00000"] * 8)


@pytest.mark.parametrize("name", ["code", "name", "signing", "recipient", "pairing"])
def test_every_field_is_in_the_fingerprint(name):
    values = {field: getattr(first().public, field) for field in ("code", "name", "signing", "recipient", "pairing")}
    other = getattr(second().public, name)
    assert fingerprint(PublicIdentity(**(values | {name: other}))) != fingerprint(first().public)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("a", "Society"),
        ("AA", ""),
        ("AA", " Society"),
        ("AA", "So\nciety"),
        ("AA", "Society \u202eAA"),
        ("AA", "Socie\u0301te"),
        ("AA", "x" * 121),
    ],
)
def test_a_name_that_cannot_be_shown_is_refused(code, name):
    with pytest.raises(IdentityUnusable):
        Identity.generate(code, name)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": True},
        {"format": "rfl-identity-private"},
        {"signing": "AAAA"},
        {"signing": 7},
        {"extra": "field"},
        {"code": "lower"},
    ],
)
def test_a_changed_identity_is_refused(change):
    value = json.loads(first().public.to_bytes()) | change
    with pytest.raises(IdentityUnusable):
        PublicIdentity.from_bytes(encode(value))


@given(st.binary(max_size=200))
def test_other_bytes_are_no_identity(data):
    with pytest.raises(IdentityUnusable):
        PublicIdentity.from_bytes(data)
    with pytest.raises(IdentityUnusable):
        Identity.from_bytes(data)


def test_a_signature_holds_for_its_text_and_its_signer_only():
    signature = first().sign(b"text")
    assert first().public.verify(signature, b"text")
    assert not first().public.verify(signature, b"another")
    assert not second().public.verify(signature, b"text")


def test_two_partners_make_the_same_secret():
    mine = pair_secret(first(), second().public, agreement="AA-BB/1", epoch=1)
    assert mine == pair_secret(second(), first().public, agreement="AA-BB/1", epoch=1)


def test_every_agreement_period_and_partner_has_a_secret_of_its_own():
    secrets = {
        pair_secret(first(), second().public, agreement="AA-BB/1", epoch=1),
        pair_secret(first(), second().public, agreement="AA-BB/2", epoch=1),
        pair_secret(first(), second().public, agreement="AA-BB/1", epoch=2),
        pair_secret(first(), hub().public, agreement="AA-BB/1", epoch=1),
    }
    assert len(secrets) == 4


def test_a_point_of_small_order_makes_no_secret():
    public = second().public
    weak = PublicIdentity(public.code, public.name, public.signing, public.recipient, bytes(32))
    with pytest.raises(IdentityUnusable):
        pair_secret(first(), weak, agreement="AA-BB/1", epoch=1)
