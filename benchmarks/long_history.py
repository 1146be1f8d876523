"""200,000 figures of a real set of definitions, as CSV and as Parquet, for the cold start.

    python -m benchmarks.long_history FOLDER     makes both files and prints their paths
    python -m benchmarks.long_history FILE       prints the status from the Parquet file, as a cold start would

The counts are invented and mean nothing: two monthly forms of every unit, month by month backwards until there are
enough.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.contender import ROOT
from scorecard.calculation.scoreboard import scoreboard
from scorecard.definitions import read_province
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.workflow.exchange import COLUMNS, read_exchange

FIGURES = 200_000
AS_OF = Month.of(2025, 8)
_FORMS = ("online-services", "work-files")
_SEED = 222


def make(folder: Path) -> tuple[Path, Path]:
    """Write both files and return them."""
    province = _province()
    text, table = folder / "long-history.csv", folder / "long-history.parquet"
    folder.mkdir(parents=True, exist_ok=True)
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(islice(_rows(province), FIGURES))
    parsed = read_exchange(text, province)
    if parsed.problems:
        raise SystemExit(f"{text}: {parsed.problems[0]}")
    parsed.frame().write_parquet(table)
    return text, table


def _rows(province: Province) -> Iterator[tuple[str, ...]]:
    random = np.random.default_rng(_SEED)
    forms = [province.form(form_id) for form_id in _FORMS]
    month = AS_OF
    while True:
        for unit in province.units.alive_on(month.last_day):
            for form in forms:
                if any(rule.include(unit) for rule in form.reporters):
                    counts = sorted(random.integers(0, 500, len(form.elements)), reverse=True)
                    for element, count in zip(form.elements, counts, strict=True):
                        yield str(month), unit.id, element.id, str(count), "", ""
        month = month.plus(-1)


def _province() -> Province:
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    if province is None:
        raise SystemExit("targets/thai-nguyen does not pass: python -m scorecard check")
    return province


def main(path: Path) -> None:
    """Make the files in a folder, or print the status from a file."""
    if path.suffix == ".parquet":
        print(scoreboard(_province(), pl.read_parquet(path), AS_OF).select("target", "unit", "status", "value"))
    else:
        print(*make(path), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
