"""Writes the golden vectors of encoded exchange anew: the names and records stay, what the rules make of them changes.

    python -m benchmarks.training.exchange_vectors

Run after a deliberate change of the rules, together with a new name of the profile; the difference is what to review.
"""

import json
import re
from pathlib import Path
from typing import Any

import matching
from matching.encoding import PROFILE, encode
from matching.encoding.habits import Habit
from matching.encoding.vectors import VECTORS, facts_made, names_made, published, record_made, record_of

FILE = Path(matching.__file__).parent / "data" / VECTORS


def main() -> None:
    """Rewrite the file."""
    content = published()
    content["profile"] = PROFILE
    content["names"] = {habit: names_made(names, Habit(habit)) for habit, names in content["names"].items()}
    for one in content["records"]:
        record = record_of(one["record"])
        one["facts"], one["made"] = facts_made(record), record_made(encode(record))
    FILE.write_text(written(content), encoding="utf-8")


def written(content: dict[str, Any]) -> str:
    """Return the vectors as JSON with one name, and one part of a record, in a line: differences are read by people."""
    whole = json.dumps(content, ensure_ascii=False, indent=1)
    # Brackets without another inside stand in one line: codes, facts, tokens.
    flat = re.sub(r"\[[^\[\]{}]*\]", lambda found: " ".join(found[0].split()), whole)
    return flat + "\n"


if __name__ == "__main__":
    main()
