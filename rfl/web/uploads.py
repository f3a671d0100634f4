"""Uploaded files stay in memory: a temporary file on the disk would hold what the database keeps sealed."""

from io import BytesIO
from typing import IO

from flask import Request

MEBIBYTE = 1024 * 1024
# The list of the largest agreement is larger than any other file: 20,000 cases with 64 places are 46 MB when filled up.
LARGEST = {"rounds.receive": 64 * MEBIBYTE, "post.receive": 64 * MEBIBYTE}


class MemoryRequest(Request):
    """A request whose files never touch the disk; MAX_CONTENT_LENGTH, or LARGEST of an endpoint, bounds the memory."""

    @property
    def max_content_length(self) -> int | None:
        """Return how many bytes a request may have; asked before anything of it is read."""
        usual: int | None = super().max_content_length
        return LARGEST.get(self.endpoint or "", usual)

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        """Bound this request otherwise."""
        Request.max_content_length.fset(self, value)  # type: ignore[attr-defined]  # a property with a setter

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """Return where the parser writes one file."""
        del total_content_length, content_type, filename, content_length
        return BytesIO()
