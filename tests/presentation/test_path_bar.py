import re
from fractions import Fraction

from scorecard.presentation.overview_rows import Held, PathBar, Steps, Words
from scorecard.presentation.path_bar import draw, draw_on_paper


def boxes(html: str) -> dict[str, list[tuple[float, float]]]:
    """Return left edge and width of each drawn rectangle, by its class."""
    found: dict[str, list[tuple[float, float]]] = {}
    for name, x, width in re.findall(r'<rect class="([a-z ]+)" x="([-\d.]+)"[^>]* width="([\d.]+)"', html):
        found.setdefault(name, []).append((float(x), float(width)))
    return found


def bar(done: str | None, expected: str | None, forecast: str | None = None) -> dict[str, list[tuple[float, float]]]:
    path = PathBar(
        done=None if done is None else Fraction(done),
        expected=None if expected is None else Fraction(expected),
        forecast=None if forecast is None else Fraction(forecast),
        spoken="",
    )
    return boxes(draw(path))


def test_the_bar_grows_with_what_is_done_and_the_tick_stands_where_today_must_be() -> None:
    drawn = bar("0.5", "0.75")
    (track_x, track_width), (bar_x, bar_width) = drawn["track"][0], drawn["bar"][0]
    assert (bar_x, bar_width) == (track_x, track_width / 2)
    tick_x, tick_width = drawn["expected"][0]
    assert tick_x + tick_width / 2 == track_x + track_width * 0.75


def test_the_goal_is_at_the_end_of_the_track_in_every_row() -> None:
    goals = {bar(done, "0.75")["goal"][0] for done in ("0", "0.5", "1", "1.4", "-0.3")} | {bar(None, None)["goal"][0]}
    assert len(goals) == 1


def test_beyond_the_goal_the_bar_ends_inside_the_drawing() -> None:
    x, width = bar("7.5", "1")["bar"][0]
    assert x + width == 300


def test_going_backwards_never_fills_the_track() -> None:
    assert bar("-0.3", "0.75")["bar"][0][1] == 4


def test_no_data_is_a_dashed_empty_track_not_a_bar_of_zero() -> None:
    drawn = bar(None, None)
    assert list(drawn) == ["track empty", "goal"]


def test_steps_are_boxes_filled_one_by_one() -> None:
    drawn = boxes(draw(Steps(done=2, total=5, spoken="2/5 bước")))
    assert (len(drawn["bar"]), len(drawn["track"])) == (2, 3)


def test_a_drawing_is_read_aloud_and_words_stay_words() -> None:
    assert 'role="img" aria-label="Đã đi &lt;nửa&gt;"' in draw(
        PathBar(done=Fraction(1, 2), expected=None, forecast=None, spoken="Đã đi <nửa>")
    )
    assert draw(Words(spoken="hạng 6 → đích <3>")) == "hạng 6 → đích &lt;3&gt;"


def diamond(forecast: str) -> float:
    drawn = draw(PathBar(done=Fraction(1, 2), expected=None, forecast=Fraction(forecast), spoken=""))
    (x,) = re.findall(r'class="forecast" d="M([\d.]+) ', drawn)
    return float(x)


def test_a_hollow_diamond_stands_where_the_forecast_is() -> None:
    (track_x, track_width) = bar("0.5", None)["track"][0]
    assert diamond("0.8") == track_x + track_width * 0.8
    assert diamond("1") == bar("0.5", None)["goal"][0][0] + 1


def test_a_forecast_beyond_the_drawing_stays_whole_inside_it() -> None:
    assert diamond("7.5") == 300 - 9
    assert diamond("-3") == 6
    assert "forecast" not in draw(PathBar(done=Fraction(1, 2), expected=None, forecast=None, spoken=""))


def test_a_goal_that_is_kept_is_a_full_dot_on_it_and_a_hollow_one_short_of_it_when_lost() -> None:
    goal = boxes(draw(Held(kept=True, spoken="")))["goal"][0][0] + 1
    assert f'<ellipse class="bar" cx="{goal:.0f}"' in draw(Held(kept=True, spoken=""))
    (x,) = re.findall(r'<ellipse class="fallen" cx="(\d+)"', draw(Held(kept=False, spoken="")))
    assert int(x) < goal


def test_on_paper_a_way_is_the_same_drawing_in_greys_and_words_are_none() -> None:
    steps = Steps(done=2, total=5, spoken="2/5 bước")
    drawn = draw_on_paper(steps)
    assert drawn is not None
    assert boxes(drawn) == boxes(draw(steps))
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 34"')
    assert draw_on_paper(Words(spoken="hạng 6 → đích 3")) is None
