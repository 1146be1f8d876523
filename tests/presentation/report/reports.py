"""Reports of small scoreboards, and of fifteen targets, the most that an overview shows on one screen."""

from datetime import UTC, date, datetime

from scorecard.domain.meeting import EditionMark
from scorecard.domain.province import Province
from scorecard.domain.unit import Units
from scorecard.presentation.formats import Formats
from scorecard.presentation.report.content import Occasion, Report, build_report
from tests.builders import a_target, a_unit
from tests.presentation.scoreboards import SEPTEMBER, VI, a_late_row, overview_of, province_of

LEAD = "Văn phòng Ủy ban nhân dân tỉnh"
LONG_NAMES = (
    "80% hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến trên toàn tỉnh",
    "100% người dùng dịch vụ công trực tuyến được định danh và xác thực điện tử",
    "100% dịch vụ có trên hệ thống tỉnh và đồng bộ Cổng Dịch vụ công quốc gia",
)
STATUSES = {
    "off_track": "far_behind_path",
    "at_risk": "behind_path",
    "on_track": "on_path",
    "met": "met",
    "no_data": "no_figures",
}
ADDRESS = "https://chuyendoiso.thainguyen.gov.vn/tong-quan?ke-hoach=kh-222-2024&ky=2025-09"
MARK = EditionMark(
    number=4,
    plan_id="kh-222-2024",
    month=SEPTEMBER,
    name="Họp giao ban tháng 10",
    figures_hash="f",
    definitions_hash="0",
    program="1",
    seal="ab12cd34ef56",
    frozen_at=datetime(2025, 10, 3, 1, tzinfo=UTC),
    frozen_by="chair",
    event=7,
)


def an_occasion(**changes: object) -> Occasion:
    content = {
        "month": SEPTEMBER,
        "today": date(2025, 10, 3),
        "known_on": None,
        "edition": None,
        "address": ADDRESS,
        "is_sample": False,
    } | changes
    return Occasion(**content)


def report_of(*rows: dict[str, object], province: Province, formats: Formats = VI, **changes: object) -> Report:
    overview = overview_of(*rows, province=province, formats=formats, cut_off=datetime(2025, 10, 3, 8, 0))
    return build_report(overview, province, province.plans[0], an_occasion(**changes), formats)


def province_with(*names: str, lead: str = LEAD) -> Province:
    """A province whose targets `t0`, `t1`, … bear these names and are led by one unit."""
    top = a_unit("19", name="Tỉnh Thái Nguyên", kind="province", level="province", parent=None, valid_from=None)
    office = a_unit("van-phong", name=lead, kind="department", level="province", valid_from=None)
    targets = (a_target(f"t{number}", name=name, lead="van-phong") for number, name in enumerate(names))
    return province_of(*targets, units=Units((top, a_unit(), office)))


def report_with(count: int, names: tuple[str, ...] = LONG_NAMES, **changes: object) -> Report:
    """A report of so many targets of long names and five statuses."""
    statuses = list(STATUSES.items())
    rows = []
    for number in range(count):
        status, reason = statuses[number % len(statuses)]
        ahead = {} if status in ("met", "no_data") else {"forecast": 0.763, "forecast_path": 0.805}
        rows.append(a_late_row(f"t{number}", status=status, reason=reason, **ahead))
    return report_of(*rows, province=province_with(*(names[n % len(names)] for n in range(count))), **changes)
