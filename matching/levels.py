"""Kinds and levels of evidence as numbers, in which the compiled comparison speaks."""

from __future__ import annotations

from typing import Final

MISSING: Final = 0
# Kinds in the order in which a side-by-side table shows them; code 0 of every kind is `missing`.
LEVELS: dict[str, tuple[str, ...]] = {
    "name": (
        "missing", "same", "same_shorter", "same_other_order", "other_spelling", "other_script", "close", "partly",
        "nickname", "different",
    ),
    "own_script_name": ("missing", "shown"),
    "given_name": (
        "missing", "same", "close", "loose", "second_differs", "elsewhere", "partly", "shifted", "different",
        "probably_different", "first_agrees",
    ),
    "father_name": ("missing", "same", "close", "elsewhere", "different"),
    "family_name": ("missing", "same", "close", "elsewhere", "different"),
    "sex": ("missing", "same", "different"),
    "birth": (
        "missing", "same_day", "placeholder_day", "same_month", "same_year", "overlap_few", "overlap_wide",
        "overlap_open", "swapped", "one_digit", "same_year_other_day", "near", "one_year", "few_years", "some_years",
        "decade_slip", "hijri", "solar_hijri", "ethiopian", "many_years", "far",
    ),
    "mother": ("missing", "same", "given_same", "close", "different"),
    "relatives": ("missing", "same", "different", "is_relative"),
    "birth_place": ("missing", "same", "close", "same_country", "different", "other_country", "other_name"),
    "last_place": ("missing", "same", "close", "different", "other_name"),
    "nationality": ("missing", "same", "different"),
    "time_order": ("missing", "plausible", "before"),
    "occupation": ("missing", "same", "shown"),
    "marks": ("missing", "same", "shown"),
    "household": ("missing", "sibling_fits", "sibling_unlikely", "family_met"),
}  # fmt: skip
KINDS = tuple(LEVELS)
MOST_LEVELS = max(map(len, LEVELS.values()))


def code(kind: str, level: str) -> int:
    """Return the number of a level of a kind; ValueError when there is none."""
    return LEVELS[kind].index(level)
