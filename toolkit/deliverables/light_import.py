"""Importing what reads notebooks without what no notebook needs."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

GRAMMAR = "rfc3987_syntax"


@contextlib.contextmanager
def without_addresses() -> Iterator[None]:
    """Let the grammar of international addresses be missing while others are imported.

    jsonschema builds it at import if it finds one, which takes a second or two of every start;
    no schema of a notebook asks for it.
    """
    hidden = GRAMMAR not in sys.modules
    if hidden:
        sys.modules[GRAMMAR] = None  # type: ignore[assignment]  # how Python marks a missing one
    try:
        yield
    finally:
        if hidden:
            del sys.modules[GRAMMAR]
