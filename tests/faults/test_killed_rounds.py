"""A round that is killed at any step goes on from what was stored: nothing is lost, nothing doubled, nothing kept."""

from itertools import pairwise

import pytest
from exchange_lists import SECRET, SOCIETIES, Table, secrets_of

from rfl.exchange.rounds import steps
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.refusals import StateUnusable
from rfl.exchange.rounds.states import Ended, forget, from_bytes, to_bytes

STAGES = ("prepared", "blinded", "raised", "finished")


@pytest.fixture(scope="module")
def table() -> Table:
    return Table().play()


def letters_of(table: Table, role: Role, *kinds: str) -> list:
    return [out for who, out in table.sent if who is role and out.letter.kind in kinds]


@pytest.mark.parametrize("role", SOCIETIES)
def test_every_step_repeated_from_its_stored_state_gives_the_same(table, role):
    partner = SOCIETIES[1 - SOCIETIES.index(role)]
    prepared, blinded, raised = (from_bytes(to_bytes(getattr(table, stage)[role])) for stage in STAGES[:3])
    runs = [
        (steps.blind(prepared, secret=SECRET), table.blinded, ("blinded", "grouping")),
        (steps.raise_list(blinded, table.letter(partner, steps.BLINDED)), table.raised, ("raised",)),
        (steps.take_pairs(raised, table.letter(Role.HUB, steps.PAIRS, role)), table.finished, ("receipt",)),
    ]
    for (state, letters), before, kinds in runs:
        assert to_bytes(state) == to_bytes(before[role])
        assert list(letters) == letters_of(table, role, *kinds)


@pytest.mark.parametrize("stage", STAGES)
def test_a_state_reads_back_to_the_byte(table, stage):
    stored = to_bytes(getattr(table, stage)[Role.FIRST])
    assert to_bytes(from_bytes(stored)) == stored


@pytest.mark.parametrize(("stage", "after"), list(pairwise(STAGES)))
def test_what_a_step_no_longer_needs_is_gone_after_it(table, stage, after):
    before, left = getattr(table, stage)[Role.FIRST], to_bytes(getattr(table, after)[Role.FIRST])
    kept = set(secrets_of(getattr(table, after)[Role.FIRST]))
    kept |= {pair.handle for pair in table.finished[Role.FIRST].pairs}
    for secret in set(secrets_of(before)) - kept:
        assert secret not in left
        assert secret.hex().encode() not in left


@pytest.mark.parametrize("stage", STAGES)
def test_a_round_given_up_keeps_no_secret_and_no_case(table, stage):
    state = getattr(table, stage)[Role.FIRST]
    ended = forget(state)
    assert from_bytes(to_bytes(ended)) == ended == Ended(state.plan, state.role)
    assert b"first-0" not in to_bytes(ended)


@pytest.mark.parametrize("data", [b"", b"\x00\x00\x00\x02{}", bytes(40), b"\xff" * 40])
def test_other_bytes_are_no_state(data):
    with pytest.raises(StateUnusable):
        from_bytes(data)


@pytest.mark.parametrize("stage", STAGES)
def test_a_part_of_a_state_is_refused(table, stage):
    with pytest.raises(StateUnusable):
        from_bytes(to_bytes(getattr(table, stage)[Role.FIRST])[:-1])
