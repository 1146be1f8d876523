"""Values that are never summed: scores and ranks, and how far a milestone is, picked from one unit."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorecard.calculation.sources import Sources
from scorecard.calculation.windows import Parts

_TOTALS = ["pair", "month"]


def with_singles(totals: Parts, sources: Sources) -> Parts:
    """Put values picked from one unit in the place of sums, by pair and month."""
    single = sources.scales.filter("single").select("indicator").collect(engine="in-memory")
    pairs = sources.pairs.join(single, on="indicator")["pair"].to_numpy()
    if not len(pairs):
        return totals
    picked = _picked(sources, single).collect(engine="in-memory")
    place = picked["pair"].to_numpy(), picked["month"].to_numpy() - sources.board.months.start
    totals.month[pairs] = -1
    for name in ("numerator", "denominator", "last", "approximate", "outside"):
        getattr(totals, "month" if name == "last" else name)[place] = picked[name].to_numpy()
    return totals


def _picked(sources: Sources, single: pl.DataFrame) -> pl.LazyFrame:
    """Pick one unit's value for each pair × month: the province's own, else the only one there is."""
    use = sources.contributors.filter("lineal").join(single, on="indicator")
    stocks, months = sources.holdings, sources.board.months
    rows = use["row"].unique().to_numpy()
    row, column = np.nonzero(stocks.last[rows] >= 0)
    place = rows[row], column
    held = pl.LazyFrame(
        {
            "row": place[0],
            "month": column + months.start,
            "numerator": stocks.numerator[place],
            "denominator": stocks.denominator[place],
            "last": stocks.last[place],
            "approximate": stocks.approximate[place],
        }
    )
    return (
        held.join(use.lazy(), on="row")
        .filter(pl.col("month").is_between("since", "until"))
        .filter(pl.col("priority") == pl.col("priority").min().over(_TOTALS))
        .filter((pl.col("priority") == 0) | (pl.len().over(_TOTALS) == 1))
        .sort("last", "tie", descending=[True, False])
        .unique(_TOTALS, keep="first", maintain_order=True)
        .with_columns(outside=~pl.col("member"))
    )
