"""Reviewing through the page: what waits, what is decided, what is refused, and what then stands in the store."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.definitions import read_province
from scorecard.domain.access import EVERY_UNIT, Person, Role
from scorecard.domain.figure import Figure
from scorecard.domain.form import Form
from scorecard.domain.period import Period
from scorecard.domain.review import Decision, ReturnRecord, ReturnState
from scorecard.store import Batch, EventKind, ReturnDraft, Store, open_store
from scorecard.ui.navigation import COMPLETENESS, OVERVIEW, REVIEW
from scorecard.workflow.checks import Entry
from scorecard.workflow.owed import find_return
from scorecard.workflow.returns import submit_return
from scorecard.workflow.review import approve, ask_reopening, seen
from scorecard.workflow.settings import ROOT
from tests.pages.test_entry import page_text, press

OpenApp = Callable[..., AppTest]
TODAY, NOW = date(2025, 10, 3), datetime(2025, 10, 3, 2, tzinfo=UTC)
SEPTEMBER, AUGUST = Period.parse("2025-09"), Period.parse("2025-08")
REASON = "Số tiếp nhận thừa một chữ số"
SLIP, PLAIN = "online-services-05488-2025-09", "work-files-05488-2025-09"
REVIEWER = Person("demo-reviewer", "Chuyên viên", Role.REVIEWER)
HEAD = Person("demo-commune_head", "Chủ tịch xã", Role.HEAD, frozenset({"05908"}))
SENTENCE = (
    "Còn 29 phiếu chờ duyệt; 3 phiếu có cảnh báo, ảnh hưởng lớn nhất là Xã Đại Phúc "
    "(“80% hồ sơ được xử lý hoàn toàn trực tuyến” toàn tỉnh tăng 1,3 điểm % nếu số này sai)."
)

PROVINCE = read_province(ROOT / "targets" / "thai-nguyen").province
assert PROVINCE is not None
ONLINE: Form = PROVINCE.form("online-services")


@contextmanager
def opened(database: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{database}")
    try:
        yield store
    finally:
        store.close()


def record(database: Path, unit: str, period: Period = SEPTEMBER, form: str = "online-services") -> ReturnRecord:
    with opened(database) as store:
        return store.return_record("thai-nguyen", EVERY_UNIT, f"{unit}@2025-07-01", form, period)


def submit(
    database: Path, received: int, full_online: int, person: Person = HEAD, revision: int = 0, reason: str = ""
) -> None:
    entries = [Entry("dossiers_received", Decimal(received)), Entry("dossiers_full_online", Decimal(full_online))]
    with opened(database) as store:
        submit_return(
            store,
            PROVINCE,
            person,
            "05908",
            ONLINE,
            SEPTEMBER,
            entries,
            today=TODAY,
            now=NOW,
            expected_revision=revision,
            reason=reason,
            reasons={"dropped_to_zero-dossiers_full_online": "Cả tháng mất kết nối mạng"},
        )


def review_page(open_app: OpenApp, **address: str) -> AppTest:
    return open_app("reviewer", **address).switch_page(REVIEW.path).run()


def click(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def keys(app: AppTest, beginning: str) -> list[str]:
    return [each.key.removeprefix(beginning) for each in app.button if (each.key or "").startswith(beginning)]


def test_the_queue_opens_with_what_waits_and_the_most_urgent_return_first(open_app: OpenApp) -> None:
    app = review_page(open_app)
    page = page_text(app)
    assert SENTENCE in page
    assert keys(app, "review-approve-")[0] == SLIP
    assert len(keys(app, "review-approve-")) == 10
    assert "Hồ sơ tiếp nhận trong tháng 16.910 1.705 1.387,5 +15.205 (+892%)" in page
    assert "Hồ sơ tiếp nhận trong tháng: gấp khoảng 10 lần kỳ trước (1.705), có thể thừa chữ số." in page
    assert re.search(r"(Công chức đầu mối của|Người đứng đầu) đơn vị nộp lúc \d\d:\d\d ngày 0[12]/10/2025", page)
    assert not re.search(r"\b(NaN|None|null)\b", page)


def test_an_approved_return_counts_and_leaves_the_queue_with_a_receipt(open_app: OpenApp, demo_database: Path) -> None:
    app = click(review_page(open_app), f"review-approve-{SLIP}")
    page = page_text(app)
    assert re.search(
        r"Đã duyệt: Xã Đại Phúc: Dịch vụ công trực tuyến hằng tháng, tháng 9/2025\. "
        r"Mã 000004-[0-9A-F]{8}, lúc \d\d:\d\d ngày 03/10/2025\.",
        page,
    )
    assert "Còn 28 phiếu chờ duyệt; 2 phiếu có cảnh báo" in page
    assert SLIP not in keys(app, "review-approve-")
    assert record(demo_database, "05488").state(TODAY) is ReturnState.APPROVED
    assert record(demo_database, "05488").decisions[-1].recorded_by == "demo-reviewer"
    with opened(demo_database) as store:
        assert (
            store.last_figures("thai-nguyen", EVERY_UNIT, "05488@2025-07-01", SEPTEMBER, approved=True)[
                "dossiers_received"
            ].figure.value
            == 16_910
        )


def test_a_return_is_sent_back_with_a_reason_and_notes_that_its_unit_reads(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = click(review_page(open_app), f"review-open-{SLIP}")
    app = click(app, f"review-send-{SLIP}")
    assert "Cần sửa: Ghi rõ lý do, từ 10 ký tự trở lên." in page_text(app)
    assert record(demo_database, "05488").state(TODAY) is ReturnState.SUBMITTED
    boxes = {box.label: box for box in app.text_input}
    boxes["Vì sao trả lại? Đơn vị thấy câu này trên đầu biểu (từ 10 ký tự)"].set_value(REASON)
    boxes["Hồ sơ tiếp nhận trong tháng: cần sửa gì?"].set_value("1.691 hay 16.910?")
    app = click(app, f"review-send-{SLIP}")
    assert "Đã trả lại: Xã Đại Phúc: Dịch vụ công trực tuyến hằng tháng, tháng 9/2025. Mã 000004-" in page_text(app)
    decision = record(demo_database, "05488").last_sent_back
    assert decision is not None
    assert (decision.reason, decision.notes) == (REASON, {"dossiers_received": "1.691 hay 16.910?"})
    assert "Còn 28 phiếu chờ duyệt" in page_text(app)


def test_when_a_return_comes_again_the_reason_for_the_last_time_is_gone(open_app: OpenApp, demo_database: Path) -> None:
    submit(demo_database, 1_973, 1_267)
    name = "online-services-05908-2025-09"
    app = click(review_page(open_app, **{"don-vi": "05908@2025-07-01"}), f"review-open-{name}")
    app.text_input(key=f"review-demo-reviewer-{name}-reason").set_value(REASON)
    app = click(app, f"review-send-{name}")
    submit(demo_database, 1_974, 1_268, revision=1, reason="Cộng sót một hồ sơ")
    app = click(app.run(), f"review-open-{name}")
    assert [box.value for box in app.text_input] == ["", "", ""]


def test_closing_an_answer_writes_nothing(open_app: OpenApp, demo_database: Path) -> None:
    app = click(click(review_page(open_app), f"review-open-{SLIP}"), f"review-cancel-{SLIP}")
    assert not app.text_input
    assert record(demo_database, "05488").decisions == ()


def test_what_is_not_flagged_is_approved_in_one_event_after_one_confirmation(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = press(review_page(open_app), "Duyệt 26 phiếu không có cảnh báo")
    page = page_text(app)
    assert "Duyệt cùng lúc 26 phiếu dưới đây? Các số này được tính ngay vào kết quả chung." in page
    (listed,) = [each.proto.body for each in app.get("html") if 'class="review-titles"' in each.proto.body]
    assert listed.count("<li>") == 26
    assert "<li>Sở Y tế: Dịch vụ công trực tuyến hằng tháng, tháng 9/2025</li>" in listed
    assert record(demo_database, "05488", form="work-files").decisions == ()
    app = press(app, "Xác nhận duyệt 26 phiếu")
    assert "Đã duyệt 26 phiếu không có cảnh báo. Mã 000004-" in page_text(app)
    assert "Còn 3 phiếu chờ duyệt; 3 phiếu có cảnh báo" in page_text(app)
    with opened(demo_database) as store:
        event = store.events()[-1]
        assert (event.id, event.kind, event.details["returns"]) == (4, "returns_approved", "26")
        assert store.verify() == ()
    assert record(demo_database, "05488", form="work-files").state(TODAY) is ReturnState.APPROVED
    assert record(demo_database, "05488").state(TODAY) is ReturnState.SUBMITTED


def test_nobody_is_offered_to_approve_what_they_entered(open_app: OpenApp, demo_database: Path) -> None:
    submit(demo_database, 1_973, 1_267, Person("demo-reviewer", "x", Role.HEAD, frozenset({"05908"})))
    app = review_page(open_app, **{"don-vi": "05908@2025-07-01"})
    assert "Số do chính bạn nhập: người khác phải duyệt." in page_text(app)
    assert keys(app, "review-approve-") == []
    assert keys(app, "review-open-") == ["online-services-05908-2025-09"]
    assert "Duyệt 26 phiếu không có cảnh báo" in [each.label for each in app.button]


def test_the_reason_a_unit_gave_stands_beside_its_figure(open_app: OpenApp, demo_database: Path) -> None:
    submit(demo_database, 1_973, 0)
    page = page_text(review_page(open_app, **{"don-vi": "05908@2025-07-01"}))
    assert "Đơn vị giải trình: Cả tháng mất kết nối mạng" in page


def test_a_return_corrected_meanwhile_is_not_approved_and_the_new_figures_are_shown(
    open_app: OpenApp, demo_database: Path
) -> None:
    submit(demo_database, 1_973, 1_267)
    app = review_page(open_app, **{"don-vi": "05908@2025-07-01"})
    submit(demo_database, 1_974, 1_268, revision=1, reason="Cộng sót một hồ sơ")
    app = click(app, "review-approve-online-services-05908-2025-09")
    page = page_text(app)
    assert "Chưa ghi gì: trong lúc bạn xem, có người vừa nộp lại hoặc quyết định về phiếu của Xã Phú Bình." in page
    assert "Hồ sơ tiếp nhận trong tháng 1.974 " in page
    assert "Chủ tịch UBND xã Phú Bình nộp lần 2 lúc 09:00 ngày 03/10/2025, vì: Cộng sót một hồ sơ" in page
    assert record(demo_database, "05908").decisions == ()
    app = click(app, "review-approve-online-services-05908-2025-09")
    assert record(demo_database, "05908").state(TODAY) is ReturnState.APPROVED


def test_of_many_none_is_approved_when_one_changed_meanwhile_and_it_is_named(
    open_app: OpenApp, demo_database: Path
) -> None:
    app = press(review_page(open_app), "Duyệt 26 phiếu không có cảnh báo")
    with opened(demo_database) as store:
        owed = find_return(store, PROVINCE, EVERY_UNIT, "01882", ONLINE, SEPTEMBER, TODAY)
        assert owed is not None
        approve(store, PROVINCE, Person("other", "x", Role.REVIEWER), [seen(owed)], now=NOW, today=TODAY)
    app = press(app, "Xác nhận duyệt 26 phiếu")
    assert "quyết định về phiếu của Xã Nghiên Loan. Dưới đây là tình trạng mới nhất" in page_text(app)
    assert "Duyệt 25 phiếu không có cảnh báo" in [each.label for each in app.button]
    with opened(demo_database) as store:
        assert store.data_version() == 4


def test_flags_unit_and_page_stand_in_the_address(open_app: OpenApp) -> None:
    assert len(keys(review_page(open_app, xem="flagged"), "review-approve-")) == 3
    assert keys(review_page(open_app, **{"don-vi": "so-y-te@2025-07-01"}), "review-page_after") == []
    last = review_page(open_app, trang="3")
    assert len(keys(last, "review-approve-")) == 9
    assert "Trang 3/3" in page_text(last)
    before = press(last, "Trang trước")
    assert before.query_params["trang"] == "2"
    assert len(keys(before, "review-approve-")) == 10
    for wrong in ("0", "99", "x", "-1"):
        assert len(keys(review_page(open_app, trang=wrong), "review-approve-")) in (9, 10)


def test_a_request_is_answered_with_a_day_or_refused_with_a_reason(open_app: OpenApp, demo_database: Path) -> None:
    name = "online-services-05488-2025-08"
    asker = Person("demo-commune_head", "x", Role.HEAD, frozenset({"05488"}))
    for button, answer in ((f"review-refuse-{name}", Decision.REOPENING_REFUSED), (f"review-reopen-{name}", None)):
        with opened(demo_database) as store:
            owed = find_return(store, PROVINCE, EVERY_UNIT, "05488", ONLINE, AUGUST, TODAY)
            assert owed is not None
            ask_reopening(store, PROVINCE, asker, seen(owed), "Phát hiện đếm trùng", now=NOW, today=TODAY)
        app = review_page(open_app)
        assert "Chủ tịch UBND xã Phú Bình đề nghị lúc 09:00 ngày 03/10/2025: Phát hiện đếm trùng" in page_text(app)
        app = click(app, f"review-open-{name}")
        app.selectbox(key=f"review-demo-reviewer-{name}-until").select("3")
        app.text_input(key=f"review-demo-reviewer-{name}-reason").set_value("Đã kiểm tra với xã")
        app = click(app, button)
        assert "Không có đề nghị mở lại nào đang chờ trả lời." in page_text(app)
        found = record(demo_database, "05488", AUGUST)
        if answer:
            assert found.decisions[-1].decision is answer
            assert found.state(TODAY) is ReturnState.APPROVED
        else:
            assert (found.state(TODAY), found.extended_until()) == (ReturnState.REOPENED, date(2025, 10, 6))
            assert "Đã mở lại đến hết ngày 06/10/2025: Xã Đại Phúc" in page_text(app)


def test_a_locked_return_is_found_by_its_address_and_reopened(open_app: OpenApp, demo_database: Path) -> None:
    where = {"mo-don-vi": "05665", "mo-bieu": "online-services", "mo-ky": "2025-08"}
    app = review_page(open_app, **where)
    page = page_text(app)
    assert "Xã Văn Lăng: Dịch vụ công trực tuyến hằng tháng, tháng 8/2025 Đã duyệt và khóa." in page
    assert "Hồ sơ tiếp nhận trong tháng: 686 hồ sơ" in page
    app = click(app, "review-open-online-services-05665-2025-08")
    app = click(app, "review-reopen-online-services-05665-2025-08")
    assert "Cần sửa: Ghi rõ lý do, từ 10 ký tự trở lên." in page_text(app)
    app.text_input(key="review-demo-reviewer-online-services-05665-2025-08-reason").set_value("Xã báo đếm trùng")
    app = click(app, "review-reopen-online-services-05665-2025-08")
    assert record(demo_database, "05665", AUGUST).extended_until() == date(2025, 10, 10)
    assert "Đã mở lại, chờ đơn vị nộp. Đơn vị nộp được đến hết ngày 10/10/2025." in page_text(app)
    assert "review-open-online-services-05665-2025-08" not in [each.key for each in app.button]


def test_an_approval_is_on_the_overview_at_once(open_app: OpenApp) -> None:
    before = page_text(open_app("reviewer"))
    app = press(press(review_page(open_app), "Duyệt 26 phiếu không có cảnh báo"), "Xác nhận duyệt 26 phiếu")
    after = page_text(app.switch_page(OVERVIEW.path).run())
    assert "66,9% 90/105 đơn vị nộp 505.317/755.226 hồ sơ" in before
    assert "67,0% 98/105 đơn vị nộp 509.612/760.683 hồ sơ" in after


def test_what_cannot_be_scored_waits_apart_from_what_is_approved_together(
    open_app: OpenApp, demo_database: Path
) -> None:
    figure = Figure(unit_id="05908@2025-07-01", element_id="dropped", period=SEPTEMBER, value=Decimal(1))
    draft = ReturnDraft(unit_id=figure.unit_id, form_id=ONLINE.id, period=SEPTEMBER, figures=(figure,))
    with opened(demo_database) as store:
        kind = EventKind.RETURN_SUBMITTED
        store.record(Batch(kind=kind, province_id="thai-nguyen", person_id="x", at=NOW, returns=(draft,)))
    app = review_page(open_app)
    assert "Còn 30 phiếu chờ duyệt; 3 phiếu có cảnh báo" in page_text(app)
    assert "Phiếu không có gì để so sánh" in [header.value for header in app.header]
    assert "Duyệt 26 phiếu không có cảnh báo" in [each.label for each in app.button]
    app = click(app, "review-approve-online-services-05908-2025-09")
    assert "Đã duyệt: Xã Phú Bình: Dịch vụ công trực tuyến hằng tháng, tháng 9/2025." in page_text(app)
    assert "Còn 29 phiếu chờ duyệt" in page_text(app)


def test_an_empty_desk_says_when_the_last_approval_was(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    page = page_text(review_page(open_app))
    assert "Không còn phiếu chờ duyệt." in page
    assert "Chọn đơn vị, biểu và kỳ." in page


@pytest.mark.parametrize("spec", [REVIEW, COMPLETENESS], ids=lambda spec: spec.url)
def test_what_a_reviewer_was_shown_reaches_no_other_role(open_app: OpenApp, spec: object) -> None:
    assert "Xã Đại Phúc" in page_text(review_page(open_app))
    open_app("reviewer").switch_page(COMPLETENESS.path).run()
    for person in ("commune_head", "commune_reporter", "science_head"):
        app = open_app(person).switch_page(spec.path).run()
        assert [title.value for title in app.title] == ["Bạn chưa được mở trang này"]
        assert "Xã" not in page_text(app).replace("xã Phú Bình", "")
        assert not app.button
        assert not app.get("code")


def test_english_readers_decide_in_english(open_app: OpenApp) -> None:
    app = review_page(open_app, lang="en")
    assert "Approve 26 returns that are not flagged" in [each.label for each in app.button]
    app = click(app, f"review-approve-{SLIP}")
    assert "Approved: Xã Đại Phúc" in page_text(app)


def test_a_milestone_is_reviewed_with_the_evidence_of_each_step(open_app: OpenApp, demo_database: Path) -> None:
    form = PROVINCE.form("milestone:hotline")
    step = f"{form.elements[0].id}#1"
    evidence = "2025-05-10 QĐ 123/QĐ-UBND ngày 09/5/2025"
    office = Person("demo-office_head", "Chánh Văn phòng", Role.HEAD, frozenset({"van-phong-ubnd"}))
    with opened(demo_database) as store:
        submit_return(
            store,
            PROVINCE,
            office,
            "van-phong-ubnd",
            form,
            SEPTEMBER,
            [Entry(form.elements[0].id, Decimal(1)), Entry(step, Decimal(1), note=evidence)],
            today=TODAY,
            now=NOW,
            expected_revision=0,
        )
    app = open_app("reviewer").switch_page(REVIEW.path).run()
    shown = page_text(app)
    assert "hỗ trợ 24/7: đã xong ngày 10/05/2025, QĐ 123/QĐ-UBND ngày 09/5/2025" in shown
