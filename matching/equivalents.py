"""Names known to be one name in other spellings, languages or as short forms; data with an origin each."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from importlib import resources

from matching.scripts import fold, read


@cache
def _rows(file: str) -> tuple[dict[str, str], ...]:
    text = (resources.files("matching") / "data" / file).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _groups(kind: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in (*_rows("equivalent_names.csv"), *_rows("short_forms.csv")):
        if row["kind"] == kind:
            for spelling in (row["name"], *row["variants"].split()):
                found[fold(spelling)[1]].add(row["name"])
    return {folded: frozenset(names) for folded, names in found.items()}


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
