"""Mappings: columns put together, joins, row rules, and every key checked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pyarrow as pa
import pytest

from toolkit.errors import UsageError
from toolkit.intake.files.paths import inner_pattern
from toolkit.intake.mappings.mapping_file import load_mapping, mapping_of
from toolkit.intake.values.combining import combine

LINES = "No,Customer,When,Qty,Price,Store\n1,c1,2024-04-01,2,50,a\n1,c1,2024-04-01,1,30,b\n"
COLUMNS = """
[columns]
order_id = "No"
customer_id = "Customer"
order_date = "When"
"""


@pytest.mark.parametrize(
    ("amount", "total"),
    [
        ('"Price"', 80),
        ('{ multiply = ["Qty", "Price"] }', 130),
        ('{ sum = ["Qty", "Price"] }', 83),
        ('{ minus = ["Price", "Qty"] }', 77),
    ],
)
def test_amounts_put_together(amount: str, total: float, read) -> None:
    mapping = f'{COLUMNS}amount = {amount}\n[rows]\nmodel = "lines"\n'
    assert read(LINES, mapping=mapping).figures["amount_sum"] == total


@pytest.mark.parametrize(
    ("operation", "parts", "result"),
    [
        ("multiply", (2.0, None), None),
        ("sum", (2.0, None), 2.0),
        ("sum", (None, None), None),
        ("minus", (2.0, None), 2.0),
        ("minus", (None, 2.0), None),
        ("join", ("a", "b"), "a\x1fb"),
        ("join", ("a", None), None),
        ("first", (None, "b"), "b"),
        ("first", (None, None), None),
    ],
)
def test_blank_operands(operation: str, parts: tuple, result: object) -> None:
    kind = pa.string() if operation in ("join", "first") else pa.float64()
    columns = [pa.array([part], kind) for part in parts]
    assert combine(operation, columns).to_pylist() == [result]


def test_an_operand_that_cannot_be_read_is_named_by_its_own_header(read) -> None:
    mapping = f'{COLUMNS}amount = {{ multiply = ["Qty", "Price"] }}\n[rows]\nmodel = "lines"\n'
    report = read(LINES.replace(",30,", ",x,"), mapping=mapping)
    assert [(p.row, p.column, p.params["field"]) for p in report.problems] == [
        (3, "Price", "amount")
    ]


def test_ids_joined_are_one_order_a_day(read) -> None:
    text = "c,d,amount\n1,2024-04-01,5\n1,2024-04-01,7\n1,2024-04-02,9\n"
    mapping = """
[columns]
order_id = { join = ["c", "d"] }
customer_id = "c"
order_date = "d"
[rows]
model = "lines"
"""
    report = read(text, mapping=mapping)
    assert (report.figures["orders"], report.figures["amount_sum"]) == (2, 21)


@pytest.mark.parametrize(
    ("rule", "accepted"),
    [
        ('keep = [{ column = "Store", equals = "a" }]', 1),
        ('keep = [{ column = "Store", one_of = ["a", "b"] }, { column = "Qty", at_least = 2 }]', 1),
        ('drop = [{ column = "Price", at_most = 30 }]', 1),
        ('drop = [{ column = "Store", blank = true }]', 2),
        ('drop = [{ column = "Store", starts_with = "A" }]', 1),
        ('drop = [{ column = "When", contains = "04" }, { column = "Store", equals = "z" }]', 0),
    ],
)
def test_rows_kept_and_dropped(rule: str, accepted: int, read) -> None:
    mapping = f'{COLUMNS}amount = "Price"\n[rows]\nmodel = "lines"\n{rule}\n'
    report = read(LINES, mapping=mapping)
    assert (report.rows_accepted, report.rows_dropped) == (accepted, 2 - accepted)


def test_what_is_dropped_is_not_read(read) -> None:
    mapping = f'{COLUMNS}amount = "Price"\n[rows]\nmodel = "lines"\n'
    rule = 'drop = [{ column = "Price", equals = "n/a" }]\n'
    report = read(LINES.replace(",30,", ",n/a,"), mapping=mapping + rule)
    assert (report.rows_quarantined, report.rows_dropped) == (0, 1)


def test_cancelled_by_a_column_of_the_file(read) -> None:
    text = "No,customer_id,order_date,amount\nC1,a,2024-04-01,5\n2,a,2024-04-01,7\n"
    mapping = """
[columns]
order_id = "No"
[rows]
cancelled = { column = "No", starts_with = "C" }
"""
    report = read(text, mapping=mapping)
    assert (report.rows_cancelled, report.figures["amount_sum"]) == (1, 7)


def test_header_row_and_files_without_a_header(read) -> None:
    mapping = f'{COLUMNS}amount = "Price"\n[rows]\nmodel = "lines"\n'
    titled = read("売上一覧\n\n" + LINES, mapping=f"[read]\nheader_row = 3\n{mapping}")
    assert (titled.rows_total, titled.figures["amount_sum"]) == (2, 80)
    names = '["No", "Customer", "When", "Qty", "Price", "Store"]'
    bare = read(LINES.partition("\n")[2], mapping=f"[read]\nheader = {names}\n{mapping}")
    assert (bare.rows_total, bare.figures["amount_sum"]) == (2, 80)


JOIN = """
[[join]]
file = "items.csv"
on = { left = "No", right = "order" }
columns = ["price"]
"""
ORDERS = "No,customer_id,order_date\n1,a,2024-04-01\n2,b,2024-04-02\n3,c,2024-04-03\n"
MAPPED = '[columns]\norder_id = "No"\namount = "price"\n'


def test_a_left_join_leaves_blank_what_has_no_partner(read, tmp_path) -> None:
    (tmp_path / "items.csv").write_text("order,price\n1,10\n２,20\n9,90\n")
    report = read(ORDERS, mapping=JOIN + MAPPED)
    assert (report.figures["amount_sum"], report.rows_quarantined) == (30, 1)
    assert [(p.row, p.column, p.code) for p in report.problems] == [(4, "price", "value_missing")]


def test_a_key_that_occurs_twice_is_an_error_unless_summed(read, tmp_path) -> None:
    (tmp_path / "items.csv").write_text("order,price\n1,10\n1,5\n2,20\n3,1\n")
    assert [p.code for p in read(ORDERS, mapping=JOIN + MAPPED).problems] == ["join_key_twice"]
    summed = JOIN + 'sum = ["price"]\n' + MAPPED
    assert read(ORDERS, mapping=summed).figures["amount_sum"] == 36


def test_a_missing_join_file_or_column_is_named(read, tmp_path) -> None:
    assert [p.code for p in read(ORDERS, mapping=JOIN + MAPPED).problems] == ["join_file_missing"]
    (tmp_path / "items.csv").write_text("order,cost\n1,10\n")
    problem = read(ORDERS, mapping=JOIN + MAPPED).problems[0]
    assert (problem.code, problem.column, problem.params["near"]) == (
        "mapped_column_missing",
        "price",
        "order",
    )


def test_a_mapped_column_that_is_not_there_is_refused(read) -> None:
    problem = read(LINES, mapping=COLUMNS + 'amount = "Prise"\n').problems[0]
    assert (problem.code, problem.column, problem.params["near"]) == (
        "mapped_column_missing",
        "Prise",
        "Price",
    )


@pytest.mark.parametrize(
    ("text", "key", "near"),
    [
        ("colums = {}", "colums", "columns"),
        ('[read]\nseperator = ";"', "read.seperator", "separator"),
        ('[columns]\namuont = "x"', "columns.amuont", "amount"),
        ('[rows]\nmodel = "line"', "rows.model", "lines"),
        ('[rows]\ndrop = [{ column = "x", equal = "y" }]', "rows.drop", "equals"),
        ('[columns]\namount = { multiplied = ["a", "b"] }', "columns.amount", "multiply"),
    ],
)
def test_unknown_keys_are_refused_with_a_suggestion(text, key, near, setting, tmp_path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(f'table = "orders"\n{text}\n')
    with pytest.raises(UsageError) as raised:
        load_mapping(path, setting.kinds)
    assert [(p.key, p.params["near"]) for p in raised.value.problems] == [(key, near)]
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('file = "/etc/passwd"', "mapping_path"),
        ('file = "../other/orders.csv"', "mapping_path"),
        ('file = "C:\\\\orders.csv"', "mapping_path"),
        ('[columns]\namount = { sum = ["a"] }', "mapping_column"),
        ('[read]\nheader_row = "3"', "mapping_type"),
        ('[read]\ndate_format = "YYYY"', "date_format_unknown"),
        ('[rows]\nkeep = [{ equals = "a" }]', "mapping_test"),
        ('[[join]]\nfile = "a.csv"\ncolumns = ["x"]', "mapping_missing"),
        ("table", "mapping_not_toml"),
    ],
)
def test_wrong_mappings_are_refused(text: str, code: str, setting, tmp_path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(f'table = "orders"\n{text}\n')
    with pytest.raises(UsageError) as raised:
        load_mapping(path, setting.kinds)
    assert code in {problem.code for problem in raised.value.problems}


def test_a_mapping_reads_a_file_or_a_database(setting, tmp_path) -> None:
    path = tmp_path / "m.toml"
    source = 'source = "sqlite:///x.db"\nquery = "select 1"\n'
    path.write_text(f'table = "orders"\n{source}')
    assert load_mapping(path, setting.kinds).query == "select 1"
    path.write_text(f'table = "orders"\nfile = "a.csv"\n{source}')
    with pytest.raises(UsageError) as raised:
        load_mapping(path, setting.kinds)
    assert [problem.code for problem in raised.value.problems] == ["mapping_file_and_source"]


def test_a_mapping_of_another_table_is_refused(read, tmp_path, method) -> None:
    from toolkit.intake.read import read_file

    (tmp_path / "m.toml").write_text('table = "costs"\n')
    (tmp_path / "o.csv").write_text(LINES)
    with pytest.raises(UsageError):
        read_file(tmp_path / "o.csv", "orders", method=method, mapping=tmp_path / "m.toml")


@pytest.mark.parametrize("text", ["", "/x", "a/../b", "..", "c:x", "\\\\host\\x", "a\0b"])
def test_paths_that_could_lead_outside(text: str) -> None:
    assert inner_pattern(text) is None


@pytest.mark.parametrize("name", ["mapping.md", "mapping.ja.md"])
def test_the_mappings_of_the_docs_are_mappings(name: str, setting) -> None:
    text = (Path(__file__).parents[3] / "docs" / name).read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in text.split("```toml\n")[1:]]
    assert len(blocks) == 2
    whole, database = (mapping_of(tomllib.loads(block), name, setting.kinds) for block in blocks)
    operations = {source.operation for source in whole.columns.values()}
    assert operations == {"join", "first", "datetime", "multiply", "when", "value", "or_row"}
    assert database.source is not None
