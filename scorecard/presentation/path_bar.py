"""The way from baseline to goal as a drawing: track, bar, where today must be, forecast, goal."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from scorecard.presentation.overview_rows import Held, PathBar, Steps, Words

_WIDTH, _HEIGHT = 300, 34
_START, _GOAL = 6, 276
_CENTRE = _HEIGHT / 2
_STEP_GAP = 4
_DIAMOND, _DOT = 9, 8
_SHORT_OF_GOAL = 30


_ON_PAPER = (
    "<style>.track{fill:#d9d9d9}.bar{fill:#555}.expected,.goal{fill:#000}.forecast,.fallen{fill:#fff;stroke:#000;"
    "stroke-width:2.5}.track.empty{fill:#fff;stroke:#555;stroke-width:2;stroke-dasharray:8 6}</style>"
)


def draw(path: PathBar | Held | Steps | Words) -> str:
    """Draw a way as HTML; words stay words."""
    marks = _marks(path)
    if marks is None:
        return escape(path.spoken)
    return (
        f'<svg class="way" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(path.spoken)}">{marks}</svg>'
    )


def draw_on_paper(path: PathBar | Held | Steps | Words) -> str | None:
    """Draw a way as an SVG file of its own in black and greys; None for words."""
    marks = _marks(path)
    if marks is None:
        return None
    box = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{_ON_PAPER}{marks}</svg>'


def _marks(path: PathBar | Held | Steps | Words) -> str | None:
    match path:
        case PathBar():
            return _bar(path)
        case Held(kept=kept):
            return _held(kept)
        case Steps(done=steps_done, total=total):
            return _steps(steps_done, total)
        case Words():
            return None


def _bar(path: PathBar) -> str:
    if path.done is None:
        return _rect("track empty", _START, _GOAL - _START, 24) + _goal_rule()
    parts = [_rect("track", _START, _GOAL - _START, 24)]
    end = _x(path.done)
    parts.append(_rect("bar", _START, end - _START, 12) if path.done > 0 else _rect("bar", _START - 4, 4, 12))
    parts.append(_goal_rule())
    if path.expected is not None:
        parts.append(_rect("expected", _x(path.expected) - 2, 4, 32))
    if path.forecast is not None:
        parts.append(_diamond(min(_x(path.forecast), _WIDTH - _DIAMOND)))
    return "".join(parts)


def _held(kept: bool) -> str:
    """Draw a goal to be kept: a full dot on it, or a hollow one fallen short of it; how far is told in words."""
    x, name = (_GOAL, "bar") if kept else (_GOAL - _SHORT_OF_GOAL, "fallen")
    dot = f'<ellipse class="{name}" cx="{x}" cy="{_CENTRE:.1f}" rx="{_DOT}" ry="{_DOT}"/>'
    return _rect("track", _START, _GOAL - _START, 4) + _goal_rule() + dot


def _steps(done: int, total: int) -> str:
    width = (_GOAL - _START - _STEP_GAP * (total - 1)) / total
    places = (_START + index * (width + _STEP_GAP) for index in range(total))
    return "".join(_rect("bar" if index < done else "track", x, width, 18) for index, x in enumerate(places))


def _goal_rule() -> str:
    return _rect("goal", _GOAL - 1, 3, _HEIGHT)


def _diamond(x: float) -> str:
    y, d = _CENTRE, _DIAMOND
    return f'<path class="forecast" d="M{x:.1f} {y - d}l{d} {d}l{-d} {d}l{-d} {-d}z"/>'


def _rect(name: str, x: float, width: float, height: float) -> str:
    return f'<rect class="{name}" x="{x:.1f}" y="{_CENTRE - height / 2:.1f}" width="{width:.1f}" height="{height}"/>'


def _x(share: Fraction) -> float:
    """Return the place of a share of the path; beyond the goal the bar ends at the edge of the drawing."""
    return min(max(_START + float(share) * (_GOAL - _START), _START), _WIDTH)
