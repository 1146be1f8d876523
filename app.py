"""Entry point of `streamlit run app.py`: as a script it draws every page, as a module it is the web application."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager

from scorecard.ui import failure, frame
from scorecard.ui.health import health
from scorecard.ui.shell import Shell


def main() -> None:
    """Draw the frame that all pages share, then the page asked for."""
    try:
        frame.draw().run()
    except Exception as error:
        failure.show(error)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Prepare the process before its first visitor.

    What the imports made leaves the garbage collector's sight: it would walk it after every run. Streamlit is told
    that `pages/` is not its own kind of folder, or the first run of all would find no page and forget its choices.
    """
    PagesManager.uses_pages_directory = False
    gc.collect()
    gc.freeze()
    yield


if __name__ == "__main__":
    main()
else:
    app = st.App(
        "app.py",
        lifespan=lifespan,
        routes=[Route("/suc-khoe", health)],
        middleware=[Middleware(Shell)],
        on_script_error=failure.show,
    )
