"""Accuracy of the matching library on two labelled lists: average precision, recall at k, recall of the keys.

    python benchmarks/matching_accuracy.py FOLDER [--limit N] [--candidates N] [--predictions OUT.csv]

FOLDER holds left.csv, right.csv (persons) and truth.csv (left_id, right_id). Dates of birth are EDTF.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import edtf
from edtf.parser.parser_classes import EDTFObject

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import matching
from matching.types import RELATIONS

# Postings read for one query, rarest keys first, as in the live index; candidates scored.
BUDGET = 3_000
CANDIDATES = 100
# A single-token key held by more persons is dropped, as the live index does.
MAX_SINGLE = 200
Row = dict[str, str]
Proposal = tuple[float, str, str]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a UTF-8 CSV file; OSError when it cannot be read."""
    with path.open(newline="", encoding="utf-8-sig") as handle:
        return list(csv.DictReader(handle))


@cache
def to_interval(text: str) -> matching.Interval | None:
    """Return the days an EDTF text may mean, None when it is empty or not EDTF."""
    if not text:
        return None
    if len(text) == len("2001-01-01") and text.replace("-", "").isdigit():
        return _whole_day(text)
    try:
        parsed: EDTFObject = edtf.parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        approximate = any(sign in text for sign in "~?%")
        return matching.Interval(date(*first[:3]), date(*last[:3]), approximate=approximate)
    except (edtf.EDTFParseException, ValueError, TypeError, AttributeError):
        return None


def _whole_day(text: str) -> matching.Interval | None:
    """Spare the grammar for plain days: it takes milliseconds a date."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return matching.Interval(day, day)


def age_interval(age: str, as_of: str) -> matching.Interval | None:
    """Return the days on which a person of `age` years on the day `as_of` may be born."""
    known = to_interval(as_of)
    if not age.isdigit() or known is None:
        return None
    first = known.earliest - timedelta(days=365.2425 * (int(age) + 1))
    return matching.Interval(first, known.latest - timedelta(days=365.2425 * int(age)), approximate=True)


def to_record(row: Row, role: str, alpha2: Callable[[str], str]) -> matching.PersonRecord:
    """Return the person of one row."""
    parts = {key: row[f"{key}_name"] for key in ("given", "father", "grandfather", "family")}
    names = [matching.Name("original", full=row["full_name"], **parts)]
    names += [matching.Name("other", full=other) for other in row["alternate_names"].split(";") if other]
    relatives = (item.split(":", 1) for item in row["relatives"].split(";") if ":" in item)
    return matching.PersonRecord(
        id=row["id"],
        role=role,
        names=tuple(names),
        sex=row["sex"],
        birth=to_interval(row["date_of_birth"]) or age_interval(row["age"], row["age_as_of"]),
        mother=row["mother_name"],
        birth_place=row["place_of_birth"],
        nationalities=(alpha2(row["nationality"]),) if row["nationality"] else (),
        last_place=row["last_known_place"],
        last_seen=to_interval(row["last_contact_date"]),
        relatives=tuple(
            matching.Relative(relation if relation in RELATIONS else "other", name) for relation, name in relatives
        ),
    )


def two_letters(alpha3: str) -> str:
    """Return a stand-in for the alpha-2 code: both lists are cut alike, and ETH and ERI come out right."""
    return alpha3[:2]


def load(path: Path, role: str) -> list[matching.Profile]:
    """Return the profiles of a list."""
    return [matching.profile(to_record(row, role, two_letters)) for row in read_rows(path)]


class Index:
    """An in-memory stand-in for the key table: posting lists, shares of names, capped look-up."""

    def __init__(self, persons: Sequence[matching.Profile]) -> None:
        """Index `persons` under their keys."""
        self.size = len(persons)
        self.postings: dict[matching.Key, list[int]] = defaultdict(list)
        for place, person in enumerate(persons):
            for key in matching.keys(person):
                self.postings[key].append(place)
        self.names = {key.value: len(found) for key, found in self.postings.items() if key.kind == "name"}

    def rarity(self, value: str) -> float:
        """Return the share of persons with a name key of this value."""
        return self.names.get(value, 0) / self.size

    def candidates(self, person: matching.Profile, most: int) -> list[int]:
        """Return the places of the `most` best by summed rarity of shared keys, within BUDGET."""
        lists = sorted(
            (len(found), key.kind, key.value, found)
            for key in matching.keys(person)
            if (found := self.postings.get(key)) and not (key.single and len(found) > MAX_SINGLE)
        )
        spent, sums = 0, defaultdict[int, float](float)
        for length, _, _, found in lists:
            if spent and spent + length > BUDGET:
                break
            spent += length
            weight = math.log2(self.size / length)
            for place in found:
                sums[place] += weight
        return [place for place, _ in sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:most]]


def average_precision(proposals: Iterable[Proposal], truth: set[tuple[str, str]]) -> float:
    """Return AP over all proposals, ties counted together."""
    total, hits, seen, held = 0.0, 0, 0, 0
    last: float | None = None
    for score, left, right in [*sorted(proposals, reverse=True), (-math.inf, "", "")]:
        if last is not None and score != last and held:
            hits += held
            total += held * hits / seen
            held = 0
        last, seen = score, seen + 1
        held += (left, right) in truth
    return total / len(truth)


def recall_at(best: dict[str, list[str]], truth: set[tuple[str, str]], k: int) -> float:
    """Return the share of left persons with a match who have one among their first `k`."""
    wanted = {left for left, _ in truth}
    return sum(any((left, right) in truth for right in best[left][:k]) for left in wanted) / len(wanted)


def run(folder: Path, limit: int | None, most: int) -> tuple[dict[str, float], list[Proposal]]:
    """Return the measures and all proposals of the lists in `folder`."""
    started = time.perf_counter()
    left, right = load(folder / "left.csv", "sought")[:limit], load(folder / "right.csv", "registered")
    known = {person.id for person in left}
    truth = {(row["left_id"], row["right_id"]) for row in read_rows(folder / "truth.csv")}
    truth = {pair for pair in truth if pair[0] in known}
    index = Index(right)
    loaded = time.perf_counter()
    proposals, best, met = [], {}, 0
    for person in left:
        places = index.candidates(person, most)
        met += sum((person.id, right[place].id) in truth for place in places)
        compared = [(matching.compare(person, right[place], rarity=index.rarity).weight, place) for place in places]
        compared.sort(key=lambda item: (-item[0], item[1]))
        best[person.id] = [right[place].id for _, place in compared[:5]]
        proposals += [(weight, person.id, right[place].id) for weight, place in compared[:50]]
    measures = {
        "average_precision": average_precision(proposals, truth),
        "recall_at_1": recall_at(best, truth, 1),
        "recall_at_5": recall_at(best, truth, 5),
        "key_recall": met / len(truth),
        "keys_per_person": sum(map(len, index.postings.values())) / index.size,
        "seconds_loading": loaded - started,
        "seconds_matching": time.perf_counter() - loaded,
    }
    return {name: round(value, 4) for name, value in measures.items()}, proposals


def main() -> None:
    """Run the benchmark named on the command line and write the measures as JSON to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with left.csv, right.csv, truth.csv")
    parser.add_argument("--limit", type=int, default=None, help="use only the first N of left.csv")
    parser.add_argument("--candidates", type=int, default=CANDIDATES, help="persons scored for each of left.csv")
    parser.add_argument("--predictions", type=Path, help="write left_id,right_id,score (sum of bits) here")
    arguments = parser.parse_args()
    measures, proposals = run(arguments.folder, arguments.limit, arguments.candidates)
    if arguments.predictions:
        with arguments.predictions.open("w", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle)
            writer.writerow(("left_id", "right_id", "score"))
            writer.writerows((left, right, f"{weight:.6f}") for weight, left, right in proposals)
    sys.stdout.write(json.dumps(measures, indent=2) + "\n")


if __name__ == "__main__":
    main()
