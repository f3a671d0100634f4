"""Names known to be one name in other spellings, languages or as short forms; data with an origin each."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from importlib import resources

from matching.scripts import read


@cache
def _rows(file: str) -> tuple[dict[str, str], ...]:
    text = (resources.files("matching") / "data" / file).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _groups(kind: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in (*_rows("equivalent_names.csv"), *_rows("short_forms.csv")):
        for variant in row["variants"].split():
            if row["kind"] == kind:
                found[read(variant).folded].add(row["name"])
        if row["kind"] == kind:
            found[read(row["name"]).folded].add(row["name"])
    return {folded: frozenset(names) for folded, names in found.items()}


def same_name(left: str, right: str) -> bool:
    """Tell whether two folded tokens are tabled spellings of one name."""
    groups = _groups("spelling")
    known = groups.get(left)
    return bool(known and known & groups.get(right, frozenset()))


def is_tabled(folded: str) -> bool:
    """Tell whether a folded token is in the table at all; most are not, which spares the other questions."""
    return folded in _groups("spelling") or folded in _groups("short")


def known_apart(left: str, right: str) -> bool:
    """Tell whether both folded tokens are tabled and share no name: Hasan is not Husayn, however near."""
    ours = _groups("spelling").get(left, frozenset()) | _groups("short").get(left, frozenset())
    theirs = _groups("spelling").get(right, frozenset()) | _groups("short").get(right, frozenset())
    return bool(ours and theirs and not ours & theirs)


def short_form(left: str, right: str) -> bool:
    """Tell whether one folded token is a tabled short or pet form of the other, or both of one name."""
    shorts, spellings = _groups("short"), _groups("spelling")
    ours = shorts.get(left, frozenset()) | spellings.get(left, frozenset())
    theirs = shorts.get(right, frozenset()) | spellings.get(right, frozenset())
    return bool(ours & theirs)


@cache
def _numbers() -> dict[str, int]:
    rows = (*_rows("equivalent_names.csv"), *_rows("short_forms.csv"))
    return {name: number for number, name in enumerate(dict.fromkeys(row["name"] for row in rows))}


def tabled_names(folded: str) -> tuple[int, ...]:
    """Return 2 x the number of each tabled name of a folded token, +1 where it is a short form; ascending."""
    numbers = _numbers()
    full = (2 * numbers[name] for name in _groups("spelling").get(folded, ()))
    short = (2 * numbers[name] + 1 for name in _groups("short").get(folded, ()))
    return tuple(sorted((*full, *short)))


def group_of(folded: str) -> str:
    """Return the first tabled name a folded token belongs to, or an empty string."""
    both = _groups("spelling").get(folded) or _groups("short").get(folded)
    return min(both) if both else ""


@cache
def common_shares() -> dict[str, float]:
    """Return the assumed share of persons by first skeleton, for names frequent in many communities."""
    shares: dict[str, float] = {}
    for row in _rows("common_names.csv"):
        bones = read(row["name"]).skeletons[0]
        shares[bones] = max(shares.get(bones, 0.0), float(row["share"]))
    return shares
