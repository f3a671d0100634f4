"""Golden vectors: what the rules make of published names and records, so that another program can be held to them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from matching.encoding.cases import PLACES, PROFILE, RANK_COST, REPEATS, TOKEN, Encoded, encode
from matching.encoding.codes import codes
from matching.encoding.comparing import WEIGHTS
from matching.encoding.facts import facts_of
from matching.encoding.habits import Habit
from matching.encoding.rules import RULES
from matching.tokens import tokens
from matching.types import Interval, Name, PersonRecord, Relative

VECTORS = "exchange_vectors.json"
Json = dict[str, Any]


@cache
def profile_hash() -> str:
    """Return the SHA-256 (hex) of the rules, the weights and of what they make now of every published vector.

    A change of a table or a rule anywhere in the library that moves one of them gives another hash.
    """
    made = [names_made(words, Habit(habit)) for habit, words in published()["names"].items()]
    made += [record_made(encode(record_of(one["record"]))) for one in published()["records"]]
    rules = (PROFILE, PLACES, REPEATS, TOKEN, RANK_COST, [asdict(rule) for rule in RULES])
    weights = (resources.files("matching") / "data" / WEIGHTS).read_bytes()
    return sha256(json.dumps([rules, made]).encode() + weights).hexdigest()


@cache
def published() -> Json:
    """Return the vectors: names by habit with their codes, and records with their tokens."""
    vectors: Json = json.loads((resources.files("matching") / "data" / VECTORS).read_text(encoding="utf-8"))
    return vectors


def names_made(names: list[str] | dict[str, Any], habit: Habit) -> dict[str, list[list[str]]]:
    """Return for each name the codes of its parts."""
    return {name: [list(codes(word, habit)) for word in tokens(name)] for name in names}


def record_made(encoded: Encoded) -> Json:
    """Return the tokens of a record as (number of the class, hex), best first, and its presence bits."""
    return {"tokens": [[rule, token.hex()] for rule, token in encoded.tokens], "presence": encoded.presence}


def facts_made(record: PersonRecord) -> Json:
    """Return the facts of a record by kind, for whoever looks for the step at which two programs part."""
    return asdict(facts_of(record))


def record_of(content: Json) -> PersonRecord:
    """Return the record of a vector."""
    birth = content.get("birth")
    return PersonRecord(
        id="",
        role="sought",
        names=tuple(Name(**{"kind": "original"} | name) for name in content["names"]),
        sex=content.get("sex", ""),
        birth=Interval(date.fromisoformat(birth[0]), date.fromisoformat(birth[1]), bool(birth[2])) if birth else None,
        mother=content.get("mother", ""),
        birth_place=content.get("birth_place", ""),
        nationalities=tuple(content.get("nationalities", ())),
        last_place=content.get("last_place", ""),
        relatives=tuple(Relative(*one) for one in content.get("relatives", ())),
    )
