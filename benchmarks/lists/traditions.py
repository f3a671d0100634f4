"""The naming traditions of the invented lists: their names by script and spelling, and how a name is put together.

The names are common ones of each tradition, written by hand in names/*.csv, and rarer ones put together from sounds.
Shares are judgement, from how often these traditions meet in tracing; they are not fitted to any list or matcher.
"""

import csv
import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path

NAMES = Path(__file__).resolve().parent / "names"
SKEW = 0.9  # exponent of the frequencies of common names: near 1 in lists of given names
RARE_GIVEN, RARE_FAMILY = 0.25, 0.55  # shares of names that are put together from sounds
SPELLINGS_OF_A_RARE_NAME = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One name or place: forms in its own script, spellings in Latin, plainest first.

    A form `male/female` differs by sex. `stems` are what a patronymic is made of, one for each language.
    """

    native: tuple[str, ...]
    latin: tuple[str, ...]
    stems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tradition:
    """How one region names people.

    `form` is the order of the whole name: g(iven), f(ather), p(atronymic), G(randfather), n (family name), m (that of
    the mother). `native` is the share of records in the own script, `share` that of the households.
    """

    code: str
    share: float
    script: str
    native: float
    form: str
    countries: tuple[str, ...]
    givens: int = 1
    wives_keep_names: bool = True
    calendar: str = ""


TRADITIONS = (
    Tradition("arab", 0.24, "Arab", 0.45, "gfn", ("SYR", "IRQ", "SDN", "YEM", "PSE", "LBY")),
    Tradition("afg", 0.13, "Arab", 0.35, "gfn", ("AFG",), calendar="solar hijri"),
    Tradition("ukr", 0.12, "Cyrl", 0.5, "gpn", ("UKR",), wives_keep_names=False),
    Tradition("som", 0.08, "Latn", 0.5, "gfG", ("SOM",)),
    Tradition("eri", 0.07, "Ethi", 0.3, "gfG", ("ERI", "ETH"), calendar="ethiopian"),
    Tradition("ben", 0.06, "Beng", 0.3, "gn", ("MMR", "BGD")),
    Tradition("spa", 0.06, "Latn", 0.7, "gnm", ("HND", "SLV", "VEN", "COL", "PER", "ECU"), givens=2),
    Tradition("cod", 0.05, "Latn", 0.7, "nmg", ("COD", "BDI", "RWA"), givens=1),
    Tradition("waf", 0.05, "Latn", 0.6, "gn", ("GIN", "MLI", "SEN", "GMB", "CIV", "BFA")),
    Tradition("kur", 0.03, "Arab", 0.35, "gfn", ("IRQ", "SYR", "TUR", "IRN")),
    Tradition("mya", 0.02, "Mymr", 0.35, "g", ("MMR",), givens=3),
    Tradition("tur", 0.02, "Latn", 0.6, "gn", ("TUR",), wives_keep_names=False),
    Tradition("chn", 0.02, "Hani", 0.35, "ng", ("CHN",)),
    Tradition("tam", 0.02, "Taml", 0.35, "fg", ("LKA", "IND")),
    Tradition("hti", 0.02, "Latn", 0.6, "gn", ("HTI",), givens=2),
    Tradition("ssd", 0.01, "Latn", 0.6, "gfG", ("SSD",)),
)


@dataclass(slots=True)
class Shelf:
    """The terms of one kind, the first ones far more frequent than the last."""

    terms: list[Term] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)

    def close(self) -> None:
        """Fix the frequencies once all terms are on the shelf."""
        self.sums = list(accumulate(1 / (rank + 1) ** SKEW for rank in range(len(self.terms))))

    def pick(self, chance: random.Random) -> Term:
        """Return one term."""
        return self.terms[bisect(self.sums, chance.random() * self.sums[-1])]


def _term(row: dict[str, str]) -> Term:
    stems = (pair.partition("=") for pair in (row.get("stem") or "").split("|") if pair)
    latin = row["latin"].split(";")
    # A form that differs by sex is written once for each language in either script.
    return Term(tuple(row["native"].split("|")), tuple(latin), tuple((native, spelled) for native, _, spelled in stems))


@cache
def shelves(code: str) -> dict[str, Shelf]:
    """Return the terms of a tradition by kind: male, female, family, sound, place (or refuge)."""
    found: dict[str, Shelf] = defaultdict(Shelf)
    with (NAMES / f"{code}.csv").open(newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            found[row["kind"]].terms.append(_term(row))
    for shelf in found.values():
        shelf.close()
    return dict(found)


def from_sounds(sounds: Sequence[Term], chance: random.Random) -> Term:
    """Return a rare name: two or three sounds in a row, the same in every script."""
    parts = [chance.choice(sounds) for _ in range(chance.choice((2, 2, 3)))]
    native = "".join(part.native[0] for part in parts)
    spelled = (
        "".join(part.latin[(turn if turn < SPELLINGS_OF_A_RARE_NAME - 1 else place) % len(part.latin)]
                for place, part in enumerate(parts))
        for turn in range(SPELLINGS_OF_A_RARE_NAME)
    )  # fmt: skip
    return Term((native.capitalize(),), tuple(dict.fromkeys(text.capitalize() for text in spelled)))


def pick_given(tradition: Tradition, sex: str, chance: random.Random) -> Term:
    """Return a given name, common or rare."""
    kinds = shelves(tradition.code)
    if chance.random() < RARE_GIVEN:
        return from_sounds(kinds["sound"].terms, chance)
    return kinds[sex].pick(chance)


def pick_family(tradition: Tradition, chance: random.Random) -> Term:
    """Return a family name, common or rare."""
    kinds = shelves(tradition.code)
    if "family" not in kinds or chance.random() < RARE_FAMILY:
        return from_sounds(kinds["sound"].terms, chance)
    return kinds["family"].pick(chance)
