"""Accounts, sessions and sign-ins as tables, for the page and for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import escape

from scorecard.domain.account import Account, BrowserSession, SignInRecord
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Texts

# The first that matches counts: most browsers also claim to be Chrome and Safari.
_BROWSERS = (
    ("coc_coc", "Coc Coc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and rows of printed cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def account_table(accounts: Iterable[Account], locks: Mapping[str, datetime], texts: Texts) -> Table:
    """Return one row an account: who, in which role, for which units, in which state, last signed in when."""
    return Table(
        _columns(texts, "login", "name", "role", "units", "state", "last"),
        tuple(
            (
                each.login,
                each.name,
                texts(f"accounts.role_{each.role}"),
                ", ".join(sorted(each.unit_codes)) or texts("accounts.none"),
                _state(each, locks.get(each.login), texts),
                _moment(each.signed_in_at, texts) if each.signed_in_at else texts("accounts.never"),
            )
            for each in accounts
        ),
    )


def session_table(sessions: Iterable[BrowserSession], texts: Texts) -> Table:
    """Return one row a session: whose, since when, last used, from where."""
    return Table(
        _columns(texts, "login", "method", "born", "used", "address", "agent", "session"),
        tuple(
            (
                each.login,
                texts(f"accounts.method_{each.method}"),
                _moment(each.born_at, texts),
                _moment(each.used_at, texts),
                each.address,
                agent_name(each.agent),
                each.id,
            )
            for each in sessions
        ),
    )


def sign_in_table(records: Iterable[SignInRecord], texts: Texts) -> Table:
    """Return one row an attempt to sign in: when, as whom, with what outcome, from where."""
    return Table(
        _columns(texts, "at", "login", "outcome", "address"),
        tuple(
            (
                _moment(each.at, texts),
                each.login or texts("accounts.unknown_login"),
                texts(f"accounts.outcome_{each.outcome}"),
                each.address,
            )
            for each in records
        ),
    )


def agent_name(agent: str) -> str:
    """Name the browser and the system that a User-Agent header means, empty when neither is known."""
    named = (next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, named))


def plain_text(table: Table) -> str:
    """Return the table in columns of even width, two spaces apart."""
    lines = (table.columns, *table.rows)
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def table_html(table: Table, caption: str) -> str:
    """Return the table for a page; on a narrow screen each row becomes a card whose cells bear their column's name."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{_cells(table.columns, row)}</tr>" for row in table.rows)
    return (
        f'<div class="listing"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(columns: Iterable[str], row: Iterable[str]) -> str:
    return "".join(
        f'<td data-column="{escape(column)}">{escape(cell)}</td>' for column, cell in zip(columns, row, strict=True)
    )


def _columns(texts: Texts, *names: str) -> tuple[str, ...]:
    return tuple(texts(f"accounts.column_{name}") for name in names)


def _moment(moment: datetime, texts: Texts) -> str:
    return Formats(texts).moment(moment.astimezone(_VIETNAM))


def _state(account: Account, locked_until: datetime | None, texts: Texts) -> str:
    if account.disabled:
        return texts("accounts.state_disabled")
    if locked_until is not None:
        return texts("accounts.state_locked", time=_moment(locked_until, texts))
    return texts("accounts.state_first_password" if account.must_change_password else "accounts.state_active")
