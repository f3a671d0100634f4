"""A round finds the common cases, shows each side its own, and refuses every list that is not as agreed."""

from base64 import b64encode
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from exchange_lists import ROUND, SECRET, SOCIETIES, Table, case_list, equal_values, plan, secrets_of

from rfl.exchange.rounds import steps
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.blinding import hash_to_group
from rfl.exchange.rounds.hub import Delivered, join
from rfl.exchange.rounds.lists import CaseList, Grouping, without_repeats
from rfl.exchange.rounds.pairs import write_pairs
from rfl.exchange.rounds.receipts import ERASED, TAKEN, Receipt
from rfl.exchange.rounds.refusals import (
    ExchangeRefused,
    GroupingMismatch,
    InvalidPoint,
    ListMalformed,
    OwnListReturned,
    RepeatedValue,
    RoundRefused,
    TooFewCases,
    TooManyCases,
    TooManyPairs,
    UnknownHandle,
    WrongRound,
)

FIRST, SECOND = SOCIETIES


@pytest.fixture(scope="module")
def table() -> Table:
    return Table().play()


def test_both_sides_find_exactly_the_common_cases(table):
    for role in SOCIETIES:
        assert sorted(pair.case for pair in table.finished[role].pairs) == [f"{role.value}-{n}" for n in range(3)]


def test_both_sides_mean_the_same_pair_by_their_handles(table):
    mine = {(pair.handle, pair.partner, pair.case[-1]) for pair in table.finished[FIRST].pairs}
    theirs = {(pair.partner, pair.handle, pair.case[-1]) for pair in table.finished[SECOND].pairs}
    assert mine == theirs


def test_strength_and_classes_are_those_of_the_comparison(table):
    assert {(pair.strength, pair.classes) for pair in table.finished[FIRST].pairs} == {(3.0, 0b111)}


def test_a_raised_list_goes_to_the_hub_alone(table):
    assert {out.to for _, out in table.sent if out.letter.kind == steps.RAISED} == {Role.HUB}
    assert {out.to for _, out in table.sent if out.letter.kind == steps.GROUPING} == {Role.HUB}


def test_the_partner_sees_no_value_that_the_hub_sees(table):
    points = table.letter(FIRST, steps.BLINDED).body[32:]
    raised = table.letter(SECOND, steps.RAISED).body[64:]
    seen = {points[start : start + 16] for start in range(0, len(points), 16)}
    assert seen.isdisjoint(raised[start : start + 16] for start in range(0, len(raised), 16))


def test_lists_of_different_length_look_the_same():
    plans = plan(minimum=5)
    sizes = set()
    for cases in (5, 400):
        state = steps.prepare(plans, FIRST, case_list("x", cases=cases), seed=bytes(32))
        _, letters = steps.blind(state, secret=SECRET)
        sizes.add(tuple((out.letter.count, len(out.letter.body)) for out in letters))
    assert len(sizes) == 1


def test_every_slot_has_the_same_number_of_places_and_a_likely_pattern(table):
    told = table.letter(FIRST, steps.GROUPING)
    grouping = Grouping.from_bytes(told.body, count=told.count, plan=table.plan)
    assert (np.bincount(grouping.slot) == 3).all()
    assert set(grouping.presence.tolist()) == {0b111}


def test_a_token_of_two_cases_is_left_out():
    listed = case_list("x")
    token = listed.token.copy()
    token[9] = token[3]
    twice = replace(listed, token=token)
    assert set(range(24)) - set(without_repeats(twice, 1).tolist()) == {3, 9}
    assert len(without_repeats(twice, 2)) == 24


def test_tokens_and_references_are_in_no_letter(table):
    """Neither plain nor in hex or base64, nor the token's point before it was raised."""
    everything = b"".join(out.letter.body for _, out in table.sent)
    for listed in table.lists.values():
        values = [token.tobytes() for token in listed.token] + [case.encode() for case in listed.cases]
        values += [hash_to_group(SECRET, token.tobytes()) for token in listed.token]
        for value in values:
            assert value not in everything
            assert value.hex().encode() not in everything
            assert b64encode(value).rstrip(b"=")[:-1] not in everything


def test_secrets_of_a_round_are_in_no_letter(table):
    everything = b"".join(out.letter.body for _, out in table.sent)
    for role in SOCIETIES:
        assert table.prepared[role].seed not in everything
        assert table.blinded[role].scalar not in everything
        assert table.blinded[role].scalar in secrets_of(table.blinded[role])


def test_receipts_name_what_was_taken_and_erased(table):
    partner = Receipt.of(table.letter(FIRST, "receipt", SECOND), ROUND)
    assert partner == Receipt(ERASED, (table.blinded[SECOND].list_hash.hex(),))
    assert Receipt.of(table.letter(FIRST, "receipt", Role.HUB), ROUND).meaning == TAKEN
    assert len(Receipt.of(table.letter(Role.HUB, "receipt", FIRST), ROUND).things) == 4
    with pytest.raises(WrongRound):
        Receipt.of(table.letter(FIRST, "receipt", SECOND), "f" * 32)


@pytest.mark.parametrize(("cases", "refusal"), [(4, TooFewCases), (1_001, TooManyCases)])
def test_a_list_outside_the_agreement_does_not_leave(cases, refusal):
    with pytest.raises(refusal):
        steps.prepare(plan(), FIRST, case_list("x", cases=cases), seed=bytes(32))


def test_a_case_with_more_tokens_than_places_does_not_leave():
    with pytest.raises(ValueError, match="places"):
        steps.prepare(plan(places=2), FIRST, case_list("x"), seed=bytes(32))


def changed(letter, place: int, value: bytes, **fields):
    body = letter.body[:place] + value + letter.body[place + len(value) :]
    return replace(letter, body=body, **fields)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda letter: replace(letter, round="f" * 32), WrongRound),
        (lambda letter: replace(letter, kind="grouping"), WrongRound),
        (lambda letter: replace(letter, body=letter.body[:-1]), ListMalformed),
        (lambda letter: replace(letter, count=2_999), ListMalformed),
        (lambda letter: replace(letter, count=0, body=bytes(32)), ListMalformed),
        (lambda letter: replace(letter, count=6_000, body=bytes(32 + 6_000 * 32)), TooManyCases),
        (lambda letter: changed(letter, 32, bytes(32)), InvalidPoint),
        (lambda letter: changed(letter, 32, b"\xff" * 32), InvalidPoint),
        (lambda letter: changed(letter, 32, letter.body[64:96]), RepeatedValue),
    ],
)
def test_a_partners_list_that_is_not_as_agreed_is_refused(table, change, refusal):
    with pytest.raises(refusal):
        steps.raise_list(table.blinded[FIRST], change(table.letter(SECOND, steps.BLINDED)))


def test_the_own_list_sent_back_is_refused(table):
    with pytest.raises(OwnListReturned):
        steps.raise_list(table.blinded[FIRST], table.letter(FIRST, steps.BLINDED))


def rejoin(table, *, compare=equal_values, **changes):
    """Join with the first society's grouping or the second's raised list changed."""
    got = table.delivered()
    got[FIRST] = Delivered(changes.get("grouping", got[FIRST].grouping), got[FIRST].raised)
    got[SECOND] = Delivered(got[SECOND].grouping, changes.get("raised", got[SECOND].raised))
    return join(table.plan, got, compare=compare)


def test_the_hub_gives_the_same_answer_again(table):
    assert [("hub", out) for out in rejoin(table)] == [("hub", out) for who, out in table.sent if who is Role.HUB]


@pytest.mark.parametrize("place", [0, 32, 12_032, 15_032, 19_032, -1])
def test_a_grouping_that_was_changed_after_the_promise_is_refused(table, place):
    told = table.letter(FIRST, steps.GROUPING)
    body = bytearray(told.body)
    body[place] ^= 1
    with pytest.raises((GroupingMismatch, ListMalformed)):
        rejoin(table, grouping=replace(told, body=bytes(body)))


@pytest.mark.parametrize("place", [0, 32])
def test_a_list_raised_from_another_one_is_refused(table, place):
    raised = table.letter(SECOND, steps.RAISED)
    with pytest.raises(GroupingMismatch):
        rejoin(table, raised=changed(raised, place, bytes(32)))


def test_a_repeated_value_is_refused_by_the_hub(table):
    raised = table.letter(SECOND, steps.RAISED)
    with pytest.raises(RepeatedValue):
        rejoin(table, raised=changed(raised, 64, raised.body[72:80]))


def test_a_raised_list_of_another_round_or_length_is_refused(table):
    raised = table.letter(SECOND, steps.RAISED)
    with pytest.raises(WrongRound):
        rejoin(table, raised=replace(raised, round="f" * 32))
    with pytest.raises(ListMalformed):
        rejoin(table, raised=replace(raised, body=raised.body[:-8]))
    with pytest.raises(ListMalformed):
        rejoin(table, raised=replace(raised, count=6_000))


def test_nothing_below_the_threshold_is_told(table):
    assert rejoin(table, compare=partial(equal_values, least=3.5))[0].letter.count == 0


def test_a_threshold_set_wrong_shows_no_list(table):
    def everything(_left, _right):
        return ((one, two, 9.0, 1) for one in range(1_000) for two in range(5))

    with pytest.raises(TooManyPairs):
        rejoin(table, compare=everything)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda letter: changed(letter, 0, bytes(16)), UnknownHandle),
        (lambda letter: changed(letter, 32, b"\x7f\xf0" + bytes(6)), ListMalformed),
        (lambda letter: changed(letter, 0, letter.body[44:88]), ListMalformed),
        (lambda letter: replace(letter, count=2), ListMalformed),
        (lambda letter: replace(letter, kind="raised"), WrongRound),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(table, change, refusal):
    with pytest.raises(refusal):
        steps.take_pairs(table.raised[FIRST], change(table.letter(Role.HUB, steps.PAIRS, FIRST)))


def test_a_hub_that_invents_pairs_without_end_is_refused(table):
    state = table.raised[FIRST]
    handle = next(iter(state.handles))
    invented = [(handle, number.to_bytes(16), 9.0, 1) for number in range(4_001)]
    letter = table.letter(Role.HUB, steps.PAIRS, FIRST)
    with pytest.raises(TooManyPairs):
        steps.take_pairs(state, replace(letter, count=len(invented), body=write_pairs(invented)))


def test_tokens_of_two_own_cases_are_kept_where_values_may_repeat():
    listed = case_list("second")
    token = listed.token.copy()
    token[15:18] = token[0:3]  # a person registered twice: the sixth case has the tokens of the first
    lists = {FIRST: case_list("first"), SECOND: replace(listed, token=token)}
    alone = Table(lists=lists).play()
    both = Table(plan=plan(repeats=2), lists=lists).play()
    assert sorted(pair.case for pair in alone.finished[SECOND].pairs) == ["second-1", "second-2"]
    assert sorted(pair.case for pair in both.finished[SECOND].pairs) == [f"second-{n}" for n in (0, 1, 2, 5)]


@pytest.mark.parametrize("repeats", [2, 3])
def test_the_hub_sees_no_value_twice_in_one_list_and_still_finds_every_pair(repeats):
    """Two cases of one list, and two of the other, have the same tokens: each meets each."""
    lists = {}
    for role in SOCIETIES:
        listed = case_list(role.value)
        token = listed.token.copy()
        token[15:18] = token[0:3]
        lists[role] = replace(listed, token=token)
    played = Table(plan=plan(repeats=repeats), lists=lists).play()
    for role in SOCIETIES:
        body = played.letter(role, steps.RAISED).body[64:]
        values = [body[start : start + 8] for start in range(0, len(body), 8)]
        assert len(set(values)) == len(values) == 3_000 * repeats
    pairs = {(pair.case, pair.partner) for pair in played.finished[FIRST].pairs}
    assert sorted(case for case, _ in pairs) == ["first-0", "first-0", "first-1", "first-2", "first-5", "first-5"]


def test_arrays_that_do_not_fit_together_are_no_list():
    listed = case_list("x")
    with pytest.raises(ValueError, match="shapes"):
        CaseList(listed.cases, listed.case[1:], listed.rule, listed.token, listed.presence)
    with pytest.raises(ValueError, match="numbers"):
        CaseList(listed.cases, listed.case + 1, listed.rule, listed.token, listed.presence)


def test_every_refusal_has_a_code_of_its_own():
    def below(kind):
        return [kind, *(found for child in kind.__subclasses__() for found in below(child))]

    codes = [kind.code for kind in below(ExchangeRefused)]
    assert len(set(codes)) == len(codes)
    assert issubclass(RoundRefused, ExchangeRefused)
