import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from scorecard.command_line.main import main
from scorecard.store import EventKind, open_store

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


def test_the_demo_prepares_its_figures_prints_its_address_and_answers(tmp_path: Path, port: int) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    command = [sys.executable, "-m", "scorecard", "demo", "--port", str(port), "--database", url]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as demo:
        lines = [demo.stdout.readline() for _ in range(3)]
        health = _answer(f"http://127.0.0.1:{port}/suc-khoe")
        demo.terminate()
        demo.stdout.read()
    assert lines[0].startswith("Đã chuẩn bị số liệu minh họa của Thái Nguyên: ")
    assert lines[1] == f"Mở trình duyệt tại http://127.0.0.1:{port} (bấm Ctrl+C để dừng).\n"
    assert lines[2] == f"Open http://127.0.0.1:{port} in a browser (Ctrl+C stops it).\n"
    assert health == {"status": "ok", "data_version": 3}
    store = open_store(url)
    assert store.holds(EventKind.DEMO_PREPARED, "thai-nguyen")
    store.close()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def _answer(url: str) -> dict[str, object]:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(url, timeout=5) as response:  # noqa: S310 - our own server
                found: dict[str, object] = json.load(response)
                return found
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_a_port_in_use_is_refused_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["demo", "--port", str(port), "--database", f"sqlite:///{tmp_path / 'demo.db'}"]) == 1
    assert capsys.readouterr().err.startswith(f"Cổng {port} đang có chương trình khác dùng.")
    assert not (tmp_path / "demo.db").exists()


def test_a_store_with_figures_of_its_own_is_left_alone(
    tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'real.db'}"
    (tmp_path / "in.csv").write_text(
        "period,unit,element,value,state,note\n2025-09,05908,dossiers_received,1,,\n", encoding="utf-8"
    )
    assert main(["import", str(tmp_path / "in.csv"), "--province", "thai-nguyen", "--database", url]) == 0
    assert main(["demo", "--port", str(port), "--database", url]) == 1
    assert "không phải kho trình diễn" in capsys.readouterr().err
    store = open_store(url)
    assert store.data_version() == 1
    store.close()


def test_production_is_refused_because_there_are_no_accounts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCORECARD_MODE", "production")
    assert main(["demo"]) == 1
    assert "phiên bản này chưa có tài khoản" in capsys.readouterr().err
