"""Uploaded files stay in memory: a temporary file on the disk would hold what the database keeps sealed."""

from io import BytesIO
from typing import IO

from flask import Request


class MemoryRequest(Request):
    """A request whose files never touch the disk; MAX_CONTENT_LENGTH bounds the memory."""

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
