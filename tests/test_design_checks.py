"""The twenty checks of the design: which tests hold them, and which no test can hold."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
NOT_HERE = {2: "timed: benchmarks/pages.py prints it"}


def test_each_check_of_the_design_is_named_by_a_test() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    named = {int(number) for number in re.findall(r"def test_check_(\d\d)_", sources)}
    assert named | NOT_HERE.keys() == set(range(1, 21))
    assert not named & NOT_HERE.keys()
