"""The one chart of a slide, drawn on the server: the values of the months, the way expected, the goal.

It is inline, so that it is there without the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from scorecard.domain.period import Month
from scorecard.presentation.formats import Formats
from scorecard.presentation.meeting_content import FrozenRow
from scorecard.presentation.overview_rows import Steps
from scorecard.presentation.path_bar import draw

_WIDTH, _HEIGHT = 1100, 430
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 270, 50, 370
_LABEL_GAP = 42
_MARGIN = 0.12
_LEAST_POINTS = 2

Place = tuple[float, float]


def chart_html(row: FrozenRow, formats: Formats) -> str:
    """Draw how a row came to where it stands; its steps where it is a milestone, nothing with fewer than two months."""
    if row.steps:
        done = int(row.measured or 0)
        return draw(Steps(done=done, total=row.steps, spoken=f"{row.name}: {row.value}"))
    points = [point for point in row.points if point.value is not None]
    if len(points) < _LEAST_POINTS:
        return ""
    content = "".join(_Drawing(row, formats).parts())
    spoken = formats.texts("meeting.chart_spoken", name=row.name, value=row.value, goal=row.goal, months=len(points))
    return (
        f'<svg class="course" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(spoken)}">{content}</svg>'
    )


class _Drawing:
    def __init__(self, row: FrozenRow, formats: Formats) -> None:
        self._row, self._formats = row, formats
        self._points = row.points
        heights = [y for point in row.points for y in (point.value, point.expected) if y is not None]
        heights += [] if row.goal_at is None else [row.goal_at]
        low, high = min(heights), max(heights)
        room = (high - low or abs(high) or 1) * _MARGIN
        self._low, self._high = low - room, high + room

    def parts(self) -> Iterator[str]:
        """Yield the marks: plan and goal below, the values on top, the words at their ends."""
        texts, last = self._formats.texts, self._points[-1]
        labels = []
        expected = [self._place(n, p.expected) for n, p in enumerate(self._points) if p.expected is not None]
        if self._row.goal_at is not None:
            y = self._y(self._row.goal_at)
            yield f'<line class="goal" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            labels.append((y, "goal", texts("meeting.chart_goal", goal=self._row.goal)))
        if len(expected) > 1 and last.expected not in (None, self._row.goal_at):
            yield _line("plan", expected)
            labels.append((expected[-1][1], "plan", texts("meeting.chart_plan")))
        values = [self._place(n, p.value) for n, p in enumerate(self._points) if p.value is not None]
        yield _line("value", values)
        yield f'<circle class="value" cx="{values[-1][0]:.1f}" cy="{values[-1][1]:.1f}" r="9"/>'
        labels.append((values[-1][1], "value", self._row.value.partition(" ")[0]))
        yield from _labels(labels)
        yield from self._months()

    def _months(self) -> Iterator[str]:
        for number in (0, len(self._points) - 1):
            month = Month(self._points[number].month)
            x, _ = self._place(number, self._low)
            anchor = "start" if number == 0 else "middle"
            text = self._formats.texts("meeting.chart_month", number=month.number, year=month.year)
            yield f'<text class="month" x="{x:.1f}" y="{_BOTTOM + 48}" text-anchor="{anchor}">{escape(text)}</text>'

    def _place(self, number: int, value: float) -> Place:
        step = (_WIDTH - _RIGHT - _LEFT) / max(len(self._points) - 1, 1)
        return _LEFT + number * step, self._y(value)

    def _y(self, value: float) -> float:
        return _BOTTOM - (value - self._low) / (self._high - self._low) * (_BOTTOM - _TOP)


def _line(name: str, places: Iterable[Place]) -> str:
    return f'<polyline class="{name}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>'


def _labels(labels: Sequence[tuple[float, str, str]]) -> Iterator[str]:
    """Write the words right of the marks, in the order of their heights, so far apart that none covers another."""
    lowest = float("-inf")
    for y, name, text in sorted(labels):
        lowest = max(y, lowest + _LABEL_GAP)
        yield f'<text class="{name}" x="{_WIDTH - _RIGHT + 22}" y="{lowest + 12:.1f}">{escape(text)}</text>'
