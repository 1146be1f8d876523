"""One target at one month: everything the page shows, as finished strings."""

from __future__ import annotations

from html import escape

from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.reasons import Reasons
from scorecard.presentation.status_marks import chip


def opening_html(case: Case, amounts: Amounts) -> str:
    """Return the chip, and why the target stands where it stands."""
    reason = Reasons(amounts).sentence(case.standing)
    status = chip(case.standing.status, amounts.formats.texts)
    return f'<div class="target-status">{status}</div><div class="sentence">{escape(reason)}</div>'
