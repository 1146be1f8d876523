"""What somebody types into a return, kept until it is submitted; only who may submit the return keeps or reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from scorecard.domain.access import Permission, Person, Scope, require
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.store import Store
from scorecard.store.drafts import DraftKey, SavedDraft
from scorecard.workflow.owed import OwedReturn


def save_draft(
    store: Store,
    province: Province,
    person: Person | None,
    owed: OwedReturn,
    content: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep what a person has typed into a return, in place of what was kept before."""
    store.drafts.save(_key(province, person, owed), content, now)


def own_drafts(store: Store, province: Province, person: Person | None) -> Mapping[tuple[str, str, Period], SavedDraft]:
    """Return what a person has typed and not submitted for their own units, by unit, form and period."""
    actor = require(person, Permission.SUBMIT_RETURN, min(person.unit_codes, default=None) if person else None)
    own = Scope(actor.unit_codes)
    found = store.drafts.of_person(province.id, actor.id)
    return {(d.key.unit_id, d.key.form_id, d.key.period): d for d in found if own.covers(d.key.unit_id)}


def saved_draft(store: Store, province: Province, person: Person | None, owed: OwedReturn) -> SavedDraft | None:
    """Return what a person has typed into a return and not submitted, None for nothing."""
    return store.drafts.find(_key(province, person, owed))


def drop_draft(store: Store, province: Province, person: Person | None, owed: OwedReturn) -> None:
    """Forget what a person has typed into a return."""
    store.drafts.drop(_key(province, person, owed))


def colleagues(store: Store, province: Province, person: Person | None, owed: OwedReturn) -> Mapping[str, datetime]:
    """Return who else is typing into the same return, and when that was last saved; not what they typed."""
    own = _key(province, person, owed)
    others = store.drafts.of_return(own)
    return {person_id: at for person_id, at in others.items() if person_id != own.person_id}


def _key(province: Province, person: Person | None, owed: OwedReturn) -> DraftKey:
    actor = require(person, Permission.SUBMIT_RETURN, owed.unit.code)
    return DraftKey(
        province_id=province.id,
        unit_id=owed.unit.id,
        form_id=owed.form.id,
        period=owed.period,
        person_id=actor.id,
    )
