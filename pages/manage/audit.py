"""Audit trail: who did what, when, and which figures it wrote."""

from __future__ import annotations

from scorecard.ui import audit_event, audit_list, paging
from scorecard.ui.guard import open_page
from scorecard.ui.navigation import AUDIT
from scorecard.ui.record_names import names_of

page = open_page(AUDIT)

names = names_of(page)
number = paging.number(audit_list.EVENT)
if number is None:
    audit_list.draw(page, names)
else:
    audit_event.draw(page, names, number)
