"""The pages of the program: where each lies, what it is called, and who may open it."""

from __future__ import annotations

from dataclasses import dataclass

from scorecard.domain.access import PERMISSIONS, Permission, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """One page. `path` is relative to app.py, in the folder `section`; `title_key` is a key of the text files.

    `hidden`: no menu offers it, only links of other pages lead there.
    """

    path: str
    url: str
    title_key: str
    icon: str
    section: str
    permission: Permission
    hidden: bool = False


OVERVIEW = PageSpec(
    path="pages/monitor/overview.py",
    url="tong-quan",
    title_key="navigation.overview",
    icon=":material/checklist:",
    section="monitor",
    permission=Permission.VIEW_SCOREBOARD,
)
MEETING = PageSpec(
    path="pages/meeting/meeting.py",
    url="hop",
    title_key="navigation.meeting",
    icon=":material/groups:",
    section="meeting",
    permission=Permission.VIEW_SCOREBOARD,
)
PRESENT = PageSpec(
    path="pages/meeting/present.py",
    url="trinh-chieu",
    title_key="navigation.present",
    icon=":material/slideshow:",
    section="meeting",
    permission=Permission.VIEW_SCOREBOARD,
    hidden=True,
)
WALL = PageSpec(
    path="pages/meeting/wall.py",
    url="man-hinh",
    title_key="navigation.wall",
    icon=":material/tv:",
    section="meeting",
    permission=Permission.VIEW_SCOREBOARD,
    hidden=True,
)
ENTRY = PageSpec(
    path="pages/report/entry.py",
    url="nhap-so-lieu",
    title_key="navigation.entry",
    icon=":material/edit_note:",
    section="report",
    permission=Permission.SUBMIT_RETURN,
)
REVIEW = PageSpec(
    path="pages/report/review.py",
    url="duyet-so-lieu",
    title_key="navigation.review",
    icon=":material/fact_check:",
    section="report",
    permission=Permission.REVIEW_RETURN,
)
COMPLETENESS = PageSpec(
    path="pages/report/completeness.py",
    url="muc-do-day-du",
    title_key="navigation.completeness",
    icon=":material/grid_on:",
    section="report",
    permission=Permission.VIEW_COMPLETENESS,
)
CORRECTIONS = PageSpec(
    path="pages/report/corrections.py",
    url="so-dinh-chinh",
    title_key="navigation.corrections",
    icon=":material/published_with_changes:",
    section="report",
    permission=Permission.VIEW_RETURNS,
)
AUDIT = PageSpec(
    path="pages/manage/audit.py",
    url="nhat-ky",
    title_key="navigation.audit",
    icon=":material/history:",
    section="manage",
    permission=Permission.VIEW_AUDIT,
)
ACCOUNTS = PageSpec(
    path="pages/manage/accounts.py",
    url="tai-khoan",
    title_key="navigation.accounts",
    icon=":material/group:",
    section="manage",
    permission=Permission.MANAGE_ACCOUNTS,
)
PAGES: tuple[PageSpec, ...] = (
    OVERVIEW,
    MEETING,
    PRESENT,
    WALL,
    ENTRY,
    REVIEW,
    COMPLETENESS,
    CORRECTIONS,
    AUDIT,
    ACCOUNTS,
)
"""Every page, in the order of the menu; the first one opens by default."""


def in_menu(spec: PageSpec, person: Person | None) -> bool:
    """Say whether the menu offers a page; the guard of the page itself decides who gets in."""
    return person is not None and not spec.hidden and spec.permission in PERMISSIONS[person.role]
