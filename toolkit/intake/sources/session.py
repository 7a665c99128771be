"""How a database is asked: in which zone, how long, how often again; and what can go wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 300.0
PAUSES_SECONDS = (1.0, 4.0)
LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What holds for one reading of a database.

    ``zone`` is the time zone in which the database turns a moment into a date. A read whose
    connection drops is made again after each of ``pauses_seconds``: two pauses, three attempts.
    """

    zone: str = "UTC"
    connect_seconds: int = CONNECT_SECONDS
    statement_seconds: float = STATEMENT_SECONDS
    pauses_seconds: tuple[float, ...] = PAUSES_SECONDS
    sleep: Callable[[float], None] = time.sleep


class SourceFault(Exception):
    """A database that does not give the table; ``code`` names the sentence, ``key`` the entry."""

    def __init__(self, code: str, key: str, params: Mapping[str, str] | None = None) -> None:
        self.code = code
        self.key = key
        self.params = dict(params or {})
        super().__init__(code, key, self.params)


class ConnectionLost(SourceFault):
    """The connection broke, or could not be made again: the same read may yet succeed."""


def one_line(text: str) -> str:
    r"""A database's message as one line: no control characters, not too long.

    >>> one_line("no column \"x\"\n  LINE 1:\x1b[31m")
    'no column "x" LINE 1:\\x1b[31m'
    """
    line = " ".join(text.split())
    cut = line if len(line) <= LONGEST_DETAIL else f"{line[:LONGEST_DETAIL]}…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut
    )
