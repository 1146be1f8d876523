"""The way from baseline to goal as an inline drawing: track, bar, where today must be, goal."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from scorecard.presentation.overview_rows import PathBar, Steps, Words

_WIDTH, _HEIGHT = 300, 34
_START, _GOAL = 6, 276
_CENTRE = _HEIGHT / 2
_STEP_GAP = 4


def draw(path: PathBar | Steps | Words) -> str:
    """Draw a way as HTML; words stay words."""
    match path:
        case PathBar(done=done, expected=expected):
            return _svg(_bar(done, expected), path.spoken)
        case Steps(done=steps_done, total=total):
            return _svg(_steps(steps_done, total), path.spoken)
        case Words():
            return escape(path.spoken)


def _svg(content: str, spoken: str) -> str:
    return (
        f'<svg class="way" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(spoken)}">{content}</svg>'
    )


def _bar(done: Fraction | None, expected: Fraction | None) -> str:
    if done is None:
        return _rect("track empty", _START, _GOAL - _START, 24) + _goal_rule()
    parts = [_rect("track", _START, _GOAL - _START, 24)]
    end = _x(done)
    parts.append(_rect("bar", _START, end - _START, 12) if done > 0 else _rect("bar", _START - 4, 4, 12))
    parts.append(_goal_rule())
    if expected is not None:
        parts.append(_rect("expected", _x(expected) - 2, 4, 32))
    return "".join(parts)


def _steps(done: int, total: int) -> str:
    width = (_GOAL - _START - _STEP_GAP * (total - 1)) / total
    places = (_START + index * (width + _STEP_GAP) for index in range(total))
    return "".join(_rect("bar" if index < done else "track", x, width, 18) for index, x in enumerate(places))


def _goal_rule() -> str:
    return _rect("goal", _GOAL - 1, 3, _HEIGHT)


def _rect(name: str, x: float, width: float, height: float) -> str:
    return f'<rect class="{name}" x="{x:.1f}" y="{_CENTRE - height / 2:.1f}" width="{width:.1f}" height="{height}"/>'


def _x(share: Fraction) -> float:
    """Return the place of a share of the path; beyond the goal the bar ends at the edge of the drawing."""
    return min(max(_START + float(share) * (_GOAL - _START), _START), _WIDTH)
