"""The data files of the demo world, read once: names by tradition, places, stories, societies, chosen families."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Part:
    """One part of a name: in its own script, and the ways clerks write it in Latin letters."""

    original: str
    romanised: tuple[str, ...]


@dataclass(frozen=True)
class Town:
    """A real place that people of a tradition come from."""

    country: str
    original: str
    romanised: str
    region: str


@dataclass(frozen=True)
class StoryText:
    """What happened, with the places {name}, {place} and {year} to fill."""

    cause: str
    traditions: frozenset[str]
    text: str


def _rows(file_name: str) -> list[dict[str, str]]:
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def read_json(file_name: str) -> Any:
    """Return the content of a JSON file of the data folder; treat it as read-only."""
    return json.loads((FOLDER / file_name).read_text(encoding="utf-8"))


@cache
def name_parts(tradition: str) -> Mapping[str, tuple[Part, ...]]:
    """Return part ("male", "female", "family", ...) -> its names; an empty family name means "none used"."""
    found: dict[str, list[Part]] = {}
    for row in _rows("names.csv"):
        if row["tradition"] == tradition:
            part = Part(row["original"], tuple(row["romanised"].split("|")))
            found.setdefault(row["part"], []).append(part)
    return MappingProxyType({kind: tuple(parts) for kind, parts in found.items()})


@cache
def towns(tradition: str) -> tuple[Town, ...]:
    """Return the places of a tradition."""
    return tuple(
        Town(row["country"], row["original"], row["romanised"], row["region"])
        for row in _rows("places.csv")
        if row["tradition"] == tradition
    )


@cache
def story_texts(tradition: str) -> tuple[StoryText, ...]:
    """Return the stories that can happen to people of a tradition."""
    texts = (StoryText(r["cause"], frozenset(r["traditions"].split()), r["text"]) for r in _rows("stories.csv"))
    return tuple(story for story in texts if tradition in story.traditions)


@cache
def pairs(truth: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of person keys known to be the "same" or "different" human."""
    return tuple((row["left"], row["right"]) for row in _rows("pairs.csv") if row["truth"] == truth)


def details(kind: str) -> Any:
    """Return one list or table of details.json, such as "occupations"."""
    return read_json("details.json")[kind]


def texts(kind: str) -> Sequence[str]:
    """Return one list of words of details.json."""
    return tuple(details(kind))
