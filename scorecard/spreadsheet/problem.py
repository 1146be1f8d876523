"""What is wrong with a workbook or a pasted table, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scorecard.domain.finding import Finding
from scorecard.domain.form import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblem:
    """One thing to correct.

    Its sentence is the text `spreadsheet.<code>`, or `<code>` where that names its group («typed_number.english»),
    with the parameters filled in; a `finding` brings its own. `sheet` is empty for a whole file or a pasted table,
    `address` is a cell («D7»), an area («A1:C1») or the number of a pasted row, empty where nothing so small is meant.
    `element` is the one spoken of.
    """

    code: str
    sheet: str = ""
    address: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    element: Element | None = None
    finding: Finding | None = None


class RefusedFileError(Exception):
    """A file that is not read at all; `problem` says why and what to do."""

    def __init__(self, code: str, **parameters: str) -> None:
        super().__init__(code)
        self.problem = SheetProblem(code=code, parameters=parameters)
