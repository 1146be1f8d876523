"""Who reported for each row in each month: whether the scope has units, ever had figures, and its coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from scorecard.calculation import coverage
from scorecard.calculation.coverage import Coverage
from scorecard.calculation.scopes import LATEST
from scorecard.calculation.series import Flags, Places
from scorecard.calculation.sources import Sources
from scorecard.calculation.weights import Members, Past

_Forms = tuple[int, int, frozenset[str]]


def reporting(sources: Sources) -> pl.DataFrame:
    """Return `alive`, `ever`, `excused`, reported and expected units and coverage, by cell; null where none is owed.

    See measurement.measure.
    """
    cells, pair, found = sources.cells, sources.pair, _coverage(sources)
    matrices = {
        "alive": _alive(sources)[pair],
        "ever": _first_reports(sources)[pair][:, None] <= np.asarray(sources.board.months)[None, :],
        "owing": found.owing[pair],
        "out": found.excused[pair],
        "reported_units": found.reported[pair],
        "coverage": found.share[pair],
    }
    expected = pl.col("owing") - pl.col("out")
    return pl.DataFrame({name: cells.flat(matrix) for name, matrix in matrices.items()}).select(
        "alive",
        "ever",
        excused=(pl.col("owing") > 0) & (expected == 0),
        reported_units=pl.when(expected > 0).then("reported_units"),
        expected_units=pl.when(expected > 0).then(expected),
        coverage=pl.when(expected > 0).then(pl.col("coverage").round(9)),
    )


def _alive(sources: Sources) -> Flags:
    """Say of each pair in which months its scope has a unit."""
    months = np.asarray(sources.board.months)
    spans = sources.scopes[0].select("scope", "since", "until").unique().join(sources.pairs, on="scope")
    pair, since, until = (spans[name].cast(pl.Int64).to_numpy() for name in ("pair", "since", "until"))
    found = np.zeros((sources.pairs.height, len(months)), np.bool_)
    for column, month in enumerate(months):
        found[pair[(since <= month) & (month <= until)], column] = True
    return found


def _first_reports(sources: Sources) -> Places:
    """Return the first month of each pair that any unit of it reported for; LATEST where none did.

    What is older than the figures kept is looked up only where it could be the first by a month of the board.
    """
    grid, use = sources.grid, sources.contributors
    complete = np.flatnonzero(grid.complete[:-1])[::-1]
    first = np.full(grid.indicators * grid.units, LATEST)
    first[grid.indicator_row[complete]] = grid.last[complete]
    found = np.full(sources.pairs.height, LATEST)
    np.minimum.at(found, use["pair"].to_numpy(), first[use["row"].to_numpy()])
    late = np.flatnonzero(found > sources.board.months.start)
    if len(late):
        wanted = use.filter(pl.col("pair").is_in(pl.Series(late).implode()))
        older = _older(sources, wanted.select("indicator", "unit").unique())
        known = wanted.join(older, on=["indicator_number", "place"])
        np.minimum.at(found, known["pair"].to_numpy(), known["last"].to_numpy())
    return found


def _older(sources: Sources, indicators: pl.DataFrame) -> pl.DataFrame:
    """Return the first month reported before all figures that matter, by `indicator` × `unit` asked for."""
    holders = indicators.join(sources.terms, on="indicator").select("unit", "element").unique()
    found = sources.add_up(sources.extract.before(holders)).filter("complete")
    numbered = found.join(sources.groups, on="group_number").join(sources.indicators, on="indicator")
    return numbered.group_by("indicator_number", "place").agg(pl.col("last").min())


def _coverage(sources: Sources) -> Coverage:
    grid, extract = sources.grid, sources.extract
    owing = coverage.due(sources.owed, forms_needed(sources), grid)
    whole = sources.board.descent.filter("whole").join(sources.places, left_on="ancestor", right_on="unit")
    heirs = whole.join(sources.places, on="unit", suffix="_heir").select("place", "place_heir").rows()
    past = Past(grid, extract.months, heirs)
    return coverage.coverage(_members(sources), coverage.given(grid, sources.held, owing), owing, past)


def forms_needed(sources: Sources) -> Mapping[int, Sequence[_Forms]]:
    """Return the forms that each indicator needs, by version of its formula; none for milestones."""
    forms = {element.id: element.form_id for element in sources.board.province.elements.values()}
    number = dict(sources.indicators.select("indicator", "indicator_number").iter_rows())
    needed: defaultdict[tuple[str, int, int], set[str]] = defaultdict(set)
    for indicator, since, until, element in sources.terms.select("indicator", "since", "until", "element").iter_rows():
        if element in forms:
            needed[indicator, since, until].add(forms[element])
    found: defaultdict[int, list[_Forms]] = defaultdict(list)
    for (indicator, since, until), every in needed.items():
        found[number[indicator]].append((since, until, frozenset(every)))
    return found


def _members(sources: Sources) -> Members:
    row = pl.col("indicator_number").cast(pl.Int64) * sources.places.height + pl.col("place")
    members = (
        sources.pairs.join(sources.scopes[0], on="scope")
        .join(sources.places, on="unit")
        .with_columns(row=row)
        .sort("pair")
    )
    pair, rows, since, until = (members[name].cast(pl.Int64).to_numpy() for name in ("pair", "row", "since", "until"))
    return Members(pair, rows, since, until, sources.pairs.height)
