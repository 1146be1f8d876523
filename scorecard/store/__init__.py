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

__all__ = [
    "Alteration",
    "AmountError",
    "Batch",
    "ConflictError",
    "Damage",
    "Event",
    "EventKind",
    "Receipt",
    "ReturnDecision",
    "ReturnDraft",
    "Store",
    "StoreError",
    "open_store",
    "store_exists",
]
