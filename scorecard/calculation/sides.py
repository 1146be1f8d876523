"""From figures to the two sides of each indicator, unit by unit, where everything needed is there."""

from __future__ import annotations

import polars as pl

_PERIOD = ["indicator", "flow", "group", "groups_needed", "unit", "first", "last"]
_VERSION = ["indicator", "since", "until", "flow", "group", "groups_needed", "terms_needed"]
_PLACES, _MONTHS, _LENGTHS = 1 << 20, 1 << 16, 1 << 7


def sides(figures: pl.LazyFrame, terms: pl.DataFrame) -> pl.LazyFrame:
    """Add up each side by indicator × group × unit × period, at the indicator's decimals.

    A period counts (`complete`) when every element of the group is there; it is also kept, with `complete`
    false, when the unit said that an element does not apply to it. All other periods are left out.
    """
    units = figures.select("unit").unique().collect().with_row_index("place")
    numbered, versions = by_version(terms)
    return (
        add_up(figures.join(units.lazy(), on="unit"), numbered)
        .join(versions.lazy(), on="version")
        .join(units.lazy(), on="place")
        .select(*_PERIOD, "numerator", "denominator", "complete", "approximate")
    )


def by_version(terms: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Number the groups of each formula version (`version`); return the terms with it, and what the versions say."""
    versions = terms.select(_VERSION).unique().sort(_VERSION).with_row_index("version")
    return terms.join(versions, on=_VERSION), versions


def add_up(figures: pl.LazyFrame, terms: pl.DataFrame) -> pl.LazyFrame:
    """Add up figures with the `place` of their unit by version × place × period, as sides.

    All keys are packed into one whole number, for groups of one key are found several times faster.
    """
    last, length = pl.col("last_month"), pl.col("last_month") - pl.col("first_month")
    key = ((pl.col("version").cast(pl.Int64) * _PLACES + pl.col("place")) * _MONTHS + last) * _LENGTHS + length
    scale = pl.lit(10, pl.Int64).pow((pl.col("decimals_wanted") - pl.col("decimals")).cast(pl.UInt32))
    part = pl.col("amount") * pl.col("factor") * scale
    totals = (
        figures.join(terms.lazy(), on="element")
        .filter(last.is_between("since", "until"))
        .select(
            "terms_needed",
            key=key,
            above=pl.when("in_numerator").then(part),
            below=pl.when(~pl.col("in_numerator")).then(part),
            there=pl.col("amount").is_not_null(),
            applies=pl.col("state") != "not_applicable",
            approximate=pl.col("state") == "approximate",
        )
        .group_by("key")
        .agg(
            numerator=pl.col("above").sum(),
            denominator=pl.col("below").sum(),
            complete=pl.col("there").sum() == pl.col("terms_needed").max(),
            applies=pl.col("applies").all(),
            approximate=pl.col("approximate").any(),
        )
        .filter(pl.col("complete") | ~pl.col("applies"))
    )
    return _unpacked(totals)


def _unpacked(totals: pl.LazyFrame) -> pl.LazyFrame:
    key = pl.col("key")
    last = key // _LENGTHS % _MONTHS
    return totals.select(
        "numerator",
        "denominator",
        "complete",
        "approximate",
        version=(key // (_PLACES * _MONTHS * _LENGTHS)).cast(pl.UInt32),
        place=(key // (_MONTHS * _LENGTHS) % _PLACES).cast(pl.UInt32),
        first=(last - key % _LENGTHS).cast(pl.Int32),
        last=last.cast(pl.Int32),
    )


def flows(both: pl.LazyFrame) -> pl.LazyFrame:
    """Keep complete flows; `cover_first` and `cover_last` are the next longer period that repeats this one.

    A half-year's figure takes the place of its months in every window that holds the half-year.
    """
    flow = both.filter(pl.col("flow") & pl.col("complete"))
    key = ["indicator", "unit"]
    longer = flow.filter(pl.col("last") > pl.col("first")).select(*key, cover_first="first", cover_last="last")
    length = pl.col("cover_last") - pl.col("cover_first")
    covers = (
        flow.join(longer, on=key)
        .filter(
            (pl.col("cover_first") <= pl.col("first"))
            & (pl.col("cover_last") >= pl.col("last"))
            & (length > pl.col("last") - pl.col("first"))
        )
        .group_by(*key, "first", "last")
        .agg(pl.col("cover_first", "cover_last").sort_by(length).first())
    )
    return flow.join(covers, on=[*key, "first", "last"], how="left")


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
        .drop("since", "until", "next", "replaced", "segment_start", "segment_end", "first")
        .explode("month")
    )
