"""Where the answers lie that are no pages of Streamlit."""

from __future__ import annotations

HEALTH = "/suc-khoe"
SIGN_IN = "/dang-nhap"
SIGN_ON = "/dang-nhap/tinh"
SIGNED_ON = "/dang-nhap/tinh/ve"
SIGN_OUT = "/dang-xuat"
CHANGE_PASSWORD = "/doi-mat-khau"  # noqa: S105 - an address

OPEN = frozenset({HEALTH, SIGN_IN, SIGN_ON, SIGNED_ON, SIGN_OUT, CHANGE_PASSWORD})
"""What answers without a session; each of them looks for one itself where it needs one."""

TARGET = "tiep"
"""The parameter that says where to go after signing in."""
LEFT = "ra"
"""The parameter that says that somebody just signed out."""
