"""Figures and events, append-only, in SQLite or PostgreSQL."""

from scorecard.store.accounts import Accounts
from scorecard.store.errors import AmountError, ConflictError, JustificationConflictError, StoreError
from scorecard.store.histories import KeptFigure
from scorecard.store.opening import open_store, store_exists
from scorecard.store.records import (
    Alteration,
    Batch,
    CommitmentDraft,
    Damage,
    EditionDraft,
    Event,
    EventKind,
    JustificationDraft,
    Receipt,
    ReturnDecision,
    ReturnDraft,
    StatementDraft,
)
from scorecard.store.sign_ins import Attempt, SignIns, Visitor
from scorecard.store.store import Store
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
    "JustificationConflictError",
    "JustificationDraft",
    "KeptFigure",
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
