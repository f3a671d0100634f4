"""The columns of the labelled lists as peers can use them: romanised, in lower case, with keys to block on.

Runs in the environment of the peers and imports nothing of the project.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import jellyfish
from anyascii import anyascii

PARTS = ("given_name", "father_name", "grandfather_name", "family_name")
YEARS_IN_EDTF = re.compile(r"\d{4}|\d{3}(?=X)")
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    """Return the rows of a list."""
    with path.open(newline="", encoding="utf-8-sig") as handle:
        return list(csv.DictReader(handle))


def latin(text: str) -> str:
    """Return `text` in the letters a-z and spaces."""
    return re.sub(r"[^a-z ]+", " ", anyascii(text).lower()).strip()


def whole_name(row: Row) -> str:
    """Return the longer of the full name and the parts put together."""
    joined = " ".join(row[part] for part in PARTS if row[part])
    return max(row["full_name"], joined, key=len)


def tokens(row: Row) -> list[str]:
    """Return the distinct romanised words of the name, sorted, so that order does not count."""
    return sorted(set(latin(whole_name(row)).split()))


def sounds(words: Iterable[str]) -> list[str]:
    """Return the phonetic codes of words, without empty ones."""
    return sorted({code for word in words if (code := jellyfish.metaphone(word))})


def pairs(words: Iterable[str]) -> list[str]:
    """Return every two of `words` as one key."""
    return [f"{one} {other}" for one, other in combinations(sorted(words), 2)]


def year(row: Row) -> int | None:
    """Return the year of birth, of the middle of a span, or reckoned from the age; None when unknown."""
    found = [int(text.ljust(4, "5")) for text in YEARS_IN_EDTF.findall(row["date_of_birth"])]
    if found and "-" in row["date_of_birth"]:
        return found[0]
    if found:
        return (found[0] + found[-1]) // 2
    if row["age"].isdigit() and row["age_as_of"]:
        return int(row["age_as_of"][:4]) - int(row["age"])
    return None


def day(row: Row) -> str | None:
    """Return the date of birth where it is a plain day."""
    text = row["date_of_birth"]
    return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def relatives(row: Row) -> list[str]:
    """Return the romanised first words of the relatives named."""
    names = (latin(item.partition(":")[2]).split() for item in row["relatives"].split(";") if item)
    return sorted({words[0] for words in names if words})


def write(path: Path, scored: Iterable[tuple[str, str, float]]) -> None:
    """Write left_id, right_id, score."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("left_id", "right_id", "score"))
        writer.writerows((left, right, f"{score:.6f}") for left, right, score in scored)


def both(folder: Path) -> Iterator[list[Row]]:
    """Yield the left and the right list of a folder."""
    return (read(folder / f"{side}.csv") for side in ("left", "right"))
