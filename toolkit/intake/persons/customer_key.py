"""The customer key: an HMAC of the customer's id, so that no id leaves the reading."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow

SALT_FILE = ".salt"
LENGTH = 16
_BLOCK = 64  # bytes of a block of SHA-256


def customer_keys(ids: pyarrow.Array, salt: bytes) -> pyarrow.Array:
    """A key of 16 hexadecimal characters for each id of an Arrow array; null stays null."""
    import pyarrow as pa

    coded = ids.dictionary_encode()
    key = _keyed(salt)
    keys = [key(text) for text in coded.dictionary.to_pylist()]
    return pa.array(keys, pa.string()).take(coded.indices)


def read_salt(folder: Path, client_id: str) -> tuple[bytes, bool]:
    """The client's own salt, and whether there is one; without it the client's id serves."""
    try:
        salt = (folder / SALT_FILE).read_bytes().strip()
    except OSError:
        salt = b""
    return (salt, True) if salt else (client_id.encode(), False)


def _keyed(salt: bytes) -> Callable[[str], str]:
    """The HMAC-SHA256 under a salt (RFC 2104), with the salt's own part of it done once."""
    block = (hashlib.sha256(salt).digest() if len(salt) > _BLOCK else salt).ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def key(text: str) -> str:
        first, second = inner.copy(), outer.copy()
        first.update(text.encode("utf-8", "surrogatepass"))
        second.update(first.digest())
        return second.hexdigest()[:LENGTH]

    return key
