"""One target at one month: what stands at the top of its page."""

from __future__ import annotations

from html import escape

from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.status_marks import chip
from scorecard.presentation.target_facts import facts, facts_html
from scorecard.presentation.target_figures import TargetFigures
from scorecard.presentation.target_sentence import lead_text, sentence


def opening_html(case: Case, figures: TargetFigures, amounts: Amounts) -> str:
    """Return the line of facts with chip, scope and lead unit, the sentence, and the four facts."""
    texts, formats, standing = amounts.formats.texts, amounts.formats, case.standing
    line = [texts("overview.data_until", month=formats.month(standing.month)), case.speaks_of(texts)]
    line.append(lead_text(figures, texts))
    told = " · ".join(escape(each) for each in line)
    return (
        f'<div class="target-status">{chip(standing.status, texts)}<span class="facts">{told}</span></div>'
        f'<div class="sentence">{escape(sentence(case, figures, amounts))}</div>'
        f"{facts_html(facts(case, figures, amounts), amounts)}"
    )
