"""Two profiles become one comparison: every kind of evidence exactly once, in a fixed order, the same both ways."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matching import weights
from matching.correction import Correction
from matching.dates import compare_births, compare_order
from matching.kernel import SAME, compare_tokens
from matching.names import NameMatch, Rarity, best_match, part_bits
from matching.places import compare_birth_places, compare_places
from matching.profile import Profile, Text
from matching.relations import compare_mothers, compare_relatives
from matching.scripts import read
from matching.types import Evidence, Interval

# The order in which a side-by-side table shows the evidence.
KINDS = (
    "name",
    "own_script_name",
    "given_name",
    "father_name",
    "family_name",
    "sex",
    "birth",
    "mother",
    "relatives",
    "birth_place",
    "last_place",
    "nationality",
    "time_order",
    "occupation",
    "marks",
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Score 0..1, its sum of bits, and one evidence of each of KINDS in that order."""

    score: float
    weight: float
    evidence: tuple[Evidence, ...]

    def digest(self) -> str:
        """Return a short hash of what was compared and found; weights and engine version do not enter."""
        seen = [
            [*sorted((item.left.casefold(), item.right.casefold())), item.kind, item.level] for item in self.evidence
        ]
        return hashlib.blake2b(repr(seen).encode(), digest_size=12).hexdigest()


def compare(
    left: Profile, right: Profile, *, rarity: Rarity | None = None, correction: Correction | None = None
) -> Comparison:
    """Compare two persons; `rarity` gives the share of persons (0..1) having a `name` key's value.

    `correction` adds what was learned from judgements; None leaves the weights as the table gives them.
    """
    names = _names(left, right, rarity)
    share = weights.HOUSEHOLD_SHARE if names[2].level in weights.HOUSEHOLD_LEVELS else 1.0
    evidence = (
        *names,
        _sex(left, right),
        _birth(left, right),
        _mother(left, right, rarity, share=share),
        _relatives(left, right, rarity, share=share),
        *_places(left, right),
        _nationality(left, right),
        _order(left, right),
        _text("occupation", left.occupation, right.occupation),
        _text("marks", left.marks, right.marks),
    )
    evidence = evidence if correction is None else correction.put_on(evidence)
    total = round(sum(item.weight for item in evidence), 6)
    score = weights.probability(total) if correction is None else correction.probability(total)
    return Comparison(score, total, evidence)


def rank(
    query: Profile,
    candidates: Sequence[Profile],
    *,
    rarity: Rarity | None = None,
    limit: int = 50,
    correction: Correction | None = None,
) -> list[tuple[int, Comparison]]:
    """Return (place in `candidates`, comparison) of those worth proposing, best first, at most `limit`."""
    compared = ((at, compare(query, one, rarity=rarity, correction=correction)) for at, one in enumerate(candidates))
    kept = [(place, found) for place, found in compared if found.score >= weights.PROPOSE_AT]
    kept.sort(key=lambda item: (-item[1].weight, item[0]))
    return kept[:limit]


def _shown_name(person: Profile) -> str:
    return person.names[0].shown if person.names else ""


def _names(left: Profile, right: Profile, rarity: Rarity | None) -> tuple[Evidence, ...]:
    main, helping = best_match(left.names, right.names, rarity)
    match = _better(main, helping)
    if match is None:
        ours, theirs = _shown_name(left), _shown_name(right)
        return tuple(Evidence(kind, "missing", 0.0, ours, theirs) for kind in KINDS[:5])
    level = "nickname" if match is helping and match is not main else match.level
    named = Evidence("name", level, match.weight, match.left.shown, match.right.shown, {"agreed": match.agreed})
    return (
        named,
        _own_script(left, right),
        _part("given", match.given, match),
        _part("father", match.father, match),
        _part("family", match.family, match),
    )


def _part(slot: str, level: str, match: NameMatch) -> Evidence:
    kind = f"{slot}_name"
    shown = match.left.part(slot), match.right.part(slot)
    return Evidence(kind, level, weights.bits(kind, level), *shown)


def _better(main: NameMatch | None, helping: NameMatch | None) -> NameMatch | None:
    """A nickname or married name replaces the full names only where it helps."""
    if helping is None or (main is None and part_bits(helping) <= 0):
        return main
    return helping if main is None or part_bits(helping) > part_bits(main) else main


def _own_script(left: Profile, right: Profile) -> Evidence:
    """Shown beside the name when both sides wrote it in one script other than Latin; no weight of its own."""
    ours, theirs = _foreign(left), _foreign(right)
    shared = min(ours.keys() & theirs.keys(), default="")
    if shared:
        return Evidence("own_script_name", "shown", 0.0, ours[shared], theirs[shared])
    return Evidence("own_script_name", "missing", 0.0, min(ours.values(), default=""), min(theirs.values(), default=""))


def _foreign(person: Profile) -> dict[str, str]:
    """The first name in each script other than Latin."""
    found: dict[str, str] = {}
    for form in person.names:
        script = read(form.tokens[0]).script
        if script not in ("Latn", ""):
            found.setdefault(script, form.shown)
    return found


def _sex(left: Profile, right: Profile) -> Evidence:
    level = "same" if left.sex == right.sex else "different"
    level = level if left.sex and right.sex else "missing"
    return Evidence("sex", level, weights.bits("sex", level), left.sex, right.sex)


@lru_cache(maxsize=65_536)
def show_interval(interval: Interval | None) -> str:
    """Return an interval as ISO 8601: a year, a day, or earliest/latest; `~` when approximate."""
    if interval is None:
        return ""
    first, last = interval.earliest, interval.latest
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    start = f"{first.year:04}" if whole_years else first.isoformat()
    end = f"{last.year:04}" if whole_years else last.isoformat()
    return (start if start == end else f"{start}/{end}") + ("~" if interval.approximate else "")


def _birth(left: Profile, right: Profile) -> Evidence:
    level, params = compare_births(left.birth, right.birth)
    if level == "ethiopian" and not (_is_ethiopian(left) or _is_ethiopian(right)):
        level = "many_years"
    return _evidence("birth", level, show_interval(left.birth), show_interval(right.birth), params)


def _is_ethiopian(person: Profile) -> bool:
    """Whether the Ethiopian calendar is likely in use: by nationality, country of birth or script."""
    lands = {*person.nationalities, person.birth_country}
    return bool(lands & {"ET", "ER"}) or any(read(form.tokens[0]).script == "Ethi" for form in person.names)


def _evidence(kind: str, level: str, left: str, right: str, params: Mapping[str, str | int]) -> Evidence:
    return Evidence(kind, level, weights.bits(kind, level), left, right, params)


def _mother(left: Profile, right: Profile, rarity: Rarity | None, *, share: float) -> Evidence:
    level, bits = compare_mothers(left, right, rarity)
    bits *= share if bits > 0 else 1.0
    return Evidence("mother", level, bits, left.mother.shown, right.mother.shown)


def _relatives(left: Profile, right: Profile, rarity: Rarity | None, *, share: float) -> Evidence:
    match = compare_relatives(left, right, rarity)
    ours, theirs = (", ".join(one.shown for one in side.relatives) for side in (left, right))
    bits = match.weight * (share if match.weight > 0 else 1.0)
    return Evidence("relatives", match.level, bits, ours, theirs, {"agreed": match.agreed})


def _places(left: Profile, right: Profile) -> tuple[Evidence, Evidence]:
    born = compare_birth_places(left.birth_place, right.birth_place, left.birth_country, right.birth_country)
    last = compare_places(left.last_place, right.last_place)
    return (
        _evidence("birth_place", born, left.birth_place.shown, right.birth_place.shown, {}),
        _evidence("last_place", last, left.last_place.shown, right.last_place.shown, {}),
    )


def _nationality(left: Profile, right: Profile) -> Evidence:
    shown = "/".join(left.nationalities), "/".join(right.nationalities)
    if not left.nationalities or not right.nationalities:
        return Evidence("nationality", "missing", 0.0, *shown)
    level = "same" if set(left.nationalities) & set(right.nationalities) else "different"
    return _evidence("nationality", level, *shown, {})


def _order(left: Profile, right: Profile) -> Evidence:
    """Registration should follow last contact; asked only between a sought and a registered person."""
    shown = show_interval(left.last_seen), show_interval(right.last_seen)
    if {left.role, right.role} != {"sought", "registered"}:
        return Evidence("time_order", "missing", 0.0, *shown)
    sought, found = (left, right) if left.role == "sought" else (right, left)
    level, params = compare_order(sought.last_seen, found.last_seen)
    return _evidence("time_order", level, *shown, params)


def _text(kind: str, left: Text, right: Text) -> Evidence:
    if not left.tokens or not right.tokens:
        return Evidence(kind, "missing", 0.0, left.shown, right.shown)
    met = any(compare_tokens(one, other)[0] <= SAME for one in left.tokens for other in right.tokens)
    return _evidence(kind, "same" if met else "shown", left.shown, right.shown, {})
