"""What an overview speaks of: month, cut-off, document and completeness of its figures; whether its plan holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scorecard.calculation.schedule import superseded_from
from scorecard.domain.period import Month
from scorecard.domain.plan import Document, Plan
from scorecard.domain.province import Province
from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.formats import Formats
from scorecard.presentation.standing import Standing
from scorecard.presentation.texts import in_language


def facts(
    standings: Sequence[Standing], plan: Plan, month: Month, cut_off: datetime | None, formats: Formats
) -> tuple[str, ...]:
    """Return the facts in the order in which they are told; what is not known is left out."""
    until, source = plan_facts(plan, month, formats)
    found = [until]
    if cut_off is not None:
        found.append(formats.texts("overview.cut_off", moment=moment_text(cut_off, formats)))
    found.append(source)
    widest = max(standings, key=lambda standing: standing.expected_units or 0, default=None)
    if widest is not None and widest.expected_units:
        found.append(_completeness(widest, widest.expected_units, formats))
    return tuple(found)


def plan_facts(plan: Plan, month: Month, formats: Formats) -> tuple[str, str]:
    """Say until when the figures go, and which document sets the targets."""
    return formats.texts("overview.data_until", month=formats.month(month)), _source(plan.document, formats)


def notice_of_end(province: Province, plan: Plan, month: Month, formats: Formats) -> str | None:
    """Say that another plan stands in this one's place in that month, and which; None while it holds."""
    since, texts = superseded_from(province, plan), formats.texts
    if since is None or since > month.last_day:
        return None
    follower = next((other for other in province.plans if plan.id in other.supersedes), None)
    if follower is None:
        return texts("overview.notice_ended", day=formats.day(since))
    name = in_language(texts, follower.name, follower.name_en)
    return texts("overview.notice_superseded", day=formats.day(since), plan=name)


def _source(document: Document, formats: Formats) -> str:
    if not document.number or not document.dated:
        return formats.texts("overview.document_unnumbered", issuer=document.issuer)
    dated = formats.day(document.dated)
    return formats.texts("overview.document", number=document.number, dated=dated, issuer=document.issuer)


def _completeness(widest: Standing, expected_units: int, formats: Formats) -> str:
    reported, expected = formats.count(widest.reported_units or 0), formats.count(expected_units)
    if widest.coverage is None or expected_units == 1:
        return formats.texts("overview.units_reported", reported=reported, expected=expected)
    share = formats.share(widest.coverage)
    return formats.texts("overview.cases_reported", reported=reported, expected=expected, share=share)
