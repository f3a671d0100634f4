"""The output of a long run, written chunk by chunk so that a run that was stopped goes on where it was.

Invariant: the progress file names lengths of the two outputs up to which they hold whole chunks; whatever stands
behind was written by a chunk that did not end, and is cut off before the run goes on.
"""

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from matching.lists.failures import ListRefused
from matching.lists.formula_guard import guard, unguard

# Raised when the progress file changes its form.
_FORMAT = 1
# Ids that stand in the output may be longer than the csv module reads unasked.
_LONGEST_CELL = 2**31 - 1
_AGAIN = "Use --restart to begin anew, or another --output."

PROBLEM_COLUMNS = ("list", "line", "id", "column", "value", "problem", "remedy")


@dataclass
class Progress:
    """What is done: rows of the left list, pairs found, bytes of both outputs that hold whole chunks.

    `paired` when every row is; `replaced_by` is the SHA-256 of the pairs that are to stand in the place of those.
    """

    right_reported: bool = False
    rows: int = 0
    pairs: int = 0
    output_bytes: int = 0
    problems_bytes: int = 0
    problems: int = 0
    paired: bool = False
    replaced_by: str = ""
    finished: bool = False


class Ledger:
    """The pairs and problems written so far, and the file that says how far they count."""

    def __init__(self, output: Path, identity: Mapping[str, object], columns: Sequence[str]) -> None:
        """Name the files of a run; `identity` is what must be the same for it to go on (JSON values)."""
        self._output = output
        self._problems = output.with_name(output.name + ".problems.csv")
        self._state = output.with_name(output.name + ".progress")
        self._fresh = output.with_name(output.name + ".lifted")
        self._identity = json.loads(json.dumps(identity))
        self._columns = columns
        self._files: list[BinaryIO] = []
        self.done = Progress()

    @property
    def problems_path(self) -> Path:
        """Where the problems of rows are written."""
        return self._problems

    def open(self, *, restart: bool) -> None:
        """Begin, or go on where an earlier run with the same identity stopped.

        Raises ListRefused when the outputs belong to something else, or are shorter than they were.
        """
        if restart or not self._state.exists():
            self._begin(may_replace=restart)
        else:
            self._load()
        if self.done.finished:
            return
        self._files = [self._cut(self._output, self.done.output_bytes)]
        self._files.append(self._cut(self._problems, self.done.problems_bytes))
        if not self.done.output_bytes:
            self.write([self._columns], [PROBLEM_COLUMNS])
            self.keep()

    def _begin(self, *, may_replace: bool) -> None:
        standing = [path for path in (self._output, self._problems) if path.exists() and path.stat().st_size]
        if standing and not may_replace:
            raise ListRefused(f"{standing[0]} exists and no progress file says that it may be continued. {_AGAIN}")
        self._save()

    def _load(self) -> None:
        try:
            known = json.loads(self._state.read_text(encoding="utf-8"))
            before, done = dict(known["identity"]), Progress(**known["done"])
        except (ValueError, KeyError, TypeError):
            raise ListRefused(f"{self._state} is damaged. {_AGAIN}") from None
        changed = [key for key in self._identity if before.get(key) != self._identity[key]]
        if changed or known.get("format") != _FORMAT:
            what = ", ".join(changed) or "form of the progress file"
            raise ListRefused(f"Changed since {self._output} was begun: {what}. {_AGAIN}")
        if done.replaced_by and not done.finished and self._is_replaced_by(done.replaced_by):
            self.done = done
            self._end_replacing()
            return
        for path, size in ((self._output, done.output_bytes), (self._problems, done.problems_bytes)):
            if size and (not path.exists() or path.stat().st_size < size):
                raise ListRefused(f"{path} is shorter than it was when the run stopped. {_AGAIN}")
        self.done = done

    @staticmethod
    def _cut(path: Path, size: int) -> BinaryIO:
        file = path.open("r+b" if path.exists() else "w+b")
        file.truncate(size)
        file.seek(size)
        return file

    def write(self, pairs: Iterable[Sequence[str]], problems: Iterable[Sequence[object]]) -> None:
        """Write rows of both outputs; they count from the next `keep` on."""
        for file, rows in zip(self._files, (pairs, problems), strict=True):
            file.write(_encoded(rows))

    def keep(self) -> None:
        """Make everything written so far count, also after a loss of power."""
        for file in self._files:
            file.flush()
            os.fsync(file.fileno())
        self.done.output_bytes, self.done.problems_bytes = (file.tell() for file in self._files)
        self._save()

    def pairs(self) -> Iterator[list[str]]:
        """Yield the rows of pairs that count, as they were given to `write`."""
        limit = csv.field_size_limit(_LONGEST_CELL)
        try:
            with self._output.open(encoding="utf-8", newline="") as file:
                rows = csv.reader(file)
                next(rows, None)
                yield from ([unguard(cell) for cell in row] for row in rows)
        finally:
            csv.field_size_limit(limit)

    def replace(self, pieces: Iterable[Sequence[Sequence[str]]]) -> None:
        """Let other pairs stand in the place of all that were written, and finish; `pieces` are rows of them.

        Stopped anywhere, the output holds the old pairs or the new ones, and the progress file tells which.
        """
        count, digest = 0, hashlib.sha256()
        with self._fresh.open("wb") as file:
            for rows in chain([[self._columns]], pieces):
                data = _encoded(rows)
                digest.update(data)
                file.write(data)
                count += len(rows)
            file.flush()
            os.fsync(file.fileno())
        self.done.pairs, self.done.replaced_by = count - 1, digest.hexdigest()
        self._save()
        self._files[0].close()
        self._fresh.replace(self._output)
        self._end_replacing()

    def _is_replaced_by(self, digest: str) -> bool:
        if not self._output.exists():
            return False
        with self._output.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest

    def _end_replacing(self) -> None:
        self.done.output_bytes, self.done.finished = self._output.stat().st_size, True
        self._save()

    def _save(self) -> None:
        saved = {"format": _FORMAT, "identity": self._identity, "done": asdict(self.done)}
        fresh = self._state.with_name(self._state.name + ".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(saved, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._state)

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()


def _encoded(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([guard(str(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")
