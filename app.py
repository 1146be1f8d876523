"""Entry point of `streamlit run app.py`: as a script it draws every page, as a module it is the web application."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager

from scorecard.presentation.texts import Language, load_texts
from scorecard.store import StoreError
from scorecard.ui import connections, failure, frame, routes, sign_in, sign_on
from scorecard.ui.gate import Gate
from scorecard.ui.health import health
from scorecard.ui.shell import Shell
from scorecard.workflow.settings import SettingsError, read_settings
from scorecard.workflow.startup import require_ready


def main() -> None:
    """Draw the frame that all pages share, then the page asked for."""
    try:
        frame.draw().run()
    except Exception as error:
        failure.show(error)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Prepare the process before its first visitor, or end it when it may not run like this.

    What the imports made leaves the garbage collector's sight: it would walk it after every run. Streamlit is told
    that `pages/` is not its own kind of folder, or the first run of all would find no page and forget its choices.
    """
    try:
        require_ready(read_settings(), st.get_option("server.address"))
    except (SettingsError, StoreError) as refusal:
        raise SystemExit(load_texts(Language.VIETNAMESE)(refusal.reason, **refusal.parameters)) from None
    PagesManager.uses_pages_directory = False
    connections.send_at_once()
    gc.collect()
    gc.freeze()
    yield


if __name__ == "__main__":
    main()
else:
    app = st.App(
        "app.py",
        lifespan=lifespan,
        routes=[
            Route(routes.HEALTH, health),
            Route(routes.SIGN_IN, sign_in.show_or_sign_in, methods=["GET", "POST"]),
            Route(routes.SIGN_ON, sign_on.begin_sign_on),
            Route(routes.SIGNED_ON, sign_on.end_sign_on),
            Route(routes.CHANGE_PASSWORD, sign_in.show_or_change_password, methods=["GET", "POST"]),
            Route(routes.SIGN_OUT, sign_in.show_or_sign_out, methods=["GET", "POST"]),
        ],
        middleware=[Middleware(Shell), Middleware(Gate)],
        on_script_error=failure.show,
    )
