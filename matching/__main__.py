"""The matching library as a program of its own: `python -m matching link`, `compare` and `prepare`."""

import argparse
import csv
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

import matching
from matching.lists.comparing import read_person, table
from matching.lists.delimited import DELIMITERS
from matching.lists.encodings import CHOICES
from matching.lists.failures import ListRefused
from matching.lists.fields import FIELDS
from matching.lists.linking import Source, Task, link_lists
from matching.preparing import prepare

# Exit codes: 2 as argparse has it for arguments, 130 as shells have it for Ctrl+C.
_REFUSED, _STOPPED = 2, 130
# New objects after which Python looks for circles of dead ones: lists of persons make millions, and none in a circle;
# looking as often as Python does of itself takes a tenth of the time.
_OBJECTS_BETWEEN_LOOKS = 50_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 2 with one line that says what to change, or 130 for Ctrl+C."""
    said = _parser().parse_args(arguments)
    try:
        {"link": _link, "compare": _compare, "prepare": _prepare}[said.command](said)
    except ListRefused as refused:
        _say(f"error: {refused}")
        return _REFUSED
    except KeyboardInterrupt:
        _say("Stopped. Run the same command again to go on." if said.command == "link" else "Stopped.")
        return _STOPPED
    return 0


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _link(said: argparse.Namespace) -> None:
    left, right = (
        Source(
            path=getattr(said, side),
            role=getattr(said, f"{side}_role"),
            columns=_columns(getattr(said, f"{side}_columns"), side),
            encoding=getattr(said, f"{side}_encoding"),
            delimiter=_delimiter(getattr(said, f"{side}_delimiter")),
        )
        for side in ("left", "right")
    )
    task = Task(left, right, said.output, said.threshold, said.top, said.workers, said.explain, said.restart)
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    link_lists(task, _say, version=matching.VERSION)


def _compare(said: argparse.Namespace) -> None:
    left, right = (matching.profile(read_person(path, role=role)) for path, role in (
        (said.left, "sought"), (said.right, "registered")
    ))  # fmt: skip
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.write(table(matching.compare(left, right)))


def _prepare(said: argparse.Namespace) -> None:
    del said
    prepare()


def _columns(given: Sequence[str], side: str) -> dict[str, str]:
    """Read field=COLUMN,field=COLUMN; a column with a comma in its name stands between quotation marks."""
    found: dict[str, str] = {}
    for pair in (pair for text in given for pair in next(csv.reader([text]), [])):
        field, equals, column = pair.partition("=")
        if not equals:
            raise ListRefused(f"--{side}-columns: write field=COLUMN, not {pair!r}.")
        found[field.strip()] = column.strip()
    return found


def _delimiter(given: str | None) -> str | None:
    return "\t" if given == "tab" else given


def _score(text: str) -> float:
    score = float(text)
    if not 0.0 <= score <= 1.0:
        raise ValueError(text)
    return score


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


_score.__name__, _positive.__name__ = "score from 0 to 1", "whole number from 1"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matching", description="Find the same person in two lists.")
    commands = parser.add_subparsers(dest="command", required=True)
    link = commands.add_parser("link", help="write the pairs of two lists (CSV, XLSX or Parquet)")
    link.add_argument("left", type=Path, metavar="LEFT", help="list of sought persons")
    link.add_argument("right", type=Path, metavar="RIGHT", help="list of registered persons")
    link.add_argument("--output", type=Path, required=True, help="CSV file for left_id,right_id,score")
    link.add_argument("--threshold", type=_score, default=matching.PROPOSE_AT, help="least score of a pair, 0 to 1")
    link.add_argument("--top", type=_positive, default=10, help="most pairs of one left person")
    link.add_argument("--workers", type=_positive, default=1, help="processors to use")
    link.add_argument("--explain", action="store_true", help="add a column with what speaks for and against")
    link.add_argument("--restart", action="store_true", help="begin anew and replace the output")
    for side, role in (("left", "sought"), ("right", "registered")):
        _add_side(link, side, role)
    compare = commands.add_parser("compare", help="show the evidence of one pair")
    compare.add_argument("left", type=Path, metavar="A.json", help="the sought person: fields of PersonRecord")
    compare.add_argument("right", type=Path, metavar="B.json", help="the registered person")
    commands.add_parser("prepare", help="compile what is compiled at first use, about a minute")
    return parser


def _add_side(link: argparse.ArgumentParser, side: str, role: str) -> None:
    link.add_argument(
        f"--{side}-columns",
        action="append",
        default=[],
        metavar="FIELD=COLUMN,...",
        help=f"columns of the {side} list where the guess is wrong; fields: {', '.join(FIELDS)}",
    )
    link.add_argument(f"--{side}-role", choices=matching.ROLES, default=role, help=f"who is in the {side} list")
    link.add_argument(f"--{side}-encoding", choices=CHOICES, metavar="NAME", help="encoding of a CSV list")
    link.add_argument(
        f"--{side}-delimiter", choices=(*DELIMITERS, "tab"), metavar="SIGN", help="delimiter of a CSV list"
    )


if __name__ == "__main__":
    sys.exit(main())
