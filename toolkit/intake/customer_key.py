"""The customer key: an HMAC of the customer's id, so that no id leaves the reading."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from pathlib import Path

SALT_FILE = ".salt"
LENGTH = 16


def customer_keys(ids: Sequence[str | None], salt: bytes) -> list[str | None]:
    """A key of 16 hexadecimal characters for each id; blank stays None."""
    known = {text: _key(text, salt) for text in dict.fromkeys(ids) if text is not None}
    return [None if text is None else known[text] for text in ids]


def read_salt(folder: Path, client_id: str) -> tuple[bytes, bool]:
    """The client's own salt, and whether there is one; without it the client's id serves."""
    try:
        salt = (folder / SALT_FILE).read_bytes().strip()
    except OSError:
        salt = b""
    return (salt, True) if salt else (client_id.encode(), False)


def _key(text: str, salt: bytes) -> str:
    return hmac.digest(salt, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:LENGTH]
