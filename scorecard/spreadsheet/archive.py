"""The outside of an XLSX file: what is refused before any of its content is understood."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

from scorecard.spreadsheet.problem import RefusedFileError

LARGEST_FILE = 5 * 2**20
LARGEST_CONTENT = 20 * 2**20
MOST_MEMBERS = 500
MOST_ELEMENTS = 100_000
"""Of XML in the whole file. A form has a few thousand; each becomes 1-2 kB in memory and up to 0.1 ms."""

_CHUNK = 2**16
_MEGABYTE = 2**20
_OLD_FORMAT = bytes.fromhex("d0cf11e0a1b11ae1")
_CONTENT_TYPES = "[Content_Types].xml"
_WORKBOOK = "xl/workbook.xml"
_BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"
_ENCRYPTED = 0x1
_ACTIVE = ("vbaproject", "xl/macrosheets/", "xl/dialogsheets/", "xl/activex/", "xl/embeddings/", "xl/webextensions/")
_LINKED = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")


def require_harmless(content: bytes) -> None:
    """Raise RefusedFileError unless the bytes are an XLSX file of modest size that can do nothing.

    Every part is unpacked once, in pieces, and never beyond the size that it claims. Refused are also the old .xls
    format, passwords, macros, embedded objects, links to other files and data sources, and document types in XML.
    """
    if len(content) > LARGEST_FILE:
        raise RefusedFileError("file_too_large", found=_megabytes(len(content)), most=_megabytes(LARGEST_FILE))
    if content.startswith(_OLD_FORMAT):
        raise RefusedFileError("old_format")
    with _opened(content) as archive:
        _require_plain(archive)
        try:
            _require_modest(archive)
        except RefusedFileError:
            raise
        except Exception:
            raise RefusedFileError("damaged") from None  # zipfile raises a dozen kinds of errors, not all of its own


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except Exception:
        raise RefusedFileError("not_a_workbook") from None


def _require_plain(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(names) > MOST_MEMBERS:
        raise RefusedFileError("too_many_parts")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise RefusedFileError("encrypted")
    if _CONTENT_TYPES not in names or _WORKBOOK not in names or len(set(names)) < len(names):
        raise RefusedFileError("not_a_workbook")
    lowered = [name.lower() for name in names]
    if any(part in name for name in lowered for part in _ACTIVE):
        raise RefusedFileError("macros")
    if any(part in name for name in lowered for part in _LINKED):
        raise RefusedFileError("links")


def _require_modest(archive: zipfile.ZipFile) -> None:
    """Add up what the parts claim to hold, then unpack them; a part that holds something else is damaged."""
    if sum(member.file_size for member in archive.infolist()) > LARGEST_CONTENT:
        raise RefusedFileError("content_too_large", most=_megabytes(LARGEST_CONTENT))
    scan = _Scan()
    for member in archive.infolist():
        with archive.open(member) as part:
            piece = part.read(_CHUNK)
            scan.begin(is_types=member.filename == _CONTENT_TYPES, is_xml=_looks_like_xml(piece))
            while piece:
                scan.take(piece)
                piece = part.read(_CHUNK)
        scan.end()


def _looks_like_xml(start: bytes) -> bool:
    """Judge by the content, not by the name: a sheet may be stored under any name."""
    return start.lstrip(_BEFORE_XML)[:1] in (b"<", b"")


class _Scan:
    """Counts the XML elements of all parts of a file; nothing is kept."""

    def __init__(self) -> None:
        self._elements = 0
        self._parser: expat.XMLParserType | None = None

    def begin(self, *, is_types: bool, is_xml: bool) -> None:
        """Begin a part."""
        self._parser = expat.ParserCreate() if is_xml else None
        if self._parser:
            self._parser.StartDoctypeDeclHandler = self._refuse_doctype
            self._parser.StartElementHandler = self._content_type if is_types else self._element

    def take(self, piece: bytes) -> None:
        """Look at the next piece of the part."""
        if self._parser:
            self._parser.Parse(piece, False)

    def end(self) -> None:
        """End the part."""
        if self._parser:
            self._parser.Parse(b"", True)

    def _element(self, _name: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise RefusedFileError("too_many_cells")

    def _content_type(self, name: str, attributes: dict[str, str]) -> None:
        self._element(name, attributes)
        if "macro" in attributes.get("ContentType", "").lower():
            raise RefusedFileError("macros")

    def _refuse_doctype(self, *_: object) -> None:
        raise RefusedFileError("document_type")


def _megabytes(size: int) -> str:
    return str(-(-size // _MEGABYTE))
