"""The guides of docs/huong-dan, folded, on the pages that they explain."""

from __future__ import annotations

import re
from functools import cache

import streamlit as st

from scorecard.workflow.settings import ROOT

_FOLDER = ROOT / "docs" / "huong-dan"
_TITLE_OR_PICTURE = re.compile(r"^(# |!\[).*\n+", re.MULTILINE)


def draw(name: str, label: str) -> None:
    """Draw a guide without its title and its pictures."""
    with st.expander(label):
        st.markdown(_words(name))


@cache
def _words(name: str) -> str:
    return _TITLE_OR_PICTURE.sub("", (_FOLDER / f"{name}.md").read_text(encoding="utf-8"))
