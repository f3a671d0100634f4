"""What must be true of a workbook before anything reads its cells.

A workbook is a ZIP of XML parts. Every part is really inflated and counted here, piece by piece, because sizes
written in a ZIP may lie; and every cell reference is looked at, because two cells far apart make a reader fill the
space between them.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from rfl.exchange.failures import (
    DamagedWorkbook,
    OldWorkbook,
    TooManyParts,
    UnsafePart,
    WorkbookBomb,
    WorkbookWithLinks,
    WorkbookWithMacros,
)
from rfl.exchange.limits import (
    MAX_WORKBOOK_BYTES,
    MAX_WORKBOOK_PARTS,
    MAX_WORKBOOK_RATIO,
    RATIO_CHECKED_FROM,
)
from rfl.exchange.sheet_extent import Extent

_PIECE_BYTES = 256 * 1024
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1  # general purpose flag bit 0, ZIP specification (APPNOTE 4.4.4)
_MACRO_PARTS = re.compile(r"(?i)vbaProject|xl/macrosheets/|xl/activeX/|\.bin\.rels$|vbaData")
_MACRO_TYPE = re.compile(rb"(?i)macroEnabled|ms-office\.vbaProject|ms-excel\.macrosheet")
_LINK_PARTS = re.compile(r"(?i)xl/externalLinks/|xl/connections\.xml|xl/queryTables/|xl/webextensions/")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<]*")
_OUTSIDE = re.compile(rb"(?i)TargetMode\s*=\s*[\"']\s*External")
# A cell with an e-mail or web address is only text with a link that nothing here follows.
_HYPERLINK = re.compile(rb"(?i)/relationships/hyperlink[\"']")


def check_workbook(data: bytes) -> None:
    """Refuse every workbook that is unsafe or too expensive to read.

    Raises OldWorkbook, DamagedWorkbook, WorkbookBomb, TooManyParts, UnsafePart, WorkbookWithMacros, WorkbookWithLinks,
    SheetTooLarge, TooManyRows or TooManyColumns.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_parts(parts)
            _check_contents(archive, parts, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError, OSError):
        raise DamagedWorkbook from None


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_WORKBOOK_PARTS:
        raise TooManyParts(limit=MAX_WORKBOOK_PARTS)
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) < len(names):
        raise UnsafePart  # two readers may take different ones of the two
    for part in parts:
        _check_part(part)
    if "[Content_Types].xml" not in names:
        raise DamagedWorkbook


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.orig_filename
    if name.startswith("/") or "\\" in name or ":" in name or "\x00" in name or ".." in PurePosixPath(name).parts:
        raise UnsafePart
    if stat.S_ISLNK(part.external_attr >> 16):
        raise UnsafePart
    if part.flag_bits & _ENCRYPTED:
        raise OldWorkbook
    if part.compress_type not in _PLAIN_METHODS:
        raise DamagedWorkbook
    if _MACRO_PARTS.search(name):
        raise WorkbookWithMacros
    if _LINK_PARTS.search(name):
        raise WorkbookWithLinks


def _check_contents(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], packed: int) -> None:
    total = 0
    for part in parts:
        extent = Extent()
        for piece in _inflate(archive, part):
            total += len(piece)
            if total > MAX_WORKBOOK_BYTES or (total > RATIO_CHECKED_FROM and total > packed * MAX_WORKBOOK_RATIO):
                raise WorkbookBomb
            if part.filename.endswith((".xml", ".rels")) or piece.lstrip()[:1] == b"<" or extent.begun:
                extent.feed(piece)
        extent.close()
        if part.filename.endswith(".rels"):
            _check_relations(archive.read(part))
        if part.filename == "[Content_Types].xml" and _MACRO_TYPE.search(archive.read(part)):
            raise WorkbookWithMacros


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in pieces and compare the size it said with the size it has."""
    size = 0
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE_BYTES):
            size += len(piece)
            yield piece
    if size != part.file_size:
        raise WorkbookBomb


def _check_relations(xml: bytes) -> None:
    for relation in _RELATION.findall(xml):
        if _OUTSIDE.search(relation) and not _HYPERLINK.search(relation):
            raise WorkbookWithLinks
