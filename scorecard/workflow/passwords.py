"""Passwords: hashed with argon2id, compared in constant work, made up where somebody needs a first one."""

from __future__ import annotations

import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scorecard.domain.account import LONGEST_PASSWORD, normal_password

_HASHER = PasswordHasher()  # argon2id, 64 MiB, the library's defaults after RFC 9106
_AT_ONCE = BoundedSemaphore(2)  # many attempts at once wait here instead of filling the memory
_CLEAR_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


def hash_password(password: str) -> str:
    """Return the hash to keep; it names its own parameters and salt."""
    with _AT_ONCE:
        return _HASHER.hash(normal_password(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Say whether a password is the one; without a hash it is not, after the same work."""
    typed = normal_password(password[: LONGEST_PASSWORD * 4])
    with _AT_ONCE:
        try:
            return _HASHER.verify(password_hash or _hash_of_nobody(), typed) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def first_password() -> str:
    """Make up a password of four groups of letters and digits that are not mistaken for one another (79 bits)."""
    groups = ("".join(secrets.choice(_CLEAR_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe(32))
