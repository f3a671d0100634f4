"""Every finding has a sentence, every doubt a question; templates with named values, translated by the caller."""

from __future__ import annotations

from collections.abc import Mapping

from matching import weights
from matching.types import Evidence
from matching.wording import Comparison

Said = tuple[str, Mapping[str, str | int]]


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's extraction knows
    """Mark a template for translation and return it unchanged."""
    return message


_MISSING = N_("Not known on at least one side, so it says nothing.")
_SHOWN = N_("Shown for reading; it does not change the score.")

SENTENCES: Mapping[tuple[str, str], str] = {
    ("name", "same"): N_("Same name."),
    ("name", "same_shorter"): N_("One side gives fewer parts of the same name."),
    ("name", "same_other_order"): N_("Same name with its parts in another order."),
    ("name", "other_spelling"): N_("Same name in another spelling."),
    ("name", "other_script"): N_("Same name in another script."),
    ("name", "close"): N_("Similar names: %(agreed)s parts are the same or nearly the same."),
    ("name", "partly"): N_("%(agreed)s parts of the name agree, others do not."),
    ("name", "nickname"): N_("The names agree through a nickname, married name or other name."),
    ("name", "different"): N_("No part of the name agrees."),
    ("own_script_name", "shown"): N_("Both sides give the name in the same script; compare the spelling by eye."),
    ("given_name", "same"): N_("Same given name."),
    ("given_name", "close"): N_("Given names with a nearly equal spelling."),
    ("given_name", "loose"): N_("Given names that sound only somewhat alike; brothers and sisters often do."),
    ("given_name", "second_differs"): N_("One of two given names agrees, the other does not; siblings may share one."),
    ("given_name", "elsewhere"): N_("The given name stands in another place of the other name."),
    ("given_name", "partly"): N_("The given name of one is the father's or family name of the other."),
    ("given_name", "shifted"): N_("The first part of one name stands elsewhere in the other; the order may differ."),
    ("given_name", "different"): N_("Different given names; this may be a brother or sister."),
    ("given_name", "probably_different"): N_("Probably different given names; this may be a relative."),
    ("given_name", "first_agrees"): N_(
        "The first parts agree, another does not; which is the given name is not marked."
    ),
    ("father_name", "same"): N_("Same father's name."),
    ("father_name", "close"): N_("Father's names with a nearly equal spelling."),
    ("father_name", "elsewhere"): N_("The father's name stands in another place of the other name."),
    ("father_name", "different"): N_("Different father's names."),
    ("family_name", "same"): N_("Same family name."),
    ("family_name", "close"): N_("Family names with a nearly equal spelling."),
    ("family_name", "elsewhere"): N_("The family name stands in another place of the other name."),
    ("family_name", "different"): N_("Different family names; marriage or another naming custom may explain it."),
    ("sex", "same"): N_("Same sex."),
    ("sex", "different"): N_("Different sex."),
    ("birth", "same_day"): N_("Born on the same day."),
    ("birth", "placeholder_day"): N_("Same year of birth; 1 January may stand for an unknown day."),
    ("birth", "same_month"): N_("Born in the same month."),
    ("birth", "same_year"): N_("Born in the same year."),
    ("birth", "overlap_few"): N_("The possible dates of birth overlap within a few years."),
    ("birth", "overlap_wide"): N_("The possible dates of birth overlap, but they are wide."),
    ("birth", "overlap_open"): N_("The possible dates of birth are too wide to say much."),
    ("birth", "swapped"): N_("Day and month may be swapped."),
    ("birth", "one_digit"): N_("The dates of birth differ by one digit or two exchanged digits."),
    ("birth", "same_year_other_day"): N_("Born in the same year on another day."),
    ("birth", "near"): N_("Uncertain dates of birth that nearly meet."),
    ("birth", "one_year"): N_("One to two years apart."),
    ("birth", "few_years"): N_("%(years)s years apart."),
    ("birth", "some_years"): N_("%(years)s years apart."),
    ("birth", "decade_slip"): N_("Ten years apart; one digit of the year may be wrong."),
    ("birth", "hijri"): N_("A year of the Hijri calendar may have been written as a Gregorian year."),
    ("birth", "solar_hijri"): N_("A year of the Solar Hijri calendar may have been written as a Gregorian year."),
    ("birth", "ethiopian"): N_("%(years)s years apart, as between the Ethiopian and the Gregorian calendar."),
    ("birth", "many_years"): N_("%(years)s years apart."),
    ("birth", "far"): N_("Born too far apart to be one person."),
    ("mother", "same"): N_("Same mother's name."),
    ("mother", "given_same"): N_("Same given name of the mother with another family name."),
    ("mother", "close"): N_("Mother's names with a similar spelling."),
    ("mother", "different"): N_("Different mother's names."),
    ("relatives", "same"): N_("Relatives named by both sides: %(agreed)s agree."),
    ("relatives", "different"): N_("Both sides name the same kind of relative differently."),
    ("relatives", "is_relative"): N_("One person has the name of a relative of the other; this may be the relative."),
    ("birth_place", "same"): N_("Same place of birth."),
    ("birth_place", "other_name"): N_("Same place of birth under another name."),
    ("birth_place", "close"): N_("Places of birth with a similar spelling."),
    ("birth_place", "same_country"): N_("Same country of birth."),
    ("birth_place", "different"): N_("Different places of birth; one may lie inside the other."),
    ("birth_place", "other_country"): N_("Different countries of birth."),
    ("last_place", "same"): N_("Same last known place."),
    ("last_place", "other_name"): N_("Same last known place under another name."),
    ("last_place", "close"): N_("Last known places with a similar spelling."),
    ("last_place", "different"): N_("Different last known places; people on the move are found elsewhere."),
    ("nationality", "same"): N_("A nationality in common."),
    ("nationality", "different"): N_("No nationality in common."),
    ("time_order", "plausible"): N_("Registered after the last contact."),
    ("time_order", "before"): N_("Registered %(days)s days before the person was last seen."),
    ("occupation", "same"): N_("Similar occupation."),
    ("marks", "same"): N_("Similar distinguishing marks."),
    ("household", "sibling_fits"): N_(
        "A brother or sister would fit as well: most of what agrees is shared by a family."
    ),
    ("household", "sibling_unlikely"): N_(
        "What a family shares counts in part only; it cannot outweigh what tells brothers and sisters apart."
    ),
    ("household", "family_met"): N_(
        "Another pair of these two families is probably one person: only what tells members of a family apart counts."
    ),
}

_ASK_MOTHER = N_("What is the full name of the person's mother?")
_ASK_MOTHER_DIFFERS = N_("By which names is the person's mother known, before and after marriage?")
_ASK_BIRTH = N_("When was the person born, or how old were they at an event that can be dated?")
_ASK_BIRTH_DIFFERS = N_("Which document or memory gives the date of birth, and in which calendar?")
_ASK_NAMESAKE = N_("The names are common: which grandfather's, clan or family name does the person use?")
_ASK_RELATIVES = N_("What are the names of the person's brothers, sisters, spouse and children?")
_ASK_SIBLING = N_("Which brothers and sisters does the person have, and in which order were they born?")
_ASK_GIVEN = N_("Which names was the person given at birth, and by which names do relatives and neighbours call them?")
_ASK_PLACE = N_("Where was the person born, and which village, district and region is that?")
_ASK_CONTACT = N_("On which day and by which means was the last contact?")
# Kind, levels that leave a doubt, the question: open, so that it does not give away the answer.
_QUESTIONS: tuple[tuple[str, frozenset[str], str], ...] = (
    (
        "given_name",
        frozenset(
            (
                "loose",
                "second_differs",
                "elsewhere",
                "partly",
                "shifted",
                "different",
                "probably_different",
                "first_agrees",
            )
        ),
        _ASK_GIVEN,
    ),
    (
        "given_name",
        frozenset(("different", "probably_different", "loose", "second_differs", "first_agrees")),
        _ASK_SIBLING,
    ),
    ("relatives", frozenset(("is_relative",)), _ASK_SIBLING),
    ("household", frozenset(("sibling_fits",)), _ASK_SIBLING),
    ("mother", frozenset(("missing",)), _ASK_MOTHER),
    ("mother", frozenset(("different", "given_same", "close")), _ASK_MOTHER_DIFFERS),
    ("birth", frozenset(("missing", "overlap_open", "overlap_wide")), _ASK_BIRTH),
    (
        "birth",
        frozenset(
            [
                "swapped",
                "one_digit",
                "same_year_other_day",
                "one_year",
                "few_years",
                "some_years",
                "decade_slip",
                "hijri",
                "solar_hijri",
                "ethiopian",
                "many_years",
                "far",
                "placeholder_day",
            ]
        ),
        _ASK_BIRTH_DIFFERS,
    ),
    ("relatives", frozenset(("missing", "different")), _ASK_RELATIVES),
    ("birth_place", frozenset(("missing", "different", "same_country", "other_country")), _ASK_PLACE),
    ("time_order", frozenset(("before",)), _ASK_CONTACT),
)
# Bits of a full agreement of names below which the names are so common that namesakes are likely.
_COMMON_NAME_BITS = 14.0


def sentence(evidence: Evidence) -> Said:
    """Return (English template, values) of one finding; every level of every kind has one."""
    if evidence.level == "missing":
        return _MISSING, {}
    return SENTENCES.get((evidence.kind, evidence.level), _SHOWN), evidence.params


def questions(comparison: Comparison) -> tuple[Said, ...]:
    """Return the open questions whose answers would settle the doubts, most telling first."""
    found = {item.kind: item for item in comparison.evidence}
    asked = [text for kind, levels, text in _QUESTIONS if found[kind].level in levels]
    if 0 < found["name"].weight < _COMMON_NAME_BITS and found["given_name"].weight > -weights.bits(
        "given_name", "same"
    ):
        asked.insert(0, _ASK_NAMESAKE)
    return tuple((text, {}) for text in dict.fromkeys(asked))
