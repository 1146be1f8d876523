"""The pages of the program: where each lies, what it is called, and who may open it."""

from __future__ import annotations

from dataclasses import dataclass

from scorecard.domain.access import PERMISSIONS, UNIT_BOUND_ROLES, Permission, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """One page. `path` is relative to app.py, in the folder `section`; `title_key` is a key of the text files.

    The menu offers it unless it is only reached from another page.
    """

    path: str
    url: str
    title_key: str
    icon: str
    section: str
    permission: Permission
    offered: bool = True


OVERVIEW = PageSpec(
    path="pages/monitor/overview.py",
    url="tong-quan",
    title_key="navigation.overview",
    icon=":material/checklist:",
    section="monitor",
    permission=Permission.VIEW_SCOREBOARD,
)
UNIT = PageSpec(
    path="pages/monitor/unit.py",
    url="don-vi",
    title_key="navigation.unit",
    icon=":material/apartment:",
    section="monitor",
    permission=Permission.VIEW_SCOREBOARD,
)
TARGET = PageSpec(
    path="pages/monitor/target.py",
    url="chi-tieu",
    title_key="navigation.target",
    icon=":material/flag:",
    section="monitor",
    permission=Permission.VIEW_SCOREBOARD,
)
ORIGIN = PageSpec(
    path="pages/monitor/origin.py",
    url="tu-dau-ra",
    title_key="navigation.origin",
    icon=":material/account_tree:",
    section="monitor",
    permission=Permission.VIEW_SCOREBOARD,
    offered=False,
)
JUSTIFICATIONS = PageSpec(
    path="pages/monitor/justifications.py",
    url="giai-trinh",
    title_key="navigation.justifications",
    icon=":material/record_voice_over:",
    section="monitor",
    permission=Permission.VIEW_SCOREBOARD,
)
COMPARE = PageSpec(
    path="pages/monitor/compare.py",
    url="so-sanh",
    title_key="navigation.compare",
    icon=":material/leaderboard:",
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
    offered=False,
)
WALL = PageSpec(
    path="pages/meeting/wall.py",
    url="man-hinh",
    title_key="navigation.wall",
    icon=":material/tv:",
    section="meeting",
    permission=Permission.VIEW_SCOREBOARD,
    offered=False,
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
    UNIT,
    TARGET,
    ORIGIN,
    COMPARE,
    JUSTIFICATIONS,
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
"""Every page, in the order of the menu; the one that opens by default comes before all others, see first_page."""


def in_menu(spec: PageSpec, person: Person | None) -> bool:
    """Say whether the menu offers a page; the guard of the page itself decides who gets in."""
    return person is not None and spec.offered and spec.permission in PERMISSIONS[person.role]


def first_page(person: Person | None) -> PageSpec:
    """Return the page that opens without an address of its own: who is bound to a unit sees that unit."""
    return UNIT if _bound(person) else OVERVIEW


def title_key(spec: PageSpec, person: Person | None) -> str:
    """Return the key of what the menu calls a page: a unit is only one's own to who is bound to it."""
    return spec.title_key if spec is not UNIT or _bound(person) else "navigation.any_unit"


def _bound(person: Person | None) -> bool:
    return person is not None and person.role in UNIT_BOUND_ROLES
