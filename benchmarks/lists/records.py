"""One record of a list: a person as one clerk wrote them down, in the columns of the lists."""

import random
from datetime import date

from benchmarks.lists.clerks import Clerk, full_name, parts_of
from benchmarks.lists.dates import write_birth
from benchmarks.lists.people import Household, Person
from benchmarks.lists.traditions import shelves

COLUMNS = (
    "id", "given_name", "father_name", "grandfather_name", "family_name", "mother_name", "alternate_names",
    "full_name", "sex", "date_of_birth", "age", "age_as_of", "place_of_birth", "nationality", "last_known_place",
    "last_contact_date", "relatives",
)  # fmt: skip
SLOTS = {"g": "given_name", "f": "father_name", "p": "father_name", "G": "grandfather_name", "n": "family_name"}
# Shares by judgement.
DROPPED = {"f": 0.22, "p": 0.35, "G": 0.4, "n": 0.12, "m": 0.4, "g": 0.01}
SHIFTED, INTO_GIVEN = 0.06, 0.5  # the chain moved by one column; of these, into the column of the given name
IN_PARTS, IN_FULL = 0.45, 0.35  # the rest gives both
OTHER_FORM = 0.08  # the name once more in another script or spelling
SEX_WRONG = 0.01
SEX_KNOWN, BIRTH_PLACE_KNOWN, NATIONALITY_KNOWN, LAST_PLACE_KNOWN, CONTACT_KNOWN = 0.97, 0.6, 0.85, 0.9, 0.9
MOTHER_KNOWN, MOTHER_IN_FULL = {"left": 0.5, "right": 0.3}, 0.35
RELATIVE_TOLD, RELATIVE_IN_FULL = {"left": 0.55, "right": 0.3}, 0.5
FLED = 0.6  # share of registered persons who are found away from home
CONTACT_MISDATED = 0.03


def write(person: Person, home: Household, side: str, chance: random.Random) -> tuple[dict[str, str], str, set[str]]:
    """Return (row without its id, script of the name, kinds of difference) of `person` as told by `side`."""
    clerk = Clerk.drawn(person, chance)
    words = _kept(parts_of(person, clerk), clerk)
    row = dict.fromkeys(COLUMNS, "")
    row |= _names(person, words, clerk)
    if chance.random() < OTHER_FORM:
        other = Clerk.drawn(person, chance)
        row["alternate_names"] = full_name(person, parts_of(person, other), other)
    day = _day(person, side, chance)
    row["date_of_birth"], row["age"], kinds = write_birth(person.birth, day, side, person.tradition.calendar, chance)
    row["age_as_of"] = day.isoformat() if row["age"] else ""
    row |= _circumstances(person, side, day, clerk) | _family(person, home, side, clerk)
    return row, clerk.script.rstrip("*"), clerk.kinds | kinds


def _kept(words: dict[str, str], clerk: Clerk) -> dict[str, str]:
    """Leave parts out; what remains is never empty."""
    kept = {letter: word for letter, word in words.items() if clerk.chance.random() >= DROPPED[letter]}
    if len(kept) < len(words):
        clerk.kinds.add("missing_parts")
    return kept or words


def _names(person: Person, words: dict[str, str], clerk: Clerk) -> dict[str, str]:
    whole = clerk.in_case(full_name(person, words, clerk))
    layout = clerk.chance.random()
    if layout < IN_FULL:
        return {"full_name": whole}
    slots = _slots(words, clerk)
    return slots if layout < IN_FULL + IN_PARTS else slots | {"full_name": whole}


def _slots(words: dict[str, str], clerk: Clerk) -> dict[str, str]:
    found: dict[str, str] = {}
    for letter, slot in SLOTS.items():
        if words.get(letter):
            found[slot] = clerk.in_case(words[letter])
    if words.get("m"):
        found["family_name"] = f"{found.get('family_name', '')} {clerk.in_case(words['m'])}".strip()
    if "father_name" in found and clerk.chance.random() < SHIFTED:
        clerk.kinds.add("field_shift")
        return _shifted(found, clerk)
    return found


def _shifted(found: dict[str, str], clerk: Clerk) -> dict[str, str]:
    """The father's name stands with the given name, or where the form has room for a family name only."""
    father = found.pop("father_name")
    if clerk.chance.random() < INTO_GIVEN or found.get("family_name"):
        found["given_name"] = f"{found.get('given_name', '')} {father}".strip()
        return found
    found["family_name"] = f"{father} {found.pop('grandfather_name', '')}".strip()
    return found


def _day(person: Person, side: str, chance: random.Random) -> date:
    """The day of last contact, or of registration; few are misdated."""
    wrong = chance.random() < CONTACT_MISDATED
    return (person.registered if wrong else person.lost) if side == "left" else person.registered


def _circumstances(person: Person, side: str, day: date, clerk: Clerk) -> dict[str, str]:
    chance = clerk.chance
    sex = {"male": "female", "female": "male"}[person.sex] if chance.random() < SEX_WRONG else person.sex
    away = side == "right" and chance.random() < FLED
    last = shelves("refuge")["refuge"].pick(chance) if away else person.home
    place = clerk.word(last, person) if not away else chance.choice((last.native[0], *last.latin))
    told = {
        "sex": (sex, SEX_KNOWN),
        "place_of_birth": (clerk.word(person.birth_place, person), BIRTH_PLACE_KNOWN),
        "nationality": (person.country, NATIONALITY_KNOWN),
        "last_known_place": (place, LAST_PLACE_KNOWN),
        "last_contact_date": (day.isoformat(), CONTACT_KNOWN),
    }
    known = {name: text for name, (text, share) in told.items() if chance.random() < share}
    return {"sex": "unknown", **known}


def _family(person: Person, home: Household, side: str, clerk: Clerk) -> dict[str, str]:
    chance, told, parents = clerk.chance, [], home.parents_of(person)
    for relation, other in home.relatives(person):
        if chance.random() < RELATIVE_TOLD[side]:
            told.append(f"{relation}:{_short_name(other, clerk, RELATIVE_IN_FULL)}")
    chance.shuffle(told)
    mother = ""
    if parents and chance.random() < MOTHER_KNOWN[side]:
        mother = _short_name(parents[1], clerk, MOTHER_IN_FULL)
    return {"mother_name": mother, "relatives": ";".join(told)}


def _short_name(person: Person, clerk: Clerk, in_full: float) -> str:
    words = parts_of(person, clerk)
    name = " ".join(words[letter] for letter in person.tradition.form if letter in "gn" and letter in words)
    return name if clerk.chance.random() < in_full else words["g"]
