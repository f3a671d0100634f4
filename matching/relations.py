"""Relatives are compared crosswise: by relation, through the name chain, and against the person."""

from __future__ import annotations

from dataclasses import dataclass

from matching import weights
from matching.kernel import CLOSE, LOOSE, SAME, compare_tokens
from matching.names import NameForm, Rarity, agreement
from matching.profile import Profile, RelativeForm

# Relations that mean the same seat in a household; sex of the relative is told by the name anyway.
GROUPS = {
    "father": "father",
    "husband": "spouse",
    "wife": "spouse",
    "son": "child",
    "daughter": "child",
    "brother": "sibling",
    "sister": "sibling",
    "grandfather": "grandparent",
    "grandmother": "grandparent",
}
# A person has one of each: naming another is a (weak) contradiction.
SINGLE = frozenset(("father", "spouse"))
# More agreeing relatives than this add nothing: they depend on each other.
MAX_AGREEING = 3


@dataclass(frozen=True, slots=True)
class RelativesMatch:
    """Outcome over all relatives: level, bits, how many agree, and the agreeing names."""

    level: str
    weight: float
    agreed: int = 0
    name: str = ""


def _seats(person: Profile) -> list[tuple[str, tuple[str, ...]]]:
    seats = [
        (GROUPS.get(one.relation, one.relation), one.tokens) for one in person.relatives if one.relation != "mother"
    ]
    if not any(seat == "father" for seat, _ in seats):
        father = _father_in_chain(person.names)
        if father:
            seats.append(("father", father))
    return seats


def _father_in_chain(names: tuple[NameForm, ...]) -> tuple[str, ...]:
    for form in names:
        found = tuple(token for token, slot in zip(form.tokens, form.slots, strict=True) if slot == "father")
        if found:
            return found
    return ()


def _stated(person: Profile, seat: str) -> bool:
    return any(GROUPS.get(one.relation, one.relation) == seat for one in person.relatives)


def compare_relatives(left: Profile, right: Profile, rarity: Rarity | None) -> RelativesMatch:
    """Return the evidence of relatives other than the mother; symmetric."""
    ours, theirs = _seats(left), _seats(right)
    household = max(_named_among(left, right), _named_among(right, left))
    if household:
        return RelativesMatch("is_relative", weights.bits("relatives", "is_relative"), 0, "")
    gains, name, contradicted = [], "", 0
    taken: set[int] = set()
    for seat, tokens in ours:
        best = _best_partner(seat, tokens, theirs, taken, rarity)
        if best is not None:
            taken.add(best[0])
            # The father's name in the chain is already part of the name alignment.
            if seat != "father" or (_stated(left, seat) and _stated(right, seat)):
                gains.append(best[1] if seat != "father" else min(1.0, best[1]))
                name = name or " ".join(tokens)
    for seat in SINGLE:
        if _contradicted(seat, left, right, ours, theirs):
            contradicted += 1
    if not gains and not contradicted:
        return RelativesMatch("missing", 0.0)
    total = sum(sorted(gains, reverse=True)[:MAX_AGREEING]) + contradicted * weights.bits("relatives", "different")
    return RelativesMatch("same" if gains else "different", total, len(gains), name)


def _contradicted(
    seat: str,
    left: Profile,
    right: Profile,
    ours: list[tuple[str, tuple[str, ...]]],
    theirs: list[tuple[str, tuple[str, ...]]],
) -> bool:
    if not (_stated(left, seat) and _stated(right, seat)):
        return False
    mine = [tokens for one, tokens in ours if one == seat]
    other = [tokens for one, tokens in theirs if one == seat]
    return not any(compare_tokens(a[0], b[0])[0] <= LOOSE for a in mine for b in other)


def _best_partner(
    seat: str,
    tokens: tuple[str, ...],
    theirs: list[tuple[str, tuple[str, ...]]],
    taken: set[int],
    rarity: Rarity | None,
) -> tuple[int, float] | None:
    best: tuple[int, float] | None = None
    for place, (other_seat, other) in enumerate(theirs):
        if place in taken or other_seat != seat:
            continue
        level = compare_tokens(tokens[0], other[0])[0]
        if level <= CLOSE:
            gain = max(0.5, agreement(tokens[0], other[0], level, rarity) * 0.6)
            if best is None or gain > best[1]:
                best = (place, gain)
    return best


def _given(person: Profile) -> list[str]:
    found = [
        token
        for form in person.names[:2]
        for place, (token, slot) in enumerate(zip(form.tokens, form.slots, strict=True))
        if slot == "given" or (slot == "full" and place == 0)
    ]
    return found[:2]


def _named_among(person: Profile, other: Profile) -> bool:
    """Tell whether `person` bears the given name of a sibling or child of `other`, and not `other`'s own."""
    mine, theirs = _given(person), _given(other)
    if any(compare_tokens(a, b)[0] <= LOOSE for a in mine for b in theirs):
        return False
    listed: list[RelativeForm] = [
        one for one in other.relatives if GROUPS.get(one.relation) in ("sibling", "child", "spouse")
    ]
    return any(compare_tokens(token, one.tokens[0])[0] <= SAME for token in mine for one in listed)


def compare_mothers(left: Profile, right: Profile, rarity: Rarity | None) -> tuple[str, float]:
    """Return (level, bits) of the mothers' names."""
    ours, theirs = left.mother.tokens, right.mother.tokens
    if not ours or not theirs:
        return "missing", 0.0
    pairs = [(compare_tokens(a, b)[0], a, b) for a in ours for b in theirs]
    given = compare_tokens(ours[0], theirs[0])[0]
    level, one, other = min(pairs)
    if given <= CLOSE or level <= SAME:
        gain = agreement(one, other, level, rarity)
        if len(ours) > 1 and len(theirs) > 1 and given > LOOSE:
            return "different", weights.bits("mother", "different")
        rest = [found for found, a, b in pairs if a != ours[0] and b != theirs[0]]
        name = "same" if level <= SAME else "close"
        name = "given_same" if rest and min(rest) > LOOSE and name == "same" else name
        return name, max(weights.bits("mother", name), min(8.0, gain))
    return ("close", 0.5) if given <= LOOSE else ("different", weights.bits("mother", "different"))
