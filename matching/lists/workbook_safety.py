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
from typing import BinaryIO

from matching.lists.failures import UnsafeWorkbook
from matching.lists.sheet_extent import Extent
from matching.lists.workbook_limits import WorkbookLimits

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


def check_workbook(packed: BinaryIO, limits: WorkbookLimits) -> None:
    """Refuse a workbook (open for reading and seeking) that is unsafe or too expensive; raises UnsafeWorkbook."""
    try:
        size = packed.seek(0, io.SEEK_END)
        with zipfile.ZipFile(packed) as archive:
            parts = archive.infolist()
            _check_parts(parts, limits)
            _check_contents(archive, parts, size, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError, OSError):
        raise UnsafeWorkbook("damaged") from None


def _check_parts(parts: list[zipfile.ZipInfo], limits: WorkbookLimits) -> None:
    if len(parts) > limits.parts:
        raise UnsafeWorkbook("parts")
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) < len(names):
        raise UnsafeWorkbook("unsafe_part")  # two readers may take different ones of the two
    for part in parts:
        _check_part(part)
    if "[Content_Types].xml" not in names:
        raise UnsafeWorkbook("damaged")


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.orig_filename
    if name.startswith("/") or "\\" in name or ":" in name or "\x00" in name or ".." in PurePosixPath(name).parts:
        raise UnsafeWorkbook("unsafe_part")
    if stat.S_ISLNK(part.external_attr >> 16):
        raise UnsafeWorkbook("unsafe_part")
    if part.flag_bits & _ENCRYPTED:
        raise UnsafeWorkbook("old")
    if part.compress_type not in _PLAIN_METHODS:
        raise UnsafeWorkbook("damaged")
    if _MACRO_PARTS.search(name):
        raise UnsafeWorkbook("macros")
    if _LINK_PARTS.search(name):
        raise UnsafeWorkbook("links")


def _check_contents(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], packed: int, limits: WorkbookLimits
) -> None:
    total = 0
    for part in parts:
        extent = Extent(limits)
        for piece in _inflate(archive, part):
            total += len(piece)
            if total > limits.inflated or (total > limits.ratio_from and total > packed * limits.ratio):
                raise UnsafeWorkbook("bomb")
            if part.filename.endswith((".xml", ".rels")) or piece.lstrip()[:1] == b"<" or extent.begun:
                extent.feed(piece)
        extent.close()
        if part.filename.endswith(".rels"):
            _check_relations(archive.read(part))
        if part.filename == "[Content_Types].xml" and _MACRO_TYPE.search(archive.read(part)):
            raise UnsafeWorkbook("macros")


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in pieces and compare the size it said with the size it has."""
    size = 0
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE_BYTES):
            size += len(piece)
            yield piece
    if size != part.file_size:
        raise UnsafeWorkbook("bomb")


def _check_relations(xml: bytes) -> None:
    for relation in _RELATION.findall(xml):
        if _OUTSIDE.search(relation) and not _HYPERLINK.search(relation):
            raise UnsafeWorkbook("links")
