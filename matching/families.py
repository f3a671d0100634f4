"""Records support each other: two relatives who are sought and meet two registered relatives are each likelier found.

A pair that is one person shows that the two families are one. Any other pair of the same two families has then no
longer to be told from strangers, only from the other members of the family: what `matching.siblings` weighs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from matching import siblings, weights
from matching.engine import compare
from matching.profile import Profile
from matching.wording import Comparison

# Judgement: of two persons who seem of one family nine in ten are, and bear no names of another by chance.
SAME_FAMILY = 0.9
# Bits before anything is compared: of those members of a family who are on a list, one in three is the one looked for.
MEMBER_BITS = -1.0
# A pair below this score supports no other: it would move nobody into another band.
LEAST_SUPPORT = 0.1
# From this score a pair may be supported: two common names alone, with nothing against them, are not lost.
LEAST_SUPPORTED = 0.001

_AGREES = frozenset(("same", "close"))
_MOTHERS = frozenset(("same", "given_same", "close"))

# Ids of a pair, the left one first.
Ids = tuple[str, str]


def akin(one: Profile, other: Profile) -> bool:
    """Tell whether two persons of one list seem to be of one family, and not one person entered twice.

    Of one family are those of whom one names the other as a relative, and those whose mothers and fathers, or mothers
    and family names, agree.
    """
    found = compare(one, other)
    levels = {item.kind: item.level for item in found.evidence}
    if found.score >= weights.POSSIBLE_FROM or levels["mother"] == "different":
        return False
    parents = levels["father_name"] in _AGREES or levels["family_name"] in _AGREES
    return levels["relatives"] == "is_relative" or (levels["mother"] in _MOTHERS and parents)


def supports(scores: Mapping[Ids, float], akin: Callable[[str, str], bool]) -> dict[Ids, float]:
    """Return for each pair of one left family how likely another of its pairs shows that both families are one.

    `scores` are those of all pairs (0..1) of the left persons of one family, none yet supported; `akin` tells of two
    right persons whether they are of one family. Pairs that nothing supports are left out.
    """
    ranked = sorted((-score, ids) for ids, score in scores.items() if score >= LEAST_SUPPORT)
    found = {}
    for left, right in scores:
        for score, (other_left, other_right) in ranked:
            if other_left != left and other_right != right and akin(right, other_right):
                found[left, right] = -score * SAME_FAMILY
                break
    return found


def supported(found: Comparison, support: float) -> Comparison:
    """Return a comparison in the light of `support` (0..1), the chance that the two families are one.

    The score is what it was where the families are two, and that of a member told from the others where they are one.
    It never falls. What it gains in bits stands in the line that says what brothers and sisters explain.
    """
    levels = {item.kind: item.level for item in found.evidence}
    score = with_support(found.score, levels, support)
    gain = _log_odds(score) - _log_odds(found.score)
    if gain <= siblings.LEAST_COST:
        return found
    evidence = tuple(
        replace(item, level=siblings.FAMILY_MET, weight=round(item.weight + gain, weights.DECIMALS))
        if item.kind == siblings.KIND
        else item
        for item in found.evidence
    )
    return Comparison(score, round(found.weight + gain, weights.DECIMALS), evidence)


def with_support(score: float, levels: Mapping[str, str], support: float) -> float:
    """Return the score that `supported` gives a pair of this score and these levels by kind of evidence."""
    member = 1.0 / (1.0 + math.exp2(-(siblings.against_sibling(levels) + MEMBER_BITS)))
    return max(score, support * member + (1.0 - support) * score)


def _log_odds(score: float) -> float:
    kept = min(max(score, 2.0**-siblings.CERTAIN), 1.0 - 2.0**-52)
    return math.log2(kept / (1.0 - kept))
