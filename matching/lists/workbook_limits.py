"""The most a workbook may ask of whoever reads it; a caller with less room gives smaller figures."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """Rows, columns and cells of the filled rectangle; parts, inflated bytes and inflation of the container.

    Cells are all held at once: 4.1 million short texts took 650 MB (measured), which is 240,000 rows of 17 columns.
    Real sheets compress 5 to 40 times, repetitive ones 200; small parts (`ratio_from` bytes) may do better without
    harm. A workbook has about ten parts, and one or two for every sheet, picture or comment.
    """

    rows: int = 1_048_576
    columns: int = 200
    cells: int = 4_100_000
    parts: int = 1_000
    inflated: int = 384 * MEBIBYTE
    ratio: int = 250
    ratio_from: int = 8 * MEBIBYTE
