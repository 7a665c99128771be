"""The customer key is the HMAC it says it is."""

from __future__ import annotations

import hmac

import pyarrow as pa
import pytest

from toolkit.intake.persons.customer_key import customer_keys


@pytest.mark.parametrize("salt", [b"", b"salt", b"s" * 64, b"s" * 65, b"s" * 200])
def test_the_key_is_an_hmac(salt: bytes) -> None:
    ids = pa.array(["C1", None, "髙島屋", "C1"])
    expected = [
        None if text is None else hmac.digest(salt, text.encode(), "sha256").hex()[:16]
        for text in ids.to_pylist()
    ]
    assert customer_keys(ids, salt).to_pylist() == expected
