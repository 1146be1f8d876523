"""Small editions and commitments for tests."""

from datetime import date
from decimal import Decimal

from scorecard.domain.digest import digest_of
from scorecard.domain.meeting import Result
from scorecard.domain.period import Month
from scorecard.store import Batch, CommitmentDraft, EditionDraft, EventKind, StatementDraft, Store
from tests.store.batches import COMMUNE, a_batch

DEFINITIONS = {"plans/kh-222-2024.yaml": "plan: {id: kh-222-2024}\n", "province.yaml": "name: Thái Nguyên\n"}
PLAN, TARGET = "kh-222-2024", "full-online-dossiers"
SEPTEMBER = Month.parse("2025-09")


def an_edition(store: Store, **changes: object) -> EditionDraft:
    content = {
        "plan_id": PLAN,
        "month": SEPTEMBER,
        "name": "Họp tháng 10",
        "made_from": store.data_version(),
        "definitions_hash": digest_of({name: text.encode() for name, text in DEFINITIONS.items()}),
        "program": "0.1.0",
        "content": {"definitions": DEFINITIONS, "shown": {"vi": "Đã đạt 71,6%"}},
    } | changes
    return EditionDraft(**content)


def freezing(store: Store, **changes: object) -> Batch:
    return a_batch(kind=EventKind.EDITION_FROZEN, meeting=an_edition(store, **changes))


def a_commitment(**changes: object) -> CommitmentDraft:
    content = {
        "edition": 1,
        "plan_id": PLAN,
        "month": SEPTEMBER,
        "target_id": TARGET,
        "of_unit": "19",
        "unit_id": COMMUNE,
        "what": "Hướng dẫn người dân nộp hồ sơ trực tuyến",
        "due": date(2025, 10, 31),
        "promised": Decimal("75.5"),
    } | changes
    return CommitmentDraft(**content)


def giving(**changes: object) -> Batch:
    return a_batch(kind=EventKind.COMMITMENT_GIVEN, meeting=a_commitment(**changes))


def stating(commitment_id: str, result: Result = Result.KEPT, seen: int = 0, reason: str = "") -> Batch:
    said = StatementDraft(commitment_id=commitment_id, result=result, reason=reason, expected_statements=seen)
    return a_batch(kind=EventKind.RESULT_STATED, meeting=said)
