from dataclasses import replace
from fractions import Fraction

from scorecard.domain.plan import Limits
from scorecard.domain.status import Status
from scorecard.presentation.method import method_html
from tests.presentation.scoreboards import EN, VI


def test_the_rules_are_told_with_the_limits_in_force() -> None:
    limits = replace(Limits(), off_track_ratio=Fraction(3, 4), late_step_days=45, improving_margin=Fraction(25, 1000))
    html = method_html(limits, VI)
    assert "nhịp dưới 95%, hoặc dự báo chưa tới đích; việc theo bước: có bước trễ hạn không quá 45 ngày." in html
    assert "Nhịp dưới 75% mà dự báo không tới đích" in html
    assert "chỉ đơn vị đã báo cáo và có mẫu số từ 30" in html
    assert "phải vượt ngưỡng thêm 2,5 điểm %" in html


def test_every_status_is_explained_in_both_languages() -> None:
    for formats in (VI, EN):
        html = method_html(Limits(), formats)
        assert all(f'class="chip {status}"' in html for status in Status)
