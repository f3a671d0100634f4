"""A person becomes tokens: hashes of two or three joined facts, best first; and a list of persons their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import product

from matching.encoding.facts import Facts, facts_of
from matching.encoding.rules import RULES, Rule
from matching.types import PersonRecord

PROFILE = "sounds-4"
TOKEN = 16  # bytes of a token
PLACES = 64  # tokens of a case that are sent: fewer find less, more cost more; measured in benchmarks/README.md
# A token of more cases of one list than this is left out of it: it says little, and shows who belongs together. Three
# and not one, because a person is often sought, or registered, more than once in one list.
REPEATS = 3
RANK_COST = 0.35  # worth that each further token of one class loses, so that none fills all places
MAX_OF_A_RULE = 400  # a record of absurdly many parts stays affordable


@dataclass(frozen=True, slots=True)
class Encoded:
    """Tokens of one case as (rule class, TOKEN bytes), best first; bit i of `presence`: class i could be made."""

    tokens: tuple[tuple[int, bytes], ...]
    presence: int


def encode(record: PersonRecord) -> Encoded:
    """Return all tokens of a person, the same on every machine; none where nothing can be joined."""
    facts = facts_of(record)
    sexes = (record.sex,) if record.sex in ("female", "male") else ("female", "male")
    presence, valued = 0, []
    for number, rule in enumerate(RULES):
        made = sorted(set(_made(rule, facts, sexes)))[:MAX_OF_A_RULE]
        presence |= bool(made) << number
        # The order of hashes is the same on both sides, so both send the same ones of too many.
        valued += [(RANK_COST * rank - rule.worth, number, token) for rank, token in enumerate(made)]
    return Encoded(tuple((number, token) for _, number, token in sorted(valued)), presence)


def placed(cases: Sequence[Encoded], repeats: int = REPEATS, places: int = PLACES) -> list[tuple[int, int, bytes]]:
    """Return (case, rule class, token) of a whole list: the best of each case, no token more than `repeats` times.

    A token of more than REPEATS cases is left out; one of fewer stays with the first `repeats` of them.
    """
    number = Counter(token for case in cases for _, token in case.tokens)
    given: Counter[bytes] = Counter()
    rows = []
    for at, case in enumerate(cases):
        free = [one for one in case.tokens if number[one[1]] <= REPEATS and given[one[1]] < repeats][:places]
        given.update(token for _, token in free)
        rows += [(at, rule, token) for rule, token in free]
    return rows


def _made(rule: Rule, facts: Facts, sexes: tuple[str, ...]) -> Iterator[bytes]:
    for joined in product(*(getattr(facts, kind) for kind in rule.facts)):
        for sex in sexes if rule.sexed else ("",):
            text = "|".join((rule.name, *joined, sex))
            yield blake2b(text.encode(), digest_size=TOKEN, person=PROFILE.encode()).digest()
