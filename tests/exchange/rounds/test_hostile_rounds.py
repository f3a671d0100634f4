"""Bytes of a dishonest partner are a value or a refusal, and cost no more memory than they have length."""

import tracemalloc

import pytest
from exchange_lists import ROUND, SECRET, case_list, plan
from exchange_parties import LATER, NOW, first, second, terms
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rfl.exchange.rounds import package, steps
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.channels import Channel
from rfl.exchange.rounds.headers import Header, Label
from rfl.exchange.rounds.lists import Grouping
from rfl.exchange.rounds.package import Letter, open_, seal
from rfl.exchange.rounds.pairs import RECORD, read_pairs
from rfl.exchange.rounds.receipts import Receipt
from rfl.exchange.rounds.refusals import ExchangeRefused, Oversized, PackageRefused, RoundRefused, StateUnusable
from rfl.exchange.rounds.states import from_bytes

COUNTS = st.sampled_from([0, 1, 3, 3_000, 6_000, 2**31 - 1])


@given(st.binary(max_size=3_000))
@example(b'{"version":1}')
def test_a_head_is_read_or_refused(data):
    for kind in (Label, Header):
        with pytest.raises(PackageRefused):
            kind.from_bytes(data)


@given(st.binary(max_size=3_000), COUNTS)
def test_a_grouping_of_any_bytes_is_refused(data, count):
    with pytest.raises(RoundRefused):
        Grouping.from_bytes(data, count=count, plan=plan())


@given(st.binary(max_size=3 * RECORD.size), COUNTS)
def test_pairs_of_any_bytes_are_refused(data, count):
    if count == 0:
        data += b"x"
    with pytest.raises(RoundRefused):
        read_pairs(data, count=count, handles={})


@given(st.binary(max_size=300), COUNTS)
def test_a_receipt_of_any_bytes_is_refused(data, count):
    with pytest.raises(RoundRefused):
        Receipt.of(Letter("receipt", ROUND, count, data), ROUND)


@given(st.binary(max_size=500))
def test_a_state_of_any_bytes_is_refused(data):
    with pytest.raises(StateUnusable):
        from_bytes(len(data).to_bytes(4) + data)


@given(st.binary(max_size=2_000), COUNTS)
@settings(max_examples=50)
def test_a_list_of_any_bytes_is_refused(data, count):
    state, _ = STARTED
    with pytest.raises(ExchangeRefused):
        steps.raise_list(state, Letter(steps.BLINDED, ROUND, count, data))


def test_a_package_costs_a_few_times_its_length():
    body = bytes(2_000_000)
    letter = Letter("blinded", ROUND, 1, body)
    sealed = seal(letter, identity=first(), terms=terms(second()), channel=Channel(), created=NOW, expires=LATER).data
    tracemalloc.start()
    open_(sealed, identity=second(), terms=terms(first()), channel=Channel(), now=NOW)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * len(sealed)


def test_a_package_that_is_too_large_costs_nothing():
    tracemalloc.start()
    with pytest.raises(Oversized):
        open_(HUGE, identity=second(), terms=terms(first()), channel=Channel(), now=NOW, limit=1_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000


@pytest.mark.parametrize(("cap", "places"), [(50, 1), (1_000, 48), (20_000, 64)])
def test_the_limit_of_a_plan_lets_its_own_longest_package_through(cap, places):
    agreed = plan(cap=cap, places=places)
    content = 32 + agreed.largest() * places * 32
    heads = 2 * 2048 + 64 + 1200 + 16
    assert agreed.largest_package() >= package.filled_length(content + heads) + heads
    assert agreed.largest_package() <= 1.2 * content + 40_000


STARTED = steps.blind(steps.prepare(plan(), Role.FIRST, case_list("x"), seed=bytes(32)), secret=SECRET)
HUGE = bytes(5_000_000)
