"""`user`: look after accounts and sessions; the only place where administrators are made."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from scorecard.command_line.sources import add_database, add_targets, usable_province
from scorecard.domain.access import Role
from scorecard.domain.account import Account, AccountError, normal_login
from scorecard.presentation.account_tables import Table, account_table, plain_text, session_table
from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.store import Store, StoreError, open_store, store_exists
from scorecard.workflow import accounts
from scorecard.workflow.accounts import OPERATOR
from scorecard.workflow.settings import Mode, read_settings


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command and what can be done with it."""
    texts = load_texts(Language.VIETNAMESE)
    user = subparsers.add_parser("user", help=texts("accounts.help_user"))
    actions = user.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, run: Any, *, login: bool = True) -> argparse.ArgumentParser:  # noqa: ANN401
        help_text = texts(f"accounts.help_{name.replace('-', '_')}")
        parser: argparse.ArgumentParser = actions.add_parser(name, parents=[common], help=help_text)
        if login:
            parser.add_argument("login", metavar="LOGIN", help=texts("accounts.help_login"))
        add_database(parser, texts)
        parser.set_defaults(run=run)
        return parser

    add = action("add", _add)
    add.add_argument("--name", required=True, metavar="NAME", help=texts("accounts.help_name"))
    add.add_argument("--sign-on-only", action="store_true", help=texts("accounts.help_sign_on_only"))
    _add_role(add, texts)
    _add_role(action("set-role", _set_role), texts)
    _add_units(action("set-units", _set_units), texts)
    action("list", _list, login=False)
    action("reset-password", _reset_password)
    action("disable", _disable)
    action("enable", _enable)
    action("sessions", _sessions, login=False)
    end = action("end-sessions", _end_sessions)
    end.add_argument("--session", metavar="ID", help=texts("accounts.help_session"))


def _add_role(parser: argparse.ArgumentParser, texts: Texts) -> None:
    parser.add_argument("--role", required=True, type=Role, choices=list(Role), help=texts("accounts.help_role"))
    _add_units(parser, texts)


def _add_units(parser: argparse.ArgumentParser, texts: Texts) -> None:
    parser.add_argument("--unit", action="append", default=[], metavar="CODE", help=texts("accounts.help_unit"))
    add_targets(parser, texts)


def _add(arguments: argparse.Namespace) -> int:
    texts = load_texts(arguments.lang)
    account = Account(
        login=arguments.login,
        name=arguments.name,
        role=arguments.role,
        unit_codes=frozenset(arguments.unit),
        has_password=not arguments.sign_on_only,
    )
    with closing(_store(arguments)) as store:
        password = accounts.create_account(store, OPERATOR, account, _unit_codes(arguments, texts), _now())
    login = normal_login(arguments.login)
    print(texts("accounts.created", login=login))
    if password is not None:
        _print_once(login, password, texts)
    return 0


def _set_role(arguments: argparse.Namespace) -> int:
    return _give(arguments, arguments.role)


def _set_units(arguments: argparse.Namespace) -> int:
    return _give(arguments, None)


def _give(arguments: argparse.Namespace, role: Role | None) -> int:
    texts = load_texts(arguments.lang)
    units = frozenset(arguments.unit)
    with closing(_store(arguments)) as store:
        found = store.accounts.find(normal_login(arguments.login))
        if found is None:
            raise AccountError("accounts.no_such_login", login=arguments.login)
        given = role or found.role
        accounts.set_role(store, OPERATOR, found.login, given, units, _unit_codes(arguments, texts), _now())
    words = {"role": texts(f"accounts.role_{given}"), "units": ", ".join(sorted(units)) or texts("accounts.none")}
    print(texts("accounts.changed", login=found.login, **words))
    return 0


def _list(arguments: argparse.Namespace) -> int:
    texts = load_texts(arguments.lang)
    with closing(_store(arguments)) as store:
        found, locks = store.accounts.all(), store.sign_ins.locks(_now())
    return _print_table(account_table(found, locks, texts), texts("accounts.nobody"))


def _sessions(arguments: argparse.Namespace) -> int:
    texts = load_texts(arguments.lang)
    with closing(_store(arguments)) as store:
        found = store.sign_ins.sessions(_now())
    return _print_table(session_table(found, texts), texts("accounts.no_session"))


def _reset_password(arguments: argparse.Namespace) -> int:
    with closing(_store(arguments)) as store:
        password = accounts.reset_password(store, OPERATOR, arguments.login, _now())
    _print_once(normal_login(arguments.login), password, load_texts(arguments.lang))
    return 0


def _disable(arguments: argparse.Namespace) -> int:
    with closing(_store(arguments)) as store:
        accounts.disable(store, OPERATOR, arguments.login, _now())
    print(load_texts(arguments.lang)("accounts.is_disabled", login=normal_login(arguments.login)))
    return 0


def _enable(arguments: argparse.Namespace) -> int:
    with closing(_store(arguments)) as store:
        accounts.enable(store, OPERATOR, arguments.login, _now())
    print(load_texts(arguments.lang)("accounts.is_enabled", login=normal_login(arguments.login)))
    return 0


def _end_sessions(arguments: argparse.Namespace) -> int:
    login = normal_login(arguments.login)
    with closing(_store(arguments)) as store:
        count = accounts.end_sessions(store, OPERATOR, login, _now(), arguments.session)
    if arguments.session and not count:
        raise AccountError("accounts.no_such_session")
    print(load_texts(arguments.lang)("accounts.sessions_ended", login=login, count=count))
    return 0


def _store(arguments: argparse.Namespace) -> Store:
    url: str = arguments.database or read_settings(mode=Mode.PRODUCTION).database_url
    if not store_exists(url):
        raise StoreError("store.no_database", url=url)
    return open_store(url)


def _unit_codes(arguments: argparse.Namespace, texts: Texts) -> frozenset[str]:
    """Return the codes of the province's units; none are needed, and no definitions read, where none is given."""
    if not arguments.unit:
        return frozenset()
    settings = read_settings(mode=Mode.PRODUCTION)
    province = usable_province(arguments.targets or settings.targets, settings.province_id, texts)
    return frozenset(province.units.by_code) if province else frozenset()


def _print_once(login: str, password: str, texts: Texts) -> None:
    print(texts("accounts.password_once", login=login, password=password))
    print(texts("accounts.password_advice"), file=sys.stderr)


def _print_table(table: Table, without: str) -> int:
    print(plain_text(table) if table.rows else without)
    return 0


def _now() -> datetime:
    return datetime.now(UTC)
