"""One person against others, one by one: the compiled comparison put into words, every kind of evidence exactly once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.comparing.meeting import SCRATCH, Meeting
from matching.comparing.person import AGREED, DAYS, KIN, LEFT_FORM, PARAMS, RIGHT_FORM, YEARS, compare_people
from matching.kernel import level_matrix
from matching.levels import KINDS, LEVELS
from matching.names import NameForm, Rarity, default_rarity
from matching.people import People
from matching.profile import Profile
from matching.scripts import read
from matching.types import Evidence, Interval
from matching.words import Words


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


class _Scored:
    """One person compared with several; levels, bits and params of each."""

    def __init__(self, query: Profile, others: Sequence[Profile], rarity: Rarity | None) -> None:
        self.query, self.others = query, others
        words = Words()
        one, many = People(words), People(words)
        one.add(query)
        asked = len(words)
        for other in others:
            many.add(other)
        facts, tokens = words.arrays(), words.vocabulary.arrays()
        shares = _shares(words, rarity)
        own = np.arange(asked, dtype=np.int32)
        meet = Meeting(
            table=level_matrix(tokens, own, tokens, np.arange(len(words), dtype=np.int32)),
            local=own,
            left_words=facts,
            right_words=facts,
            left_shares=_by_level(shares[:asked]),
            right_shares=shares,
            weights=weights.array(),
            scratch=np.zeros(SCRATCH, np.int64),
        )
        self.levels = np.zeros((len(others), len(KINDS)), np.uint8)
        self.bits = np.zeros((len(others), len(KINDS)))
        self.params = np.zeros((len(others), PARAMS), np.int64)
        left, right = one.arrays(), many.arrays()
        self.forms_at = right.form_at
        for place in range(len(others)):
            compare_people(left, 0, right, place, meet, self.levels[place], self.bits[place], self.params[place])
        self.totals: list[float] = [round(float(total), 6) for total in self.bits.sum(axis=1)]

    def comparison(self, place: int) -> Comparison:
        """Return what was found of one of the others, in words."""
        evidence = _evidence(self, place)
        return Comparison(weights.probability(self.totals[place]), self.totals[place], evidence)


def _shares(words: Words, rarity: Rarity | None) -> NDArray[np.float32]:
    ask = rarity or default_rarity
    return np.array([min(1.0, max(0.0, ask(value))) for value in words.values], np.float32)


def _by_level(shares: NDArray[np.float32]) -> NDArray[np.float32]:
    factors = np.array([factor for _, factor in weights.TOKEN_LEVELS], np.float32)
    noise = np.array(weights.NOISE, np.float32)
    made: NDArray[np.float32] = shares[:, None] * factors[None, :] + noise[None, :]
    return made[:, None, :]


def compare(left: Profile, right: Profile, *, rarity: Rarity | None = None) -> Comparison:
    """Compare two persons; `rarity` gives the share of persons (0..1) having a `name` key's value."""
    return _Scored(left, [right], rarity).comparison(0)


def rank(
    query: Profile, candidates: Sequence[Profile], *, rarity: Rarity | None = None, limit: int = 50
) -> list[tuple[int, Comparison]]:
    """Return (place in `candidates`, comparison) of those worth proposing, best first, at most `limit`."""
    scored = _Scored(query, candidates, rarity)
    bar = weights.sum_of(weights.PROPOSE_AT)
    kept = [place for place, total in enumerate(scored.totals) if total >= bar]
    kept.sort(key=lambda place: (-scored.totals[place], place))
    return [(place, scored.comparison(place)) for place in kept[:limit]]


def _form(person: Profile, place: int) -> NameForm | None:
    return person.names[place] if 0 <= place < len(person.names) else None


def _shown_texts(scored: _Scored, place: int) -> dict[str, tuple[str, str]]:
    left, right, params = scored.query, scored.others[place], scored.params[place]
    ours = _form(left, int(params[LEFT_FORM]))
    theirs = _form(right, int(params[RIGHT_FORM] - scored.forms_at[place]))
    parts = {
        f"{slot}_name": tuple(form.part(slot) if form else "" for form in (ours, theirs))
        for slot in ("given", "father", "family")
    }
    near = tuple(", ".join(one.shown for one in side.relatives) for side in (left, right))
    return {
        "name": tuple(form.shown if form else "" for form in (ours, theirs)),
        "own_script_name": _own_scripts(left, right),
        **parts,
        "sex": (left.sex, right.sex),
        "birth": (show_interval(left.birth), show_interval(right.birth)),
        "mother": (left.mother.shown, right.mother.shown),
        "relatives": near,
        "birth_place": (left.birth_place.shown, right.birth_place.shown),
        "last_place": (left.last_place.shown, right.last_place.shown),
        "nationality": ("/".join(left.nationalities), "/".join(right.nationalities)),
        "time_order": (show_interval(left.last_seen), show_interval(right.last_seen)),
        "occupation": (left.occupation.shown, right.occupation.shown),
        "marks": (left.marks.shown, right.marks.shown),
    }  # type: ignore[dict-item]  # tuples of two by construction


def _evidence(scored: _Scored, place: int) -> tuple[Evidence, ...]:
    shown, params = _shown_texts(scored, place), scored.params[place]
    named: dict[str, dict[str, str | int]] = {
        "name": {"agreed": int(params[AGREED])},
        "birth": {"years": int(params[YEARS])},
        "relatives": {"agreed": int(params[KIN])},
        "time_order": {"days": int(params[DAYS])},
    }
    shared = _shares_script(scored.query, scored.others[place])
    made = []
    for number, kind in enumerate(KINDS):
        level = LEVELS[kind][scored.levels[place, number]]
        if kind == "own_script_name":
            level = "shown" if shared else "missing"
        bits = round(float(scored.bits[place, number]), 6)
        made.append(Evidence(kind, level, bits, *shown[kind], named.get(kind, {})))
    return tuple(made)


def _shares_script(left: Profile, right: Profile) -> str:
    return min(_foreign(left).keys() & _foreign(right).keys(), default="")


def _own_scripts(left: Profile, right: Profile) -> tuple[str, str]:
    """Both names in one script other than Latin, to be read side by side; else what each side has."""
    ours, theirs = _foreign(left), _foreign(right)
    shared = _shares_script(left, right)
    if shared:
        return ours[shared], theirs[shared]
    return min(ours.values(), default=""), min(theirs.values(), default="")


def _foreign(person: Profile) -> dict[str, str]:
    """The first name in each script other than Latin."""
    found: dict[str, str] = {}
    for form in person.names:
        script = read(form.tokens[0]).script
        if script not in ("Latn", ""):
            found.setdefault(script, form.shown)
    return found


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
