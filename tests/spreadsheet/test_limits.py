"""The server stops a file at the size that the reader takes, before it is in memory."""

import tomllib

from scorecard.spreadsheet.archive import LARGEST_FILE
from scorecard.workflow.settings import ROOT


def test_the_server_takes_no_larger_file_than_the_reader() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] * 2**20 == LARGEST_FILE
