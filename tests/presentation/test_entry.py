"""What the entry page says, as values: answers, dues, rates, and their HTML."""

from datetime import date
from decimal import Decimal

import pytest

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.form import Element, Form, Measure
from scorecard.domain.formula import parse_formula
from scorecard.domain.goal import parse_goal
from scorecard.domain.indicator import FormulaVersion, Indicator, IndicatorKind, Window
from scorecard.domain.period import Period
from scorecard.domain.plan import Document, Plan, Scope, Target
from scorecard.domain.province import ListMember, NamedList, Province
from scorecard.domain.unit import Units
from scorecard.presentation.entry import (
    Answer,
    Choice,
    Refusal,
    Typed,
    choices,
    figure_text,
    read_answers,
    understood,
)
from scorecard.presentation.entry_dues import due_text, owed_sentence
from scorecard.presentation.entry_html import (
    corrections_html,
    facts_html,
    field_error_html,
    owed_html,
    part_html,
    question_html,
    rates_html,
    table_html,
)
from scorecard.presentation.entry_rates import Rate, rates
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, load_texts
from tests.builders import a_province

TEXTS = load_texts(Language.VIETNAMESE)
ENGLISH = load_texts(Language.ENGLISH)
FORMATS = Formats(TEXTS)
SEPTEMBER = Period.parse("2025-09")
DUE, CLOSES = date(2025, 10, 5), date(2025, 10, 25)


def element(id_: str, measure: Measure = Measure.FLOW, decimals: int = 0, counted_in: str = "hồ sơ") -> Element:
    return Element(
        id=id_,
        form_id="online",
        label=f"Nhãn <{id_}>",
        label_en=f"Label {id_}",
        help="Đếm & ghi.",
        found_in="Hệ thống tỉnh",
        measure=measure,
        decimals=decimals,
        counted_in=counted_in,
        out_of=None,
    )


RECEIVED, ONLINE = element("received"), element("full_online")
SERVICES = element("services", Measure.STOCK, counted_in="dịch vụ")
FORM = Form(id="online", name="Biểu", name_en=None, elements=(RECEIVED, ONLINE, SERVICES), reporters=(), checks=())


def indicator(id_: str, kind: IndicatorKind, numerator: str, denominator: str | None, counted_in: str) -> Indicator:
    version = FormulaVersion(
        since=None,
        numerator=parse_formula(numerator),
        denominator=parse_formula(denominator) if denominator else None,
    )
    return Indicator(
        id=id_,
        name=f"Tên {id_}",
        name_en=None,
        kind=kind,
        versions=(version,),
        rising_is_good=True,
        window=Window.YEAR,
        decimals=1,
        counted_in=counted_in,
        source_system="",
        publication_lag_months=None,
        breaks=(),
    )


def province() -> Province:
    target = Target(
        id="eighty",
        plan_id="plan",
        name="80%",
        name_en=None,
        indicator_id="rate",
        goal=parse_goal(">= 80%"),
        starts=date(2025, 1, 1),
        due=date(2025, 12, 31),
        scope=Scope(),
    )
    plan = Plan(
        id="plan",
        name="Kế hoạch",
        name_en=None,
        document=Document(number="1", dated=None, issuer="UBND"),
        starts=date(2025, 1, 1),
        ends=date(2025, 12, 31),
        supersedes=(),
        superseded_from=None,
        targets=(target,),
    )
    members = tuple(ListMember(number=n, name=None, owner=None, state="awaiting_annex", source="") for n in range(76))
    indicators = (
        indicator("rate", IndicatorKind.RATIO, "full_online", "received", "%"),
        indicator("list", IndicatorKind.LIST_COUNT, "services", "size(essential)", "dịch vụ"),
        indicator("count", IndicatorKind.COUNT, "received", None, "hồ sơ"),
        indicator("elsewhere", IndicatorKind.RATIO, "other", "received", "%"),
    )
    return a_province(
        id="p",
        name="Tỉnh",
        levels=(),
        kinds={},
        units=Units(()),
        forms=(FORM,),
        indicators={each.id: each for each in indicators},
        lists={"essential": (NamedList(id="essential", since=None, members=members),)},
        plans=(plan,),
        digest="",
    )


def number(text: str) -> Typed:
    return Typed(Choice.NUMBER, text, "")


def answer(of: Element, value: str | None) -> Answer:
    state = FigureState.NUMBER if value is not None else FigureState.NOT_AVAILABLE
    return Answer(of, None if value is None else Decimal(value), state, "")


def test_a_form_is_understood_whole() -> None:
    typed = {
        "received": number("1.234"),
        "full_online": Typed(Choice.NONE_OCCURRED, "12", ""),
        "services": Typed(Choice.NOT_AVAILABLE, "12", " Hệ thống đang bảo trì "),
    }
    answers, refusals = read_answers(FORM.elements, typed, TEXTS)
    assert refusals == ()
    assert [(each.value, each.state, each.note) for each in answers] == [
        (Decimal(1234), FigureState.NUMBER, ""),
        (Decimal(0), FigureState.NUMBER, ""),
        (None, FigureState.NOT_AVAILABLE, "Hệ thống đang bảo trì"),
    ]


def test_every_place_to_correct_is_named_at_once() -> None:
    typed = {
        "received": number("1.23"),
        "full_online": number(""),
        "services": Typed(Choice.NOT_AVAILABLE, "", "mất mạng"),
    }
    answers, refusals = read_answers(FORM.elements, typed, TEXTS)
    assert answers == ()
    assert [refusal.place for refusal in refusals] == ["received", "full_online", "services"]
    assert refusals[1].text == "Gõ số vào ô này. Không có phát sinh thì gõ 0."
    assert refusals[2].text == "Viết rõ vì sao chưa có số liệu, từ 10 ký tự trở lên."


def test_none_occurred_is_not_offered_for_what_exists() -> None:
    assert choices(RECEIVED) == (Choice.NUMBER, Choice.NONE_OCCURRED, Choice.NOT_AVAILABLE)
    assert choices(SERVICES) == (Choice.NUMBER, Choice.NOT_AVAILABLE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1234", "Máy hiểu là: 1.234\N{NO-BREAK SPACE}hồ sơ"),
        ("", "Tính bằng hồ sơ. Ví dụ cách gõ: 1.234"),
        ("1.23", "Tính bằng hồ sơ. Ví dụ cách gõ: 1.234"),
    ],
)
def test_the_line_under_a_box_reads_the_number_back(text: str, said: str) -> None:
    assert understood(RECEIVED, number(text), TEXTS) == said


@pytest.mark.parametrize(
    ("value", "state", "note", "printed"),
    [
        ("0", FigureState.NUMBER, "", "0\N{NO-BREAK SPACE}hồ sơ"),
        ("1234", FigureState.APPROXIMATE, "", "khoảng 1.234\N{NO-BREAK SPACE}hồ sơ"),
        (None, FigureState.NOT_AVAILABLE, "mất mạng", "chưa có số liệu, vì: mất mạng"),
        (None, FigureState.NOT_REPORTED, "", "chưa báo cáo"),
        (None, FigureState.NOT_APPLICABLE, "", "không áp dụng"),
    ],
)
def test_zero_and_the_kinds_of_missing_are_told_apart(
    value: str | None, state: FigureState, note: str, printed: str
) -> None:
    figure = Figure(
        unit_id="u",
        element_id="received",
        period=SEPTEMBER,
        value=None if value is None else Decimal(value),
        state=state,
        note=note,
    )
    assert figure_text(RECEIVED, figure, TEXTS) == printed


def test_nothing_on_record_is_said_in_words() -> None:
    assert figure_text(RECEIVED, None, TEXTS) == "chưa có số liệu"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2025, 10, 3), "hạn 05/10/2025 (còn 2 ngày)"),
        (date(2025, 10, 5), "hạn là hôm nay, 05/10/2025"),
        (date(2025, 10, 8), "quá hạn 3 ngày (hạn 05/10/2025), vẫn nộp được đến hết ngày 25/10/2025"),
    ],
)
def test_the_due_day_is_told_from_today(today: date, said: str) -> None:
    assert due_text(DUE, CLOSES, today, FORMATS) == said


def test_the_list_opens_with_one_sentence() -> None:
    today = date(2025, 10, 3)
    assert owed_sentence([], 0, today, FORMATS) == "Hiện đơn vị không có biểu nào đến kỳ nộp."
    assert owed_sentence([], 3, today, FORMATS) == "Đơn vị đã nộp đủ 3/3 biểu đang mở."
    later = (date(2025, 11, 5), date(2025, 11, 25))
    assert (
        owed_sentence([later, (DUE, CLOSES)], 5, today, FORMATS)
        == "Còn 2/5 biểu chưa nộp; hạn 05/10/2025 (còn 2 ngày)."
    )


def test_rates_follow_from_one_return() -> None:
    answers = [answer(RECEIVED, "1000"), answer(ONLINE, "805"), answer(SERVICES, "76")]
    assert rates(province(), FORM, SEPTEMBER, answers, FORMATS) == [
        Rate("Tên rate", "80,5%", "805 trên 1.000"),
        Rate("Tên list", "76/76 dịch vụ", ""),
    ]


def test_a_rate_just_short_of_its_goal_is_not_printed_as_reaching_it() -> None:
    answers = [answer(RECEIVED, "10000"), answer(ONLINE, "7996")]
    assert rates(province(), FORM, SEPTEMBER, answers, FORMATS)[0].value == "79,96%"


def test_no_cases_is_no_rate_and_a_missing_part_leaves_the_rate_out() -> None:
    assert rates(province(), FORM, SEPTEMBER, [answer(RECEIVED, "0"), answer(ONLINE, "0")], FORMATS) == [
        Rate("Tên rate", "không phát sinh", "")
    ]
    assert rates(province(), FORM, SEPTEMBER, [answer(RECEIVED, "5"), answer(ONLINE, None)], FORMATS) == []


def test_nothing_typed_reaches_the_page_unescaped() -> None:
    attack = "<script>alert('x')</script>"
    refusal = Refusal("received", attack, attack)
    made = [
        question_html(1, RECEIVED, [("tháng 8/2025", attack)], TEXTS),
        corrections_html([("key", refusal)], 1, TEXTS),
        field_error_html("key", refusal, TEXTS),
        table_html(attack, ["a", attack], [["b", attack]]),
        rates_html(attack, [Rate(attack, attack, attack)]),
        facts_html([(attack, attack)]),
        owed_html(attack, attack, attack, [attack], "to_do", attack),
        part_html(attack, attack),
    ]
    assert all("<script>" not in html and "&lt;script&gt;" in html for html in made)


def test_a_place_to_correct_links_to_its_box_with_the_same_words() -> None:
    refusal = Refusal("received", "Gõ số vào ô này.", "Hồ sơ")
    summary = corrections_html([("entry-received", refusal)], 1, TEXTS)
    assert "Có 1 chỗ cần sửa" in summary
    assert '<a href="#entry-received">Hồ sơ: Gõ số vào ô này.</a>' in summary
    assert "Cần sửa: Gõ số vào ô này." in field_error_html("entry-received", refusal, TEXTS)


def test_a_question_says_what_to_count_where_and_what_was_before() -> None:
    html = question_html(2, ONLINE, [("tháng 8/2025", "1.100 hồ sơ")], TEXTS)
    assert "<h2>2. Nhãn &lt;full_online&gt;</h2>" in html
    assert "Đếm &amp; ghi." in html
    assert "Lấy ở: Hệ thống tỉnh" in html
    assert "<li>Tháng 8/2025: 1.100 hồ sơ</li>" in html
    assert "Label full_online" in question_html(2, ONLINE, [], ENGLISH)
