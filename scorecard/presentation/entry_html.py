"""The entry page as HTML: questions, places to correct, tables to check, receipt. Every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scorecard.domain.form import Element
from scorecard.presentation.entry import Rate, Refusal, named
from scorecard.presentation.texts import Texts


def question_html(number: int, element: Element, earlier: Sequence[tuple[str, str]], texts: Texts) -> str:
    """Ask for one element: what to count, where it is found, and earlier figures as text (period, figure)."""
    rows = "".join(
        f"<li>{escape(texts('entry.past', period=_capital(period), figure=figure))}</li>" for period, figure in earlier
    )
    found = f"<p>{escape(texts('entry.found_in', place=element.found_in))}</p>" if element.found_in else ""
    return (
        f'<div class="entry-question"><h2>{number}. {escape(named(element.label, element.label_en, texts))}</h2>'
        f'<p>{escape(element.help)}</p>{found}<ul class="entry-past">{rows}</ul></div>'
    )


def corrections_html(refusals: Sequence[tuple[str, str, Refusal]], texts: Texts) -> str:
    """Name every place to correct: (key of the box, label, refusal); each line puts the cursor in its box."""
    lines = "".join(
        f'<li><a href="#{escape(key)}">'
        f"{escape(texts('entry.to_correct_line', label=label, text=refusal.text))}</a></li>"
        for key, label, refusal in refusals
    )
    return (
        '<div class="entry-corrections" role="alert" tabindex="-1">'
        f"<h2>{escape(texts('entry.to_correct', count=len(refusals)))}</h2><ul>{lines}</ul>"
        f"<p>{escape(texts('entry.nothing_lost'))}</p></div>"
    )


def field_error_html(key: str, refusal: Refusal, texts: Texts) -> str:
    """Repeat at the box what the top of the page says of it."""
    return (
        f'<p class="entry-field-error" id="{escape(key)}-error">'
        f"{escape(texts('entry.field_error', text=refusal.text))}</p>"
    )


def hint_html(key: str, text: str) -> str:
    """Say under a box how it is understood; always one line, so that nothing moves while one types."""
    return f'<p class="entry-hint" id="{escape(key)}-hint">{escape(text)}</p>'


def table_html(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Make a table whose first column names the row."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f'<td data-label="{escape(column)}">{escape(cell)}</td>'
            for column, cell in zip(columns[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<table class="entry-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def rates_html(title: str, rates: Sequence[Rate]) -> str:
    """List the rates that follow from a return; nothing when there are none."""
    if not rates:
        return ""
    lines = "".join(
        f"<li>{escape(rate.name)}: <strong>{escape(rate.value)}</strong>"
        f"{f' ({escape(rate.parts)})' if rate.parts else ''}</li>"
        for rate in rates
    )
    return f'<div class="entry-rates"><h2>{escape(title)}</h2><ul>{lines}</ul></div>'


def facts_html(facts: Sequence[tuple[str, str]]) -> str:
    """List facts of a receipt: (what, which)."""
    return (
        '<dl class="entry-facts">'
        + "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
        + "</dl>"
    )


def owed_html(form_name: str, period: str, unit: str, state: str, due: str, *, submitted: bool) -> str:
    """Show one owed return: form, period, unit, whether it is submitted, and by when it is due."""
    kind = "done" if submitted else "open"
    return (
        f'<div class="entry-owed"><h2>{escape(form_name)}</h2>'
        f'<p><span class="entry-state entry-state-{kind}">{escape(state)}</span> '
        f"{escape(_capital(period))} · {escape(unit)} · {escape(due)}</p></div>"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
