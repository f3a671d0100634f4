"""What the compiled comparison found, put into words: levels by name, the values of both sides, the score."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching import siblings
from matching.comparing.person import AGREED, DAYS, KIN, LEFT_FORM, RIGHT_FORM, YEARS
from matching.levels import KINDS, LEVELS
from matching.names import NameForm
from matching.profile import Profile
from matching.scripts import read
from matching.types import Evidence, Interval
from matching.weights import DECIMALS

Shown = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Score 0..1, its sum of bits, and one evidence of each of KINDS in that order."""

    score: float
    weight: float
    evidence: tuple[Evidence, ...]

    def digest(self) -> str:
        """Return a short hash of what was compared and found; weights and engine version do not enter.

        Nor does what a family explains: it follows from the other lines, and from other pairs.
        """
        seen = [
            [*sorted((item.left.casefold(), item.right.casefold())), item.kind, item.level]
            for item in self.evidence
            if item.kind != siblings.KIND
        ]
        return hashlib.blake2b(repr(seen).encode(), digest_size=12).hexdigest()


def in_words(
    left: Profile,
    right: Profile,
    levels: NDArray[np.uint8],
    bits: NDArray[np.float64],
    params: NDArray[np.int64],
    *,
    total: float,
    score: float,
) -> Comparison:
    """Return the comparison of two persons from what `compare_people` wrote, its sum of bits and its score."""
    shown = _shown_texts(left, right, params)
    named: dict[str, dict[str, str | int]] = {
        "name": {"agreed": int(params[AGREED])},
        "birth": {"years": int(params[YEARS])},
        "relatives": {"agreed": int(params[KIN])},
        "time_order": {"days": int(params[DAYS])},
    }
    made = []
    for number, kind in enumerate(KINDS):
        level = LEVELS[kind][levels[number]]
        if kind == "own_script_name":
            level = "shown" if _shares_script(left, right) else "missing"
        made.append(Evidence(kind, level, round(float(bits[number]), DECIMALS), *shown[kind], named.get(kind, {})))
    return Comparison(score, total, tuple(made))


def _form(person: Profile, place: int) -> NameForm | None:
    return person.names[place] if place < len(person.names) else None


def _shown_texts(left: Profile, right: Profile, params: NDArray[np.int64]) -> dict[str, Shown]:
    ours, theirs = _form(left, int(params[LEFT_FORM])), _form(right, int(params[RIGHT_FORM]))

    def part(slot: str) -> Shown:
        return ours.part(slot) if ours else "", theirs.part(slot) if theirs else ""

    return {
        "name": (ours.shown if ours else "", theirs.shown if theirs else ""),
        "own_script_name": _own_scripts(left, right),
        "given_name": part("given"),
        "father_name": part("father"),
        "family_name": part("family"),
        "sex": (left.sex, right.sex),
        "birth": (show_interval(left.birth), show_interval(right.birth)),
        "mother": (left.mother.shown, right.mother.shown),
        "relatives": (_relatives(left), _relatives(right)),
        "birth_place": (left.birth_place.shown, right.birth_place.shown),
        "last_place": (left.last_place.shown, right.last_place.shown),
        "nationality": ("/".join(left.nationalities), "/".join(right.nationalities)),
        "time_order": (show_interval(left.last_seen), show_interval(right.last_seen)),
        "occupation": (left.occupation.shown, right.occupation.shown),
        "marks": (left.marks.shown, right.marks.shown),
        "household": ("", ""),
    }


def _relatives(person: Profile) -> str:
    return ", ".join(one.shown for one in person.relatives)


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
