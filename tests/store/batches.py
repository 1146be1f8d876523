"""Small figures and batches for tests of the store."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.period import Period
from scorecard.store.records import Batch, EventKind, ReturnDraft

PROVINCE = "thai-nguyen"
COMMUNE = "05908@2025-07-01"
SEPTEMBER = Period.parse("2025-09")
NOW = datetime(2025, 10, 3, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def a_figure(element: str = "received", value: str | None = "100", **changes: object) -> Figure:
    content = {"unit_id": COMMUNE, "element_id": element, "period": SEPTEMBER} | changes
    return Figure(value=None if value is None else Decimal(value), **content)


def a_gap(state: FigureState, element: str = "received", note: str = "") -> Figure:
    return a_figure(element, None, state=state, note=note)


def a_draft(*figures: Figure, **changes: object) -> ReturnDraft:
    first = figures[0]
    content = {"unit_id": first.unit_id, "form_id": "online-services", "period": first.period} | changes
    return ReturnDraft(figures=figures, **content)


def a_batch(*drafts: ReturnDraft, **changes: object) -> Batch:
    content = {
        "kind": EventKind.RETURN_SUBMITTED,
        "province_id": PROVINCE,
        "person_id": "reporter-05908",
        "at": NOW,
        "approved": True,
    } | changes
    return Batch(returns=drafts, **content)
