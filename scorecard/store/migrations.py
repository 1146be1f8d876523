"""The tables, as named steps; each is applied once, in one transaction with its record, in this order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scorecard.store.database import Database, Session
from scorecard.store.errors import StoreError
from scorecard.store.ledger import approve_everything

Migration = Callable[[Session], None]

_KEYS = {
    "events": ("id",),
    "returns": ("province", "unit", "first_month", "last_month", "form", "revision"),
    "figures": ("province", "unit", "first_month", "last_month", "element", "revision"),
}
_REVIEW_KEYS = {
    "decisions": ("province", "unit", "first_month", "last_month", "form", "revision"),
    "approvals": ("province", "unit", "first_month", "last_month", "element", "revision"),
}
_MEETING_KEYS = {"editions": ("province", "number"), "commitments": ("province", "commitment", "revision")}


def create_events_returns_and_figures(session: Session) -> None:
    """Create the audit trail, the returns and the figures. Times are UTC, `2025-10-03T08:00:00.000000Z`."""
    session.run(
        "CREATE TABLE events (id BIGINT PRIMARY KEY, kind TEXT NOT NULL, province TEXT NOT NULL,"
        " recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL, details TEXT NOT NULL,"
        " previous_hash TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, manifest TEXT NOT NULL)"
    )
    session.run(
        "CREATE TABLE returns (province TEXT NOT NULL, unit TEXT NOT NULL, first_month INTEGER NOT NULL,"
        " last_month INTEGER NOT NULL, form TEXT NOT NULL, revision INTEGER NOT NULL, reason TEXT NOT NULL,"
        " recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL, event BIGINT NOT NULL REFERENCES events (id),"
        " hash TEXT NOT NULL, PRIMARY KEY (province, unit, first_month, last_month, form, revision))"
    )
    session.run(
        "CREATE TABLE figures (province TEXT NOT NULL, unit TEXT NOT NULL, first_month INTEGER NOT NULL,"
        " last_month INTEGER NOT NULL, element TEXT NOT NULL, revision INTEGER NOT NULL, amount BIGINT,"
        " decimals SMALLINT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, reason TEXT NOT NULL,"
        " recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL, event BIGINT NOT NULL REFERENCES events (id),"
        " hash TEXT NOT NULL, PRIMARY KEY (province, unit, first_month, last_month, element, revision),"
        " CHECK ((amount IS NOT NULL) = (state IN ('number', 'approximate'))))"
    )
    session.run("CREATE INDEX returns_of_event ON returns (event)")
    session.run("CREATE INDEX figures_of_event ON figures (event)")


def refuse_updates_and_deletions(session: Session) -> None:
    """Make the three tables append-only, whoever writes to them."""
    if session.engine.name == "postgresql":
        session.run(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'rows are never updated or deleted'; END $$"
        )
    for table, key in _KEYS.items():
        _refuse_changes(session, table, key)


def _refuse_changes(session: Session, table: str, key: Sequence[str]) -> None:
    if session.engine.name == "postgresql":
        session.run(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    refusal = "BEGIN SELECT RAISE(ABORT, 'rows are never updated or deleted'); END"
    session.run(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refusal}")
    session.run(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refusal}")
    # INSERT OR REPLACE deletes without asking the trigger above.
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    session.run(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refusal}"
    )


def create_decisions_and_approvals(session: Session) -> None:
    """Create the decisions on returns and the approvals of figures; what was reported before was in force at once."""
    key = "province TEXT NOT NULL, unit TEXT NOT NULL, first_month INTEGER NOT NULL, last_month INTEGER NOT NULL"
    origin = "recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL, event BIGINT NOT NULL REFERENCES events (id)"
    session.run(
        f"CREATE TABLE decisions ({key}, form TEXT NOT NULL, revision INTEGER NOT NULL, decision TEXT NOT NULL,"
        " submission INTEGER NOT NULL, last_day TEXT NOT NULL, notes TEXT NOT NULL, reason TEXT NOT NULL,"
        f" {origin}, hash TEXT NOT NULL, PRIMARY KEY (province, unit, first_month, last_month, form, revision))"
    )
    session.run(
        f"CREATE TABLE approvals ({key}, element TEXT NOT NULL, revision INTEGER NOT NULL, {origin},"
        " hash TEXT NOT NULL, PRIMARY KEY (province, unit, first_month, last_month, element, revision),"
        " FOREIGN KEY (province, unit, first_month, last_month, element, revision)"
        " REFERENCES figures (province, unit, first_month, last_month, element, revision))"
    )
    for table, columns in _REVIEW_KEYS.items():
        session.run(f"CREATE INDEX {table}_of_event ON {table} (event)")
        _refuse_changes(session, table, columns)
    approve_everything(session)


def create_drafts(session: Session) -> None:
    """Create what people have typed and not yet submitted; it is nobody's figure and may be changed or dropped."""
    session.run(
        "CREATE TABLE drafts (province TEXT NOT NULL, unit TEXT NOT NULL, first_month INTEGER NOT NULL,"
        " last_month INTEGER NOT NULL, form TEXT NOT NULL, person TEXT NOT NULL, content TEXT NOT NULL,"
        " saved_at TEXT NOT NULL, PRIMARY KEY (province, unit, first_month, last_month, form, person))"
    )


def create_accounts_and_sessions(session: Session) -> None:
    """Create what signing in needs. These rows change; what changes an account is also an event."""
    session.run(
        "CREATE TABLE accounts (login TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, units TEXT NOT NULL,"
        " disabled SMALLINT NOT NULL, password_hash TEXT, must_change_password SMALLINT NOT NULL,"
        " subject TEXT UNIQUE, signed_in_at TEXT)"
    )
    session.run(
        "CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, login TEXT NOT NULL REFERENCES accounts (login),"
        " born_at TEXT NOT NULL, used_at TEXT NOT NULL, method TEXT NOT NULL, address TEXT NOT NULL,"
        " agent TEXT NOT NULL)"
    )
    session.run(
        "CREATE TABLE sign_ins (id TEXT PRIMARY KEY, login_hash TEXT NOT NULL, login TEXT, at TEXT NOT NULL,"
        " outcome TEXT NOT NULL, counts SMALLINT NOT NULL, address TEXT NOT NULL)"
    )
    session.run("CREATE INDEX sessions_of_login ON sessions (login)")
    session.run("CREATE INDEX sign_ins_of_login ON sign_ins (login_hash, at)")


def create_justifications(session: Session) -> None:
    """Create what lead units say of late targets; `target` is plan/target, `last_day` the day they promise."""
    session.run(
        "CREATE TABLE justifications (province TEXT NOT NULL, unit TEXT NOT NULL, first_month INTEGER NOT NULL,"
        " last_month INTEGER NOT NULL, target TEXT NOT NULL, revision INTEGER NOT NULL, cause TEXT NOT NULL,"
        " remedy TEXT NOT NULL, last_day TEXT NOT NULL, recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL,"
        " event BIGINT NOT NULL REFERENCES events (id), hash TEXT NOT NULL,"
        " PRIMARY KEY (province, unit, first_month, last_month, target, revision),"
        " UNIQUE (province, target, first_month, revision))"
    )
    session.run("CREATE INDEX justifications_of_event ON justifications (event)")
    _refuse_changes(session, "justifications", ("province", "target", "first_month", "revision"))


def create_editions_and_commitments(session: Session) -> None:
    """Create what is frozen for meetings, and the work given in them: first given, then what was said became of it."""
    origin = "recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL, event BIGINT NOT NULL REFERENCES events (id)"
    months = "first_month INTEGER NOT NULL, last_month INTEGER NOT NULL"
    session.run(
        f"CREATE TABLE editions (province TEXT NOT NULL, plan TEXT NOT NULL, {months}, name TEXT NOT NULL,"
        " number INTEGER NOT NULL, figures_hash TEXT NOT NULL, definitions_hash TEXT NOT NULL, program TEXT NOT NULL,"
        f" seal TEXT NOT NULL, content TEXT NOT NULL, {origin}, hash TEXT NOT NULL,"
        " PRIMARY KEY (province, number))"
    )
    session.run(
        f"CREATE TABLE commitments (province TEXT NOT NULL, unit TEXT NOT NULL, {months}, commitment TEXT NOT NULL,"
        " revision INTEGER NOT NULL, edition INTEGER NOT NULL, plan TEXT NOT NULL, target TEXT NOT NULL,"
        " of_unit TEXT NOT NULL, what TEXT NOT NULL, due TEXT NOT NULL, promised TEXT NOT NULL, result TEXT NOT NULL,"
        f" reason TEXT NOT NULL, {origin}, hash TEXT NOT NULL, PRIMARY KEY (province, commitment, revision),"
        " FOREIGN KEY (province, edition) REFERENCES editions (province, number))"
    )
    for table, columns in _MEETING_KEYS.items():
        session.run(f"CREATE INDEX {table}_of_event ON {table} (event)")
        _refuse_changes(session, table, columns)


MIGRATIONS: tuple[Migration, ...] = (
    create_events_returns_and_figures,
    refuse_updates_and_deletions,
    create_decisions_and_approvals,
    create_drafts,
    create_accounts_and_sessions,
    create_justifications,
    create_editions_and_commitments,
)


def migrate(database: Database, migrations: Sequence[Migration] = MIGRATIONS, *, at: str) -> None:
    """Apply what is not yet applied; safe when several processes start at once.

    Raises StoreError when the database was made by a newer version of the program.
    """
    with database.writing() as session:
        session.run(
            "CREATE TABLE IF NOT EXISTS schema_migrations"
            " (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, applied_at TEXT NOT NULL)"
        )
        applied = _applied(session)
    if unknown := applied - {migration.__name__ for migration in migrations}:
        raise StoreError("store.newer_version", migrations=", ".join(sorted(unknown)))
    for position, migration in enumerate(migrations, start=1):
        if migration.__name__ not in applied:
            _apply(database, migration, position, at)


def _apply(database: Database, migration: Migration, position: int, at: str) -> None:
    with database.writing() as session:
        if migration.__name__ not in _applied(session):  # another process may have been first
            migration(session)
            session.run("INSERT INTO schema_migrations VALUES (?, ?, ?)", (position, migration.__name__, at))


def _applied(session: Session) -> set[str]:
    return {name for (name,) in session.rows("SELECT name FROM schema_migrations")}
