"""The entry page as HTML: questions, places to correct, tables to check, receipt. Every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scorecard.domain.form import Element
from scorecard.presentation.entry import Refusal
from scorecard.presentation.entry_rates import Rate
from scorecard.presentation.texts import Texts, in_language


def question_html(number: int, element: Element, earlier: Sequence[tuple[str, str]], texts: Texts) -> str:
    """Ask for one element: what to count, where it is found, and earlier figures as text (period, figure)."""
    rows = "".join(
        f"<li>{escape(texts('entry.past', period=_capital(period), figure=figure))}</li>" for period, figure in earlier
    )
    told = f"<p>{escape(element.help)}</p>" if element.help else ""
    found = f"<p>{escape(texts('entry.found_in', place=element.found_in))}</p>" if element.found_in else ""
    return (
        f'<div class="entry-question"><h2>{number}. {escape(in_language(texts, element.label, element.label_en))}</h2>'
        f'{told}{found}<ul class="entry-past">{rows}</ul></div>'
    )


def corrections_html(
    refusals: Sequence[tuple[str, Refusal]], attempt: int, texts: Texts, closing: str = "entry.nothing_lost"
) -> str:
    """Name everything to correct: (key of its place, refusal); each line leads the cursor to its place.

    `attempt` makes the same refusals new, so that they are announced again. `closing` is the key of the last sentence.
    """
    lines = "".join(f"<li>{_correction(key, refusal, texts)}</li>" for key, refusal in refusals)
    return (
        f'<div class="entry-corrections" role="alert" tabindex="-1" data-attempt="{attempt}">'
        f"<h2>{escape(texts('entry.to_correct', count=len(refusals)))}</h2><ul>{lines}</ul>"
        f"<p>{escape(texts(closing))}</p></div>"
    )


def _correction(key: str, refusal: Refusal, texts: Texts) -> str:
    named = (
        texts("entry.to_correct_line", label=refusal.subject, text=refusal.text) if refusal.subject else refusal.text
    )
    return f'<a href="#{escape(key)}">{escape(named)}</a>' if refusal.place else escape(named)


def field_error_html(key: str, refusal: Refusal, texts: Texts) -> str:
    """Repeat at its place what the top of the page says of it."""
    return (
        f'<p class="entry-field-error" id="{escape(key)}-error">'
        f"{escape(texts('entry.field_error', text=refusal.text))}</p>"
    )


def hint_html(key: str, text: str) -> str:
    """Say under a box how it is understood; always one line, so that nothing moves while one types."""
    return f'<p class="entry-hint" id="{escape(key)}-hint">{escape(text)}</p>'


def part_html(title: str, advice: str = "") -> str:
    """Head a part of the page, with one line of advice."""
    words = f"<p>{escape(advice)}</p>" if advice else ""
    return f'<div class="entry-question"><h2>{escape(title)}</h2>{words}</div>'


def table_html(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Make a table whose first column names the row."""
    head = "".join(f'<th scope="col">{escape(_capital(column))}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f'<td data-label="{escape(_capital(column))}">{escape(cell)}</td>'
            for column, cell in zip(columns[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<table class="entry-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def list_html(title: str, lines: Sequence[str]) -> str:
    """Head a list of names; the heading alone when there are none."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<div class="entry-list"><p>{escape(title)}</p>{f"<ul>{items}</ul>" if items else ""}</div>'


def rates_html(title: str, rates: Sequence[Rate]) -> str:
    """List the rates that follow from a return."""
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


def note_html(text: str) -> str:
    """Show at an element what the reviewer said of it."""
    return f'<p class="entry-note">{escape(text)}</p>'


def notice_html(title: str, lines: Sequence[str]) -> str:
    """Tell something before the form: a heading and a line for each thing."""
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="entry-notice"><h2>{escape(title)}</h2>{told}</div>'


def owed_html(form_name: str, period: str, unit: str, facts: Sequence[str], state: str, state_name: str) -> str:
    """Show one return: form, period, unit, then facts such as by when it is due; `state` names its colour."""
    told = "".join(f" · {escape(fact)}" for fact in facts)
    return (
        f'<div class="entry-owed"><h2>{escape(form_name)}</h2>'
        f'<p><span class="entry-state entry-state-{state}">{escape(state_name)}</span> '
        f"{escape(_capital(period))} · {escape(unit)}{told}</p></div>"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
