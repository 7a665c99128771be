"""Each export as its system writes it, read without help, gives the figures worked out by hand."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from toolkit.intake.adapters.adapter import fitting_adapter
from toolkit.intake.adapters.adapter_file import load_adapters
from toolkit.intake.case import Case, load_case
from toolkit.intake.mappings.columns import table_kinds
from toolkit.intake.read import read_file
from toolkit.method import Method

FOLDER = Path(__file__).parent
RUN_DATE = date(2026, 11, 22)
COUNTS = {
    "rows_total": "rows_total",
    "accepted": "rows_accepted",
    "cancelled": "rows_cancelled",
    "dropped": "rows_dropped",
    "deduplicated": "rows_deduplicated",
    "quarantined": "rows_quarantined",
}
EXPECTED = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((FOLDER / "expected").glob("*.toml"))
}
FILES = sorted(path for path in (FOLDER / "fixtures").glob("*/*") if path.is_file())
TABLES = [path for path in FILES if "part" not in EXPECTED.get(path.parent.name, {})]
PARTS = [path for path in FILES if "part" in EXPECTED.get(path.parent.name, {})]


def shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def test_every_adapter_has_files_and_figures_and_the_other_way_round(method: Method) -> None:
    known = set(method.section("adapters"))
    assert known == set(EXPECTED) == {path.parent.name for path in FILES}


@pytest.mark.parametrize("path", TABLES, ids=shown)
def test_figures_are_those_worked_out_by_hand(path: Path, method: Method) -> None:
    expected = EXPECTED[path.parent.name]
    report = read_file(path, expected["table"], method=method, as_of=RUN_DATE)
    assert bool(report.problems) == bool(expected.get("quarantined"))
    counts = {key: getattr(report, name) for key, name in COUNTS.items() if key in expected}
    assert counts == {key: expected[key] for key in COUNTS if key in expected}
    given = expected["figures"]
    assert {key: report.figures[key] for key in given} == given


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_is_expected_is_said_in_known_words(name: str) -> None:
    expected = EXPECTED[name]
    figures = {"amount_sum", "orders", "distinct_customers", "first_date", "last_date"}
    if "part" in expected:
        assert set(expected) == {"part"}
        return
    assert {"table", "rows_total", "accepted", "figures"} <= set(expected)
    assert set(expected) <= {"table", "figures", "rows", *COUNTS}
    assert expected["figures"]
    if expected["table"] == "orders":
        assert set(expected["figures"]) == figures
        assert "cancelled" in expected


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_file_is_known_as_its_own_export(path: Path, method: Method) -> None:
    adapters = load_adapters(method, table_kinds(method))
    header = header_of(path)
    if header is None:
        pytest.skip("not delimited text")
    found = fitting_adapter(header, adapters)
    assert found is not None
    assert found.id == path.parent.name
    assert found.part == EXPECTED[found.id].get("part")


@pytest.mark.parametrize("path", TABLES, ids=shown)
def test_in_a_folder_it_is_found_and_no_name_mail_or_telephone_leaves_the_reading(
    path: Path, method: Method, make_client: Callable[..., Path]
) -> None:
    expected = EXPECTED[path.parent.name]
    case = case_of(make_client, method, path)
    table = case.tables[expected["table"]]
    assert len(table.frame) == expected.get("rows", expected["accepted"])
    left = table.frame.to_csv() + case.quarantined.to_csv() + repr(table.report)
    for word in ("花子", "太郎", "@example", "@fw.example", "alias", "0900000000", "架空町"):
        assert word not in left


def test_items_of_yahoo_tell_the_pieces_of_an_order(
    method: Method, make_client: Callable[..., Path]
) -> None:
    """Order 1 has lines of 1 and 2 pieces; money and orders are those of the orders file alone."""
    paths = [path for path in FILES if path.parent.name.startswith("yahoo")]
    table = case_of(make_client, method, *paths).tables["orders"]
    assert table.frame["quantity"].tolist() == [3, 5, 1, 1, 1, 1, 1, 4]
    figures = EXPECTED["yahoo_orders"]["figures"]
    assert {key: table.report.figures[key] for key in figures} == figures


def test_unshipped_orders_of_amazon_tell_the_promise(
    method: Method, make_client: Callable[..., Path]
) -> None:
    """Items 1004, 1006 and 1007 wait for shipping; the others have no promise in these files."""
    folder = FOLDER / "fixtures"
    paths = (
        folder / "amazon_new_orders" / "new_orders_utf8.txt",
        folder / "amazon_unshipped" / "unshipped_orders.txt",
    )
    frame = case_of(make_client, method, *paths).tables["orders"].frame
    promised = frame.dropna(subset="promised_at").set_index("line_no")["promised_at"]
    assert {item[-4:]: day.date().isoformat() for item, day in promised.items()} == {
        "1004": "2025-04-03",
        "1006": "2025-03-28",
        "1007": "2025-03-29",
    }


def case_of(make_client: Callable[..., Path], method: Method, *paths: Path) -> Case:
    folder = make_client({f"data/{path.name}": path.read_bytes() for path in paths})
    return load_case(folder, method=method, as_of=RUN_DATE)


def header_of(path: Path) -> list[str] | None:
    """The first line of a text file, read without the code under test; None for a book."""
    if path.suffix in (".xlsx", ".xlsm", ".xls"):
        return None
    text = text_of(path.read_bytes())
    first: Any = max((",", "\t", ";"), key=text.split("\n", 1)[0].count)
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=first))


def text_of(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp932")
