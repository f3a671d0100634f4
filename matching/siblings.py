"""The rival explanation of every pair: a brother or sister, who shares family, parents and home.

What a household shares says nothing between a person and a sibling. Only three kinds of finding tell them apart, and
they are weighed here against a sibling, as `matching.weights` weighs all kinds against a stranger.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from matching.weights import DECIMALS, Weight, as_mapping

# The kind of evidence that says what a sibling explains.
KIND = "household"
# Its level where another pair shows that the families of both are one (matching.families).
FAMILY_MET = "family_met"

# Bits before anything is compared: for one person on a list about one brother or sister is on it too. Registered
# families have more children than that, but are seldom registered whole.
PRIOR_BITS = 0.0
# Below these odds, nine to one, a brother or sister is said to fit as well.
FITS_BELOW = 3.17
# Costs below this are not worth a line.
LEAST_COST = 0.05
# Odds of two to this power are certainty.
CERTAIN = 60.0
# Set by hand from what is known of siblings; levels without a row tell nothing between the two.
TABLE = (
    Weight("given_name", "same", 6.5, "parents do not give one name twice; a name given again after a death is rare"),
    Weight("given_name", "close", 2.0, "spellings of one name differ, but siblings' names often rhyme"),
    Weight("given_name", "loose", -1.0, "rhyming names of siblings are commoner than spellings so far apart"),
    Weight("given_name", "second_differs", -2.5, "siblings share one of two given names in many families"),
    Weight(
        "given_name",
        "first_agrees",
        0.0,
        "another part differs, and where the family's name comes first it is the given name",
    ),
    Weight("given_name", "elsewhere", 3.0, "another order; siblings' given names would not meet anywhere"),
    Weight("given_name", "partly", -0.5, "the chain moved by one: a clerk's slip, or another member of the family"),
    Weight("given_name", "different", -5.5, "one person under two given names is rare, of siblings it is the rule"),
    Weight("given_name", "probably_different", -4.5, "as different, but the order may hide the given name"),
    Weight("sex", "same", 1.0, "half of siblings are of one sex"),
    Weight("sex", "different", -4.5, "half of siblings, and errors of entry"),
    Weight("birth", "same_day", 6.0, "twins are one birth in eighty"),
    Weight("birth", "placeholder_day", 1.5, "1 January is given to whole families, the year still tells"),
    Weight("birth", "same_month", 4.0, "siblings are nine months apart or more, but for twins"),
    Weight("birth", "same_year", 2.0, "siblings are two to three years apart, and their years are guessed together"),
    Weight("birth", "overlap_few", 0.7, "within three years siblings may fit too"),
    Weight("birth", "overlap_wide", 0.3, "within ten years most siblings fit"),
    Weight("birth", "swapped", 5.0, "two days of one year that siblings cannot both have"),
    Weight("birth", "one_digit", 3.5, "a digit of day or month more often than of the year"),
    Weight("birth", "same_year_other_day", -0.5, "two guesses of one person, or a year known to be shared"),
    Weight("birth", "near", 0.7, "as overlap_few"),
    Weight("birth", "one_year", -0.5, "siblings as well as guesses"),
    Weight("birth", "few_years", -2.5, "what siblings usually are apart"),
    Weight("birth", "some_years", -4.5, "further apart than guesses, not than siblings"),
    Weight("birth", "decade_slip", -1.0, "one wrong digit, or the other end of a family"),
    Weight("birth", "hijri", 2.0, "the calendars agree to the year"),
    Weight("birth", "solar_hijri", 2.0, "the calendars agree to the year"),
    Weight("birth", "ethiopian", -1.0, "seven years also lie between siblings"),
    Weight("birth", "many_years", -5.0, "as some_years"),
    Weight("birth", "far", -3.0, "too far for either"),
    Weight("relatives", "is_relative", -4.0, "the other side lists a brother or sister of this name"),
)


@cache
def _table() -> dict[tuple[str, str], float]:
    return as_mapping(TABLE)


def against_sibling(levels: Mapping[str, str]) -> float:
    """Return the bits that speak for one person rather than a brother or sister, given the levels found by kind."""
    return PRIOR_BITS + sum(_table().get(found, 0.0) for found in levels.items())


def rival(against_strangers: float, levels: Mapping[str, str]) -> tuple[str, float]:
    """Return level and bits of what a sibling explains, given the log odds of a pair against strangers.

    `levels` are those found by kind. The compiled comparison (matching.comparing.person) gives the same.
    """
    telling = against_sibling(levels)
    excess = max(-CERTAIN, min(CERTAIN, against_strangers - telling))
    cost = math.log2(1.0 + math.exp2(excess))
    if cost <= LEAST_COST:
        return "missing", 0.0
    return "sibling_fits" if telling < FITS_BELOW else "sibling_unlikely", -round(cost, DECIMALS)
