"""The pages in their states: normal, partial, to be corrected, refused, without any figures; how each is reached."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.conftest import settle
from tests.browser.reaching import (
    confirm_many,
    freeze,
    freeze_and_present,
    open_closed,
    open_file,
    open_form,
    open_former_units,
    open_members,
    open_reopening,
    open_steps,
    present_a_target,
    refuse,
    refuse_justification,
    refuse_to_send_back,
    review,
    say,
    wait_for_charts,
    wait_for_compared,
    wait_for_corrections,
    wait_for_justifications,
    wait_for_list,
    wait_for_matrix,
    wait_for_overview,
    wait_for_queue,
    wait_for_records,
    wait_for_refusal,
    wait_for_steps,
    wait_for_sums,
    wait_for_target,
    wait_for_tiles,
    wait_for_wall,
)


@dataclass(frozen=True)
class State:
    """A place, what to do there, and whether nobody has given the demo a figure yet."""

    path: str
    reach: Callable[[Page], None] = settle
    empty: bool = False


LATE = "ke-hoach=kh-222-2024&muc=services-redesigned&ky=2025-09"
LOCKED = "mo-don-vi=05665&mo-bieu=online-services&mo-ky=2025-08"
STATES = {
    "overview": State("/?vai=chair", wait_for_overview),
    "own unit": State("/?vai=commune_head&ky=2025-08", wait_for_charts),
    "lead unit": State("/don-vi?vai=science_head", wait_for_charts),
    "another unit": State("/don-vi?vai=commune_head&don-vi=05665@2025-07-01", wait_for_refusal),
    "meeting": State("/hop?vai=chair", freeze),
    "presentation": State("/hop?vai=reviewer", freeze_and_present),
    "wall": State("/man-hinh?vai=chair", wait_for_wall),
    "list": State("/nhap-so-lieu?vai=science_head", wait_for_list),
    "form": State("/nhap-so-lieu?vai=science_head", open_form),
    "errors": State("/nhap-so-lieu?vai=science_head", refuse),
    "review": State("/nhap-so-lieu?vai=science_head", review),
    "members": State("/nhap-so-lieu?vai=office_head&phieu=essential-services.van-phong-ubnd.2025-09", open_members),
    "steps": State("/nhap-so-lieu?vai=science_head&phieu=milestone:data-store.so-khcn.2025-09", open_steps),
    "closed": State("/nhap-so-lieu?vai=office_head&phieu=essential-services.van-phong-ubnd.2025-08", open_closed),
    "queue": State("/duyet-so-lieu?vai=reviewer", wait_for_queue),
    "sending back": State("/duyet-so-lieu?vai=reviewer", refuse_to_send_back),
    "many": State("/duyet-so-lieu?vai=reviewer", confirm_many),
    "reopening": State(f"/duyet-so-lieu?vai=reviewer&{LOCKED}", open_reopening),
    "completeness": State("/muc-do-day-du?vai=reviewer", wait_for_matrix),
    "justifications": State("/giai-trinh?vai=chair", wait_for_justifications),
    "justification to correct": State(f"/chi-tieu?vai=science_head&{LATE}", refuse_justification),
    "target": State("/chi-tieu?vai=chair", wait_for_target),
    "milestone": State("/chi-tieu?vai=chair&muc=data-store", wait_for_steps),
    "origin of a number": State("/tu-dau-ra?vai=chair", wait_for_sums),
    "origin of a unit's number": State("/tu-dau-ra?vai=reviewer&don-vi=05443@2025-07-01", wait_for_sums),
    "corrections": State("/so-dinh-chinh?vai=reviewer", wait_for_corrections),
    "audit": State("/nhat-ky?vai=administrator", wait_for_records),
    "communes": State("/so-sanh?vai=commune_head", wait_for_compared),
    "departments": State("/so-sanh?vai=chair&nhom=so-nganh&xem=lech&ky=2025-03", open_former_units),
    "tiles": State("/so-sanh?vai=chair&xem=khu-vuc&muc=households-covered", wait_for_tiles),
    "a month gone by": State("/muc-do-day-du?vai=chair&thang=2025-01", wait_for_matrix),
    "nobody": State("/"),
    "a target presented": State("/hop?vai=chair", present_a_target),
    "overview of an earlier day": State("/?vai=chair&biet-den=2025-10-01", wait_for_overview),
    "a day that is none": State("/?vai=chair&biet-den=32/13/2025", wait_for_overview),
    "file": State("/nhap-so-lieu?vai=commune_head", open_file),
    "accounts": State("/tai-khoan?vai=administrator"),
    "nothing to correct": State("/so-dinh-chinh?vai=science_head", say("chưa số nào được sửa sau lần báo đầu")),
    "corrections of another unit": State(
        "/so-dinh-chinh?vai=science_head&don-vi=05908@2025-07-01", say("Bạn không phụ trách đơn vị Xã Phú Bình")
    ),
    "an event": State("/nhat-ky?vai=reviewer&su-kien=1", say("Nạp số liệu minh họa cho bản trình diễn")),
    "no such event": State("/nhat-ky?vai=reviewer&su-kien=999999", say("Nhật ký không có việc số 999999")),
    "nothing found": State("/nhat-ky?vai=reviewer&tim=xyzxyz", say("Không có việc nào khớp")),
    "a page refused": State("/nhat-ky?vai=chair", say("Vai trò của bạn không được xem nhật ký")),
} | {
    f"{path} without figures": State(f"/{path}?vai={person}", empty=True)
    for path, person in {
        "tong-quan": "chair",
        "don-vi": "commune_head",
        "chi-tieu": "chair",
        "tu-dau-ra": "chair",
        "so-sanh": "chair",
        "giai-trinh": "chair",
        "hop": "chair",
        "trinh-chieu": "chair",
        "man-hinh": "chair",
        "nhap-so-lieu": "commune_reporter",
        "duyet-so-lieu": "reviewer",
        "muc-do-day-du": "reviewer",
        "so-dinh-chinh": "commune_head",
        "nhat-ky": "administrator",
    }.items()
}
