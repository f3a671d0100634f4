"""What each finding is worth, in bits (log2 of how much likelier it is for one person than for two strangers).

Weights are set by hand from knowledge of the field and after reading errors on the development list; in the last round
they were moved by about half of what a correction learned there, where a reason could be named. A level that is not in
the table does not exist.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.levels import KINDS, LEVELS, MOST_LEVELS

# A chance meeting of one sought and one registered person, where one in four of those sought is on a list of 20,000:
# log2(0.25 / 20,000). Of invented pairs scored .9 some 98 in 100 are then one person (benchmarks/README.md).
PRIOR_BITS = -16.3
# The list on which the prior was set. In a longer one more strangers agree by chance: every doubling costs one bit.
PRIOR_LIST = 20_000
# Shown to officers from here, in a list of PRIOR_LIST; below, nothing is proposed. So low that the same two-part name
# of usual rarity, with nothing else known and nothing against it, is still looked at by somebody.
PROPOSE_AT = 0.015
POSSIBLE_FROM = 0.30
STRONG_FROM = 0.90
# Token levels in the order of matching.kernel (equal, same, near, close, short, loose, initial):
# (chance that a true pair's tokens meet at this level, factor by which strangers meet more often than at `same`).
TOKEN_LEVELS = ((0.75, 1.0), (0.70, 1.0), (0.50, 1.2), (0.25, 2.5), (0.30, 2.0), (0.10, 5.0), (0.20, 2.0))
# Added to the share: strangers whose tokens are merely near in sound.
NOISE = (0.0002, 0.0008, 0.002, 0.006, 0.002, 0.03, 0.05)
# A name, or a village, seen once in a small list is not one in a million.
LEAST_SHARE = 0.0005
# Assumed share by number of consonants when no frequency is known: short skeletons gather many names.
SHARE_BY_LENGTH = {0: 0.2, 1: 0.05, 2: 0.02, 3: 0.006, 4: 0.002}
SHARE_OF_LONG = 0.0008
# Share of persons with a name that is one word here and two there (Gulagha, Gul Agha): rarer than either word, but how
# rare no list tells, since it counts the words.
JOINED_SHARE = 0.004
# Decimal places of bits where they are told or ranked.
DECIMALS = 6
# A part of the shorter name that finds no partner (kept small: typing slips, second names).
UNMATCHED_TOKEN = -3.0
# Parts of one name come from one family and one custom, so they are not independent: bits above the
# knee count in part only.
NAME_KNEE, BEYOND_KNEE = 13.0, 0.35
# Share of persons with a word of a place where no list says more: one place of some hundred.
PLACE_SHARE = 0.01
# Families, clans and namesakes live together: half of what a place's rarity says is in their names and kin already.
PLACE_DEPENDENCE = 0.5
# The words of one place come together (Port-au-Prince, San Pedro Sula): those beside the rarest count so much.
FURTHER_PLACE_WORDS = 0.1
# A word of the shorter place that meets nothing: another quarter, or another place that shares a word such as New.
UNMATCHED_PLACE_WORD = -1.0
# Where the place of birth agreed, that it is the last known place too is what most neighbours share.
REPEATED_PLACE = 0.25
# Most people whose last places agree in a word were registered near the place they were lost; some moved within it.
LAST_PLACE_KEPT = 0.7


@dataclass(frozen=True, slots=True)
class Weight:
    """One row: kind and level of evidence, bits, and why."""

    kind: str
    level: str
    bits: float
    reason: str


TABLE = (
    Weight("name", "same", 0.0, "the parts that agree give the bits, rare ones more"),
    Weight("name", "same_shorter", -1.1, "a name of fewer parts meets more people by chance"),
    Weight("name", "same_other_order", 0.0, "order is habit and field order, not identity"),
    Weight("name", "other_spelling", 0.5, "the many other names that are near were already counted against it"),
    Weight("name", "other_script", 1.0, "as other_spelling, and across scripts more names are near"),
    Weight("name", "close", 1.1, "as other_spelling"),
    Weight("name", "partly", -0.4, "each side has a part that the other lacks"),
    Weight("name", "nickname", -0.5, "short forms are shared by many names"),
    Weight("name", "different", 0.0, "no part agrees: that nothing was gained says enough"),
    Weight("given_name", "same", 0.0, "in its place; that it agrees is in the bits of the name"),
    Weight("given_name", "close", 0.0, "near spelling in its place"),
    Weight("given_name", "loose", -0.5, "far spelling; brothers often have names that sound alike"),
    Weight("given_name", "second_differs", -1.8, "double given names that share one half, as among siblings"),
    Weight("given_name", "elsewhere", -0.7, "parts in another order, or a parent's name in the chain"),
    Weight("given_name", "partly", -2.0, "one given name is the other's father or family name: parent and child"),
    Weight("given_name", "shifted", -1.8, "as partly, but the parts are not marked: perhaps another order"),
    Weight(
        "given_name", "different", -3.0, "names for daily use and names on paper differ; siblings are weighed apart"
    ),
    Weight("given_name", "probably_different", -1.8, "as different, but the parts are not marked"),
    Weight("given_name", "first_agrees", 0.0, "which part is the given name is not marked, and another part differs"),
    Weight("father_name", "same", 0.8, "in its place"),
    Weight("father_name", "close", 0.3, "in its place"),
    Weight("father_name", "elsewhere", -0.9, "chain shifted by one"),
    Weight("father_name", "different", -3.0, "one person has one father; naming habits may hide it"),
    Weight("family_name", "same", 0.3, "in its place"),
    Weight("family_name", "close", 0.5, "in its place"),
    Weight("family_name", "elsewhere", 0.0, "chain shifted by one"),
    Weight("family_name", "different", -2.0, "marriage, tribe and clan names change"),
    Weight("sex", "same", 0.9, "half of strangers agree"),
    Weight("sex", "different", -5.0, "errors of entry are some 2 in 100"),
    Weight("birth", "same_day", 10.5, "one day of some 50 years, with heaped days"),
    Weight("birth", "placeholder_day", 5.2, "1 January or the year alone on one side"),
    Weight("birth", "same_month", 7.4, "one month of some 50 years"),
    Weight("birth", "same_year", 5.8, "one year of some 50"),
    Weight("birth", "overlap_few", 3.0, "within three years"),
    Weight("birth", "overlap_wide", 2.5, "within ten years"),
    Weight("birth", "overlap_open", 0.3, "so wide that most strangers agree"),
    Weight("birth", "swapped", 7.5, "day and month exchanged"),
    Weight("birth", "one_digit", 6.0, "one digit differs"),
    Weight("birth", "same_year_other_day", 1.5, "year agrees, two exact days differ"),
    Weight("birth", "near", 3.0, "not more than a year apart, at least one side uncertain"),
    Weight("birth", "one_year", 1.5, "two stated years, one apart"),
    Weight("birth", "few_years", -2.4, "two or three years apart"),
    Weight("birth", "some_years", -6.2, "four to six years apart"),
    Weight("birth", "decade_slip", -2.2, "exactly ten years apart: one wrong digit"),
    Weight("birth", "hijri", 3.0, "a Hijri year written as a Gregorian one"),
    Weight("birth", "solar_hijri", 3.0, "a Solar Hijri year written as a Gregorian one"),
    Weight("birth", "ethiopian", 0.5, "seven or eight years apart, and Ethiopian or Eritrean"),
    Weight("birth", "many_years", -6.5, "seven to twelve years apart"),
    Weight("birth", "far", -9.0, "another generation"),
    Weight("mother", "same", 3.0, "floor; rare names add"),
    Weight("mother", "given_same", 2.2, "mother's given name agrees, family name differs"),
    Weight("mother", "close", 1.5, "near spelling"),
    Weight("mother", "different", -5.3, "half-siblings, cousins, namesakes"),
    Weight("relatives", "same", 2.3, "a relative in the same seat; how rare the shared names are adds"),
    Weight("relatives", "different", -2.0, "one wife, husband or father each, named differently"),
    Weight(
        "relatives",
        "is_relative",
        -5.0,
        "the person appears as the other's relative: a household, not a person",
    ),
    Weight("birth_place", "same", 1.3, "floor, for capitals; rarer places add"),
    Weight("birth_place", "other_name", 1.3, "as same: one place by the gazetteer under another name"),
    Weight("birth_place", "close", 0.0, "floor: near spelling, or each has a word that the other lacks"),
    Weight("birth_place", "same_country", 0.3, "no places to compare"),
    Weight("birth_place", "different", -2.3, "village on one side, district on the other"),
    Weight("birth_place", "other_country", -2.0, "country of birth rarely changes"),
    Weight("last_place", "same", 0.5, "floor, for capitals, large camps and the place of birth; rarer places add"),
    Weight("last_place", "other_name", 0.8, "as same"),
    Weight("last_place", "close", 0.0, "floor: near spelling, or each has a word that the other lacks"),
    Weight("last_place", "different", -0.4, "people on the move are found elsewhere"),
    Weight("nationality", "same", 1.2, "lists hold few nationalities"),
    Weight("nationality", "different", -4.4, "dual nationals and errors are some 5 in 100"),
    Weight("time_order", "plausible", 0.2, "registered after last contact"),
    Weight("time_order", "before", -4.0, "registered before the last contact; contact may be misdated"),
    Weight("occupation", "same", 0.5, "shown; occupations change"),
    Weight("marks", "same", 1.0, "shown; free text seldom agrees by chance"),
)


def as_mapping(rows: Iterable[Weight]) -> dict[tuple[str, str], float]:
    """Return the bits of `rows` by kind and level."""
    return {(row.kind, row.level): row.bits for row in rows}


@cache
def _table() -> dict[tuple[str, str], float]:
    return as_mapping(TABLE)


def bits(kind: str, level: str) -> float:
    """Return the bits of a level; missing and merely shown levels are neutral."""
    return 0.0 if level in ("missing", "shown") else _table()[kind, level]


def as_array(rows: Iterable[Weight]) -> NDArray[np.float64]:
    """Return the bits of `rows` as an array by number of kind and level; levels without a row are neutral."""
    made = np.zeros((len(KINDS), MOST_LEVELS))
    for row in rows:
        made[KINDS.index(row.kind), LEVELS[row.kind].index(row.level)] = row.bits
    return made


@cache
def array() -> NDArray[np.float64]:
    """Return the table as an array by number of kind and level."""
    return as_array(TABLE)


def size_bits(persons: int) -> float:
    """Return the bits that a pair needs more in a list of so many persons than in one of PRIOR_LIST; never less than 0.

    A shorter list gets no bonus: who is looked for need not be on it.
    """
    return math.log2(max(persons, PRIOR_LIST) / PRIOR_LIST)


def probability(total: float) -> float:
    """Return the score 0..1 of a sum of bits, given how rare true pairs are."""
    shifted = max(-60.0, min(60.0, total + PRIOR_BITS))
    return 1.0 / (1.0 + math.exp2(-shifted))


def sum_of(score: float) -> float:
    """Return the sum of bits that has this score; minus infinity for 0, infinity for 1."""
    if score <= 0.0:
        return -math.inf
    return math.inf if score >= 1.0 else math.log2(score / (1.0 - score)) - PRIOR_BITS


def propose_at(persons: int) -> float:
    """Return the score from which a pair is worth proposing among so many persons.

    It falls as scores fall with the length of a list: how likely a pair must be to be looked at is a question of the
    hours of officers, who in a larger caseload are more.
    """
    return probability(sum_of(PROPOSE_AT) - size_bits(persons))


def band(score: float) -> str:
    """Return strong, possible or weak."""
    return "strong" if score >= STRONG_FROM else "possible" if score >= POSSIBLE_FROM else "weak"
