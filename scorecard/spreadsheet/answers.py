"""One answer as it stands in a cell: a number read as strictly as on the page, or a reason in words."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from scorecard.domain.form import Element
from scorecard.domain.typed_number import TypedNumberError, parse_typed
from scorecard.spreadsheet.problem import SheetProblem
from scorecard.spreadsheet.signs import STARTS_FORMULA, sign_in_number, sign_in_words
from scorecard.spreadsheet.workbook import Cell, CellKind

_LONGEST_QUOTE = 40


class AnswerError(ValueError):
    """A cell that is not read as an answer; `code` and `parameters` are those of a SheetProblem."""

    def __init__(self, code: str, **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters

    def at(self, sheet: str, address: str, element: Element | None) -> SheetProblem:
        """Say where it was found."""
        return SheetProblem(code=self.code, sheet=sheet, address=address, parameters=self.parameters, element=element)


def read_number(cell: Cell | None, decimals: int) -> Decimal | None:
    """Return the number in a cell, None for an empty one; raise AnswerError for anything else.

    `decimals` is the most digits allowed after the comma; 0 asks for a whole number.
    """
    if cell is None:
        return None
    match cell.kind:
        case CellKind.NUMBER if cell.number is not None:
            return _plain(cell.number, decimals)
        case CellKind.TEXT:
            return _typed(cell.text, decimals)
        case _:
            raise AnswerError(cell.kind.value + "_cell", found=quote(cell.text))


def read_reason(cell: Cell | None) -> str:
    """Return the words in a cell, spaces folded, line breaks kept; empty for an empty cell; else raise AnswerError."""
    if cell is None:
        return ""
    if cell.kind is not CellKind.TEXT:
        raise AnswerError(
            "formula_cell" if cell.kind is CellKind.FORMULA else "reason_not_words", found=quote(cell.text)
        )
    if sign := sign_in_words(cell.text):
        raise AnswerError("invisible_sign", sign=sign)
    if not unicodedata.is_normalized("NFC", cell.text):
        raise AnswerError("not_composed")
    lines = (" ".join(line.split()) for line in cell.text.splitlines())
    words = "\n".join(lines).strip()
    if words.startswith(STARTS_FORMULA):
        raise AnswerError("starts_like_formula", found=quote(words))
    return words


def quote(text: str) -> str:
    """Cut what was found to fit one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"


def _plain(number: Decimal, decimals: int) -> Decimal:
    """Take a number of a number cell; one with too many decimals may be a thousand typed with a foreign sign."""
    if not number.is_finite():
        raise AnswerError("typed_number.too_large", typed=str(number))
    if number != round(number, decimals):
        found = f"{number.normalize():f}".replace(".", ",")
        raise AnswerError("cell_not_whole" if decimals == 0 else "cell_too_many_decimals", found=quote(found))
    return number


def _typed(text: str, decimals: int) -> Decimal | None:
    typed = text.strip(" ")
    if not typed:
        return None
    if sign := sign_in_number(typed):
        raise AnswerError("invisible_sign", sign=sign)
    if typed.startswith("="):
        raise AnswerError("formula_cell", found=quote(typed))
    if not any(character.isdigit() for character in typed):
        raise AnswerError("words_for_number", found=quote(typed))
    try:
        return parse_typed(typed, decimals)
    except TypedNumberError as error:
        raise AnswerError(f"typed_number.{error.code}", **error.parameters) from None
