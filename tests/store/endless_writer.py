"""Write figures until killed; print each one once the store has acknowledged it."""

import itertools
import sys

from scorecard.domain.period import Month, Period
from scorecard.store import open_store
from tests.store.batches import a_batch, a_draft, a_figure

url, round_number = sys.argv[1:]
store = open_store(url)
for number in itertools.count():
    month = Month.of(2025, number % 12 + 1)
    figures = [
        a_figure(f"element_{i}", str(number), unit_id=f"{round_number}@", period=Period(month, month)) for i in range(5)
    ]
    store.record(a_batch(a_draft(*figures)))
    print(f"{round_number}@", month, number, flush=True)  # noqa: T201 - the acknowledgement that the test reads
