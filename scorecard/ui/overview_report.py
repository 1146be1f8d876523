"""The one-page report of what the overview shows, made when it is asked for."""

from __future__ import annotations

from datetime import date
from functools import partial
from urllib.parse import urlencode, urlsplit

import streamlit as st

from scorecard.domain.meeting import edition_of
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.presentation.overview import Overview
from scorecard.presentation.report.content import Occasion, build_report, refusal_of
from scorecard.presentation.report.typesetting import OverfullReportError, typeset
from scorecard.presentation.texts import Language
from scorecard.ui import plan_filters, session
from scorecard.ui.guard import PageContext
from scorecard.ui.navigation import OVERVIEW
from scorecard.workflow import meeting
from scorecard.workflow.settings import Mode


def draw(page: PageContext, plan: Plan, month: Month, known_on: date | None, overview: Overview) -> None:
    """Offer the report of the plan and month that are looked at."""
    st.download_button(
        page.texts("report.button"),
        data=partial(make, page, plan, month, known_on, overview, _address(page, plan, month, known_on)),
        file_name=page.texts("report.file_name", plan=plan.id, month=month),
        mime="application/pdf",
        on_click="ignore",
        icon=":material/download:",
    )


def make(page: PageContext, plan: Plan, month: Month, known_on: date | None, overview: Overview, address: str) -> bytes:
    """Make the report; whether the person may have it is checked at that moment.

    Where it does not fit on a page, the page says so: whoever pressed is told nowhere else.
    """
    marks = meeting.editions(page.store, page.province, page.person)
    frozen = edition_of(marks, plan.id, month, page.province.digest, page.figures_version)
    occasion = Occasion(
        month=month,
        today=page.today,
        known_on=known_on,
        edition=None if known_on else frozen,
        address=address,
        is_sample=page.settings.mode is Mode.DEMO,
    )
    report = build_report(overview, page.province, plan, occasion, page.formats)
    try:
        return typeset(report)
    except OverfullReportError:
        return typeset(refusal_of(report, page.formats))


def _address(page: PageContext, plan: Plan, month: Month, known_on: date | None) -> str:
    """Return the address of the overview as it is shown, whoever opens it: without the role chosen in the demo."""
    here = urlsplit(st.context.url or "")
    origin = page.settings.public_url or (f"{here.scheme}://{here.netloc}" if here.netloc else "")
    shown = {plan_filters.PLAN: plan.id, plan_filters.MONTH: str(month)}
    shown |= {plan_filters.KNOWN_ON: known_on.isoformat()} if known_on else {}
    shown |= {} if page.texts.language is Language.VIETNAMESE else {session.LANGUAGE: page.texts.language.value}
    return f"{origin}/{OVERVIEW.url}?{urlencode(shown)}"
