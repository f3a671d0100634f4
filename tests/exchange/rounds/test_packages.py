"""A package opens for its recipient, from its sender, under its agreement; anything else has a refusal."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from exchange_parties import LATER, NOW, first, hub, letter, second, society, terms
from hypothesis import given, settings
from hypothesis import strategies as st

from rfl.exchange.rounds import package
from rfl.exchange.rounds.canonical import decode, encode
from rfl.exchange.rounds.channels import Channel, Mark
from rfl.exchange.rounds.package import inspect, open_, read, seal
from rfl.exchange.rounds.refusals import (
    Altered,
    Malformed,
    Oversized,
    PackageRefused,
    Stale,
    UnknownSender,
    UnknownVersion,
    WrongAgreement,
    WrongEpoch,
    WrongProfile,
    WrongRecipient,
)

NEW = Channel()
START = len(package.MAGIC) + package.LENGTH


def sealed(message=None, *, channel=NEW, agreed=None) -> package.Sealed:
    return seal(
        message or letter(),
        identity=first(),
        terms=agreed or terms(second()),
        channel=channel,
        created=NOW,
        expires=LATER,
    )


def opened(data: bytes, **changed) -> package.Opened:
    values = {"identity": second(), "terms": terms(first()), "channel": Channel(), "now": NOW}
    return open_(data, **(values | changed))


def relabelled(data: bytes, **changed) -> bytes:
    """The same package with another text on its outside."""
    end = START + int.from_bytes(data[START - 2 : START])
    label = encode(decode(data[START:end], limit=2048) | changed)
    return package.MAGIC + len(label).to_bytes(2) + label + data[end:]


@given(st.binary(max_size=100_000))
@settings(max_examples=20, deadline=None)
def test_a_letter_arrives_as_it_was_written(body):
    assert opened(sealed(letter(body)).data).letter == letter(body)


def test_a_letter_in_an_error_report_shows_no_body():
    assert "clear words" not in repr(opened(sealed(letter(b"clear words")).data))


def test_the_same_letter_again_has_the_same_digest():
    assert sealed().channel == sealed().channel
    assert sealed().data != sealed().data


def test_both_ends_agree_on_the_chain():
    assert opened(sealed().data).channel.received == sealed().channel.sent


def test_the_outside_tells_neither_kind_nor_round_nor_count():
    message = letter(kind="disclosure", count=77)
    outside = sealed(message).data
    assert b"disclosure" not in outside
    assert message.round.encode() not in outside
    assert inspect(outside).label.sender == first().public.digest


@pytest.mark.parametrize("sizes", [(0, 15_000), (100_000, 101_000)])
def test_letters_of_similar_length_have_one_length(sizes):
    assert len({len(sealed(letter(bytes(size))).data) for size in sizes}) == 1


@given(st.integers(0, 10**9))
def test_filling_costs_at_most_an_eighth(length):
    filled = package.filled_length(length)
    assert filled >= length
    assert filled <= max(package.LEAST_FILLED, length * 1.12)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_package_with_one_changed_byte_is_refused(data):
    whole = bytearray(PACKAGE)
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(PackageRefused):
        opened(bytes(whole))


@given(st.integers(0, 20_000))
@settings(max_examples=100, deadline=None)
def test_a_part_of_a_package_is_refused(length):
    with pytest.raises((Malformed, Altered)):
        opened(PACKAGE[: min(length, len(PACKAGE) - 1)])


@given(st.binary(max_size=3000), st.booleans())
def test_other_bytes_are_no_package(data, with_magic):
    with pytest.raises(PackageRefused):
        opened(package.MAGIC * with_magic + data)


def test_a_package_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(package, "Label", None)
    with pytest.raises(Oversized):
        opened(PACKAGE, limit=len(PACKAGE) - 1)


def test_a_file_is_read_no_further_than_its_limit():
    file = BytesIO(bytes(1000))
    with pytest.raises(Oversized):
        read(file, limit=10)
    assert file.tell() == 11
    assert read(BytesIO(bytes(10)), limit=10) == bytes(10)


def test_a_later_version_is_named():
    with pytest.raises(UnknownVersion) as refused:
        opened(relabelled(PACKAGE, version=2))
    assert refused.value.params == {"version": 2}


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"sequence": 2}, Altered),
        ({"expires": "2030-01-01T00:00:00Z"}, Altered),
        ({"version": True}, Malformed),
        ({"version": 0}, Malformed),
        ({"format": "rfl-agreement"}, Malformed),
        ({"sequence": 0}, Malformed),
        ({"sender": "x"}, Malformed),
        ({"more": 1}, Malformed),
    ],
)
def test_another_label_breaks_the_seal(changed, refusal):
    with pytest.raises(refusal):
        opened(relabelled(PACKAGE, **changed))


def test_a_package_for_somebody_else_is_refused():
    with pytest.raises(WrongRecipient):
        opened(PACKAGE, identity=hub())
    with pytest.raises(Altered):
        opened(relabelled(PACKAGE, recipient=hub().public.digest), identity=hub())


def test_a_package_of_somebody_unknown_is_refused():
    with pytest.raises(UnknownSender):
        opened(PACKAGE, terms=terms(hub()))


def test_who_only_knows_public_keys_cannot_write_in_anothers_name():
    thief = replace(society("CC"))
    object.__setattr__(thief, "public", first().public)  # claims the keys of the first society
    forged = seal(letter(), identity=thief, terms=terms(second()), channel=Channel(), created=NOW, expires=LATER).data
    with pytest.raises(Altered):
        opened(forged)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"agreement": "cd" * 32}, WrongAgreement),
        ({"profile": "cd" * 32}, WrongProfile),
        ({"epoch": 2}, WrongEpoch),
    ],
)
def test_a_package_of_another_agreement_profile_or_period_is_refused(changed, refusal):
    with pytest.raises(refusal):
        opened(sealed(agreed=terms(second(), **changed)).data)


@pytest.mark.parametrize("moment", [LATER, LATER + timedelta(days=900), NOW - timedelta(minutes=11)])
def test_a_package_out_of_its_time_is_refused(moment):
    with pytest.raises(Stale):
        opened(PACKAGE, now=moment)


def test_a_clock_that_is_a_little_behind_does_no_harm():
    assert opened(PACKAGE, now=NOW - timedelta(minutes=9)).letter == letter()


@pytest.mark.parametrize("changed", [{"kind": "Kind"}, {"kind": ""}, {"round": "12"}, {"count": -1}])
def test_a_letter_that_nobody_would_take_is_not_sealed(changed):
    with pytest.raises(Malformed):
        sealed(letter(**changed))


def test_a_body_cannot_hide_in_the_filling(monkeypatch):
    monkeypatch.setattr(package, "filled_length", lambda length: length + 5000)
    long = sealed().data
    monkeypatch.undo()
    with pytest.raises(Malformed):
        opened(long)


def test_the_header_names_what_its_sender_took_last():
    taken = Mark(3, "cd" * 32)
    data = sealed(channel=Channel(received=taken)).data
    assert opened(data, channel=Channel(sent=taken)).header.seen == taken


PACKAGE = sealed().data
