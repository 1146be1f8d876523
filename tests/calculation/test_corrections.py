from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from scorecard.calculation.corrections import Direction, Timing, corrected_figures, count_changes
from scorecard.domain.figure import Figure, FigureState, RecordedFigure
from scorecard.domain.period import Period

ZONE = timezone(timedelta(hours=7))
START = datetime(2025, 10, 1, 1, tzinfo=UTC)
DUE = date(2025, 10, 6)


def a_figure(value: str | None, **changes: object) -> Figure:
    content = {
        "unit_id": "05908@2025-07-01",
        "element_id": "received",
        "period": Period.parse("2025-09"),
        "state": FigureState.NUMBER if value is not None else FigureState.NOT_AVAILABLE,
    } | changes
    return Figure(value=None if value is None else Decimal(value), **content)


def recorded(figure: Figure, revision: int, days: float = 0, event: int | None = None) -> RecordedFigure:
    return RecordedFigure(
        figure=figure,
        revision=revision,
        recorded_at=START + timedelta(days=days),
        recorded_by="head",
        reason="",
        event=event or revision,
    )


def history(*values: str | None, days: tuple[float, ...] = (0, 1, 2, 3)) -> list[RecordedFigure]:
    return [recorded(a_figure(value), n, days[n - 1]) for n, value in enumerate(values, 1)]


def due(_: Figure) -> date:
    return DUE


def test_a_figure_that_was_never_changed_is_not_in_the_ledger() -> None:
    assert corrected_figures(history("100"), due, ZONE) == ()
    assert corrected_figures([], due, ZONE) == ()


def test_each_change_says_how_much_in_which_direction_and_how_many_days_after_the_first() -> None:
    (found,) = corrected_figures(history("100", "110", "95", days=(0, 2, 9)), due, ZONE)
    assert [(c.direction, c.difference, c.days_since_first, c.days_past_due) for c in found.changes] == [
        (Direction.UP, Decimal(10), 2, -3),
        (Direction.DOWN, Decimal(-15), 9, 4),
    ]
    assert (found.first.figure.value, found.now.value) == (Decimal(100), Decimal(95))
    assert (found.direction, found.difference) == (Direction.DOWN, Decimal(-5))


@pytest.mark.parametrize(
    ("before", "after", "direction", "difference"),
    [
        ("0", "1", Direction.UP, Decimal(1)),
        ("1", "0", Direction.DOWN, Decimal(-1)),
        (None, "0", Direction.SUPPLIED, None),
        ("0", None, Direction.WITHDRAWN, None),
        ("5", "5", Direction.SAME_NUMBER, Decimal(0)),
        (None, None, Direction.SAME_NUMBER, None),
    ],
)
def test_a_number_and_its_absence_are_never_merged(
    before: str | None, after: str | None, direction: Direction, difference: Decimal | None
) -> None:
    (found,) = corrected_figures(history(before, after), due, ZONE)
    assert (found.direction, found.difference) == (direction, difference)
    assert (found.changes[0].direction, found.changes[0].difference) == (direction, difference)


def test_what_was_announced_as_not_reported_first_is_no_figure_yet() -> None:
    announced = a_figure(None, state=FigureState.NOT_REPORTED)
    first = [recorded(announced, 1), recorded(announced, 2, 1), recorded(a_figure("7"), 3, 2)]
    assert corrected_figures(first, due, ZONE) == ()
    (found,) = corrected_figures([*first, recorded(announced, 4, 3)], due, ZONE)
    assert (found.first.revision, found.direction, found.changes[0].days_since_first) == (3, Direction.WITHDRAWN, 1)


@pytest.mark.parametrize(
    ("days_past_due", "timing"),
    [
        (-4, Timing.BEFORE_DUE),
        (-3, Timing.NEAR_DUE),
        (0, Timing.NEAR_DUE),
        (3, Timing.NEAR_DUE),
        (4, Timing.AFTER_DUE),
    ],
)
def test_near_the_due_day_is_up_to_three_days_on_either_side(days_past_due: int, timing: Timing) -> None:
    (found,) = corrected_figures(history("1", "2", days=(0, 5 + days_past_due)), due, ZONE)
    assert (found.changes[0].days_past_due, found.changes[0].timing) == (days_past_due, timing)


def test_a_figure_without_a_due_day_is_neither_early_nor_late() -> None:
    (found,) = corrected_figures(history("1", "2"), lambda _: None, ZONE)
    assert (found.changes[0].days_past_due, found.changes[0].timing) == (None, Timing.NO_DUE)


def test_a_day_ends_at_midnight_in_vietnam() -> None:
    before, after = (16 - 0.02) / 24, 16 / 24  # START is 8:00 there
    assert corrected_figures(history("1", "2", days=(0, before)), due, ZONE)[0].changes[0].days_since_first == 0
    assert corrected_figures(history("1", "2", days=(0, after)), due, ZONE)[0].changes[0].days_since_first == 1


def test_figures_stay_apart_and_the_last_changed_comes_first() -> None:
    revisions = [
        recorded(a_figure("1"), 1, event=1),
        recorded(a_figure("5", element_id="online"), 1, event=1),
        recorded(a_figure("5", period=Period.parse("2025-08")), 1, event=1),
        recorded(a_figure("2"), 2, 1, event=2),
        recorded(a_figure("6", element_id="online"), 2, 2, event=3),
    ]
    found = corrected_figures(revisions, due, ZONE)
    assert [each.now.element_id for each in found] == ["online", "received"]


def test_changes_are_counted_by_when_they_came_and_what_they_did() -> None:
    found = corrected_figures(history("1", "2", "3", "1", days=(0, 1, 6, 20)), due, ZONE)
    assert count_changes(found) == {
        Timing.BEFORE_DUE: {Direction.UP: 1},
        Timing.NEAR_DUE: {Direction.UP: 1},
        Timing.AFTER_DUE: {Direction.DOWN: 1},
        Timing.NO_DUE: {},
    }
