"""What a database tells of rows that stay in it: how many of each fate, and what crossed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from toolkit.errors import InputError, Problem
from toolkit.intake.table import LARGEST_BAD_SHARE, SMALLEST_JUDGED_ROWS
from toolkit.measures.databases.settled import ACCEPTED
from toolkit.measures.databases.typed import MICROSECONDS_A_DAY, Delivery
from toolkit.measures.months import day_of

if TYPE_CHECKING:
    import pyarrow


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Left:
    """Rows that were left out in the database: their fate, why, for which column, how many."""

    fate: str
    code: str
    column: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """What became of a table's rows, counted in the database.

    accepted + quarantined + deduplicated + dropped = total; cancelled rows are among the accepted.
    """

    table: str
    rows_total: int
    rows_accepted: int
    rows_cancelled: int
    left: tuple[Left, ...]
    last_day: date | None

    def rows(self, fate: str) -> int:
        """Rows of a fate: quarantined, deduplicated or dropped."""
        return sum(one.rows for one in self.left if one.fate == fate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """What one statement brought from the database: rows, and bytes as Arrow holds them."""

    name: str
    rows: int
    bytes: int


def row_counts(delivery: Delivery, counted: pyarrow.Table) -> RowCounts:
    """The counts of a table from what the statement of counts gave."""
    rows = counted.to_pylist()
    accepted = [row for row in rows if row["fate"] == ACCEPTED]
    left = sorted(_left(row["fate"], int(row["row_count"])) for row in rows if row not in accepted)
    last = max((row["last_day"] for row in accepted if row["last_day"] is not None), default=None)
    if last is not None and delivery.timed:
        last /= MICROSECONDS_A_DAY
    return RowCounts(
        table=delivery.table,
        rows_total=sum(int(row["row_count"]) for row in rows),
        rows_accepted=sum(int(row["row_count"]) for row in accepted),
        rows_cancelled=sum(int(row["cancelled_count"]) for row in accepted),
        left=tuple(left),
        last_day=None if last is None else day_of(last),
    )


def _left(fate: str, rows: int) -> Left:
    kind, code, column = fate.split(":")
    return Left(fate=kind, code=code, column=column, rows=rows)


def refuse_bad(counts: Iterable[RowCounts], names: Mapping[str, str]) -> None:
    """Refuse tables of which too many rows are bad or none is left, as intake does of files.

    Args:
        counts: of each table.
        names: what messages call each table's mapping.

    Raises:
        InputError: with every such table.
    """
    problems = [problem for one in counts for problem in _bad(one, names[one.table])]
    if problems:
        raise InputError("client_refused", problems)


def _bad(one: RowCounts, name: str) -> Iterator[Problem]:
    bad = one.rows("quarantined")
    judged = one.rows_total - one.rows("deduplicated") - one.rows("dropped")
    if one.rows_total and not one.rows_accepted:
        yield Problem(code="no_row_left", file=name)
    elif one.rows_total >= SMALLEST_JUDGED_ROWS and bad > LARGEST_BAD_SHARE * judged:
        params = {"bad": f"{bad:,}", "judged": f"{judged:,}", "share": f"{bad / judged:.0%}"}
        yield Problem(code="too_many_bad_rows", file=name, params=params)
