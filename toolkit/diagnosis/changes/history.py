"""The client's kept months: every file of history/ is read, and a broken one is an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.diagnosis.changes.month import Month, month_from, statuses_from
from toolkit.errors import InputError, Problem

FOLDER = "history"
A_YEAR_DAYS = 365
NEAR_DAYS = 20
"""How far from a year back a kept month may lie and still be called the same month a year ago."""

WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file of history/ as parsed: its name, its day and its document."""

    name: str
    run_date: date
    document: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What was kept before a day, the months by their day.

    ``last`` is the newest, ``year_ago`` the one nearest to a year before; ``failed`` names the
    rules that failed in some kept month before the last one, ``before`` has the status of each
    rule in the month before the last. ``kept`` are all of them, the oldest first.
    """

    last: Month | None = None
    year_ago: Month | None = None
    failed: frozenset[str] = frozenset()
    before: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[Kept, ...] = field(default=(), repr=False)


def read_history(client: Path, client_id: str, run_date: date) -> History:
    """The months kept for a client before a day.

    Args:
        client: the client's folder; ``history/`` in it may be absent.
        client_id: whose months these must be.
        run_date: the day of this month's diagnosis; its own file and later ones are not looked at.

    Raises:
        InputError: ``history_refused``, with each file that cannot be used and why: it is not
            JSON, no diagnosis, another client's, or not named by its day.
    """
    problems: list[Problem] = []
    kept = [_kept(path, client_id, problems) for path in sorted((client / FOLDER).glob("*.json"))]
    earlier = [one for one in kept if one is not None and one.run_date < run_date]
    earlier.sort(key=lambda one: one.run_date)
    made = _history(earlier, run_date, problems)
    if problems:
        raise InputError("history_refused", problems)
    return made


def _history(earlier: list[Kept], run_date: date, problems: list[Problem]) -> History:
    if not earlier:
        return History()
    statuses = [read_kept(one, statuses_from, problems, {}) for one in earlier[:-1]]
    failed = {code for one in statuses for code, status in one.items() if status == "fail"}
    last = read_kept(earlier[-1], month_from, problems, None)
    ago = year_before(earlier, run_date)
    then = read_kept(ago, month_from, problems, None) if ago is not None else None
    return History(
        last=last,
        year_ago=then,
        failed=frozenset(failed),
        before=statuses[-1] if statuses else {},
        kept=tuple(earlier),
    )


def year_before(kept: list[Kept], run_date: date) -> Kept | None:
    """The kept month nearest to a year before a day, None where none is near."""

    def away(one: Kept) -> int:
        return abs((run_date - one.run_date).days - A_YEAR_DAYS)

    near = [one for one in kept if away(one) <= NEAR_DAYS]
    return min(near, key=away) if near else None


def read_kept(one: Kept, read: Any, problems: list[Problem], otherwise: Any) -> Any:
    """A kept month read by a function; what was asked for otherwise, and a problem told."""
    try:
        return read(one.document)
    except WRONG as error:
        problems.append(_problem("history_broken", one.name, detail=_detail(error)))
        return otherwise


def _kept(path: Path, client_id: str, problems: list[Problem]) -> Kept | None:
    """A file as parsed; None, and a problem told, where it is not the client's month."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        other, day = str(document["client"]["client_id"]), date.fromisoformat(document["run_date"])
    except (OSError, *WRONG) as error:
        problems.append(_problem("history_broken", path.name, detail=_detail(error)))
        return None
    if other != client_id:
        problems.append(_problem("history_foreign", path.name, other=other, client=client_id))
        return None
    if path.stem != day.isoformat():
        problems.append(_problem("history_name", path.name, day=day.isoformat()))
        return None
    return Kept(name=path.name, run_date=day, document=document)


def _problem(code: str, name: str, **params: str) -> Problem:
    return Problem(code=code, file=f"{FOLDER}/{name}", params=params)


def _detail(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:120]
