"""The first step in a database: each column of a query typed, and each row's first fault named.

This is the one piece that is written in the database's own dialect, since it touches types as
the client has them; all that follows reads texts, decimals and whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.errors import Problem, UsageError
from toolkit.intake.mappings.mapping import RowRules
from toolkit.intake.values.dates import EARLIEST
from toolkit.measures.databases.delivered import DELIVERED, FUTURE, NEEDED, ValueType
from toolkit.measures.databases.engine import Dialect, Kind
from toolkit.measures.databases.idioms import IDIOMS, NUMBERS, TIMED, Idiom, quoted
from toolkit.measures.months import MONTHS_A_YEAR

LARGEST = 10**13  # with four decimals this fits into DECIMAL(18, 4) everywhere
BLANKS = " \u3000\u00a0\t\r\n"  # engines differ in what else they would trim
MONEY = "DECIMAL(18, 4)"
MICROSECONDS_A_DAY = 86_400_000_000
# The kinds a column of a type may have, and the code of what is told of any other.
FITTING: Mapping[ValueType, tuple[str, tuple[Kind, ...]]] = {
    "id": ("database_column_id", ("text", "whole", "decimal", "other")),
    "money": ("database_column_money", NUMBERS),
    "number": ("database_column_number", NUMBERS),
    "flag": ("database_column_flag", ("flag", *NUMBERS)),
    "order_time": ("database_column_order_time", ("date", *TIMED)),
    "day": ("database_column_day", ("date", *TIMED)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One table of a client in a database.

    ``kinds`` are the columns the query delivers; dates after ``run_date`` are faults except those
    of the future; moments are told in ``zone``; ``rules`` are those of the mapping; ``hidden``
    columns are not read.
    """

    table: str
    query: str
    kinds: Mapping[str, Kind]
    run_date: date
    as_of: date
    zone: str
    rules: RowRules
    hidden: tuple[str, ...] = ()

    def header(self, column: str) -> str | None:
        """The name under which the query delivers a canonical column."""
        if column in self.hidden:
            return None
        return next((name for name in self.kinds if name.casefold() == column), None)

    def kind(self, column: str) -> Kind | None:
        """The kind of a canonical column; None where it is not delivered."""
        header = self.header(column)
        return None if header is None else self.kinds[header]

    @property
    def timed(self) -> bool:
        """Whether orders carry a time of day: their days are then microseconds until the door."""
        return self.table == "orders" and self.kind("order_date") in TIMED


def check(delivery: Delivery, name: str) -> None:
    """Refuse a query that lacks a column, or has one of a kind that cannot be used.

    Raises:
        UsageError: with every such column.
    """
    problems = []
    for column, (_, wanted) in DELIVERED[delivery.table].columns.items():
        kind = delivery.kind(column)
        if kind is None:
            if column in NEEDED[delivery.table]:
                problems.append(Problem(code="database_column_missing", file=name, column=column))
        elif wanted in FITTING and kind not in FITTING[wanted][1]:
            params = {"kind": kind}
            code = FITTING[wanted][0]
            problems.append(Problem(code=code, file=name, column=column, params=params))
    if problems:
        raise UsageError("database_columns", problems)


def typed(delivery: Delivery, dialect: Dialect) -> str:
    """The SELECT that types ``given``: the columns of ``rows`` and ``fault``, null if none."""
    idiom = IDIOMS[dialect]
    columns = DELIVERED[delivery.table].columns
    prepared = ",\n    ".join(
        f"{_prepared(delivery, column, wanted, idiom)} AS {column}_"
        for column, (_, wanted) in columns.items()
    )
    values = [
        f"{_value(delivery, column, wanted, idiom)} AS {name}"
        for column, (name, wanted) in columns.items()
    ]
    if delivery.table == "orders":
        values.append(f"{_month()} AS month_no")
    faults = "\n".join(f"    WHEN {test} THEN '{fault}'" for test, fault in _faults(delivery))
    listed = ",\n  ".join([*values, f"CASE\n{faults}\n  END AS fault"])
    return f"SELECT\n  {listed}\nFROM (\n  SELECT\n    {prepared}\n  FROM given\n) AS prepared"


def _prepared(delivery: Delivery, column: str, wanted: ValueType, idiom: Idiom) -> str:
    """A column as the query gives it: texts in their order, moments as a clock shows them."""
    header, kind = delivery.header(column), delivery.kind(column)
    if header is None or kind is None:
        return _nothing(wanted, idiom)
    x = f"{idiom.quote}{header}{idiom.quote}"
    if wanted in ("id", "label", "text"):
        text = idiom.text.format(x=x)
        bare = f"TRIM(BOTH '{BLANKS}' FROM {text})"
        # Only blanks is nothing, also where a text is else kept to the letter.
        return f"CASE WHEN {bare} <> '' THEN {text if wanted == 'text' else bare} END"
    if kind == "moment":
        return idiom.local.format(x=x, zone=quoted(delivery.zone))
    if wanted == "flag":
        yes, no = (x, f"NOT {x}") if kind == "flag" else (f"{x} <> 0", f"{x} = 0")
        return f"CASE WHEN {yes} THEN 1 WHEN {no} THEN 0 END"
    return x


def _nothing(wanted: ValueType, idiom: Idiom) -> str:
    types = {"flag": "INTEGER", "money": MONEY, "number": idiom.double, "day": "DATE"}
    if wanted in types:
        return f"CAST(NULL AS {types[wanted]})"
    return idiom.text.format(x="NULL")


def _value(delivery: Delivery, column: str, wanted: ValueType, idiom: Idiom) -> str:
    x = f"{column}_"
    if wanted == "money":
        return f"CASE WHEN {_fits(x)} THEN CAST({x} AS {MONEY}) END"
    if wanted == "number":
        return f"CASE WHEN {_fits(x)} THEN CAST({x} AS {idiom.double}) END"
    if wanted == "flag":
        return (
            f"CAST(COALESCE({x}, 0) AS BIGINT)" if delivery.table == "orders" else _double(x, idiom)
        )
    if wanted not in ("order_time", "day"):
        return x
    inside = f"{x} >= {_day(EARLIEST)} AND {x} < {_day(_end(delivery, column))}"
    return f"CASE WHEN {inside} THEN {_day_number(delivery, column, wanted, idiom)} END"


def _double(x: str, idiom: Idiom) -> str:
    return f"CAST({x} AS {idiom.double})"


def _day_number(delivery: Delivery, column: str, wanted: ValueType, idiom: Idiom) -> str:
    """Days since 1970; those of timed orders in whole microseconds, so that no engine rounds."""
    x = f"{column}_"
    if delivery.kind(column) in TIMED:
        micros = idiom.micros.format(x=x)
        if wanted == "order_time":
            return micros
        return f"{_double(micros, idiom)} / {_double(str(MICROSECONDS_A_DAY), idiom)}"
    days = f"CAST({x} - DATE '1970-01-01' AS BIGINT)"
    return days if wanted == "order_time" else _double(days, idiom)


def _month() -> str:
    year, month = (f"EXTRACT({part} FROM order_date_)" for part in ("YEAR", "MONTH"))
    return f"CAST({year} * {MONTHS_A_YEAR} + {month} - 1 AS BIGINT)"


def _fits(x: str) -> str:
    return f"ABS({x}) < {LARGEST}"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _end(delivery: Delivery, column: str) -> date:
    """The day from which a date is no longer taken."""
    return date.max if column in FUTURE else delivery.run_date + timedelta(days=1)


def _faults(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """Tests in the order in which they are told, each with fate, code and column."""
    guests = {"quarantine": "quarantined:value_missing", "drop": "dropped:guests_dropped"}
    for column, (_, wanted) in DELIVERED[delivery.table].columns.items():
        if delivery.header(column) is None:
            continue
        x = f"{column}_"
        if column == "customer_id" and delivery.table == "orders":
            if delivery.rules.guests in guests:
                yield f"{x} IS NULL", f"{guests[delivery.rules.guests]}:{column}"
        elif column in NEEDED[delivery.table]:
            # Nothing is counted of a cancelled order: marketplaces leave its amount blank.
            cancelled = column == "amount" and delivery.table == "orders"
            blank = f"{x} IS NULL" + (" AND COALESCE(cancelled_, 0) = 0" if cancelled else "")
            yield blank, f"quarantined:value_missing:{column}"
        yield from _outside(delivery, column, wanted)
    if delivery.rules.zero_amount == "drop" and delivery.header("amount"):
        yield "amount_ = 0", "dropped:zero_dropped:amount"


def _outside(delivery: Delivery, column: str, wanted: ValueType) -> Iterator[tuple[str, str]]:
    """Tests of amounts and dates that are there and cannot be."""
    x = f"{column}_"
    if wanted in ("money", "number"):
        yield f"NOT {_fits(x)}", f"quarantined:amount_too_large:{column}"
    if wanted in ("order_time", "day"):
        yield f"{x} < {_day(EARLIEST)}", f"quarantined:date_too_old:{column}"
        yield f"{x} >= {_day(_end(delivery, column))}", f"quarantined:date_future:{column}"
