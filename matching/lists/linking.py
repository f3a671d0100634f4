"""Two lists in files become a list of pairs: the right list is indexed once, the left one is read in chunks.

The pairs do not depend on the size of the chunks, on the number of workers, or on how often the run was stopped. Where
the left list keeps several persons under one household, their pairs are weighed together at the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from matching.families import LEAST_SUPPORTED
from matching.index import Index
from matching.lists.evidence import in_one_cell
from matching.lists.failures import ListRefused
from matching.lists.fields import choose_columns
from matching.lists.households import Households, Lifting, read_households
from matching.lists.people import People
from matching.lists.reports import Say, Speed
from matching.lists.resume import Ledger
from matching.lists.tables import Table, open_table
from matching.loading import Piece
from matching.profile import Profile
from matching.weights import PROPOSE_AT

_SAMPLE_ROWS = 50
# Rows of the left list that are written at once: first few, so that the first pairs are seen soon; then as many as are
# laid out at once, which against a million persons takes some ten seconds, so that little is lost with a stop.
_FIRST_PIECES = (64, 250, 500)


@dataclass(frozen=True, slots=True)
class Source:
    """One list: its file, who is in it, and what was said about its columns and letters."""

    path: Path
    role: str
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What to link, and how; `threshold` is the least score 0..1, `top` the most pairs of one left person."""

    left: Source
    right: Source
    output: Path
    threshold: float = PROPOSE_AT
    top: int = 10
    workers: int = 1
    explain: bool = False
    restart: bool = False


def link_lists(task: Task, say: Say, *, version: str) -> int:
    """Write the pairs of two lists and return how many; goes on where an earlier run of the same task stopped.

    `version` names the engine. Raises ListRefused with the remedy before anything is overwritten; after
    KeyboardInterrupt, and after a loss of power, the same task can be run again.
    """
    _refuse_overwriting(task)
    tables = {side: _open(side, source, say) for side, source in (("left", task.left), ("right", task.right))}
    people = {side: _people(side, *tables[side], say) for side in tables}
    households = read_households(people["left"], people["right"], say)
    columns = ("left_id", "right_id", "score", *(["evidence"] if task.explain else []))
    ledger = Ledger(task.output, _identity(task, tables, version, households), columns)
    try:
        ledger.open(restart=task.restart)
        if ledger.done.finished:
            say(f"Nothing to do: {task.output} was finished. Use --restart to begin anew.")
        else:
            _run(task, people, households, ledger, say)
    except OSError as failure:
        raise ListRefused(f"{failure.filename or task.output} cannot be written: {failure.strerror}.") from None
    finally:
        ledger.close()
    _tell_end(task, ledger, say)
    return ledger.done.pairs


def _refuse_overwriting(task: Task) -> None:
    for source in (task.left, task.right):
        if task.output.resolve() == source.path.resolve():
            raise ListRefused(f"--output would overwrite the list {source.path}. Name another file.")
    if not task.output.resolve().parent.is_dir():
        raise ListRefused(f"The folder {task.output.resolve().parent} does not exist. Make it first.")
    if task.output.is_dir():
        raise ListRefused(f"{task.output} is a folder. Name a file for --output.")


def _open(side: str, source: Source, say: Say) -> tuple[Table, Source]:
    table = open_table(source.path, encoding=source.encoding, delimiter=source.delimiter)
    for notice in table.notices:
        say(f"{side}: {notice}")
    return table, source


def _people(side: str, table: Table, source: Source, say: Say) -> People:
    samples = [cells for _, cells in islice(table.read(), _SAMPLE_ROWS)]
    try:
        columns = choose_columns(table.headers, samples, source.columns)
    except ListRefused as refused:
        raise ListRefused(f"{source.path}: {refused} (--{side}-columns)") from None
    named = ((name, table.headers[index]) for index, name in columns.items())
    shown = ", ".join(name if name == header else f"{name}={header}" for name, header in named)
    say(f"{side}: {table.count:,} rows; columns: {shown}")
    if "id" not in columns.values():
        say(f"{side}: no column of ids was recognised; persons are named by their line numbers.")
    return People(table, columns, role=source.role, side=side)


def _identity(
    task: Task, tables: Mapping[str, tuple[Table, Source]], version: str, households: Households
) -> dict[str, object]:
    """What must be the same for a run to go on."""
    sides: dict[str, object] = {}
    for side, (table, source) in tables.items():
        sides[f"{side} list"] = table.digest
        sides[f"{side} options"] = [source.role, dict(source.columns), source.encoding, source.delimiter]
    if households.of:  # a run of a program that knew of none cannot go on
        sides["households"] = True
    return {**sides, "options": [task.threshold, task.top, task.explain], "engine version": version}


def _run(task: Task, people: Mapping[str, People], households: Households, ledger: Ledger, say: Say) -> None:
    """Write the pairs; of households also those so low that only another pair could lift them, before they are."""
    least = min(task.threshold, LEAST_SUPPORTED) if households.of else task.threshold
    if not ledger.done.paired:
        _pair(replace(task, threshold=least), people["left"], people["right"], ledger, say)
        ledger.done.paired, ledger.done.finished = True, not households.of
        ledger.keep()
    if households.of:
        Lifting(people["left"], people["right"], households, task.threshold, task.explain).run(ledger, say)


def _pair(task: Task, left: People, right: People, ledger: Ledger, say: Say) -> None:
    index = _index(task, right, ledger, say)
    done = ledger.done
    if done.rows:
        say(f"Going on after row {done.rows:,} of the left list with {done.pairs:,} pairs.")
    speed = Speed("left", left.count, say, start=done.rows)
    for piece in left.laid_out(task.workers, packed=task.explain, skip=done.rows, sizes=_FIRST_PIECES):
        pairs = _pairs(task, index, piece)
        done.rows, done.pairs, done.problems = (
            done.rows + piece.rows,
            done.pairs + len(pairs),
            done.problems + len(piece.notes),
        )
        ledger.write(pairs, piece.notes)
        ledger.keep()
        speed.tell(done.rows, f", {done.pairs:,} pairs")


def _index(task: Task, right: People, ledger: Ledger, say: Say) -> Index:
    """Index the right list; its problems are written the first time it is read to its end."""
    speed = Speed("right", right.count, say)
    report = not ledger.done.right_reported

    def pieces() -> Iterator[Piece]:
        rows = 0
        for piece in right.laid_out(task.workers, packed=task.explain):
            rows += piece.rows
            speed.tell(rows)
            if report:
                ledger.write([], piece.notes)
                ledger.done.problems += len(piece.notes)
            yield piece

    index = Index(pieces=pieces(), explains=task.explain)
    if report:
        ledger.done.right_reported = True
        ledger.keep()
    say(f"right: {len(index):,} persons can be found.")
    return index


def _pairs(task: Task, index: Index, piece: Piece) -> list[list[str]]:
    """The lines of the output for some persons of the left list."""
    lines = []
    found = index.link(pieces=[piece], top=task.top, threshold=task.threshold, workers=task.workers)
    for person, (ident, matches) in enumerate(zip(piece.ids, found, strict=True)):
        for match in matches:
            line = [ident, match.id, f"{match.score:.9f}"]
            if task.explain:
                line.append(in_one_cell(index.explain(Profile.unpack(piece.packed[person]), match.place).evidence))
            lines.append(line)
    return lines


def _tell_end(task: Task, ledger: Ledger, say: Say) -> None:
    done = ledger.done
    say(f"{done.pairs:,} pairs of {done.rows:,} rows are in {task.output}.")
    if done.problems:
        say(f"{done.problems:,} cells or rows could not be read; {ledger.problems_path} says which, and what to do.")
