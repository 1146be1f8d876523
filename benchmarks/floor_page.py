"""A page that does nothing: the kinds of elements of one of ours, with made-up words, as the address asks for."""

from __future__ import annotations

import streamlit as st

st.set_page_config(layout="wide")
asked = st.query_params


def _many(name: str) -> range:
    return range(int(asked.get(name, "0")))


st.title("Trang nền")
with st.container(horizontal=True):
    for number in _many("boxes"):
        st.selectbox(f"Ô {number}", ["một", "hai", "ba"], label_visibility="collapsed", key=f"box-{number}")
with st.container(horizontal=True):
    pressed = [st.button(f"Nút {number}", key=f"button-{number}") for number in _many("buttons")]
chosen = pressed.index(True) if True in pressed else ""
cells = "".join(f"<td>Ô số {number} của hàng, vài chữ nữa</td>" for number in range(7))
rows = "".join(f"<tr>{cells}</tr>" for _ in _many("rows"))
st.markdown(f'<div class="floor" data-chosen="{chosen}"><table>{rows}</table></div>', unsafe_allow_html=True)
points = {"values": [{"x": number, "y": number % 7} for number in range(30)]}
axes = {"x": {"field": "x", "type": "ordinal"}, "y": {"field": "y", "type": "quantitative"}}
for number in _many("charts"):
    st.vega_lite_chart({"data": points, "mark": "line", "encoding": axes, "height": 300}, key=f"chart-{number}")
for number in _many("folded"):
    with st.expander(f"Phần {number}"):
        st.markdown("Một đoạn chữ. " * 40)
