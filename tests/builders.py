"""Small valid definitions: defaults, plus what a test is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from scorecard.domain.form import Check, Element, Form, Measure, Reporters, Severity
from scorecard.domain.formula import parse_formula
from scorecard.domain.goal import Comparator, parse_goal
from scorecard.domain.indicator import FormulaVersion, Indicator, IndicatorKind, Window
from scorecard.domain.period import Calendar, Frequency
from scorecard.domain.plan import Document, Limits, Plan, Scope, Target
from scorecard.domain.province import Level, Province, ReportingWindow
from scorecard.domain.unit import Unit, Units


def a_unit(code: str = "05908", **changes: object) -> Unit:
    content = {
        "name": "Xã Phú Bình",
        "kind": "commune",
        "level": "commune",
        "parent": "19",
        "peer_group": None,
        "protocol_order": 1,
        "valid_from": date(2025, 7, 1),
        "valid_to": None,
    } | changes
    return Unit(code=code, **content)


def an_element(id: str = "dossiers_received", **changes: object) -> Element:
    content = {
        "form_id": "online-services",
        "label": f"Số liệu {id}",
        "label_en": f"Figure {id}",
        "help": "Đếm tất cả.",
        "found_in": "Sổ theo dõi",
        "measure": Measure.FLOW,
        "decimals": 0,
        "counted_in": "hồ sơ",
        "out_of": None,
    } | changes
    return Element(id=id, **content)


def some_reporters(**changes: object) -> Reporters:
    content = {
        "kinds": frozenset({"commune"}),
        "levels": frozenset(),
        "codes": frozenset(),
        "every": Frequency.MONTH,
        "due_day": 5,
        "since": None,
        "until": None,
    } | changes
    return Reporters(**content)


def a_check(rule: str = "dossiers_full_online <= dossiers_received", **changes: object) -> Check:
    left, comparator, right = rule.split(" ")
    content = {"severity": Severity.HARD, "message": "Phần lớn hơn toàn bộ.", "message_en": None} | changes
    return Check(left=parse_formula(left), comparator=Comparator(comparator), right=parse_formula(right), **content)


def a_form(id: str = "online-services", elements: Sequence[Element] | None = None, **changes: object) -> Form:
    content = {
        "name": "Dịch vụ công trực tuyến hằng tháng",
        "name_en": None,
        "reporters": (some_reporters(),),
        "checks": (a_check(),) if elements is None else (),
    } | changes
    if elements is None:
        elements = (an_element("dossiers_received"), an_element("dossiers_full_online"))
    return Form(id=id, elements=tuple(replace(element, form_id=id) for element in elements), **content)


def an_indicator(id: str = "full_online_dossiers", **changes: object) -> Indicator:
    version = FormulaVersion(
        since=None,
        numerator=parse_formula("dossiers_full_online"),
        denominator=parse_formula("dossiers_received"),
    )
    content = {
        "name": "Tỷ lệ hồ sơ xử lý hoàn toàn trực tuyến",
        "name_en": None,
        "kind": IndicatorKind.RATIO,
        "versions": (version,),
        "rising_is_good": True,
        "window": Window.YEAR,
        "decimals": 1,
        "counted_in": "%",
        "source_system": "",
        "publication_lag_months": None,
        "breaks": (),
    } | changes
    return Indicator(id=id, **content)


def a_target(id: str = "full-online-dossiers", goal: str = ">= 80%", **changes: object) -> Target:
    content = {
        "plan_id": "kh-222-2024",
        "name": "80% hồ sơ được xử lý hoàn toàn trực tuyến",
        "name_en": None,
        "indicator_id": "full_online_dossiers",
        "goal": parse_goal(goal),
        "starts": date(2024, 12, 1),
        "due": date(2025, 12, 31),
        "scope": Scope(),
    } | changes
    return Target(id=id, **content)


def a_plan(*targets: Target, **changes: object) -> Plan:
    content = {
        "id": "kh-222-2024",
        "name": "Dịch vụ công trực tuyến 2024–2025",
        "name_en": None,
        "document": Document(number="222", dated=date(2024, 11, 27), issuer="UBND tỉnh"),
        "starts": date(2024, 12, 1),
        "ends": date(2025, 12, 31),
        "supersedes": (),
        "superseded_from": None,
    } | changes
    return Plan(targets=targets or (a_target(),), **content)


def a_province(**changes: object) -> Province:
    """One commune since 2025-07, one form, one ratio, one plan."""
    top = a_unit("19", name="Tỉnh Thái Nguyên", kind="province", level="province", parent=None, valid_from=None)
    content = {
        "id": "thai-nguyen",
        "name": "Thái Nguyên",
        "name_en": None,
        "root_code": "19",
        "levels": (Level(id="commune", name="Cấp xã", name_en=None, valid_from=None, valid_to=None),),
        "kinds": {"province": "tỉnh", "commune": "xã"},
        "calendar": Calendar.CALENDAR,
        "window": ReportingWindow(closes_after_days=25, working_weekdays=frozenset(range(5)), holidays=frozenset()),
        "limits": Limits(),
        "units": Units((top, a_unit())),
        "forms": (a_form(),),
        "indicators": {"full_online_dossiers": an_indicator()},
        "lists": {},
        "plans": (a_plan(),),
        "digest": "0",
    } | changes
    return Province(**content)
