"""Which sounds a token has, as bits: two tokens that differ in many bits are never one name."""

from __future__ import annotations

from matching.compiled import bits, inlined
from matching.kernel.values import settled
from matching.scripts import Reading

# Classes of settled skeletons; a sound's second occurrence has a bit of its own. Weak sounds (a leading vowel, h)
# come and go among spellings and are left out.
_CLASSES = "btdkfmnlrsS"
_PLACES = {sound: place for place, sound in enumerate(_CLASSES)}
# Bits in which two spellings of one name may differ: some, and more where there are more.
FEWEST, SHARE = 2, 3


def masks_of(reading: Reading) -> tuple[int, int]:
    """Return the bits of the first and of the last skeleton."""
    bones = reading.skeletons or ("",)
    return _mask(settled(bones[0])), _mask(settled(bones[-1]))


def _mask(bones: str) -> int:
    mask = 0
    for sound in bones:
        place = _PLACES.get(sound)
        if place is not None:
            bit = 1 << (2 * place)
            mask |= bit << 1 if mask & bit else bit
    return mask


@inlined
def may_be_near(one: int, one_more: int, other: int, other_more: int) -> bool:
    """Tell whether two tokens have so many sounds in common that a closer look is worth its time."""
    if close_bits(one, other):
        return True
    if one == one_more and other == other_more:
        return False
    return close_bits(one_more, other_more) or close_bits(one, other_more) or close_bits(one_more, other)


@inlined
def close_bits(one: int, other: int) -> bool:
    """Tell whether two masks differ in few bits for their size."""
    return bits(one ^ other) <= max(FEWEST, (bits(one) + bits(other)) // SHARE)
