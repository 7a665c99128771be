"""One SQL, three engines, and files: the same figures to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from toolkit.errors import ToolkitError
from toolkit.intake.case import load_case
from toolkit.measures.databases.counted import Left
from toolkit.measures.databases.delivered import MADE
from toolkit.measures.databases.in_database import InDatabase, summarise_in_database
from toolkit.measures.databases.places import OpenDatabase
from toolkit.measures.summaries import SUMMARIES, Summaries, summarise
from toolkit.method import load_method

MONEY = pa.decimal128(14, 2)
ORDERS = pa.schema(
    [
        ("order_id", pa.string()),
        ("line_no", pa.string()),
        ("customer_id", pa.string()),
        ("order_date", pa.timestamp("us")),
        ("amount", MONEY),
        ("product", pa.string()),
        ("channel", pa.string()),
        ("quantity", pa.float64()),
        ("cancelled", pa.bool_()),
    ]
)
# Lines with a number; what is special about each stands behind it.
LINES = [
    ("注文-1", "1", "髙島屋", "2025-01-31 23:59:59.999999", "1200", "茶", "店\u3000", 1, False),
    ("注文-1", "2", "髙島屋", "2025-01-31 23:59:59.999999", "300", "米", "店", 2, False),
    ("注文-2", "1", "髙島屋", "2025-02-01 00:00:00", "0.10", "茶", None, 1, False),  # next month
    ("注文-3", "1", "髙島屋", "2025-02-28 12:00:00", "0.20", "茶", None, 1, False),
    ("注文-4", "1", "髙島屋", "2025-03-31 09:30:00.000001", "-1200", "茶", None, -1, False),
    ("b2", "1", "Ａ１", "2024-12-31 15:00:00", "500", "酒", "電話", 1, False),  # equal moments
    ("b1", "1", "Ａ１", "2024-12-31 15:00:00", "700", None, "電話", 1, False),  # nothing bought?
    ("B0", "1", "Ａ１", "2024-12-31 15:00:00", "900", "米", "電話", 1, False),  # capitals first
    ("b3", "2", "Ａ１", "2025-05-01 00:00:00", "10", "茶", "店", 1, False),
    ("b3", "10", "Ａ１\t", "2025-05-01 00:00:00", "20", "米\u3000", "網", 1, False),  # blanks
    ("c1", "1", "c", "2025-04-01 10:00:00", "800", "酒", "店", 1, True),  # cancelled whole
    ("c2", "1", "c", "2025-04-02 10:00:00", "100", "酒", "店", 1, True),  # one line of two
    ("c2", "2", "c", "2025-04-02 10:00:00", "90", "茶", "店", 1, False),
    ("c3", "1", "c", "2025-04-02 11:00:00", None, "酒", "店", 1, True),  # and without an amount
    ("d1", "1", "d", "2025-04-03 10:00:00", "100", "茶", "店", None, False),
    ("d1", "1", "d", "2025-04-03 10:00:00", "100", "茶", "店", None, False),  # the line again
    ("d2", "1", "d", "2025-04-04 10:00:00", "100", "茶", "店", 1, False),  # a line that
    ("d2", "1", "d", "2025-04-04 10:00:00", "101", "茶", "店", 1, False),  # contradicts itself
    ("e1", "1", "\u3000 ", "2025-04-05 10:00:00", "55", "茶", "店", 1, False),  # a guest
    (None, "1", "e", "2025-04-05 10:00:00", "55", "茶", "店", 1, False),
    ("e3", "1", "e", None, "55", "茶", "店", 1, False),
    ("e4", "1", "e", "2025-07-01 00:00:00", "55", "茶", "店", 1, False),  # after the run date
    ("e5", "1", "e", "1949-12-31 23:59:59", "55", "茶", "店", 1, False),
    ("e6", "1", "e", "2025-04-05 10:00:00", None, "茶", "店", 1, False),
    *((f"f{n:02d}", "1", f"f{n % 7}", f"2025-0{n % 5 + 1}-11 0{n % 9}:00:00", str(n * 7),
       "茶米酒"[n % 3], "店", 1, False) for n in range(1, 31)),
]  # fmt: skip
LEFT = (
    Left(fate="deduplicated", code="duplicates", column="", rows=1),
    Left(fate="quarantined", code="date_future", column="order_date", rows=1),
    Left(fate="quarantined", code="date_too_old", column="order_date", rows=1),
    Left(fate="quarantined", code="line_conflict", column="amount", rows=2),
    Left(fate="quarantined", code="value_missing", column="amount", rows=1),
    Left(fate="quarantined", code="value_missing", column="customer_id", rows=1),
    Left(fate="quarantined", code="value_missing", column="order_date", rows=1),
    Left(fate="quarantined", code="value_missing", column="order_id", rows=1),
)


def orders(rows: list[Any] = LINES, without: tuple[str, ...] = ()) -> pa.Table:
    """Rows as a database holds them."""
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in ORDERS]
    made: dict[str, Any] = dict(zip(ORDERS.names, columns, strict=True))
    made["order_date"] = [d and datetime.fromisoformat(d) for d in made["order_date"]]
    made["amount"] = [a and Decimal(a) for a in made["amount"]]
    return pa.table(made, schema=ORDERS).drop_columns(list(without))


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


RECEIVABLES = pa.table(
    {
        "invoice_id": ["i1", "i2", "i2", "i3", "i3", "i4", "請求5", "i6", "i7", None],
        "customer_id": ["髙島屋", "Ａ１", "Ａ１", "c", "c", "d", "d", "d", None, "d"],
        "invoiced_at": [day("2025-03-31")] * 7 + [day("2025-08-01")] + [day("2025-03-31")] * 2,
        "due_at": [day(one) for one in ("2025-04-30", *["2025-05-31"] * 4, "2025-12-31")]
        + [None, *[day("2025-04-30")] * 3],
        "amount": [
            Decimal(n) for n in ("100", "100", "100", "70", "30", "0.3", "9", "1", "1", "1")
        ],
        "paid_at": [
            day(one)
            for one in (None, "2025-05-01", "2025-05-05", None, "2025-05-31", None, "2025-06-30")
            + (None,) * 3
        ],
        "paid_amount": [
            Decimal(n) if n else None for n in (None, "40", "60", None, None, "0.1") + (None,) * 4
        ],
    },
    schema=pa.schema(
        [
            ("invoice_id", pa.string()),
            ("customer_id", pa.string()),
            ("invoiced_at", pa.date32()),
            ("due_at", pa.date32()),
            ("amount", MONEY),
            ("paid_at", pa.date32()),
            ("paid_amount", MONEY),
        ]
    ),
)
CONTRACTS = pa.table(
    {
        "account_id": ["k1", "k1", "k1", "k2", "k3", "k3", "k4", "k5"],
        "start": [day(f"202{n}-01-31") for n in (3, 4, 5, 3, 4, 4, 5, 4)],
        "end": [day(one) for one in ("2024-01-30", "2025-01-30", None, "2024-02-29", "2025-01-30")]
        + [day("2025-01-30"), None, day("2026-01-30")],
        "plan": ["松", "竹", None, "梅", "松", "松", "松", "竹"],
        "mrr": [Decimal(n) for n in ("100", "200.5", "300", "1", "5", "5", "7", "8")],
        "renewed": [True, None, None, False, True, True, None, None],
        "churned_at": [None, None, None, day("2024-02-10"), None, None, None, None],
    },
    schema=pa.schema(
        [
            ("account_id", pa.string()),
            ("start", pa.date32()),
            ("end", pa.date32()),
            ("plan", pa.string()),
            ("mrr", MONEY),
            ("renewed", pa.bool_()),
            ("churned_at", pa.date32()),
        ]
    ),
)
JOURNEY = pa.table(
    {
        "step_no": pa.array([1, 2, 10, 3], pa.int64()),
        "step": ["問合せ", "見積", "出荷", "受注"],
        "side": ["customer", "company", "company", None],
        "tool": ["電話", "Excel", None, "Excel"],
        "minutes": pa.array([5.5, 10.0, None, 1 / 3], pa.float64()),
    }
)
ALL = {"orders": orders(), "receivables": RECEIVABLES, "contracts": CONTRACTS, "journey": JOURNEY}
EVERY = tuple(SUMMARIES)


def assert_equal(made: dict[str, InDatabase]) -> InDatabase:
    """Every summary, count and day is the same in all three: not close, the same."""
    first = made["duckdb"]
    for name, other in made.items():
        assert other.counts == first.counts, name
        assert (other.as_of, list(other.summaries)) == (first.as_of, list(first.summaries))
        for summary, frame in first.summaries.items():
            pd.testing.assert_frame_equal(
                other.summaries[summary], frame, check_exact=True, obj=f"{name} {summary}"
            )
    return first


@pytest.fixture
def from_files(folder_of: Callable[..., Path]) -> Callable[..., Summaries]:
    """What the same tables give when they are handed over as files."""

    def made(tables: dict[str, pa.Table], rows: str = "") -> Summaries:
        folder = folder_of("from_files")
        for name, table in tables.items():
            table.to_pandas().to_csv(folder / "data" / f"{name}.csv", index=False)
        has = "orders" in tables and "cancelled" in tables["orders"].column_names
        cancelled = '\ncancelled = { column = "cancelled", equals = "True" }' if has else ""
        text = f'table = "orders"\nfile = "data/orders.csv"\n[rows]{cancelled}\n{rows}'
        if "orders" in tables:
            (folder / "mappings" / "orders.toml").write_text(text, encoding="utf-8")
        return summarise(load_case(folder, method=load_method()))

    return made


def assert_as_from_files(found: InDatabase, expected: Summaries) -> None:
    """Rows in a database have no place in a file; all else is the same."""
    assert found.as_of == expected.as_of
    for name, frame in found.summaries.items():
        other = getattr(expected, name)
        columns = [one for one in frame.columns if one not in ("file_name", "row_no")]
        mine, theirs = (one[columns].convert_dtypes() for one in (frame, other))
        empty = theirs.columns[theirs.isna().all()]  # a column without a value has no type
        assert mine[empty].isna().all(axis=None)
        mine, theirs = mine.drop(columns=empty), theirs.drop(columns=empty)
        pd.testing.assert_frame_equal(mine, theirs, check_dtype=False, rtol=1e-13, atol=0, obj=name)


def test_all_seven_summaries_of_awkward_rows(in_every: Any, from_files: Any) -> None:
    found = assert_equal(in_every(ALL, names=EVERY))
    assert list(found.summaries) == list(EVERY) == list(MADE)
    assert_as_from_files(found, from_files(ALL))
    counts = {one.table: one for one in found.counts}
    assert counts["orders"].left == LEFT
    assert (counts["orders"].rows_total, counts["orders"].rows_cancelled) == (len(LINES), 3)
    assert counts["receivables"].rows("quarantined") == 3
    assert counts["contracts"].rows("deduplicated") == 1
    for one in found.counts:
        fates = sum(map(one.rows, ("quarantined", "deduplicated", "dropped")))
        assert one.rows_accepted + fates == one.rows_total


def test_totals_that_repeat_by_the_day_with_guests(in_every: Any, from_files: Any) -> None:
    """Without line numbers a row is an order; whole equal rows, repeats and contradictions."""
    rows = [
        ("o1", None, "a", "2024-02-29 00:00:00", "100", "米", "店", 1, False),
        ("o1", None, "a", "2024-02-29 00:00:00", "100", "茶", "店", 1, False),
        ("o1", None, "a", "2024-02-29 00:00:00", "100", "茶", "店", 1, False),
        ("o2", None, None, "2024-03-31 00:00:00", "250", "茶", "店", 1, False),
        ("o3", None, "a", "2024-04-30 00:00:00", "300", "茶", "店", 1, True),
        ("o4", None, "b", "2024-04-30 00:00:00", "300", "茶", "店", 1, False),
        ("o4", None, "b", "2024-04-30 00:00:00", "301", "茶", "店", 1, False),
        ("o5", None, "b", "2024-05-31 00:00:00", "5", "茶", "店", 1, False),
        ("o6", None, "b", "2024-05-31 00:00:00", "5", "茶", "店", 1, False),
        ("o6", None, "c", "2024-05-31 00:00:00", "5", "米", "店", 1, False),
        ("o7", None, "b", "2024-06-30 00:00:00", "0", "米", "店", 1, False),
        ("o8", None, "b", "2025-06-30 00:00:00", "5", "米", "店", 1, False),
    ]
    table = orders(rows, without=("line_no",))
    place = table.column_names.index("order_date")
    table = table.set_column(place, "order_date", table["order_date"].cast(pa.date32()))
    rules = {"guests": "keep", "zero_amount": "drop"}
    found = assert_equal(in_every({"orders": table}, rules, names=EVERY[:4]))
    told = "\n".join(f'{name} = "{value}"' for name, value in rules.items())
    assert_as_from_files(found, from_files({"orders": table}, told))
    assert [(one.code, one.rows) for one in found.counts[0].left] == [
        ("duplicates", 1),
        ("zero_dropped", 1),
        ("order_amount_conflict", 2),
        ("order_customer_id_conflict", 2),
    ]


def test_moments_are_told_in_the_zone_of_the_client(in_every: Any) -> None:
    """15:00 on the last of the month in London is the first of the next in Tokyo."""
    moment = datetime(2025, 1, 31, 15, 0, tzinfo=UTC)
    table = pa.table(
        {
            "order_id": ["o1"],
            "customer_id": ["a"],
            "order_date": pa.array([moment], pa.timestamp("us", "UTC")),
            "amount": pa.array([100], pa.int64()),
        }
    )
    found = assert_equal(in_every({"orders": table}, names=("orders", "customers")))
    (one,) = found.summaries["orders"].itertuples(index=False)
    assert (one.month_no, one.day_no) == (2025 * 12 + 1, 20120.0)
    (customer,) = found.summaries["customers"].itertuples(index=False)
    assert pd.isna(customer.second_day)
    assert pd.isna(customer.median_interval)


def test_a_table_without_a_row_has_no_summary(in_every: Any) -> None:
    found = assert_equal(in_every({"orders": orders([])}))
    assert found.summaries == {}
    assert (found.counts[0].rows_total, found.as_of) == (0, date(2025, 6, 30))


def test_spark_is_only_ever_asked_to_read(spark: Any, in_spark: Any, folder_of: Any) -> None:
    spark.sql("CREATE TABLE kept (a INT) USING parquet")
    folder = folder_of()
    try:
        for query, code in (
            ("WITH x AS (SELECT 1 AS a) INSERT INTO kept SELECT a FROM x", "source_query_writes"),
            ("SELECT 1) AS a; DROP TABLE kept; SELECT (1", "source_query_several"),
            ("SELECT 1) AS given UNION (SELECT 2", "source_query_failed"),
            ("SELECT nothing FROM kept", "source_query_failed"),
        ):
            at = OpenDatabase(session=spark, queries={"orders": query})
            with pytest.raises(ToolkitError) as caught:
                summarise_in_database(folder, at)
            assert caught.value.problems[0].code == code
        assert spark.table("kept").count() == 0
    finally:
        spark.sql("DROP TABLE kept")
