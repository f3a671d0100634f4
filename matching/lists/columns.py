"""Which column of a list means what: a guess from its name and its values, to be checked by a person."""

import re
from collections.abc import Mapping, Sequence

from matching.lists.folding import fold_words
from matching.lists.header_words import CONNECTING_WORDS, ENQUIRER_WORDS, SOUGHT_WORDS, WORDS
from matching.lists.value_words import SEX_WORDS

# The column that problem files add; it is never read, so that a corrected file can be loaded as it is.
PROBLEM_HEADER = "problem"
# Before the key of a field of the person who asks.
ENQUIRER_PREFIX = "enquirer_"

_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_DATE_LIKE = re.compile(r"\d{4}|\d{1,2}([./-])\d{1,2}\1\d")  # "15-18" is an age

_PARTS = frozenset({"given_name", "family_name", "father_name", "full_name"})
# These words name one part of a name beside columns for the other parts, and the whole name without them.
_WHOLE_IF_ALONE = {
    fold_words(word): (key, _PARTS - {key})
    for word, key in (
        ("nom", "family_name"),
        ("nombre", "given_name"),
        ("nome", "given_name"),
        ("имя", "given_name"),
        ("نام", "given_name"),
    )
}


def guess_columns(
    headers: Sequence[str], sample_rows: Sequence[Sequence[str]], wanted: Mapping[str, bool]
) -> dict[int, str]:
    """Return column index -> key of a field, for the columns that can be recognised.

    `wanted` says for each field that may be filled whether several columns may fill it; a field that takes one
    gets the first that fits. `sample_rows` are cells of some rows: they settle names that mean two things.
    """
    mapping: dict[int, str] = {}
    said: dict[int, str] = {}
    for index, header in enumerate(headers):
        values = [row[index].strip() for row in sample_rows if index < len(row) and row[index].strip()]
        key, said[index] = _target_of(header)
        key = _settle(key, values)
        if key in wanted and (wanted[key] or key not in mapping.values()):
            mapping[index] = key
    return _with_parts_of_names(said, mapping, wanted)


def _target_of(header: str) -> tuple[str, str]:
    """Return the target of one column name and the words that told it: as they are, or about whom they are."""
    for text in (header, _BRACKETS.sub(" ", header)):
        words = fold_words(text)
        if words == PROBLEM_HEADER:
            return "", words
        if words in WORDS:
            return WORDS[words], words
        about = _about_whom(words)
        if about is not None:
            return about
    return "", fold_words(header)


def _about_whom(words: str) -> tuple[str, str] | None:
    """`nom du demandeur` is the enquirer's name, `missing person name` the sought person's."""
    for markers, prefix in ((ENQUIRER_WORDS, ENQUIRER_PREFIX), (SOUGHT_WORDS, "")):
        for marker in sorted(markers, key=len, reverse=True):
            rest = f" {words} ".replace(f" {marker} ", " ").split()
            if len(rest) == len(words.split()):
                continue
            plain = " ".join(word for word in rest if word not in CONNECTING_WORDS)
            for found in (" ".join(rest), plain):
                if found in WORDS:
                    return prefix + WORDS[found], found
            if not plain:
                return prefix + "full_name", plain
    return None


def _settle(key: str, values: Sequence[str]) -> str:
    """Let the values speak where a column name is used in two ways."""
    if not values:
        return key
    if key == "age" and all(_DATE_LIKE.search(value) for value in values):
        return "date_of_birth"
    if key == "date_of_birth" and all(value.isdecimal() and len(value) <= len("99") for value in values):
        return "age"
    # A column named "group" may hold women and men.
    if key in ("", "household") and all(fold_words(value) in SEX_WORDS for value in values):
        return "sex"
    return key


def _with_parts_of_names(
    said: Mapping[int, str], mapping: dict[int, str], wanted: Mapping[str, bool]
) -> dict[int, str]:
    """`Name` beside `Vorname` is the family name; `Nom` without `Prénom` is the whole name."""
    for index, key in mapping.items():
        prefix = ENQUIRER_PREFIX if key.startswith(ENQUIRER_PREFIX) else ""
        keys = {other.removeprefix(prefix) for other in mapping.values() if other.startswith(prefix)}
        if said[index] == "name" and "given_name" in keys and "family_name" not in keys:
            mapping[index] = f"{prefix}family_name"
        part, others = _WHOLE_IF_ALONE.get(said[index], ("", frozenset()))
        if key == prefix + part and not keys & others:
            mapping[index] = f"{prefix}full_name"
    return {index: key for index, key in mapping.items() if key in wanted}
