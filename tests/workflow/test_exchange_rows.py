import csv
import io
from dataclasses import replace
from datetime import date

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from scorecard import frames
from scorecard.domain.figure import FigureState
from scorecard.domain.period import Calendar, Frequency, Month
from scorecard.domain.plan import Step
from scorecard.domain.unit import Units
from scorecard.store.rows import figure_content
from scorecard.workflow.exchange import COLUMNS, read_exchange
from tests.builders import a_form, a_plan, a_province, a_target, a_unit, an_element, some_reporters
from tests.workflow.slow_exchange import read_slowly

_MONTHLY = some_reporters(until=Month.of(2025, 9))
_FORMS = (
    a_form(reporters=(_MONTHLY, replace(_MONTHLY, since=Month.of(2025, 11), until=None, every=Frequency.QUARTER))),
    a_form(
        "indexes",
        [an_element("par_index", decimals=2, out_of=100), an_element("par_rank", out_of=63)],
        reporters=(
            some_reporters(every=Frequency.YEAR, kinds=frozenset({"province"})),
            some_reporters(every=Frequency.HALF, kinds=frozenset(), codes=frozenset({"19", "164"})),
        ),
    ),
)
_STEPS = tuple(Step(name=name, name_en=None, by=date(2025, 12, 31)) for name in ("Phương án", "Vận hành"))
_PROVINCE = a_province(
    forms=_FORMS,
    plans=(a_plan(a_target(), a_target("hotline", goal="done", indicator_id=None, steps=_STEPS)),),
    units=Units(
        (
            a_unit("19", kind="province", level="province", parent=None, valid_from=None),
            a_unit("05908"),
            a_unit("05908", valid_from=None, valid_to=date(2025, 6, 30)),
            a_unit("164", kind="district", level="district", valid_from=None, valid_to=date(2025, 6, 15)),
        )
    ),
)

_SOUND = [
    ("2025-09", "05908", "dossiers_received", "7", "", ""),
    ("2025-09", "05908", "dossiers_full_online", "5", "", ""),
    ("2025-07", "05908", "dossiers_full_online", "", "not_available", "lý do"),
    ("2025-06", "05908@", "dossiers_received", "0", "approximate", ""),
    ("2024", "19", "par_index", "89.2", "", ""),
    ("2024-H1", "164", "par_rank", "63", "", ""),
    ("2025-08", "19", "hotline", "1", "", ""),
]
_CELLS = [
    ["2025-09", "2025-07", "2025-06", "2025-10", "2025-Q4", "2025-Q3", "2024-H2", "2024", "2025-13", "9/2025"],
    ["05908", "05908@2025-07-01", "05908@", "19", "164", "99999", "x" * 130],
    ["dossiers_received", "dossiers_full_online", "par_index", "par_rank", "hotline", "full-online-dossiers"],
    ["0", "-0", "-3", "1.5", "89.20", "89.200", "89.205", "12.000", "64", "100.01", "007", "1e3", "9" * 15, "1" * 16],
    ["", *FigureState, "missing"],
    ["", "lý do", " \t", "a\x00", "e\u0301", 'nói "có", rồi\nthôi'],
]

_changes = st.integers(0, 5).flatmap(
    lambda place: st.tuples(
        st.just(place), st.sampled_from(_CELLS[place]) | st.sampled_from(["", "  1 ", "\t"]) | st.text(max_size=3)
    )
)


@st.composite
def _rows(draw: st.DrawFn) -> list[str]:
    """Draw a sound row with up to two cells changed, now and then one with too few or too many cells."""
    cells = list(draw(st.sampled_from(_SOUND)))
    for place, cell in draw(st.lists(_changes, max_size=2)):
        cells[place] = cell
    return cells[: draw(st.sampled_from([6] * 20 + [0, 5]))] + draw(st.sampled_from([[]] * 20 + [["1"]]))


@st.composite
def _files(draw: st.DrawFn) -> bytes:
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    written = io.StringIO()
    csv.writer(written, lineterminator=line_end).writerows(
        [COLUMNS, *draw(st.lists(_rows(), min_size=10, max_size=40))]
    )
    end = draw(st.sampled_from(["", "", "", line_end, ",,,,,", '2025-08,19,hotline,1,,"chưa khép', 'a"b,"c"d,1']))
    return (draw(st.sampled_from(["", "\ufeff"])) + written.getvalue() + end).encode("utf-8", "replace")


@given(_files(), st.sampled_from(Calendar))
@example(b"", Calendar.CALENDAR)
@example(b"a,b\n1,2", Calendar.CALENDAR)
@example(
    f"{','.join(COLUMNS)}\n2025-10,05908,dossiers_received,7,,\n2024,19,par_index,89.200,,".encode(), Calendar.ND09
)
def test_a_file_is_read_like_row_by_row_with_nothing_kept(content: bytes, calendar: Calendar) -> None:
    province = replace(_PROVINCE, calendar=calendar)
    parsed, (found, problems) = read_exchange(content, province), read_slowly(content, province)
    assert list(parsed.problems) == problems
    read = list(zip(parsed.rows, parsed.figures, strict=True))
    assert repr(read) == repr(found)  # 89.2 and 89.20 are equal, but not the same
    rows = [
        (f.unit_id, f.element_id, f.period.first.index, f.period.last.index, *figure_content(f)[:3]) for _, f in found
    ]
    assert parsed.frame().equals(pl.DataFrame(rows, schema=frames.FIGURES, orient="row"))
