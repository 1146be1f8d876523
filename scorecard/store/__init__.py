"""Figures and events, append-only, in SQLite or PostgreSQL."""

from scorecard.store.store import Store, open_store

__all__ = ["Store", "open_store"]
