"""From figures to the two sides of each indicator, unit by unit, where everything needed is there."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scorecard.calculation.tallies import Tallies, Term, tallies

_PERIOD = ["indicator", "flow", "group", "groups_needed", "unit", "first", "last"]
_VERSION = ["indicator", "since", "until", "flow", "group", "groups_needed", "terms_needed"]
_TERM = ["element", "in_numerator", "factor", "decimals_wanted"]
_SUMS = pl.Schema(
    {
        "version": pl.UInt32,
        "place": pl.UInt32,
        "first": pl.Int32,
        "last": pl.Int32,
        "numerator": pl.Int64,
        "denominator": pl.Int64,
        "complete": pl.Boolean,
        "approximate": pl.Boolean,
    }
)


def sides(figures: pl.LazyFrame, terms: pl.DataFrame) -> pl.LazyFrame:
    """Add up each side by indicator × group × unit × period, at the indicator's decimals.

    A period counts (`complete`) when every element of the group is there; it is also kept, with `complete`
    false, when the unit said that an element does not apply to it. All other periods are left out.
    """
    units = figures.select(pl.col("unit").unique()).collect()["unit"]
    versions = by_version(terms)
    return (
        add_up(figures, units, versions)
        .lazy()
        .join(versions.lazy(), on="version")
        .join(pl.LazyFrame({"unit": units}).with_row_index("place"), on="place")
        .select(*_PERIOD, "numerator", "denominator", "complete", "approximate")
    )


def by_version(terms: pl.DataFrame) -> pl.DataFrame:
    """Return the groups of each formula version with their terms as lists, numbered (`version`)."""
    return terms.group_by(_VERSION).agg(_TERM).sort(_VERSION).with_row_index("version")


def add_up(figures: pl.LazyFrame, units: pl.Series, versions: pl.DataFrame) -> pl.DataFrame:
    """Add up figures by version × period × `place` of their unit in `units`, as sides; `versions` see by_version."""
    elements = sorted(versions["element"].explode().unique().drop_nulls())
    found = tallies(figures, units, elements)
    parts = [_of_version(found, version) for version in versions.iter_rows(named=True)]
    if not parts:
        return pl.DataFrame(schema=_SUMS)
    return pl.DataFrame({name: np.concatenate([each[name] for each in parts]) for name in _SUMS}, _SUMS)


def _of_version(found: Tallies, version: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """Return columns of _SUMS."""
    terms = [Term(*term) for term in zip(*(version[name] for name in _TERM), strict=True)]
    sums = found.add_up(terms, version["terms_needed"])
    in_force = (found.last >= version["since"]) & (found.last <= version["until"])
    kept = np.flatnonzero((sums.complete | sums.excused) & in_force)
    columns = {name: getattr(sums, name)[kept] for name in ("numerator", "denominator", "complete", "approximate")}
    period = {name: getattr(found, name)[kept] for name in ("place", "first", "last")}
    return {"version": np.full(len(kept), version["version"], np.uint32)} | period | columns


def flows(both: pl.LazyFrame) -> pl.LazyFrame:
    """Keep complete flows; `cover_first` and `cover_last` are the next longer period that repeats this one."""
    flow = both.filter(pl.col("flow") & pl.col("complete"))
    return flow.join(covers(flow), on=["indicator", "unit", "first", "last"], how="left")


def covers(flow: pl.LazyFrame) -> pl.LazyFrame:
    """Return the periods of flows that a longer one repeats, by indicator × unit, with the next longer one.

    A half-year's figure takes the place of its months in every window that holds the half-year.
    """
    key = ["indicator", "unit"]
    longer = flow.filter(pl.col("last") > pl.col("first")).select(*key, cover_first="first", cover_last="last")
    length = pl.col("cover_last") - pl.col("cover_first")
    return (
        flow.join(longer, on=key)
        .filter(
            (pl.col("cover_first") <= pl.col("first"))
            & (pl.col("cover_last") >= pl.col("last"))
            & (length > pl.col("last") - pl.col("first"))
        )
        .group_by(*key, "first", "last")
        .agg(pl.col("cover_first", "cover_last").sort_by(length).first())
    )


def held(
    both: pl.LazyFrame, segments: pl.DataFrame, descent: pl.DataFrame, first_month: int, last_month: int
) -> pl.LazyFrame:
    """Say for each month what a unit reported last: indicator × group × unit × month.

    A value is held until the unit reports again or its definition breaks; a stock also only until a unit that
    the reporter became reports in its place.
    """
    key = ["indicator", "group", "unit"]
    heirs = (
        both.filter(~pl.col("flow"))
        .join(descent.lazy(), on="unit")
        .filter(pl.col("last") >= pl.col("since"))
        .group_by("indicator", "group", unit="ancestor")
        .agg(replaced=pl.col("last").min())
    )
    latest = both.sort("first").unique([*key, "last"], keep="last", maintain_order=True)
    spans = (
        latest.sort(*key, "last")
        .with_columns(next=pl.col("last").shift(-1).over(key, order_by="last"))
        .join(segments.lazy(), on="indicator", how="left")
        .filter(pl.col("segment_start").is_null() | pl.col("last").is_between("segment_start", "segment_end"))
        .join(heirs, on=key, how="left")
        .with_columns(
            since=pl.max_horizontal("last", pl.lit(first_month, pl.Int32)),
            until=pl.min_horizontal(
                pl.col("next") - 1, "segment_end", pl.col("replaced") - 1, pl.lit(last_month, pl.Int32)
            ),
        )
    )
    return (
        spans.with_columns(month=pl.int_ranges("since", pl.col("until") + 1, dtype=pl.Int32))
        .drop("since", "until", "next", "replaced", "segment_start", "segment_end")
        .explode("month")
    )
