"""One measured piece of work, in a process of its own.

    python -m benchmarks.contender NAME [SIZE FILE]

prints the seconds it took, those of all processors, and the peak of the process's memory before and after, in MB, as
JSON. Imports, definitions and what is already in memory when the work begins are prepared first and not timed. Linux
only (`ru_maxrss`).
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from benchmarks.sizes import SIZES

if TYPE_CHECKING:
    import polars as pl

Work = Callable[[], object]

ROOT = Path(__file__).resolve().parent.parent
_THREADS = 2


def floor_polars(size: str, file: str) -> Work:
    """Prepare the bare sum of every unit and month, in polars."""
    import polars as pl

    total = pl.scan_parquet(file).group_by("unit", "last_month").agg(pl.col("amount").sum())
    return lambda: total.collect(engine="streaming")


def floor_duckdb(size: str, file: str) -> Work:
    """Prepare the bare sum of every unit and month, in DuckDB."""
    import duckdb

    connection = duckdb.connect(config={"threads": _THREADS})
    sums = "SELECT unit, last_month, sum(amount) AS amount FROM read_parquet(?) GROUP BY unit, last_month"
    return lambda: connection.execute(f"CREATE TABLE sums AS {sums}", [file])


def sums_polars(size: str, file: str) -> Work:
    """Prepare the sum of each element by unit and month, in polars: what any status must add up first."""
    import polars as pl

    amounts = (pl.col("amount").filter(pl.col("element") == name).sum().alias(name) for name in _elements(size))
    sums = pl.scan_parquet(file).group_by("unit", "last_month").agg(*amounts)
    return lambda: sums.collect(engine="streaming")


def sums_duckdb(size: str, file: str) -> Work:
    """Prepare the sum of each element by unit and month, in DuckDB."""
    import duckdb

    connection = duckdb.connect(config={"threads": _THREADS})
    amounts = ", ".join(f"sum(amount) FILTER (element = '{name}') AS {name}" for name in _elements(size))
    sums = f"SELECT unit, last_month, {amounts} FROM read_parquet(?) GROUP BY unit, last_month"  # noqa: S608 - our names
    return lambda: connection.execute(f"CREATE TABLE sums AS {sums}", [file])


def _elements(size: str) -> list[str]:
    from benchmarks.country import province

    return list(province(SIZES[size]).elements)


def ours_totals(size: str, file: str) -> Work:
    """Prepare the status of every target."""
    return _ours(size, file, by_unit=False)


def ours_by_unit(size: str, file: str) -> Work:
    """Prepare the status of every target in every unit."""
    return _ours(size, file, by_unit=True)


def pandas_totals(size: str, file: str) -> Work:
    """Prepare the status of every target, in pandas."""
    return _pandas(size, file, by_unit=False)


def pandas_by_unit(size: str, file: str) -> Work:
    """Prepare the status of every target in every unit, in pandas."""
    return _pandas(size, file, by_unit=True)


def unit_series(size: str, file: str) -> Work:
    """Prepare one target in every unit, from two years of its own figures in memory."""
    import numpy.ma  # noqa: F401 - polars imports it with its first array
    import polars as pl

    from benchmarks.country import AS_OF, province
    from scorecard.calculation.scoreboard import scoreboard

    whole = province(SIZES[size])
    plan = whole.plans[0]
    one = replace(whole, plans=(replace(plan, targets=plan.targets[:1]),))
    ratio = one.indicators[plan.targets[0].indicator_id or ""].versions[0]
    elements = [element for side in (ratio.numerator, ratio.denominator) if side for element in side.elements]
    recent = pl.col("last_month") > AS_OF.index - 24
    figures = pl.read_parquet(file).filter(recent & pl.col("element").is_in(elements))
    return lambda: scoreboard(one, figures, AS_OF, by_unit=True)


def one_figure() -> Work:
    """Prepare the overview's numbers of the sample province, seen once, after one figure has changed."""
    import polars as pl

    from scorecard.calculation.scoreboard import scoreboard
    from scorecard.definitions import read_province
    from scorecard.domain.period import Month
    from scorecard.workflow.exchange import read_exchange

    province = read_province(ROOT / "targets" / "thai-nguyen").province
    if province is None:
        raise SystemExit("targets/thai-nguyen does not pass: python -m scorecard check")
    figures = read_exchange(ROOT / "data" / "sample" / "thai-nguyen.csv", province).frame()
    as_of, plans = Month.parse("2025-08"), ["kh-222-2024"]
    scoreboard(province, figures, as_of, plan_ids=plans)
    place = (pl.col("last_month") == as_of.index) & (pl.col("element") == "dossiers_received")
    corrected = figures.with_columns(pl.col("amount") + (place & place.cum_sum().eq(1)).cast(pl.Int64))
    return lambda: scoreboard(province, corrected, as_of, plan_ids=plans)


def _ours(size: str, file: str, *, by_unit: bool) -> Work:
    import numpy.ma  # noqa: F401 - polars imports it with its first array

    from benchmarks.country import AS_OF, province
    from scorecard.calculation.scoreboard import scoreboard

    definitions = province(SIZES[size])
    return lambda: scoreboard(definitions, _figures(file), AS_OF, by_unit=by_unit)


def _figures(file: str) -> pl.LazyFrame:
    """Return the figures as the scoreboard takes them: a scan, so that it reads what it needs."""
    import polars as pl

    return pl.scan_parquet(file)


def _pandas(size: str, file: str, *, by_unit: bool) -> Work:
    from benchmarks.country import AS_OF, province
    from benchmarks.pandas_status import status

    definitions = province(SIZES[size])
    return lambda: status(definitions, Path(file), AS_OF, by_unit=by_unit)


CONTENDERS: Mapping[str, Callable[..., Work]] = {
    each.__name__: each
    for each in (
        floor_polars,
        floor_duckdb,
        sums_polars,
        sums_duckdb,
        ours_totals,
        ours_by_unit,
        pandas_totals,
        pandas_by_unit,
        unit_series,
        one_figure,
    )
}


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(name: str, *arguments: str) -> None:
    """Prepare, measure, print."""
    work = CONTENDERS[name](*arguments)
    before, processor, started = _peak_mb(), process_time(), perf_counter()
    work()
    seconds, processor_seconds = perf_counter() - started, process_time() - processor
    found = {"seconds": seconds, "processor_seconds": processor_seconds, "before_mb": before, "peak_mb": _peak_mb()}
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
