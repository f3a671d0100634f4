"""PFIF as a stream of raw records: no tree is built, and nothing outside the bytes is ever looked at."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from rfl.exchange.failures import DamagedXml, NotPfif, UnknownPfifVersion, XmlTooDeep, XmlWithDoctype
from rfl.exchange.limits import MAX_CELL_CHARS, MAX_NOTES_OF_PERSON, MAX_XML_ATTRIBUTES, MAX_XML_DEPTH
from rfl.exchange.pfif.versions import NAMESPACE, VERSIONS

_PIECE_BYTES = 64 * 1024
_ROOT_DEPTH, _RECORD_DEPTH = 1, 2


@dataclass
class RawRecord:
    """One person or note as it stood in the file: field names of its own version, texts as written."""

    kind: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    notes: list["RawRecord"] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    overlong: list[str] = field(default_factory=list)
    surplus_notes: int = 0


class _Collector:
    """Receives elements as they open and close, and hands out each record when its element closes."""

    def __init__(self) -> None:
        self.expat: Any = None
        self.version = ""
        self.finished: list[RawRecord] = []
        self._depth = 0
        self._open: list[tuple[int, RawRecord]] = []
        self._field: tuple[int, str] | None = None
        self._pieces: list[str] = []
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self._depth += 1
        if self._depth > MAX_XML_DEPTH or len(attributes) > MAX_XML_ATTRIBUTES:
            raise XmlTooDeep
        if self._depth == _ROOT_DEPTH:
            self.version = _version_of(tag)
            return
        name = tag.removeprefix(f"{{{NAMESPACE}{self.version}}}")
        if name.startswith("{") or tag == name or self._field is not None:
            return  # extensions in other namespaces, and elements inside a field, mean nothing here
        if self._opens_record(name):
            self._open.append((self._depth, RawRecord(name, self.expat.CurrentLineNumber)))
        elif self._open and self._depth == self._open[-1][0] + 1:
            self._field, self._pieces, self._length = (self._depth, name), [], 0

    def _opens_record(self, name: str) -> bool:
        if name == "person":
            return self._depth == _RECORD_DEPTH
        inside_person = len(self._open) == 1 and self._open[0][1].kind == "person"
        return name == "note" and (self._depth == _RECORD_DEPTH or (inside_person and self._depth == _RECORD_DEPTH + 1))

    def data(self, text: str) -> None:
        """Text arrives, in any number of pieces."""
        if self._field is not None and self._depth == self._field[0]:
            self._length += len(text)
            if self._length <= MAX_CELL_CHARS:
                self._pieces.append(text)

    def end(self, _tag: str) -> None:
        """An element closes."""
        if self._field is not None and self._depth == self._field[0]:
            self._close_field(self._field[1])
        elif self._open and self._depth == self._open[-1][0]:
            self._close_record()
        self._depth -= 1

    def _close_field(self, name: str) -> None:
        record = self._open[-1][1]
        if self._length > MAX_CELL_CHARS:
            record.overlong.append(name)
        if name in record.fields:
            record.repeated.append(name)
        record.fields.setdefault(name, "".join(self._pieces).strip())
        self._field = None

    def _close_record(self) -> None:
        _, record = self._open.pop()
        if not self._open:
            self.finished.append(record)
        elif len(self._open[-1][1].notes) < MAX_NOTES_OF_PERSON:
            self._open[-1][1].notes.append(record)
        else:
            self._open[-1][1].surplus_notes += 1

    def close(self) -> None:
        """The document ends; everything was handed out already."""


def _version_of(tag: str) -> str:
    namespace, brace, name = tag.removeprefix("{").partition("}")
    if not brace or name != "pfif" or not namespace.startswith(NAMESPACE):
        raise NotPfif
    version = namespace.removeprefix(NAMESPACE)
    if version not in VERSIONS:
        raise UnknownPfifVersion
    return version


def parse_records(data: bytes) -> Iterator[tuple[str, RawRecord]]:
    """Yield (version, record) for every top-level person or note while the bytes are read.

    Raises NotPfif, UnknownPfifVersion, DamagedXml, XmlWithDoctype or XmlTooDeep.
    """
    collector = _Collector()
    parser = XMLParser(target=collector, forbid_dtd=True)
    collector.expat = parser.parser
    for start in range(0, len(data), _PIECE_BYTES):
        _feed(parser, data[start : start + _PIECE_BYTES])
        yield from _drain(collector)
    _feed(parser, None)
    yield from _drain(collector)


def _drain(collector: _Collector) -> Iterator[tuple[str, RawRecord]]:
    finished, collector.finished = collector.finished, []
    return ((collector.version, record) for record in finished)


def _feed(parser: Any, piece: bytes | None) -> None:
    try:
        if piece is None:
            parser.close()
        else:
            parser.feed(piece)
    except DefusedXmlException:
        raise XmlWithDoctype from None
    except ParseError as failure:
        raise DamagedXml(line=failure.position[0]) from None
    except (LookupError, UnicodeError, ValueError):  # an encoding that is unknown or that no parser supports
        raise DamagedXml(line=1) from None
