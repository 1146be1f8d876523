"""Figures and events, append-only, in SQLite or PostgreSQL."""

from scorecard.store.accounts import Accounts
from scorecard.store.records import (
    Alteration,
    AmountError,
    Batch,
    CommitmentDraft,
    ConflictError,
    Damage,
    EditionDraft,
    Event,
    EventKind,
    Receipt,
    ReturnDecision,
    ReturnDraft,
    StatementDraft,
    StoreError,
)
from scorecard.store.sign_ins import Attempt, SignIns, Visitor
from scorecard.store.store import Store, open_store, store_exists
from scorecard.store.trail import ReportedUnit, TrailEvent, WrittenFigure
from scorecard.store.trail_query import TrailQuery

__all__ = [
    "Accounts",
    "Alteration",
    "AmountError",
    "Attempt",
    "Batch",
    "CommitmentDraft",
    "ConflictError",
    "Damage",
    "EditionDraft",
    "Event",
    "EventKind",
    "Receipt",
    "ReportedUnit",
    "ReturnDecision",
    "ReturnDraft",
    "SignIns",
    "StatementDraft",
    "Store",
    "StoreError",
    "TrailEvent",
    "TrailQuery",
    "Visitor",
    "WrittenFigure",
    "open_store",
    "store_exists",
]
