"""What comes twice, in the wrong order, or from a restored backup is noticed by number and chain."""

import pytest
from exchange_parties import LATER, NOW, first, letter, second, terms

from rfl.exchange.rounds.channels import Channel
from rfl.exchange.rounds.package import Sealed, open_, seal
from rfl.exchange.rounds.refusals import BrokenChain, EarlierMissing, Replayed, StateBehind


def send(channel: Channel, body: bytes, *, sender=first, recipient=second) -> Sealed:
    return seal(letter(body), identity=sender(), terms=terms(recipient()), channel=channel, created=NOW, expires=LATER)


def take(channel: Channel, data: bytes, *, sender=first, recipient=second) -> Channel:
    return open_(data, identity=recipient(), terms=terms(sender()), channel=channel, now=NOW).channel


def test_letters_are_taken_in_their_order():
    one = send(Channel(), b"1")
    two = send(one.channel, b"2")
    here = take(take(Channel(), one.data), two.data)
    assert here.received == two.channel.sent


def test_a_letter_is_taken_once():
    one = send(Channel(), b"1")
    two = send(one.channel, b"2")
    here = take(Channel(), one.data)
    with pytest.raises(Replayed):
        take(here, one.data)
    with pytest.raises(Replayed):
        take(take(here, two.data), one.data)


def test_a_letter_sealed_again_counts_as_the_same():
    here = take(Channel(), send(Channel(), b"1").data)
    with pytest.raises(Replayed):
        take(here, send(Channel(), b"1").data)


def test_a_letter_waits_for_the_one_before_it():
    one = send(Channel(), b"1")
    two = send(one.channel, b"2")
    with pytest.raises(EarlierMissing) as refused:
        take(Channel(), two.data)
    assert refused.value.params == {"sequence": 2, "expected": 1}


def test_a_sender_restored_from_a_backup_is_noticed_by_the_recipient():
    one = send(Channel(), b"1")
    here = take(Channel(), one.data)
    with pytest.raises(BrokenChain):  # the same number again, with other contents
        take(here, send(Channel(), b"another").data)
    fork = send(send(Channel(), b"another").channel, b"2")
    with pytest.raises(BrokenChain):  # the next number, from another past
        take(here, fork.data)


def test_a_recipient_restored_from_a_backup_notices_that_letters_are_missing():
    one = send(Channel(), b"1")
    two = send(one.channel, b"2")
    three = send(two.channel, b"3")
    restored = take(Channel(), one.data)
    with pytest.raises(EarlierMissing):
        take(restored, three.data)


def test_a_sender_restored_from_a_backup_learns_it_from_the_answer():
    one = send(Channel(), b"1")
    partner = take(Channel(), one.data)
    answer = send(partner, b"answer", sender=second, recipient=first)
    take(one.channel, answer.data, sender=second, recipient=first)
    with pytest.raises(StateBehind):
        take(Channel(), answer.data, sender=second, recipient=first)


def test_an_answer_to_another_past_is_noticed():
    partner = take(Channel(), send(Channel(), b"1").data)
    answer = send(partner, b"answer", sender=second, recipient=first)
    with pytest.raises(BrokenChain):
        take(send(Channel(), b"another").channel, answer.data, sender=second, recipient=first)
