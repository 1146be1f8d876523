from scorecard.domain.status import Status
from scorecard.presentation.status_marks import SHAPES, black_mark, chip, count_styles, mark
from tests.presentation.scoreboards import VI


def test_every_status_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) == set(Status)
    assert len(set(SHAPES.values())) == len(Status)


def test_a_chip_says_the_status_beside_its_shape() -> None:
    assert chip(Status.OFF_TRACK, VI.texts) == (
        f'<span class="chip off_track">{mark(Status.OFF_TRACK)}Chậm tiến độ</span>'
    )


def test_every_count_has_its_shape_in_the_styles() -> None:
    assert all(f'[class*="-{status}"]' in count_styles() for status in Status)


def test_on_paper_every_shape_is_black() -> None:
    drawn = [black_mark(status) for status in Status]
    assert len(set(drawn)) == len(Status)
    assert all("black" in each and "currentColor" not in each for each in drawn)
