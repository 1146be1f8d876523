"""Figures and events, append-only, in SQLite or PostgreSQL."""
