"""`init`: make a production database and its first administrator."""

from __future__ import annotations

import argparse
import getpass
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scorecard.command_line.sources import add_database
from scorecard.domain.account import AccountError, normal_login
from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.store import open_store
from scorecard.workflow.accounts import initialise
from scorecard.workflow.settings import Mode, read_settings


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("init", parents=[common], help=texts("accounts.help_init"))
    parser.add_argument("--login", required=True, metavar="LOGIN", help=texts("accounts.help_login"))
    parser.add_argument("--name", required=True, metavar="NAME", help=texts("accounts.help_name"))
    parser.add_argument("--password-file", metavar="FILE", help=texts("accounts.help_password_file"))
    add_database(parser, texts)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Create it and say how to go on; 1 when there are accounts already or the password will not do."""
    texts = load_texts(arguments.lang)
    password = _password(arguments, texts)
    url = arguments.database or read_settings(mode=Mode.PRODUCTION).database_url
    with closing(open_store(url)) as store:
        initialise(store, arguments.login, arguments.name, password, datetime.now(UTC))
    print(texts("accounts.initialised", login=normal_login(arguments.login)))
    return 0


def _password(arguments: argparse.Namespace, texts: Texts) -> str:
    if arguments.password_file == "-":  # noqa: S105 - standard input
        return sys.stdin.readline().rstrip("\r\n")
    if arguments.password_file:
        return (Path(arguments.password_file).read_text(encoding="utf-8").splitlines() or [""])[0]
    typed = getpass.getpass(texts("accounts.ask_password", login=arguments.login))
    if getpass.getpass(texts("accounts.ask_again")) != typed:
        raise AccountError("sign_in.not_repeated")
    return typed
