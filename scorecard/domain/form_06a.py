"""Form II.06a/VPCP/KSTT, «Tình hình, kết quả giải quyết TTHC»: its columns and what they add up to.

Source: Thông tư 01/2020/TT-VPCP, 21/10/2020.
"""

from __future__ import annotations

from enum import StrEnum


class Column06a(StrEnum):
    """What a column counts, in dossiers; the number of the column in brackets.

    The last three are parts into which newer layouts split column 4.
    """

    RECEIVED = "received"  # (3)
    RECEIVED_ONLINE = "received_online"  # (4)
    RECEIVED_IN_PERSON = "received_in_person"  # (5), by post included
    CARRIED_OVER = "carried_over"  # (6)
    RESOLVED = "resolved"  # (7)
    RESOLVED_EARLY = "resolved_early"  # (8)
    RESOLVED_ON_TIME = "resolved_on_time"  # (9)
    RESOLVED_OVERDUE = "resolved_overdue"  # (10)
    OPEN = "open"  # (11)
    OPEN_IN_TIME = "open_in_time"  # (12)
    OPEN_OVERDUE = "open_overdue"  # (13)
    RECEIVED_FULL_ONLINE = "received_full_online"
    RECEIVED_PARTIAL_ONLINE = "received_partial_online"
    RECEIVED_OTHER_ONLINE = "received_other_online"


IDENTITIES: tuple[tuple[Column06a, tuple[Column06a, ...]], ...] = (
    (
        Column06a.RECEIVED,
        (Column06a.RECEIVED_ONLINE, Column06a.RECEIVED_IN_PERSON, Column06a.CARRIED_OVER),
    ),
    (Column06a.RECEIVED, (Column06a.RESOLVED, Column06a.OPEN)),
    (
        Column06a.RESOLVED,
        (Column06a.RESOLVED_EARLY, Column06a.RESOLVED_ON_TIME, Column06a.RESOLVED_OVERDUE),
    ),
    (Column06a.OPEN, (Column06a.OPEN_IN_TIME, Column06a.OPEN_OVERDUE)),
)
"""A column and the columns that it must equal, added up."""
