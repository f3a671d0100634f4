"""Records support each other: two relatives who are sought and meet two registered relatives are each likelier found.

A pair that is one person shows that the two families are one. What says that a second registered person is of that
family speaks for any pair of that person with a further member who is sought: against strangers only. It must still be
told from the other members of the family, which is what `matching.siblings` weighs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from matching import siblings, weights
from matching.engine import compare
from matching.kernel import CLOSE, compare_tokens
from matching.profile import Profile
from matching.wording import Comparison

# Bits for one family of two persons whom a list keeps under one number: most members of a family that was registered
# together, and of 20,000 strangers some four.
SAME_HOUSEHOLD = 12.0
# Bits before anything is compared: of those members of a family who are on a list, one in two is the one looked for.
MEMBER_BITS = 0.0
# Born too far apart to be one person, beyond what that says of brothers and sisters: a parent or child, who may bear
# the same name.
A_GENERATION_APART = -5.0
# A pair below this score supports no other: it would move nobody into another band.
LEAST_SUPPORT = 0.1
# From this score a pair may be supported: two common names alone, with nothing against them, are not lost.
LEAST_SUPPORTED = 0.001

# Bits for one family rather than two, set by hand beside what a regression gave on invented lists (seed 1 of
# benchmarks/families.py). What both persons share with those who are looked for is in the scores of their pairs
# already: so the name by which one names the other says little, and a family name nothing.
NAMED = 2.0
# A further word of that name that the other does not bear.
NAMED_OTHERWISE = -2.0
EACH_NAMES_THE_OTHER = 1.0
# Of the weight of mothers who agree.
MOTHER_SHARE = 0.5
_SHARED = {
    "birth_place": {"same": 1.0, "other_name": 1.0, "close": 1.0, "different": -1.0},
    "last_place": {"same": 0.5, "other_name": 0.5, "close": 0.5},
}

# Ids of a pair, the left one first.
Ids = tuple[str, str]


def akin(one: Profile, other: Profile) -> float:
    """Return the bits (0.0 or more) by which two persons of one list seem to be of one family.

    Both have met persons of one family who are looked for. One must name the other as a relative, or their mothers
    agree; mothers or nationalities that differ deny it, and one person entered twice is no family.
    """
    named = [words for words in (_named(one, other), _named(other, one)) if words is not None]
    if not named and not (one.mother.tokens and other.mother.tokens):
        return 0.0
    compared = compare(one, other)
    found = {item.kind: item for item in compared.evidence}
    mothers = found["mother"].weight
    denied = any(found[kind].level == "different" for kind in ("mother", "nationality"))
    if denied or compared.score >= weights.POSSIBLE_FROM or not (named or mothers > 0.0):
        return 0.0
    bits = MOTHER_SHARE * mothers + sum(levels.get(found[kind].level, 0.0) for kind, levels in _SHARED.items())
    if named:
        bits += NAMED + NAMED_OTHERWISE * min(named) + EACH_NAMES_THE_OTHER * (len(named) - 1)
    return max(0.0, bits)


def _named(one: Profile, other: Profile) -> int | None:
    """Return how many words of a relative's name are not those of `other`, None where `one` does not name `other`."""
    return min(
        (
            sum(not _is_among(word, form.tokens) for word in near.tokens) if len(form.tokens) > 1 else 0
            for near in one.relatives
            for form in other.names
            if _is_among(near.tokens[0], form.tokens)
        ),
        default=None,
    )


def _is_among(word: str, name: Sequence[str]) -> bool:
    return any(compare_tokens(word, other)[0] <= CLOSE for other in name)


def supports(scores: Mapping[Ids, float], akin: Callable[[str, str], float]) -> dict[Ids, float]:
    """Return for each pair of one left family the bits by which another of its pairs says that both families are one.

    `scores` are those of all pairs (0..1) of the left persons of one family, none yet supported. `akin` gives the bits
    for one family of two right persons (SAME_HOUSEHOLD where their list keeps them together). Pairs that nothing
    supports are left out.
    """
    ranked = sorted((-score, ids) for ids, score in scores.items() if score >= LEAST_SUPPORT)
    found = {}
    for left, right in scores:
        best = 0.0
        for score, (other_left, other_right) in ranked:
            if best >= _supporting(-score, SAME_HOUSEHOLD):
                break
            if other_left != left and other_right != right:
                best = max(best, _supporting(-score, akin(right, other_right)))
        if best > 0.0:
            found[left, right] = best
    return found


def _supporting(score: float, kin: float) -> float:
    """Return what `kin` bits are worth, where a pair of this score is one person; where it is not, they say nothing."""
    return math.log2(1.0 + score * (math.exp2(kin) - 1.0))


def supported(found: Comparison, support: float) -> Comparison:
    """Return a comparison in the light of `support`, the bits that the two families are one.

    They speak against strangers only: of a family that is one, the person must still be told from its other members.
    The score never falls. What it gains in bits stands in the line that says what brothers and sisters explain.
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
    if score <= 0.0:
        return score
    stranger = (1.0 - score) / score * math.exp2(-support)
    told = MEMBER_BITS + siblings.against_sibling(levels) + A_GENERATION_APART * (levels.get("birth") == "far")
    return max(score, 1.0 / (1.0 + stranger + math.exp2(-told)))


def _log_odds(score: float) -> float:
    kept = min(max(score, 2.0**-siblings.CERTAIN), 1.0 - 2.0**-52)
    return math.log2(kept / (1.0 - kept))
