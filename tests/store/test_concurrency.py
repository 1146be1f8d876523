"""Two writers at once both succeed, in order; a killed writer loses nothing that it acknowledged."""

import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from scorecard.domain.period import Period
from scorecard.store import Store, open_store
from scorecard.store.errors import ConflictError
from tests.store.batches import PROVINCE, a_batch, a_draft, a_figure

_ROOT = Path(__file__).parents[2]
_WRITER = Path(__file__).parent / "endless_writer.py"
_KILLS = 4


def _write(store: Store, author: int, count: int) -> None:
    for number in range(count):
        figure = a_figure(f"element_{author}", str(number), unit_id=f"{author}@")
        store.record(a_batch(a_draft(figure), person_id=f"author-{author}"))


def test_many_threads_write_into_one_unbroken_chain(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda author: _write(store, author, 10), range(8)))
    assert store.data_version() == 80
    assert sorted(store.figures(PROVINCE)["amount"].to_list()) == [9] * 8
    assert store.verify() == ()


def test_two_stores_on_one_database_write_into_one_unbroken_chain(url: str, store: Store) -> None:
    other = open_store(url)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda pair: _write(*pair, 25), [(store, 1), (other, 2)]))
    assert other.data_version() == store.data_version() == 50
    assert other.verify() == ()
    other.close()


def test_of_many_authors_of_one_return_exactly_one_is_first(store: Store) -> None:
    barrier = threading.Barrier(6)

    def submit(author: int) -> bool:
        barrier.wait()
        try:
            store.record(a_batch(a_draft(a_figure(value=str(author)), expected_revision=0)))
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(submit, range(6))) == 1
    assert store.data_version() == 1


def test_a_reader_sees_whole_writes_only(store: Store) -> None:
    """Each write sets two elements to the same number; no reader ever sees them differ."""

    def write() -> None:
        for number in range(30):
            store.record(a_batch(a_draft(a_figure("a", str(number)), a_figure("b", str(number)))))

    with ThreadPoolExecutor(1) as thread:
        writing = thread.submit(write)
        while not writing.done():
            assert len(set(store.figures(PROVINCE)["amount"].to_list())) <= 1
        writing.result()


def test_all_queries_of_one_reader_see_the_same_state(store: Store) -> None:
    with store._database.reading() as session:
        before = session.rows("SELECT count(*) FROM figures")
        store.record(a_batch(a_draft(a_figure())))
        assert session.rows("SELECT count(*) FROM figures") == before == [(0,)]
    assert store.figures(PROVINCE).height == 1


def test_a_connection_that_the_server_dropped_is_replaced(store: Store, url: str) -> None:
    store.data_version()
    if url.startswith("postgresql"):
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
    assert store.record(a_batch(a_draft(a_figure()))).event == 1


@pytest.mark.parametrize("seed", [1])
def test_a_killed_writer_loses_nothing_that_it_acknowledged(url: str, seed: int) -> None:
    moments = random.Random(seed)  # noqa: S311 - not for secrets
    open_store(url).close()
    acknowledged: dict[tuple[str, str], int] = {}
    for round_number in range(_KILLS):
        for line in _killed_after(url, round_number, moments.uniform(0.05, 0.4)):
            unit, period, number = line.split()
            acknowledged[unit, period] = int(number)
    store = open_store(url)
    kept = {(unit, str(first)): amount for unit, _, first, _, amount, _, _ in store.figures(PROVINCE).iter_rows()}
    assert len(acknowledged) >= _KILLS
    for (unit, period), number in acknowledged.items():
        assert kept[unit, str(Period.parse(period).first.index)] >= number
    assert store.verify() == ()
    store.close()


def _killed_after(url: str, round_number: int, seconds: float) -> list[str]:
    """Let a writer run for a moment after its first acknowledgement, kill it, return what it acknowledged."""
    command = [sys.executable, str(_WRITER), url, str(round_number)]
    with subprocess.Popen(
        command, cwd=_ROOT, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(_ROOT)}
    ) as writer:
        first = writer.stdout.readline()
        killer = threading.Timer(seconds, writer.kill)
        killer.start()
        rest = writer.stdout.read()
        killer.join()
    complete = (first + rest).splitlines(keepends=True)
    return [line for line in complete if line.endswith("\n")]
