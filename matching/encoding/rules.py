"""Which facts are joined to a token. One screen to read what two societies compare."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule class: its name, what it is worth, the kinds of facts it joins, and whether the sex is a part of it.

    Worth: recall x log2(1 + 200 x precision) of the class alone on the labelled lists of 5,000 and 20,000 persons
    that the weights were learned on (benchmarks/training/exchange_weights.py prints it). Where a case makes more
    tokens than it has places, worth decides which are sent.
    """

    name: str
    worth: float
    facts: tuple[str, ...]
    sexed: bool = False


# The order is the number of a class in letters and weights: a change of it is another profile.
RULES = (
    Rule("two names, place", 2.85, ("pairs", "places")),
    Rule("given and other name, year", 3.00, ("first_pairs", "years"), sexed=True),
    Rule("name, place, years", 2.53, ("own", "places", "buckets"), sexed=True),
    Rule("three names", 2.80, ("triples",)),
    Rule("two names, years", 3.10, ("pairs", "buckets")),
    Rule("two names, mother", 2.01, ("pairs", "mother")),
    Rule("given name, place", 1.83, ("given", "places"), sexed=True),
    Rule("name, mother, place", 1.43, ("own", "mother", "places")),
    Rule("name, mother, years", 1.54, ("own", "mother", "buckets"), sexed=True),
    Rule("name, date", 1.28, ("own", "date")),
    Rule("two names, date", 1.29, ("pairs", "date")),
    Rule("two names, day", 1.21, ("pairs", "day")),
    Rule("given and other name", 2.26, ("first_pairs",), sexed=True),
    Rule("given name, mother", 1.08, ("given", "mother"), sexed=True),
    Rule("two names, relative", 1.09, ("pairs", "kin")),
    Rule("name, day, place", 0.88, ("own", "day", "places")),
    Rule("place, date", 0.81, ("places", "date")),
    Rule("name, relative, place", 0.81, ("own", "kin", "places")),
    Rule("name, relative, years", 0.76, ("own", "kin", "buckets"), sexed=True),
    Rule("mother, date", 0.63, ("mother", "date")),
    Rule("mother's two names, years", 0.54, ("mothers", "buckets")),
    Rule("mother, place, relative", 0.43, ("mother", "places", "kin")),
    Rule("name, mother, relative", 0.44, ("own", "mother", "kin")),
    Rule("relative, date", 0.37, ("kin", "date")),
    Rule("mother, relative, years", 0.35, ("mother", "kin", "buckets")),
    Rule("name, two relatives", 0.30, ("own", "kin_pairs")),
)
