"""The number of a round says to all three parties when it was begun."""

from datetime import UTC, datetime

import pytest

from rfl.exchange.rounds.headers import ROUND
from rfl.exchange.rounds.numbers import LAST, RANDOM_BYTES, begun_at, round_number

BEGUN = datetime(2026, 11, 30, 23, 59, 59, 999_000, tzinfo=UTC)


def test_the_moment_is_read_back_to_the_millisecond():
    assert begun_at(round_number(bytes(RANDOM_BYTES), BEGUN)) == BEGUN


def test_a_number_fits_the_header_of_a_package():
    assert ROUND.fullmatch(round_number(b"\xff" * RANDOM_BYTES, BEGUN))


@pytest.mark.parametrize("number", ["f" * 32, "0" * 20 + "f" * 12])
def test_a_moment_beyond_all_dates_is_the_last_one(number):
    assert begun_at(number) == LAST


def test_too_little_chance_is_refused():
    with pytest.raises(ValueError, match="3 bytes"):
        round_number(b"abc", BEGUN)
