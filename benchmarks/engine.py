"""Measure the calculation: time and memory against bare sums and a pandas program, and the times that users wait for.

    python -m benchmarks.engine [--sizes province region country] [--runs 3] [--folder FOLDER]

Every measurement is a process of its own, all of them in turn, several rounds; medians are printed. This process
imports no library and never grows: a child's peak memory is never told as less than its parent's was.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.sizes import FOLDER, SIZES, Size

FLOORS = ("floor_polars", "floor_duckdb")
SUMS = ("sums_polars", "sums_duckdb")
CONTENDERS = (*FLOORS, *SUMS, "ours_totals", "ours_by_unit", "pandas_totals", "pandas_by_unit")

Measured = Mapping[str, float]


def main() -> None:
    """Check that pandas and ours agree, then measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    print(_module("agreement", "province", _file(arguments.folder, "province")))
    for name in arguments.sizes:
        _print_contenders(SIZES[name], _file(arguments.folder, name), arguments.runs)
    _print_waits(arguments.folder, arguments.runs)


def _print_contenders(size: Size, file: str, runs: int) -> None:
    rounds = [{name: _contender(name, size.name, file) for name in CONTENDERS} for _ in range(runs)]
    found = {name: _medians([each[name] for each in rounds]) for name in CONTENDERS}
    floor, sums = (min(found[name]["seconds"] for name in names) for names in (FLOORS, SUMS))
    print(f"\n### {size.name}: {size.units:,} units × {size.months} months, {size.figures:,} figures at most\n")
    print("| | seconds | × floor | × sums | processor seconds | peak MB | above imports MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, each in found.items():
        above = each["peak_mb"] - each["before_mb"]
        ratios = f"{each['seconds'] / floor:.1f} | {each['seconds'] / sums:.1f}"
        times = f"{each['seconds']:.2f} | {ratios} | {each['processor_seconds']:.2f}"
        print(f"| {name} | {times} | {each['peak_mb']:,.0f} | {above:,.0f} |")


def _print_waits(folder: Path, runs: int) -> None:
    country, (text, table) = _file(folder, "country"), _module("long_history", str(folder)).splitlines()
    status = ("scorecard", "status", "--province", "thai-nguyen", "--as-of", "2025-08", "--figures", text)
    waits: Sequence[tuple[str, float, Callable[[], float]]] = (
        ("one target in 4,900 units", 0.3, lambda: _contender("unit_series", "country", country)["seconds"]),
        ("cold start, 200,000 figures, CSV", 3.0, lambda: _wall(*status)),
        ("cold start, 200,000 figures, Parquet", 3.0, lambda: _wall("benchmarks.long_history", table)),
        ("overview after one new figure", 0.2, lambda: _contender("one_figure")["seconds"]),
    )
    rounds = [[wait() for _, _, wait in waits] for _ in range(runs)]
    print("\n### What users wait for\n")
    print("| | seconds | aim | |")
    print("| --- | ---: | ---: | --- |")
    for (name, aim, _), seconds in zip(waits, map(median, zip(*rounds, strict=True)), strict=True):
        print(f"| {name} | {seconds:.2f} | < {aim} | {'reached' if seconds < aim else 'missed'} |")


def _file(folder: Path, name: str) -> str:
    return _module("country", str(folder), name)


def _contender(name: str, *arguments: str) -> Measured:
    measured: Measured = json.loads(_module("contender", name, *arguments))
    return measured


def _medians(rounds: Sequence[Measured]) -> Measured:
    return {name: median(each[name] for each in rounds) for name in rounds[0]}


def _wall(module: str, *arguments: str) -> float:
    started = perf_counter()
    _run(module, *arguments)
    return perf_counter() - started


def _module(name: str, *arguments: str) -> str:
    return _run(f"benchmarks.{name}", *arguments)


def _run(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


if __name__ == "__main__":
    main()
