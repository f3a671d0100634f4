"""Places are compared by the sound of their words; a different place says little of people on the move."""

from __future__ import annotations

from matching.kernel import CLOSE, SAME, compare_tokens
from matching.profile import Text


def compare_places(left: Text, right: Text) -> str:
    """Return same, close, different or missing."""
    if not left.tokens or not right.tokens:
        return "missing"
    if left.shown == right.shown:
        return "same"
    best = min(compare_tokens(one, other)[0] for one in left.tokens for other in right.tokens)
    if best <= SAME:
        return "same"
    return "close" if best <= CLOSE else "different"


def compare_birth_places(left: Text, right: Text, left_country: str, right_country: str) -> str:
    """Return the level of the places, or of the countries when a place is missing."""
    level = compare_places(left, right)
    if not left_country or not right_country:
        return level
    if level in ("missing", "different"):
        if left_country != right_country:
            return "other_country"
        return "same_country" if level == "missing" else level
    return level
