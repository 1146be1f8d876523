"""Keeping what is typed: saved when it changed, put back in a later session, dropped when it is of no use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from scorecard.store.drafts import SavedDraft
from scorecard.ui.entry_draft import Box, Draft
from scorecard.ui.guard import PageContext
from scorecard.workflow import drafts

_BASE = "base"


def set_up(page: PageContext, draft: Draft, start: Mapping[str, str]) -> None:
    """Fill the boxes once in a session: with `start`, then with what was kept of an earlier session."""
    if draft.progress.start is not None:
        return
    begin = {name: text for name, text in start.items() if text}
    kept = drafts.saved_draft(page.store, page.province, page.person, draft.owed)
    boxes = _usable(kept, start) if kept else {}
    draft.fill(begin | boxes)
    base = int(kept.content.get(_BASE, draft.owed.revision)) if kept and boxes else draft.owed.revision
    draft.note(
        start=begin,
        saved=draft.content(),
        base_revision=base,
        restored=kept.saved_at if kept and boxes else None,
    )


def keep(page: PageContext, draft: Draft) -> None:
    """Save what is typed when it is not what was last saved; forget it when it is the untouched form again."""
    progress, content = draft.progress, draft.content()
    if progress.start is None or content == progress.saved:
        return
    if content == progress.start:
        drafts.drop_draft(page.store, page.province, page.person, draft.owed)
    else:
        now = page.settings.now(datetime.now(UTC))
        saved = {**content, _BASE: str(progress.base_revision)}
        drafts.save_draft(page.store, page.province, page.person, draft.owed, saved, now)
    draft.note(saved=content)


def start_again(page: PageContext, draft: Draft) -> None:
    """Forget what was kept and show the form as it was at first."""
    drafts.drop_draft(page.store, page.province, page.person, draft.owed)
    draft.put_back()
    draft.advance(saved=draft.progress.start, restored=None, refusals=(), table=None, base_revision=draft.owed.revision)


def drop(page: PageContext, draft: Draft) -> None:
    """Forget what is typed, here and in the store."""
    drafts.drop_draft(page.store, page.province, page.person, draft.owed)
    draft.forget()


def _usable(kept: SavedDraft, start: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of the boxes that the form still has; reasons belong to what will be found again."""
    return {name: text for name, text in kept.content.items() if name in start or name.endswith(f"-{Box.REASON}")}
