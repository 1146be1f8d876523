"""Signing in, working and leaving in a real browser."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scorecard.domain.access import Role
from scorecard.domain.account import Account
from scorecard.presentation.texts import Language, load_texts
from scorecard.workflow.accounts import OPERATOR, create_account
from tests.browser.conftest import settle
from tests.browser.look import PHONE, WIDE, violations
from tests.production.conftest import ADMINISTRATOR, PASSWORD, Production

VI = load_texts(Language.VIETNAMESE)
OTHER = "dòng sông Cầu lững lờ"
WAIT = 60_000
expect.set_options(timeout=WAIT)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="vi-VN")
    opened.set_default_timeout(WAIT)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    yield opened
    opened.close()
    assert [text for text in complaints if "Content Security Policy" in text] == []


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    page.get_by_label(VI("sign_in.login")).fill(login)
    page.get_by_label(VI("sign_in.password")).fill(password)
    page.get_by_role("button", name=VI("sign_in.enter")).click()


def expect_title(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def test_a_first_password_is_changed_before_anything_is_shown(production: Production, context: BrowserContext) -> None:
    account = Account(login="moi", name="Người mới", role=Role.REPORTER, unit_codes=frozenset({"05908"}))
    first = create_account(production.store, OPERATOR, account, {"05908"}, datetime.now(UTC))
    assert first is not None
    page = context.new_page()
    page.goto(f"{production.url}/nhap-so-lieu")
    sign_in(page, "moi", first)
    expect_title(page, VI("sign_in.change_title"))
    token = context.cookies()[0]["value"]
    for address in ("/tong-quan", "/nhap-so-lieu"):
        page.goto(production.url + address)
        expect_title(page, VI("sign_in.change_title"))
    assert context.request.get(f"{production.url}/_stcore/host-config").status == 403

    def change(old: str, new: str, again: str) -> None:
        page.get_by_label(VI("sign_in.old_password")).fill(old)
        page.get_by_label(VI("sign_in.new_password"), exact=True).fill(new)
        page.get_by_label(VI("sign_in.repeat_password")).fill(again)
        page.get_by_role("button", name=VI("sign_in.change")).click()

    for old, new, again, problem in (
        (first, OTHER, OTHER + "x", VI("sign_in.not_repeated")),
        (first, first, first, VI("accounts.same_password")),
        ("sai", OTHER, OTHER, VI("sign_in.wrong_old")),
    ):
        change(old, new, again)
        expect(page.get_by_role("alert")).to_have_text(problem)
    change(first, OTHER, OTHER)
    expect_title(page, "Nhập số liệu")
    assert page.url == f"{production.url}/nhap-so-lieu"
    assert {each["value"] for each in context.cookies() if each["name"] == "scorecard"} != {token}


def test_the_login_outlives_a_reload_and_a_new_tab_and_no_script_reads_it(
    production: Production, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(production.url)
    sign_in(page, ADMINISTRATOR)
    expect_title(page, "Tổng quan")
    page.reload()
    expect(page.get_by_text("Quản trị · Quản trị hệ thống")).to_be_visible()
    tab = context.new_page()
    tab.goto(f"{production.url}/tai-khoan")
    expect_title(tab, VI("accounts.heading"))
    (cookie,) = [each for each in context.cookies() if each["name"] == "scorecard"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"], cookie["expires"]) == (True, "Lax", "/", -1)
    assert "scorecard" not in page.evaluate("document.cookie")


def test_signing_out_in_one_tab_lets_nothing_happen_in_another(production: Production, context: BrowserContext) -> None:
    production.add("phu-binh", Role.REPORTER, "05908", name="Lê Phú Bình")
    page = context.new_page()
    page.goto(f"{production.url}/")
    sign_in(page, "phu-binh")
    expect_title(page, "Xã Phú Bình")
    tab = context.new_page()
    tab.goto(production.url)
    expect_title(tab, "Xã Phú Bình")
    page.get_by_role("button", name=VI("sign_in.leave")).click()
    expect(page.get_by_role("status")).to_have_text(VI("sign_in.left"))
    assert not [each for each in context.cookies() if each["name"] == "scorecard"]
    page.go_back()
    expect_title(page, VI("sign_in.title"))
    tab.get_by_test_id("stTopNavLink").filter(has_text="Nhập số liệu").click()
    expect_title(tab, VI("sign_in.ended_title"))
    expect(tab.get_by_text("Lê Phú Bình")).to_have_count(0)
    tab.get_by_role("link", name=VI("sign_in.again")).click()
    expect_title(tab, VI("sign_in.title"))


def test_the_next_person_at_this_browser_finds_nothing_of_the_one_before(
    production: Production, context: BrowserContext
) -> None:
    production.add("xem-1", Role.VIEWER, name="Người xem một")
    production.add("xem-2", Role.VIEWER, name="Người xem hai")
    page = context.new_page()
    page.goto(production.url)
    sign_in(page, "xem-1")
    expect(page.get_by_text("Người xem một")).to_be_visible()
    page.get_by_role("button", name=VI("sign_in.leave")).click()
    expect_title(page, VI("sign_in.title"))
    assert page.get_by_label(VI("sign_in.login")).input_value() == ""
    sign_in(page, "xem-2")
    expect(page.get_by_text("Người xem hai")).to_be_visible()
    expect(page.get_by_text("Người xem một")).to_have_count(0)


def test_five_wrong_passwords_pause_the_login_in_words(production: Production, context: BrowserContext) -> None:
    production.add("quen", Role.VIEWER)
    page = context.new_page()
    page.goto(production.url)
    for _ in range(4):
        sign_in(page, "quen", "sai")
        expect(page.get_by_role("alert")).to_have_text(VI("sign_in.wrong"))
    sign_in(page, "quen", "sai")
    expect(page.get_by_role("alert")).to_contain_text("Đã sai quá nhiều lần nên tạm khóa.")
    sign_in(page, "quen")
    expect(page.get_by_role("alert")).to_contain_text("Đã sai quá nhiều lần nên tạm khóa.")


@pytest.mark.parametrize("address", ["/dang-nhap", "/dang-nhap?lang=en"])
def test_the_sign_in_page_works_by_keyboard_on_a_phone_without_scripts(
    production: Production, browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(production.url + address)
    expect(page.locator("input[name=login]")).to_be_focused()
    page.keyboard.type(ADMINISTRATOR)
    page.keyboard.press("Tab")
    page.keyboard.type("sai")
    page.keyboard.press("Enter")
    language = Language.ENGLISH if "en" in address else Language.VIETNAMESE
    expect(page.get_by_role("alert")).to_have_text(load_texts(language)("sign_in.wrong"))
    assert page.locator("html").get_attribute("lang") == language
    expect(page.locator("input[name=password]")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{production.url}/" + ("?lang=en" if language is Language.ENGLISH else ""))
    context.close()


def faults(page: Page) -> list[str]:
    """Return what axe finds on a desk and on a phone, in light and in dark, and where the page scrolls sideways."""
    found = []
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 740})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {fault}" for fault in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: scrolls sideways")
    page.emulate_media(color_scheme="light")
    return found


def test_check_03_signing_in_and_out_suits_everybody(production: Production, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{production.url}/dang-nhap")
    assert faults(page) == []
    sign_in(page, ADMINISTRATOR, "sai")
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    sign_in(page, ADMINISTRATOR)
    page.wait_for_url(f"{production.url}/")
    for address in ("/doi-mat-khau", "/dang-xuat"):
        page.goto(production.url + address)
        assert faults(page) == []


def test_check_03_the_accounts_suit_everybody(production: Production, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(production.url)
    sign_in(page, ADMINISTRATOR)
    page.wait_for_url(f"{production.url}/")
    page.goto(f"{production.url}/tai-khoan")
    expect_title(page, VI("accounts.heading"))
    settle(page)
    assert faults(page) == []
