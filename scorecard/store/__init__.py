"""Figures and events, append-only, in SQLite or PostgreSQL."""

from scorecard.store.accounts import Accounts
from scorecard.store.records import (
    Alteration,
    AmountError,
    Batch,
    ConflictError,
    Damage,
    Event,
    EventKind,
    Receipt,
    RecordedReturn,
    ReturnDraft,
    StoreError,
)
from scorecard.store.sign_ins import Attempt, SignIns, Visitor
from scorecard.store.store import Store, open_store, store_exists

__all__ = [
    "Accounts",
    "Alteration",
    "AmountError",
    "Attempt",
    "Batch",
    "ConflictError",
    "Damage",
    "Event",
    "EventKind",
    "Receipt",
    "RecordedReturn",
    "ReturnDraft",
    "SignIns",
    "Store",
    "StoreError",
    "Visitor",
    "open_store",
    "store_exists",
]
