"""Columns worked on side by side: the libraries below let go of the interpreter meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


FEW_ROWS = 50_000
"""Up to so many rows threads cost more than they save."""


def at_once(work: Callable[[Given], Made], items: Iterable[Given], rows: int) -> list[Made]:
    """What some work makes of each item, a column of so many rows, in the order of items."""
    found = list(items)
    workers = min(len(found), os.cpu_count() or 1) if rows > FEW_ROWS else 1
    if workers < 2:
        return [work(item) for item in found]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(work, found))
