"""Words that stand in the tables of invented clients: content/invented, a file a subject.

An entry holds words by id (``payment.card`` of orders.toml) or rows of them. Nothing is judged by
them, so they are no section of the method and leave its hash alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from toolkit import resources


def word(subject: str, entry: str, key: str) -> str:
    """One word of an entry.

    >>> word("orders", "channels", "other_mall")
    'Amazon'
    """
    return str(_entry(subject, entry)[key])


def words(subject: str, entry: str) -> tuple[str, ...]:
    """All words of an entry, in the order of the file.

    >>> len(words("contacts", "when"))
    5
    """
    return tuple(str(one) for one in _entry(subject, entry).values())


def rows(subject: str, entry: str) -> tuple[Mapping[str, Any], ...]:
    """The rows that an entry lists by id, in the order of the file.

    >>> sum(row["share"] for row in rows("plans", "plans"))
    1.0
    """
    return tuple(_entry(subject, entry).values())


def several(names: Iterable[str]) -> str:
    """Names in one cell, as a firm writes more than one of them.

    >>> len(several(["A", "B"]))
    3
    """
    return word("cells", "several", "between").join(names)


def _entry(subject: str, entry: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _file(subject)[entry]
    return found


@lru_cache(maxsize=32)
def _file(subject: str) -> Mapping[str, Any]:
    return tomllib.loads(resources.content("invented", f"{subject}.toml").read_text("utf-8"))
