"""Figures as markdown tables, headed by date, command and machine."""

import os
import platform
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import measures
from benchmarks.labels import Labels
from benchmarks.measures import Pair, Scores

SURE, EVEN = 0.9, 0.5  # thresholds reported: hardly any doubt, more likely than not


def header() -> str:
    """Return the line that every table of figures stands under."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    words = [Path(word).name if Path(word).is_absolute() else word for word in sys.argv]
    return (
        f"{datetime.now(UTC).date().isoformat()}, `{' '.join(words)}`, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"load {os.getloadavg()[0]:.1f}, {platform.machine()}, Python {platform.python_version()}"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def part(value: float) -> str:
    """Return a share with three digits, as .912 or 1.000."""
    return f"{value:.3f}".removeprefix("0")


def accuracy(scores: Scores, labels: Labels, keys: Iterable[tuple[str, float]] = ()) -> str:
    """Return every measure of scored pairs against labels as tables; `keys` are rows of key recall."""
    points, total = measures.curve(scores, labels.truth), len(labels.truth)
    places = measures.ranks(scores, labels.truth)
    rows = [*_overall(points, total, places, labels.truth), *((name, part(value)) for name, value in keys)]
    sections = [table(("measure", "value"), rows), _slices(places, labels)]
    if scores and all(0 <= score <= 1 for score in scores.values()):
        sections.append(_calibration(scores, labels))
    if labels.negatives:
        sections.append(_negatives(scores, labels))
    return "\n\n".join(sections)


def _overall(
    points: list[measures.Point], total: int, places: dict[Pair, int], truth: frozenset[Pair]
) -> list[tuple[str, str]]:
    score, best = measures.best_f1(points, total)
    rows = [
        ("true pairs", f"{total:,}"),
        ("average precision", part(measures.average_precision(points, total))),
        (f"best F1 (at a score of {best.threshold:.3f})", part(score)),
        ("recall@1 / recall@5 of persons who have a match",
         f"{part(measures.recall_at(places, truth, 1))} / {part(measures.recall_at(places, truth, 5))}"),
    ]  # fmt: skip
    for threshold in (SURE, EVEN):
        shown = measures.at(points, threshold)
        precision = part(shown.true / shown.shown) if shown.shown else "none shown"
        rows.append((f"precision / recall at a score of {threshold}", f"{precision} / {part(shown.true / total)}"))
    return rows


def _slices(places: dict[Pair, int], labels: Labels) -> str:
    found = measures.slices(places, labels.groups)
    rows = [(name, count, part(first), part(fifth)) for name, (count, first, fifth) in found.items()]
    return table(("true pairs (slices of 20 or more)", "pairs", "at rank 1", "at rank 5 or better"), rows)


def _calibration(scores: Scores, labels: Labels) -> str:
    bins = measures.calibration(scores, labels.truth)
    rows = [(f"{one.lowest:.1f} to {one.lowest + 0.1:.1f}", one.count, part(one.mean), part(one.true)) for one in bins]
    error = measures.calibration_error(bins)
    rows.append(("expected calibration error", len(scores), "", part(error)))
    return table(("score", "pairs", "mean score", "share true"), rows)


def _negatives(scores: Scores, labels: Labels) -> str:
    rows = []
    for kind, pairs in sorted(labels.negatives.items()):
        sure, even = (
            measures.share(pairs, lambda pair, at=at: scores.get(pair, 0.0) >= at) for at in (SURE, EVEN)
        )  # fmt: skip
        rows.append((kind, len(pairs), part(sure), part(even)))
    return table(("known to be different", "pairs", f"scored {SURE} or more", f"scored {EVEN} or more"), rows)
