"""Relatives are compared crosswise: by relation, through the name chain, and against the person."""

from __future__ import annotations

from dataclasses import dataclass

from matching import weights
from matching.kernel import CLOSE, DIFFERENT, LOOSE, SAME, compare_tokens
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
# A relative's agreement counts less than a name of the person's own: whole families share their names,
# and the father's name mostly stands in the name already.
LEAST_GAIN, DEPENDENCE, FATHER_GAIN = 0.5, 0.6, 1.0


@dataclass(frozen=True, slots=True)
class RelativesMatch:
    """Outcome over all relatives: level, bits, and how many agree."""

    level: str
    weight: float
    agreed: int = 0


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
        return RelativesMatch("is_relative", weights.bits("relatives", "is_relative"))
    gains = _agreeing(left, right, rarity)
    contradicted = sum(_contradicted(seat, left, right, ours, theirs) for seat in sorted(SINGLE))
    if not gains and not contradicted:
        return RelativesMatch("missing", 0.0)
    total = sum(gains[:MAX_AGREEING]) + contradicted * weights.bits("relatives", "different")
    return RelativesMatch("same" if gains else "different", total, len(gains))


def _agreeing(left: Profile, right: Profile, rarity: Rarity | None) -> list[float]:
    """Return the bits of relatives that agree one to one, best first, in an order that knows no side."""
    met: list[tuple[float, str, str, int, int]] = []
    for i, (seat, mine) in enumerate(_seats(left)):
        for j, (other_seat, other) in enumerate(_seats(right)):
            level = compare_tokens(mine[0], other[0])[0] if seat == other_seat else DIFFERENT
            stated = seat != "father" or (_stated(left, seat) and _stated(right, seat))
            if level <= CLOSE and stated:
                gain = _gain(seat, mine[0], other[0], level, rarity)
                met.append((-gain, min(mine[0], other[0]), max(mine[0], other[0]), i, j))
    gains: list[float] = []
    ours: set[int] = set()
    theirs: set[int] = set()
    for loss, _, _, i, j in sorted(met):
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            gains.append(-loss)
    return gains


def _gain(seat: str, mine: str, other: str, level: int, rarity: Rarity | None) -> float:
    gain = max(LEAST_GAIN, agreement(mine, other, level, rarity) * DEPENDENCE)
    return min(FATHER_GAIN, gain) if seat == "father" else gain


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
    level, one, other = min(pairs, key=lambda met: (met[0], *sorted(met[1:])))
    if given <= CLOSE or level <= SAME:
        gain = agreement(one, other, level, rarity)
        if len(ours) > 1 and len(theirs) > 1 and given > LOOSE:
            return "different", weights.bits("mother", "different")
        rest = [found for found, a, b in pairs if a != ours[0] and b != theirs[0]]
        name = "same" if level <= SAME else "close"
        name = "given_same" if rest and min(rest) > LOOSE and name == "same" else name
        return name, max(weights.bits("mother", name), min(8.0, gain))
    return ("close", 0.5) if given <= LOOSE else ("different", weights.bits("mother", "different"))
