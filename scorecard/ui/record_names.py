"""Records for a page: how they are named, and of which units a person may see them."""

from __future__ import annotations

from scorecard.presentation.recorded import Names
from scorecard.ui import cache
from scorecard.ui.guard import PageContext
from scorecard.ui.people import name_of
from scorecard.workflow.corrections import LedgerUnit
from scorecard.workflow.settings import VIETNAM


def names_of(page: PageContext) -> Names:
    """Return names in the language of the page: people as this program knows them, moments in Vietnamese time."""
    return Names(
        province=page.province,
        formats=page.formats,
        zone=VIETNAM,
        person=lambda person_id: name_of(page, person_id),
    )


def ledger_units(page: PageContext) -> tuple[LedgerUnit, ...]:
    """Return the units whose figures and corrections the person may see, once per version of the data."""
    person = page.person
    return cache.ledger_units(
        page.data_version,
        page.province.digest,
        person.role,
        sorted(person.unit_codes),
        _store=page.store,
        _province=page.province,
        _person=person,
    )
