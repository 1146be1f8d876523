"""Hold the pandas program against ours: the same statuses and counts, or the comparison of speed means nothing.

    python -m benchmarks.agreement SIZE FILE

The forecasts are ours, for pandas makes none; every other number it computes itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from benchmarks.country import AS_OF, province
from benchmarks.pandas_status import status
from benchmarks.sizes import SIZES
from scorecard.calculation.scoreboard import status_history

_ROW = ["target", "unit"]
_EXACT = ["numerator", "denominator", "reported_units", "expected_units"]
_SHARES = ["value", "coverage", "baseline", "expected", "path_done", "path_expected"]


def differences(size: str, file: Path, *, by_unit: bool) -> tuple[int, list[str]]:
    """Return how many rows were compared, and the columns that differ anywhere; shares may differ by 1e-9."""
    definitions = province(SIZES[size])
    history = status_history(definitions, pl.read_parquet(file), AS_OF, by_unit=by_unit)
    forecasts = history.select(*_ROW, "month", "forecast_path").to_pandas()
    wide = forecasts.pivot(index="month", columns=_ROW, values="forecast_path")
    theirs = pl.from_pandas(status(definitions, file, AS_OF, by_unit=by_unit, forecasts=wide), nan_to_null=True)
    ours = history.filter(pl.col("month") == AS_OF.index)
    both = ours.join(theirs, on=_ROW, how="full", suffix="_theirs")
    apart = [_apart("status", pl.String), *(_apart(name, pl.Float64) for name in _EXACT), *map(_far, _SHARES)]
    found = both.select(apart).row(0, named=True)
    return both.height, [name for name, differs in found.items() if differs]


def _apart(name: str, kind: type[pl.DataType]) -> pl.Expr:
    return pl.col(name).cast(kind).ne_missing(pl.col(f"{name}_theirs").cast(kind)).any().alias(name)


def _far(name: str) -> pl.Expr:
    ours, theirs = pl.col(name), pl.col(f"{name}_theirs")
    return ((ours.is_null() != theirs.is_null()) | ((ours - theirs).abs() > 1e-9)).any().alias(name)


def main(size: str, file: str) -> None:
    """Print how many rows agree; exit 1 with what does not."""
    for by_unit in (False, True):
        rows, names = differences(size, Path(file), by_unit=by_unit)
        if names:
            raise SystemExit(f"pandas and ours differ in {', '.join(names)} ({rows} rows, by_unit={by_unit})")
        print(f"pandas and ours agree on {rows} rows{' by unit' if by_unit else ''}")


if __name__ == "__main__":
    main(*sys.argv[1:])
