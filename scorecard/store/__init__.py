"""Figures and events, append-only, in SQLite or PostgreSQL."""

from scorecard.store.records import (
    Alteration,
    AmountError,
    Batch,
    ConflictError,
    Damage,
    Event,
    EventKind,
    Receipt,
    ReturnDecision,
    ReturnDraft,
    StoreError,
)
from scorecard.store.store import Store, open_store, store_exists
from scorecard.store.trail import ReportedUnit, TrailEvent, WrittenFigure
from scorecard.store.trail_query import TrailQuery

__all__ = [
    "Alteration",
    "AmountError",
    "Batch",
    "ConflictError",
    "Damage",
    "Event",
    "EventKind",
    "Receipt",
    "ReportedUnit",
    "ReturnDecision",
    "ReturnDraft",
    "Store",
    "StoreError",
    "TrailEvent",
    "TrailQuery",
    "WrittenFigure",
    "open_store",
    "store_exists",
]
