"""The names of who did something."""

from __future__ import annotations

from scorecard.ui import cache, demo
from scorecard.ui.guard import PageContext
from scorecard.workflow.settings import Mode


def name_of(page: PageContext, person_id: str) -> str:
    """Return the name of who recorded something; the id where it is nobody known here."""
    if page.settings.mode is Mode.DEMO:
        known = demo.names(page.texts)
    else:
        known = cache.account_names(page.data_version, _store=page.store)
    return known.get(person_id, person_id)
