"""Drawn marks of the nine statuses: a shape each, so that none is told by colour alone."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from scorecard.domain.status import Status
from scorecard.presentation.texts import Texts

_OUTLINE = 'fill="none" stroke="currentColor" stroke-width="2"'
_CLOCK = f'<circle cx="10" cy="10" r="7.5" {_OUTLINE}/><path d="M10 5.5V10l3.2 2" {_OUTLINE}/>'

SHAPES: dict[Status, str] = {
    Status.MISSED: (
        '<path fill="currentColor" fill-rule="evenodd" d="M2 2h16v16H2zM7 5.4 5.4 7l3 3-3 3L7 14.6l3-3 3 3 1.6-1.6-3-3 '
        '3-3L13 5.4l-3 3z"/>'
    ),
    Status.OFF_TRACK: '<rect x="3" y="3" width="14" height="14" fill="currentColor"/>',
    Status.AT_RISK: '<path d="M10 1.5 18.5 10 10 18.5 1.5 10z" fill="currentColor"/>',
    Status.NO_DATA: f'<circle cx="10" cy="10" r="7.5" {_OUTLINE} stroke-dasharray="3.4 2.5"/>',
    Status.ON_TRACK: '<path d="M10 2.5 18.5 17.5h-17z" fill="currentColor"/>',
    Status.MET: '<path d="M2.5 10.5 8 16 17.5 4.5" fill="none" stroke="currentColor" stroke-width="3.4"/>',
    Status.TOO_EARLY: _CLOCK,
    Status.NOT_DUE: (
        f'<rect x="3" y="4" width="14" height="13" {_OUTLINE}/><path d="M3 8.5h14M7 2v4m6-4v4" {_OUTLINE}/>'
    ),
    Status.NOT_APPLICABLE: f'<circle cx="10" cy="10" r="7.5" {_OUTLINE}/><path d="M5 15 15 5" {_OUTLINE}/>',
}


def mark(status: Status) -> str:
    """Draw the shape of a status in the colour of the text around it."""
    return f'<svg class="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{SHAPES[status]}</svg>'


def chip(status: Status, texts: Texts) -> str:
    """Write shape and word of a status as HTML."""
    return f'<span class="chip {status}">{mark(status)}{escape(texts(f"status.{status}"))}</span>'


def count_styles() -> str:
    """Return the styles that draw each status's shape and colours on the button that counts it."""
    return "".join(_count_style(status) for status in Status)


def black_mark(status: Status) -> str:
    """Draw the shape of a status in black as an SVG file of its own."""
    shape = SHAPES[status].replace("currentColor", "black")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">{shape}</svg>'


def _count_style(status: Status) -> str:
    image = quote(black_mark(status))
    return f'[class*="-{status}"] button {{ --shape: url("data:image/svg+xml,{image}"); }}'
