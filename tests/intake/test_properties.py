"""What holds for any input: fates add up; order, format and splitting change nothing."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from math import fsum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from toolkit.intake.case import load_case
from toolkit.intake.mappings.columns import Column, TableKind, table_kinds
from toolkit.intake.notes import shown
from toolkit.intake.quarantine import guarded
from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.method import load_method

RUN_DATE = date(2026, 11, 22)
KINDS = table_kinds(load_method())
PROFILE = "client_id: aoyama\ncompany_name: 青山商店\n"
FREELY = settings(max_examples=8, deadline=None)
SOME = settings(max_examples=4, deadline=None)
Row = tuple[str, ...]
Table = list[Sequence[str]]

GOOD: dict[str, tuple[str, ...]] = {
    "id": ("A1", "A2", "0012", "Ａ３"),
    "label": ("web", "店舗", " web "),
    "text": ("茶", "=1+1", 'a "b", c', "合計"),
    "money": ("100", "-50", "１，２００円", "0"),
    "number": ("3", "0", "1.5"),
    "date": ("2024-04-01", "令和6年4月2日", "2024/5/9 23:15"),
    "month": ("2024-04", "令和6年5月"),
    "year": ("2024", "令和6年"),
    "minutes": ("5", "1時間半"),
    "flag": ("yes", "いいえ"),
}
BAD = ("", "\u3000", "x", "2099-01-01", "03/04/2024", "1.2E+10", "NaN", "-7", "合計", "$5", "9" * 9)


def cells_of(column: Column) -> st.SearchStrategy[str]:
    """Cells as they come: mostly of the column's type, some blank, some wrong."""
    good = GOOD.get(column.type) or (*column.choices, "不明な語")
    return st.sampled_from((*good, *good, *good, *BAD))


def tables_of(kind: TableKind, most: int = 25) -> st.SearchStrategy[Table]:
    """Tables of a kind: all its columns, or only those it cannot do without."""
    needed = [*kind.required, *(kind.either[0] if kind.either else ())]
    everything = st.sampled_from([tuple(kind.columns), tuple(dict.fromkeys(needed))])

    def rows(names: Row) -> st.SearchStrategy[Table]:
        row = st.tuples(*(cells_of(kind.columns[name]) for name in names))
        return st.lists(row, max_size=most).map(lambda found: [names, *found])

    return everything.flatmap(rows)


@contextmanager
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def as_text(table: Table, encoding: str = "utf-8", separator: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    return text.getvalue().encode(encoding)


def as_book(table: Table) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return made.getvalue()


def as_typed_book(table: Table) -> bytes:
    """A book that knows numbers and days, as a person keeps it."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy/m/d"})
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                value = typed(cell)
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
    return made.getvalue()


def as_parquet(table: Table, read: Callable[[str], Any] = str) -> bytes:
    made = io.BytesIO()
    names, *rows = table
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    arrays = {
        name: pa.array([read(cell) for cell in cells], None if rows else pa.string())
        for name, cells in zip(names, columns, strict=True)
    }
    parquet.write_table(pa.table(arrays), made)
    return made.getvalue()


def typed(cell: str) -> Any:
    """A plain number or day as what it means; any other cell as its text."""
    if cell.isdecimal() and cell.isascii() and not cell.startswith("0"):
        return int(cell)
    return datetime.fromisoformat(cell) if cell.count("-") == 2 else cell


def read(kind: str, name: str, data: bytes) -> ReadReport:
    with folder() as place:
        (place / name).write_bytes(data)
        return read_file(place / name, kind, method=load_method(), as_of=RUN_DATE)


def fates(report: ReadReport) -> dict[str, int | None]:
    names = ("accepted", "quarantined", "deduplicated", "dropped", "cancelled", "total")
    return {name: getattr(report, f"rows_{name}") for name in names}


def told(report: ReadReport) -> tuple[Any, ...]:
    """All that is counted in a report."""
    return fates(report), dict(report.figures), sorted(report.dates or ()), report.refused


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_every_table_has_one_fate(kind: str) -> None:
    @SOME
    @given(tables_of(KINDS[kind]))
    def holds(table: Table) -> None:
        report = read(kind, "f.csv", as_text(table))
        if any(problem.code == "column_missing" for problem in report.problems):
            return
        found = fates(report)
        cancelled = found.pop("cancelled")
        total = found.pop("total")
        assert sum(map(int, found.values())) == total
        assert total == sum(any(cell.strip() for cell in row) for row in table[1:])
        assert 0 <= cancelled <= found["accepted"]
        rows = {problem.row for problem in report.problems if problem.row and problem.row > 1}
        assert len(rows) == found["quarantined"]
        if report.dates is not None and KINDS[kind].date in table[0]:
            assert len(report.dates) <= found["accepted"]

    holds()


ORDERS = KINDS["orders"]
SHORT = ("order_id", "customer_id", "order_date", "amount", "status")
ORDER = st.tuples(
    st.sampled_from(["A1", "A2", "A3", "A4", "", "合計", "1.2E+10"]),
    st.sampled_from(["C1", "C2", "\u3000C1", ""]),
    st.sampled_from(["2024-04-01", "令和6年4月1日", "2024-04-02", "2099-01-01", "03/04/2024", ""]),
    st.sampled_from(["100", "200", "-50", "１００円", "0.1", "x", ""]),
    st.sampled_from(["shipped", "キャンセル", ""]),
)
ORDER_ROWS = st.lists(ORDER, max_size=30)
LINE = st.tuples(
    st.sampled_from(["A1", "A2", "A3"]),
    st.just("C1"),
    st.just("2024-04-01"),
    st.sampled_from(["100", "200", "-50"]),
    st.just("shipped"),
    st.sampled_from(["1", "2", "3"]),
)
LINES_MAPPING = 'table = "orders"\nfile = "data/*.csv"\n[rows]\nmodel = "lines"\n'


@FREELY
@given(ORDER_ROWS, st.integers(0))
def test_the_order_of_rows_changes_no_figure(rows: list[Row], seed: int) -> None:
    mixed = random.Random(seed).sample(rows, len(rows))
    one, two = (read("orders", "f.csv", as_text([SHORT, *some])) for some in (rows, mixed))
    assert told(one) == told(two)


@FREELY
@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=3, max_size=30), st.integers(0))
def test_the_order_of_amounts_changes_no_sum(amounts: list[Decimal], seed: int) -> None:
    rows = [(f"A{n}", "C1", "2024-04-01", str(amount), "") for n, amount in enumerate(amounts)]
    mixed = random.Random(seed).sample(rows, len(rows))
    one, two = (read("orders", "f.csv", as_text([SHORT, *some])) for some in (rows, mixed))
    assert told(one) == told(two)
    assert one.figures["amount_sum"] == fsum(map(float, amounts))


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "orders"])
def test_the_order_of_rows_changes_no_figure_of_any_table(kind: str) -> None:
    @SOME
    @given(tables_of(KINDS[kind]), st.integers(0))
    def holds(table: Table, seed: int) -> None:
        mixed = [table[0], *random.Random(seed).sample(table[1:], len(table) - 1)]
        one, two = (told(read(kind, "f.csv", as_text(some))) for some in (table, mixed))
        assert one == two

    holds()


@FREELY
@given(st.lists(LINE, max_size=30), st.integers(0))
def test_the_order_of_lines_changes_no_figure(rows: list[Row], seed: int) -> None:
    mixed = random.Random(seed).sample(rows, len(rows))
    head = (*SHORT, "line_no")
    one, two = (read("orders", "f.csv", as_text([head, *some])) for some in (rows, mixed))
    assert told(one) == told(two)


def case_told(files: dict[str, bytes], mapping: str = "") -> dict[str, tuple[Any, ...]]:
    """What a client's folder with some files says of each of its tables."""
    with folder() as place:
        (place / "data").mkdir()
        (place / "mappings").mkdir()
        (place / "client.yaml").write_text(PROFILE, encoding="utf-8")
        if mapping:
            (place / "mappings" / "orders.toml").write_text(mapping, encoding="utf-8")
        for name, data in files.items():
            (place / "data" / name).write_bytes(data)
        case = load_case(place, method=load_method(), as_of=RUN_DATE)
        return {kind: told(table.report) for kind, table in sorted(case.tables.items())}


GOOD_ORDER = st.tuples(
    st.sampled_from(["C1", "C2", "C3"]),
    st.sampled_from(["2024-04-01", "令和6年4月2日", "2024/05/09 23:15"]),
    st.sampled_from(["100", "-50", "1,200円", "0.1"]),
    st.sampled_from(["shipped", "キャンセル"]),
)
GOOD_ORDERS = st.lists(GOOD_ORDER, min_size=1, max_size=20).map(
    lambda rows: [(f"A{number:03}", *row) for number, row in enumerate(rows)]
)


@FREELY
@given(GOOD_ORDERS, st.integers(0, 20), st.integers(0, 20), st.booleans())
def test_a_file_may_come_in_two_that_overlap(
    rows: list[Row], one: int, two: int, swapped: bool
) -> None:
    first, second = sorted((one, two))
    parts = [as_text([SHORT, *rows[:second]]), as_text([SHORT, *rows[first:]])]
    whole = case_told({"orders.csv": as_text([SHORT, *rows])})["orders"]
    names = ("orders_2.csv", "orders_1.csv") if swapped else ("orders_1.csv", "orders_2.csv")
    split = case_told(dict(zip(names, parts, strict=True)))["orders"]
    assert split[1:] == whole[1:]
    overlap = len(rows[first:second])
    assert split[0] == {
        **whole[0],
        "deduplicated": overlap,
        "total": len(rows) + overlap,
    }


@FREELY
@given(st.lists(LINE, min_size=1, max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_lines_may_come_in_two_files_that_overlap(rows: list[Row], one: int, two: int) -> None:
    """Lines without a number, kept though equal: only what stands in both files counts once."""
    rows = sorted((row[:5] for row in rows), key=lambda row: row[0])
    bounds = [at for at in range(len(rows) + 1) if at in (0, len(rows)) or differ(rows, at)]
    first, second = sorted((bounds[one % len(bounds)], bounds[two % len(bounds)]))
    whole = case_told({"a.csv": as_text([SHORT, *rows])}, LINES_MAPPING)["orders"]
    parts = {"a.csv": as_text([SHORT, *rows[:second]]), "b.csv": as_text([SHORT, *rows[first:]])}
    split = case_told(parts, LINES_MAPPING)["orders"]
    assert split[1:] == whole[1:]
    assert split[0]["deduplicated"] == len(rows[first:second])


def differ(rows: Sequence[Row], at: int) -> bool:
    """Whether one order ends and another begins here."""
    return rows[at - 1][0] != rows[at][0]


@SOME
@given(GOOD_ORDERS, tables_of(KINDS["contacts"]), tables_of(KINDS["costs"]), st.integers(0))
def test_several_tables_do_not_touch_each_other(
    rows: list[Row], contacts: Table, costs: Table, seed: int
) -> None:
    tables = {"orders": [SHORT, *rows], "contacts": contacts, "costs": costs}
    alone = {name: read(name, f"{name}.csv", as_text(table)) for name, table in tables.items()}
    whole = {name: table for name, table in tables.items() if not alone[name].refused}
    together = case_told({f"{name}.csv": as_text(table) for name, table in whole.items()})
    assert together == {name: told(alone[name]) for name in sorted(whole)}
    mixed = {
        f"{name}.csv": as_text([table[0], *random.Random(seed).sample(table[1:], len(table) - 1)])
        for name, table in whole.items()
    }
    assert case_told(mixed) == together


FORMATS: dict[str, Callable[[Table], bytes]] = {
    "cp932.csv": lambda table: as_text(table, "cp932"),
    "marked.csv": lambda table: as_text(table, "utf-8-sig"),
    "utf16.txt": lambda table: as_text(table, "utf-16"),
    "semicolons.csv": lambda table: as_text(table, separator=";"),
    "tabs.tsv": lambda table: as_text(table, separator="\t"),
    "book.xlsx": as_book,
    "columns.parquet": as_parquet,
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_format_of_a_file_changes_no_figure(kind: str) -> None:
    @FREELY
    @given(tables_of(KINDS[kind], most=15), st.sampled_from(sorted(FORMATS)))
    def holds(table: Table, name: str) -> None:
        table = [table[0], *(row for row in table[1:] if any(cell.strip() for cell in row))]
        one, two = as_text(table), FORMATS[name](table)
        assert told(read(kind, "f.csv", one)) == told(read(kind, f"f.{name}", two))

    holds()


TYPED = st.tuples(
    st.integers(1).map("A{}".format),
    st.sampled_from(["C1", "C2"]),
    st.dates(date(2020, 1, 1), date(2026, 11, 22)).map(date.isoformat),
    st.integers(1, 10**12).map(str),
    st.sampled_from(["shipped", "キャンセル"]),
)


@FREELY
@given(st.lists(TYPED, min_size=1, max_size=15))
def test_cells_that_come_with_a_type_change_no_figure(rows: list[Row]) -> None:
    table = [SHORT, *rows]
    plain = told(read("orders", "f.csv", as_text(table)))
    assert told(read("orders", "f.xlsx", as_typed_book(table))) == plain
    assert told(read("orders", "f.parquet", as_parquet(table, typed))) == plain


@given(st.text())
def test_what_is_shown_is_one_plain_line(text: str) -> None:
    assert shown(text).isprintable()


@given(st.text())
def test_no_text_becomes_a_formula_and_none_is_lost(text: str) -> None:
    cell = guarded(text)
    assert cell in (text, f"'{text}")
    assert not cell.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("junk", [b"\xff\xfe", b"\x1b$B", b'"', b"\xef\xbb\xbf", b"\r\r", b",,,\n"])
def test_fragments_are_told_not_raised(junk: bytes) -> None:
    assert read("orders", "x.csv", junk).outcome == "error-with-location"


@FREELY
@given(st.binary(max_size=400))
def test_any_bytes_are_told_not_raised(junk: bytes) -> None:
    head = b"order_id,customer_id,order_date,amount\n"
    for before, kind in ((head, "orders"), (b"", "profile"), (b"", "clients")):
        assert read(kind, "x.csv", before + junk).outcome
