"""What must hold before the program serves anybody."""

from __future__ import annotations

from contextlib import closing

from scorecard.store import EventKind, open_store, store_exists
from scorecard.workflow.settings import Mode, Settings, SettingsError, require_startable


def require_ready(settings: Settings, address: str | None) -> None:
    """Raise SettingsError unless the program may start on this address (None: on all), with the store as it is.

    Production needs a store that `init` made, and never one with the figures of the demo. StoreError when the
    store cannot be reached.
    """
    require_startable(settings, address)
    if settings.mode is Mode.DEMO:
        return
    if not store_exists(settings.database_url):
        raise SettingsError("settings.not_initialised")
    with closing(open_store(settings.database_url)) as store:
        if store.holds(EventKind.DEMO_PREPARED):
            raise SettingsError("settings.sample_in_production")
        if not store.accounts.exist():
            raise SettingsError("settings.not_initialised")
