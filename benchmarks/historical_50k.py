"""The engine on historical_50k: 50,578 records of 5,156 persons of Wikidata with invented errors, Latin script only.

    python benchmarks/historical_50k.py historical_50k.parquet [--limit N]

The file is a public data set of Splink (MIT): `from splink import splink_datasets; splink_datasets.historical_50k`
downloads it. The invented postcode stands as the last place; every other column has a field of its own.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pyarrow.parquet

import matching
from benchmarks import deduplicate, report
from matching.lists.dates import read_interval, read_year


def born(text: str | None) -> matching.Interval | None:
    """Return the day of birth as a list is read: the year alone where there is no such day, None when unknown."""
    return (read_interval(text) or read_year(text)) if text else None


def to_record(row: dict[str, str | None]) -> matching.PersonRecord:
    """Return the person of one row."""
    known = {name: value or "" for name, value in row.items()}
    name = matching.Name("original", given=known["first_name"], family=known["surname"], full=known["full_name"])
    return matching.PersonRecord(
        id=known["unique_id"],
        role="registered",
        names=(name,),
        sex=known["gender"],
        birth=born(row["dob"]),
        birth_place=known["birth_place"],
        last_place=known["postcode_fake"],
        occupation=known["occupation"],
    )


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int, help="use only the first N records, which keeps persons together")
    asked = parser.parse_args()
    rows = pyarrow.parquet.read_table(asked.path).to_pylist()[: asked.limit]
    print(report.header(), flush=True)
    found = deduplicate.measure([to_record(row) for row in rows], [row["cluster"] for row in rows])
    print("\n" + report.table(("measure", "value"), found.items()))


if __name__ == "__main__":
    main()
