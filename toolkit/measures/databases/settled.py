"""The second step in a database: rows against each other, as intake settles those of files.

Written in DuckDB's dialect and carried to the others. ``fate`` says what becomes of a row; rows
with a fault of their own have been left behind by then.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.measures.databases.delivered import DELIVERED
from toolkit.measures.databases.typed import Delivery
from toolkit.measures.months import day_number

ACCEPTED = "accepted"
DUPLICATE = "deduplicated:duplicates:"
AMOUNTS, CUSTOMERS = "order_amount_conflict", "order_customer_id_conflict"


def settled(delivery: Delivery) -> str:
    """The SELECT that gives every sound row of ``typed`` its fate and its place in its group."""
    table = DELIVERED[delivery.table]
    rest = [table.name(one) for one in table.columns if delivery.header(one)]
    rest = [one for one in rest if one != table.group]
    if delivery.table != "orders":
        return _records(table.group, table.key, rest)
    by_line = delivery.header("line_no") is not None
    model = delivery.rules.model or ("lines" if by_line else "orders")
    once = delivery.rules.duplicates == "drop" or model == "orders" or by_line
    drops = once and delivery.rules.duplicates != "keep"
    if model == "orders":
        return _totals(rest, drops=drops)
    if by_line and drops:
        return _numbered_lines(rest)
    return _lines(rest, drops=drops)


def rows_of(delivery: Delivery) -> str:
    """The SELECT of the accepted rows, as the summaries' SQL reads them."""
    table = DELIVERED[delivery.table]
    columns = [name for name, _ in table.columns.values()]
    if delivery.table == "orders":
        columns += ["month_no", "repeated"]
    if delivery.table == "receivables":
        columns.append(f"CAST({day_number(delivery.as_of)} AS DOUBLE) AS as_of_day")
    listed = ",\n  ".join([*columns, f"'{delivery.table}' AS file_name", "place AS row_no"])
    return f"SELECT\n  {listed}\nFROM settled\nWHERE fate = '{ACCEPTED}'"


def counts_of(delivery: Delivery) -> str:
    """The SELECT that counts rows by what became of them, with the accepted dates."""
    cancelled = "COALESCE(SUM(cancelled), 0)" if delivery.table == "orders" else "0"
    day = _dated(delivery.table)
    return f"""SELECT
  fate,
  COUNT(*) AS row_count,
  CAST({cancelled} AS BIGINT) AS cancelled_count,
  CAST(MIN({day}) AS DOUBLE) AS first_day,
  CAST(MAX({day}) AS DOUBLE) AS last_day
FROM settled
GROUP BY fate
UNION ALL
SELECT fault, COUNT(*), CAST(0 AS BIGINT), CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE)
FROM typed
WHERE fault IS NOT NULL
GROUP BY fault"""


def _dated(table: str) -> str:
    """The day by which the latest fact of the past is told."""
    if table == "receivables":
        return "GREATEST(COALESCE(invoiced_day, paid_day), COALESCE(paid_day, invoiced_day))"
    if table == "contracts":
        return "GREATEST(COALESCE(start_day, churned_at_day), COALESCE(churned_at_day, start_day))"
    return "day_no" if table == "orders" else "CAST(NULL AS DOUBLE)"


def _window(group: Sequence[str], order: Sequence[str]) -> str:
    return f"(PARTITION BY {', '.join(group)} ORDER BY {', '.join(order)})"


def _totals(rest: Sequence[str], *, drops: bool) -> str:
    """A row is an order: further rows repeat its total, unless they contradict each other."""
    window = _window(["order_id"], _first("cancelled", rest))
    equal = f"WHEN place > peer THEN '{DUPLICATE}'" if drops else ""
    return f"""SELECT
  judged.*,
  CASE
    {equal}
    WHEN lowest <> highest THEN 'quarantined:{AMOUNTS}:amount'
    WHEN NOT (one_customer = other_customer AND (named = 0 OR named = held))
      THEN 'quarantined:{CUSTOMERS}:customer_id'
    ELSE '{ACCEPTED}'
  END AS fate,
  CASE WHEN place > 1 THEN 1 ELSE 0 END AS repeated
FROM (
  SELECT
    typed.*,
    ROW_NUMBER() OVER {window} AS place,
    RANK() OVER {window} AS peer,
    MIN(amount) OVER (PARTITION BY order_id) AS lowest,
    MAX(amount) OVER (PARTITION BY order_id) AS highest,
    COALESCE(MIN(customer_id) OVER (PARTITION BY order_id), '') AS one_customer,
    COALESCE(MAX(customer_id) OVER (PARTITION BY order_id), '') AS other_customer,
    COUNT(customer_id) OVER (PARTITION BY order_id) AS named,
    COUNT(*) OVER (PARTITION BY order_id) AS held
  FROM typed
  WHERE fault IS NULL
) AS judged"""


def _numbered_lines(rest: Sequence[str]) -> str:
    """Lines with a number: the same one twice counts once, unless the amounts differ."""
    others = [one for one in rest if one != "line_no"]
    window = _window(["order_id", "line_no"], others)
    return f"""SELECT
  judged.*,
  CASE
    WHEN copy > peer THEN '{DUPLICATE}'
    WHEN line_no IS NOT NULL AND lowest <> highest THEN 'quarantined:line_conflict:amount'
    WHEN line_no IS NOT NULL AND copy > 1 THEN '{DUPLICATE}'
    ELSE '{ACCEPTED}'
  END AS fate,
  0 AS repeated
FROM (
  SELECT
    typed.*,
    ROW_NUMBER() OVER {_window(["order_id"], _by_line(rest))} AS place,
    ROW_NUMBER() OVER {window} AS copy,
    RANK() OVER {window} AS peer,
    MIN(amount) OVER (PARTITION BY order_id, line_no) AS lowest,
    MAX(amount) OVER (PARTITION BY order_id, line_no) AS highest
  FROM typed
  WHERE fault IS NULL
) AS judged"""


def _lines(rest: Sequence[str], *, drops: bool) -> str:
    """Lines that add up; equal ones are each a line unless the mapping says otherwise."""
    window = _window(["order_id"], _by_line(rest))
    equal = f"CASE WHEN place > peer THEN '{DUPLICATE}' ELSE '{ACCEPTED}' END"
    return f"""SELECT judged.*, {equal if drops else f"'{ACCEPTED}'"} AS fate, 0 AS repeated
FROM (
  SELECT typed.*, ROW_NUMBER() OVER {window} AS place, RANK() OVER {window} AS peer
  FROM typed
  WHERE fault IS NULL
) AS judged"""


def _records(group: str, key: Sequence[str], rest: Sequence[str]) -> str:
    """Records: where a key may occur once only, equal ones count once and others contradict."""
    window = _window(key or [group], [one for one in rest if one not in key] or [group])
    conflict = f"""CASE
    WHEN place > peer THEN '{DUPLICATE}'
    WHEN several > 1 THEN 'quarantined:record_conflict:{group}'
    ELSE '{ACCEPTED}'
  END"""
    return f"""SELECT ranked.*, {conflict if key else f"'{ACCEPTED}'"} AS fate
FROM (
  SELECT judged.*, MAX(peer) OVER (PARTITION BY {", ".join(key or [group])}) AS several
  FROM (
    SELECT typed.*, ROW_NUMBER() OVER {window} AS place, RANK() OVER {window} AS peer
    FROM typed
    WHERE fault IS NULL
  ) AS judged
) AS ranked"""


def _first(column: str, rest: Sequence[str]) -> list[str]:
    """A column first where it is delivered, then the others."""
    return [*(one for one in rest if one == column), *(one for one in rest if one != column)]


def _by_line(rest: Sequence[str]) -> list[str]:
    """In the order of line numbers, 2 before 10, then of all that is delivered."""
    return ["LENGTH(line_no)", *_first("line_no", rest)] if "line_no" in rest else [*rest]
