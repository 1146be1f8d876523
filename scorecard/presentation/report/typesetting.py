"""The report as a PDF: one page of A4, or none at all."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from scorecard.presentation.report.content import Report

_FOLDER = Path(__file__).parent
_OVERFULL = "overfull"


class OverfullReportError(Exception):
    """A report does not fit on one page, not even with the smallest letters that may be printed."""


def typeset(report: Report) -> bytes:
    """Return the PDF of a report; the same report gives the same bytes on every machine.

    Only the fonts inside the typesetter are used, nothing is fetched, and words are set as words: what looks like
    markup in a name is printed. Raises OverfullReportError instead of letters below 11 pt (design 2.9).
    """
    try:
        return typst.compile(
            _FOLDER / "page.typ",
            root=_FOLDER,
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(asdict(report), default=str), "overfull": _OVERFULL},
            timestamp=datetime.combine(report.made_on, time(), UTC),
            format="pdf",
        )
    except typst.TypstError as error:
        if _OVERFULL in error.message:
            raise OverfullReportError from error
        raise
