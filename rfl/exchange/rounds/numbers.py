"""The number of a round: random, and with the moment at which it was begun, so that all three count it in one month.

Built as a UUID of version 7 (RFC 9562), with the moment behind the random part: a person reads the first letters.
"""

from datetime import UTC, datetime, timedelta

RANDOM_BYTES = 10  # two rounds of one moment meet by chance once in 2**80
MOMENT = 12  # hex digits of the milliseconds since 1970: until the year 10889
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
LAST = datetime(9999, 12, 31, tzinfo=UTC)  # what a date can hold


def round_number(random: bytes, begun: datetime) -> str:
    """Return the number of a round that begins at that moment; `random` are RANDOM_BYTES bytes."""
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"{len(random)} bytes")
    return random.hex() + f"{(begun - EPOCH) // MILLISECOND:0{MOMENT}x}"


def begun_at(number: str) -> datetime:
    """Return the moment at which a round with that number was begun, in UTC; a moment beyond all dates is LAST."""
    after = int(number[-MOMENT:], 16) * MILLISECOND
    return EPOCH + after if after <= LAST - EPOCH else LAST
