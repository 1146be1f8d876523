"""The place of a unit among its peers and how it is told."""

import polars as pl
import pytest

from scorecard.calculation.ranking import RANKS
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.places import Place, place_text, read_places
from tests.presentation.scoreboards import PLAIN, VI, a_late_row, a_standing

AMOUNTS, STANDING = Amounts(VI, PLAIN), a_standing(a_late_row(), PLAIN)


def ranks_of(*rows: tuple[str, str, int | None, int, str | None]) -> pl.DataFrame:
    whole = [("plan", target, unit, "xa", rank, ranked, why) for target, unit, rank, ranked, why in rows]
    return pl.DataFrame(whole, RANKS, orient="row")


NOW = ranks_of(("t", "a", 47, 88, None), ("t", "b", None, 88, "not_reported"), ("alone", "a", 1, 1, None))


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (53, "hạng 47/88 (tăng 6 bậc)"),
        (40, "hạng 47/88 (giảm 7 bậc)"),
        (47, "hạng 47/88 (giữ hạng tháng trước)"),
        (None, "hạng 47/88"),
    ],
)
def test_a_place_is_told_with_how_far_it_climbed(before: int | None, told: str) -> None:
    earlier = ranks_of(("t", "a", before, 90, None if before else "too_small"))
    assert place_text(read_places(NOW, earlier, "a")["t"], STANDING, AMOUNTS) == told


def test_in_the_first_month_of_a_plan_nothing_is_said_of_the_one_before() -> None:
    assert read_places(NOW, None, "a")["t"] == Place(rank=47, ranked=88, unranked=None, climbed=None)


def test_to_be_the_only_one_is_no_rank() -> None:
    assert read_places(NOW, None, "a")["alone"].rank is None


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("not_reported", "chưa xếp hạng vì chưa có số liệu tháng 9/2025"),
        ("no_cases", "chưa xếp hạng vì không phát sinh trong kỳ"),
        ("too_small", "chưa xếp hạng vì mẫu số dưới 30\N{NO-BREAK SPACE}hồ sơ"),
        ("no_peer_group", "chưa xếp hạng vì không có nhóm so sánh"),
    ],
)
def test_a_unit_that_is_not_ranked_is_told_why_whatever_it_was_before(why: str, told: str) -> None:
    now, earlier = ranks_of(("t", "a", None, 88, why)), ranks_of(("t", "a", 3, 88, None))
    place = read_places(now, earlier, "a")["t"]
    assert (place.rank, place.climbed) == (None, None)
    assert place_text(place, STANDING, AMOUNTS) == told
