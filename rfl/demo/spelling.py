"""Names as each tradition builds them, written in the person's own script, in Latin letters, or both."""

from collections.abc import Mapping
from enum import StrEnum
from random import Random

from rfl.demo.sources import Part
from rfl.domain.persons import NameKind, PersonName

Parts = Mapping[str, Part]
"""Slot of PersonName ("given", "father", "grandfather", "family") -> part."""

# Share of names spelled in the commonest way; the rest shows what matching has to bear.
_USUAL = 0.6


class Pattern(StrEnum):
    """How a tradition builds a name from its parts."""

    CHAIN = "chain"  # own, father's and grandfather's name, no family name
    CHAIN_FAMILY = "chain_family"  # own and father's name, then a family name
    TRIBAL = "tribal"  # own name and perhaps a family or tribal name, else the father's
    PATRONYMIC = "patronymic"  # own name, patronymic, family name by sex
    TWO_SURNAMES = "two_surnames"  # own names, father's and mother's surname
    FAMILY_FIRST = "family_first"  # family name, second name, Christian name


PATTERNS = {
    "syrian": Pattern.CHAIN_FAMILY,
    "iraqi": Pattern.CHAIN_FAMILY,
    "sudanese": Pattern.CHAIN,
    "eritrean": Pattern.CHAIN,
    "ethiopian": Pattern.CHAIN,
    "somali": Pattern.CHAIN,
    "afghan": Pattern.TRIBAL,
    "pashtun": Pattern.TRIBAL,
    "ukrainian": Pattern.PATRONYMIC,
    "russian": Pattern.PATRONYMIC,
    "venezuelan": Pattern.TWO_SURNAMES,
    "congolese": Pattern.FAMILY_FIRST,
}


class Script(StrEnum):
    """In which letters a record holds its names."""

    ORIGINAL = "original"
    ROMANISED = "romanised"
    DOCUMENT = "document"
    BOTH = "both"


class Clerk:
    """Whoever fills in one record: spells the same name the same way all through it."""

    def __init__(self, rng: Random) -> None:
        """Take over the chance of the record."""
        self.rng = rng
        self.habits: dict[Part, str] = {}

    def write(self, part: Part, *, own_script: bool) -> str:
        """Return the spelling of a part; in Latin letters mostly the commonest one."""
        if own_script:
            return part.original
        if part not in self.habits:
            usual = self.rng.random() < _USUAL
            self.habits[part] = part.romanised[0] if usual else self.rng.choice(part.romanised)
        return self.habits[part]


def _slots(parts: Parts, clerk: Clerk, *, own_script: bool) -> dict[str, str]:
    return {slot: clerk.write(part, own_script=own_script) for slot, part in parts.items() if part.original}


def _in_own_script(pattern: Pattern, parts: Parts, clerk: Clerk) -> PersonName:
    slots = _slots(parts, clerk, own_script=True)
    full = f"{slots['family']} {slots['given']}" if pattern == Pattern.FAMILY_FIRST else ""
    return PersonName(NameKind.ORIGINAL, **slots, full=full)


def _in_latin(pattern: Pattern, parts: Parts, clerk: Clerk) -> PersonName:
    slots = _slots(parts, clerk, own_script=False)
    if pattern == Pattern.CHAIN and clerk.rng.random() < 1 / 3:
        slots.pop("grandfather", None)
    if pattern == Pattern.PATRONYMIC:
        slots.pop("father", None)
    return PersonName(NameKind.ROMANISED, **slots)


def _on_document(pattern: Pattern, parts: Parts, clerk: Clerk) -> PersonName:
    slots = _slots(parts, clerk, own_script=False)
    if not slots.get("family"):
        return PersonName(NameKind.DOCUMENT, full=" ".join(slots.values()).upper())
    given = slots["given"] if pattern == Pattern.FAMILY_FIRST else f"{slots['given']} {slots.get('father', '')}"
    return PersonName(NameKind.DOCUMENT, full=f"{slots['family'].upper()} {given}".strip())


def spell(tradition: str, parts: Parts, script: Script, clerk: Clerk) -> tuple[PersonName, ...]:
    """Return the names of one record, one per kind of writing."""
    pattern = PATTERNS[tradition]
    if script == Script.ROMANISED:
        return (_in_latin(pattern, parts, clerk),)
    if script == Script.DOCUMENT:
        return (_on_document(pattern, parts, clerk),)
    own = _in_own_script(pattern, parts, clerk)
    return (own,) if script == Script.ORIGINAL else (own, _in_latin(pattern, parts, clerk))
