import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.domain.access import Person, Role
from scorecard.domain.figure import Figure
from scorecard.domain.period import Month, Period
from scorecard.store import Batch, EventKind, JustificationDraft, ReturnDraft, Store, open_store
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.exporting import FolderInUseError, export_province
from scorecard.workflow.importing import import_figures
from tests.builders import a_form, a_province, an_element

_NOW = datetime(2025, 10, 3, 8, tzinfo=UTC)
_HEADER = "period,unit,element,value,state,note"
_PROVINCE = a_province(
    forms=(
        a_form(checks=()),
        a_form("scores", [an_element("score", decimals=2), an_element("other", decimals=1)]),
    )
)


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    folder = tmp_path / "targets" / "thai-nguyen"
    (folder / "plans").mkdir(parents=True)
    (folder / "plans" / "kh-222-2024.yaml").write_text("plan: {}\n", encoding="utf-8")
    return folder


def _import(store: Store, *rows: str) -> None:
    person = Person("quan-tri", "Quản trị", Role.ADMINISTRATOR)
    parsed = read_exchange("\n".join((_HEADER, *rows)).encode(), _PROVINCE)
    assert parsed.problems == ()
    import_figures(store, _PROVINCE, person, parsed, _NOW, "Nhập từ tệp x.csv")


def test_figures_in_force_are_sorted_and_written_exactly(store: Store, definitions: Path, tmp_path: Path) -> None:
    _import(
        store,
        "2025-09,05908,dossiers_received,100,,",
        "2025-09,05908,dossiers_full_online,,not_reported,",
    )
    _import(
        store,
        "2025-09,05908,dossiers_received,110,,",
        '2025-08,05908,score,89.2,approximate,"Báo Thái Nguyên, ""tin"""',
    )
    written = export_province(store, _PROVINCE, definitions, tmp_path / "out")

    assert [path.name for path in written] == [
        "figures.csv",
        "history.csv",
        "decisions.csv",
        "justifications.csv",
        "editions.jsonl",
        "commitments.jsonl",
        "events.jsonl",
        "definitions",
    ]
    assert (tmp_path / "out" / "figures.csv").read_bytes().decode() == (
        "period,unit,element,value,state,note\n"
        '2025-08,05908@2025-07-01,score,89.20,approximate,"Báo Thái Nguyên, ""tin"""\n'
        "2025-09,05908@2025-07-01,dossiers_full_online,,not_reported,\n"
        "2025-09,05908@2025-07-01,dossiers_received,110,,\n"
    )


def test_the_history_says_who_when_and_why(store: Store, definitions: Path, tmp_path: Path) -> None:
    _import(store, "2025-09,05908,dossiers_received,100,,")
    _import(store, "2025-09,05908,dossiers_received,110,,")
    export_province(store, _PROVINCE, definitions, tmp_path / "out")
    with (tmp_path / "out" / "history.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["value"], r["revision"], r["recorded_by"], r["recorded_at"], r["event"], r["reason"]) for r in rows] == [
        ("100", "1", "quan-tri", "2025-10-03T08:00:00+00:00", "1", "Nhập từ tệp x.csv"),
        ("110", "2", "quan-tri", "2025-10-03T08:00:00+00:00", "2", "Nhập từ tệp x.csv"),
    ]


def test_the_audit_trail_and_the_definitions_go_along(store: Store, definitions: Path, tmp_path: Path) -> None:
    _import(store, "2025-09,05908,dossiers_received,100,,")
    export_province(store, _PROVINCE, definitions, tmp_path / "out")
    (line,) = (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    event = json.loads(line)
    assert (event["id"], event["kind"], event["previous_hash"]) == (1, "figures_imported", "")
    assert event["hash"] == store.events()[0].hash
    assert [row[0] for row in event["rows"]] == ["returns", "figures", "decisions", "approvals"]
    copied = tmp_path / "out" / "definitions" / "plans" / "kh-222-2024.yaml"
    assert copied.read_text(encoding="utf-8") == "plan: {}\n"


def test_only_what_was_approved_is_a_figure_and_the_decisions_go_along(
    store: Store, definitions: Path, tmp_path: Path
) -> None:
    _import(store, "2025-09,05908,dossiers_received,100,,")
    period, unit = Period.parse("2025-09"), "05908@2025-07-01"
    corrected = Figure(unit_id=unit, element_id="dossiers_received", period=period, value=Decimal(110))
    draft = ReturnDraft(unit_id=unit, form_id="online-services", period=period, figures=(corrected,))
    batch = Batch(kind=EventKind.RETURN_SUBMITTED, province_id="thai-nguyen", person_id="x", at=_NOW, returns=(draft,))
    store.record(batch)
    export_province(store, _PROVINCE, definitions, tmp_path / "out")
    assert (tmp_path / "out" / "figures.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "2025-09,05908@2025-07-01,dossiers_received,100,,"
    ]
    with (tmp_path / "out" / "history.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["value"], row["approved"]) for row in csv.DictReader(file)] == [("100", "yes"), ("110", "no")]
    assert (tmp_path / "out" / "decisions.csv").read_text(encoding="utf-8") == (
        "period,unit,form,number,decision,submission,until,reason,notes,recorded_at,recorded_by,event\n"
        "2025-09,05908@2025-07-01,online-services,1,approved,1,,,,2025-10-03T08:00:00+00:00,quan-tri,1\n"
    )


def test_what_lead_units_said_goes_along_with_every_revision(store: Store, definitions: Path, tmp_path: Path) -> None:
    for revision, cause in enumerate(("Thiếu người", 'Thiếu "người"\nvà máy')):
        said = JustificationDraft(
            plan_id="kh-222-2024",
            target_id="full-online-dossiers",
            month=Month.parse("2025-09"),
            unit_id="so-khcn@",
            cause=cause,
            remedy="Thêm hai người",
            by_when=date(2025, 11, 30),
            expected_revision=revision,
        )
        kind = EventKind.JUSTIFICATION_WRITTEN
        store.record(Batch(kind=kind, province_id="thai-nguyen", person_id="x", at=_NOW, justifications=(said,)))
    export_province(store, _PROVINCE, definitions, tmp_path / "out")
    key, end = "2025-09,so-khcn@,kh-222-2024,full-online-dossiers", "2025-11-30,2025-10-03T08:00:00+00:00,x"
    assert (tmp_path / "out" / "justifications.csv").read_text(encoding="utf-8") == (
        "period,unit,plan,target,revision,cause,remedy,by_when,recorded_at,recorded_by,event\n"
        f"{key},1,Thiếu người,Thêm hai người,{end},1\n"
        f'{key},2,"Thiếu ""người""\nvà máy",Thêm hai người,{end},2\n'
    )


def test_a_folder_with_files_is_left_alone(store: Store, definitions: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(FolderInUseError):
        export_province(store, _PROVINCE, definitions, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


_NOTES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
_FIGURES = st.dictionaries(
    st.tuples(
        st.sampled_from(["2025-07", "2025-08", "2025-09"]),
        st.sampled_from(["dossiers_received", "dossiers_full_online", "score", "other"]),
    ),
    st.tuples(
        st.sampled_from(["", "approximate", "not_reported", "not_applicable", "not_available"]),
        st.integers(0, 10**14),
        _NOTES,
    ),
    min_size=1,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=_FIGURES)
def test_what_is_exported_and_imported_again_exports_to_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, figures: dict
) -> None:
    folder = tmp_path_factory.mktemp("round-trip")
    (folder / "definitions").mkdir()
    rows = [(period, "05908", element, *_cells(*content)) for (period, element), content in figures.items()]
    first = _exported(folder, "first", _csv(rows))
    second = _exported(folder, "second", first)
    assert second == first
    assert len(list(csv.reader(first.decode().splitlines()))) >= len(rows) + 1


def _cells(state: str, value: int, note: str) -> tuple[str, str, str]:
    note = f"vì {note}"
    return (str(value) if state in ("", "approximate") else "", state, note)


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([_HEADER.split(","), *rows])
    return file.getvalue().encode()


def _exported(folder: Path, name: str, content: bytes) -> bytes:
    store = open_store(f"sqlite:///{folder / name}.db")
    parsed = read_exchange(content, _PROVINCE)
    assert parsed.problems == ()
    import_figures(store, _PROVINCE, Person("a", "a", Role.ADMINISTRATOR), parsed, _NOW, "x")
    figures, *_ = export_province(store, _PROVINCE, folder / "definitions", folder / name)
    store.close()
    return figures.read_bytes()
