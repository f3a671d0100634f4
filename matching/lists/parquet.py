"""Parquet files read batch by batch, so that memory does not grow with the list."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from matching.lists.cell_text import cell_text
from matching.lists.failures import ListRefused

# Rows held as Python values at once.
_BATCH_ROWS = 8_192
# A row group is inflated as a whole; writers make them 64 to 512 MiB large.
_MAX_GROUP_BYTES = 2 * 1024**3


def read_shape(path: Path) -> tuple[list[str], int]:
    """Return the names of the columns and the number of rows; ListRefused for a file that is damaged or too large."""
    with _opened(path) as file:
        sizes = [file.metadata.row_group(number).total_byte_size for number in range(file.metadata.num_row_groups)]
        if max(sizes, default=0) > _MAX_GROUP_BYTES:
            raise ListRefused(f"A row group of {path} is larger than 2 GiB. Write the file with smaller row groups.")
        return [str(name) for name in file.schema_arrow.names], int(file.metadata.num_rows)


def read_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number from 1, cells as text); ListRefused where the file is damaged."""
    with _opened(path) as file:
        number = 0
        try:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                columns = [_texts(column) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield number, list(cells)
        except (pa.ArrowException, OSError, UnicodeError, OverflowError):
            raise ListRefused(_damaged(path)) from None


def _texts(column: Any) -> list[str]:
    return ["" if value is None else cell_text(value) for value in column.to_pylist()]


def _opened(path: Path) -> Any:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError):
        raise ListRefused(_damaged(path)) from None


def _damaged(path: Path) -> str:
    return f"{path} is damaged or no Parquet file. Export it again from its source."
