"""What stands on a printed page, read back from the PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PageObject, PdfReader
from pypdf.generic import ByteStringObject, ContentStream, DictionaryObject, TextStringObject

A4 = (595, 842)


def sheet_of(content: bytes) -> PageObject:
    """Return the page of a PDF that has one."""
    (sheet,) = PdfReader(io.BytesIO(content)).pages
    return sheet


def size_of(sheet: PageObject) -> tuple[int, int]:
    return round(sheet.mediabox.width), round(sheet.mediabox.height)


def said(sheet: PageObject) -> str:
    """Return the words of a page, line ends as spaces."""
    return " ".join(sheet.extract_text().split())


def without_letters(sheet: PageObject) -> list[str]:
    """Name the fonts of a page whose letters it does not carry."""
    files = {"/FontFile", "/FontFile2", "/FontFile3"}
    return [
        str(font["/BaseFont"])
        for font in _fonts(sheet)
        if font["/Subtype"] != "/Type3" and not files & font["/FontDescriptor"].keys()
    ]


def families(sheet: PageObject) -> set[str]:
    """Return the families of the fonts of a page, without what tells their cuts and subsets apart."""
    return {str(font["/BaseFont"]).rpartition("+")[2].partition("-")[0] for font in _fonts(sheet)}


def glyphs(sheet: PageObject) -> Iterator[int]:
    """Yield the number of each glyph drawn; 0 is the empty box of a letter that its font lacks."""
    for shown in _operands(sheet, b"Tj", b"TJ"):
        for piece in shown[0] if isinstance(shown[0], list) else shown:
            if isinstance(piece, ByteStringObject | TextStringObject):
                letters = piece.original_bytes
                yield from (int.from_bytes(letters[at : at + 2], "big") for at in range(0, len(letters), 2))


def letter_sizes(sheet: PageObject) -> set[float]:
    return {float(size) for _, size in _operands(sheet, b"Tf")}


def colours(sheet: PageObject) -> set[tuple[float, ...]]:
    """Return the colours of the letters and drawings of a page; one number is a grey."""
    return {
        tuple(float(part) for part in parts if not isinstance(part, str))
        for parts in _operands(sheet, b"g", b"G", b"rg", b"RG", b"k", b"K", b"sc", b"SC", b"scn", b"SCN")
    }


def described(sheet: PageObject) -> list[str]:
    """Return what is said of each drawing to whoever cannot see it."""
    reader = sheet.pdf
    objects = (reader.get_object(number) for number in range(1, len(reader.xref_objStm) + len(reader.xref[0]) + 1))
    return [str(each["/Alt"]) for each in objects if isinstance(each, DictionaryObject) and "/Alt" in each]


def _operands(sheet: PageObject, *wanted: bytes) -> Iterator[list[object]]:
    for operands, operator in ContentStream(sheet["/Contents"].get_object(), sheet.pdf).operations:
        if operator in wanted:
            yield operands


def _fonts(sheet: PageObject) -> list[DictionaryObject]:
    """Return the fonts of a page, of a composite one the font that holds its letters."""
    found = [font.get_object() for font in sheet["/Resources"]["/Font"].values()]
    return [font.get("/DescendantFonts", [font])[0].get_object() for font in found]
