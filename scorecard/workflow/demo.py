"""The demo's own database: sample figures, recorded once."""

from __future__ import annotations

from datetime import datetime

from scorecard.domain.access import Person, Role
from scorecard.domain.province import Province
from scorecard.store import EventKind, Receipt, Store
from scorecard.workflow.exchange import Parsed
from scorecard.workflow.importing import import_figures

_PREPARER = Person("demo", "demo", Role.ADMINISTRATOR)


class NotADemoError(Exception):
    """The database holds figures of its own; sample figures are never put among them."""


def prepare_demo(store: Store, province: Province, sample: Parsed, now: datetime, reason: str) -> Receipt | None:
    """Record the sample figures of a province and mark the database as a demo; None when that was done before.

    Raises NotADemoError for a database with events of its own, BadExchangeError when the sample has any problem.
    """
    if store.holds(EventKind.DEMO_PREPARED, province.id):
        return None
    if store.data_version() > 0 and not store.holds(EventKind.DEMO_PREPARED):
        raise NotADemoError
    return import_figures(store, province, _PREPARER, sample, now, reason, EventKind.DEMO_PREPARED)
