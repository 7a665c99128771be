"""Adapters as content writes them: every key checked, every word there in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from adapter_texts.texts import PARTED, SHOP

from toolkit.errors import Problem
from toolkit.intake.adapters.adapter_file import load_adapters
from toolkit.intake.mappings.columns import table_kinds
from toolkit.method import load_method


@pytest.mark.parametrize(
    ("old", "new", "code", "key", "near"),
    [
        ('status = "verified"', 'status = "verifed"', "mapping_unknown", "status", "verified"),
        ('status = "verified"\n', "", "mapping_missing", "status", None),
        ('system = "shop"', "system = 1", "mapping_type", "system", None),
        ('identify = ["No"', 'identfy = ["No"', "mapping_unknown", "identfy", "identify"),
        ('identify = ["No"', 'identify = [1, "No"', "mapping_type", "identify", None),
        (
            'identify = ["No", ["Total", "Sum"], "Day"]',
            "identify = []",
            "mapping_type",
            "identify",
            None,
        ),
        ('table = "orders"', 'table = "order"', "mapping_unknown", "table", "orders"),
        ('table = "orders"', 'table = "orders"\nfile = "x"', "mapping_unknown", "file", None),
        ("quantity =", "quantty =", "mapping_unknown", "columns.quantty", "quantity"),
        ("{ multiply =", "{ multply =", "mapping_unknown", "columns.discount", "multiply"),
        ('["Qty", "Pieces"]', '["Qty", 1]', "mapping_column", "columns.quantity", None),
        ('equals = "void"', 'equal = "void"', "mapping_unknown", "rows.cancelled", "equals"),
        ("at_most = 0", 'at_most = "0"', "mapping_type", "rows.drop.at_most", None),
        ('model = "orders"', 'model = "order"', "mapping_unknown", "rows.model", "orders"),
        ('zone = "UTC"', 'zon = "UTC"', "mapping_unknown", "read.zon", "zone"),
        ('by = ["No"', 'from = ["No"', "mapping_unknown", "rows.fill_down.from", None),
    ],
)
def test_each_fault_is_named_with_file_and_key(
    old: str,
    new: str,
    code: str,
    key: str,
    near: str | None,
    faults: Callable[[str], list[Problem]],
) -> None:
    assert old in SHOP
    found = {problem.key: problem for problem in faults(SHOP.replace(old, new, 1))}
    problem = found[f"shop.{key}"]
    assert (problem.code, problem.file, problem.line) == (code, "shop.toml", 2)
    if near is not None:
        assert problem.params["near"] == near


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ('part = "shop_lines"', 'part = "shop_line"', {"shop.join.part"}),
        ('part = "shop_lines"\n', "", {"shop.join.part"}),
        ('part = "shop_lines"', 'part = ["shop_lines"]', {"shop.join.part"}),
        ('part = "shop_lines"', 'part = "shop_lines"\nfile = "x"', {"shop.join.file"}),
        ('part = "shop"\n', 'part = "shap"\n', {"shop.join.part", "shop_lines.part"}),
        ('part = "shop"\n', 'part = "shop"\ntable = "orders"\n', {"shop_lines.table"}),
        ('sum = ["Qty"]', "sum = 1", {"shop.join.sum"}),
    ],
)
def test_parts_and_joins_are_checked(
    old: str, new: str, keys: set[str], faults: Callable[[str], list[Problem]]
) -> None:
    assert old in PARTED
    found = faults(SHOP + PARTED.replace(old, new, 1))
    assert {problem.key for problem in found} == keys
    assert {problem.file for problem in found} == {"shop.toml"}


@pytest.mark.parametrize(
    ("transform", "journal", "key"),
    [
        ("journal", 'headers = { entry = "a" }', "transform"),
        ("journal_receivables", "x = 1", "journal"),
        (
            "journal_receivables",
            'headers = { entry = "a" }\nreceivable = ["x"]',
            "journal.receivable",
        ),
        ("journal_receivables", "headers = { entry = 1 }", "journal.headers.entry"),
        ("journal_receivables", 'headers = { entry = "a" }\nopenings = "x"', "journal.openings"),
    ],
)
def test_a_journal_is_checked(
    transform: str, journal: str, key: str, faults: Callable[[str], list[Problem]]
) -> None:
    text = f"""
[book]
table = "receivables"
system = "book"
status = "partly"
identify = ["Entry"]
transform = "{transform}"
[book.journal]
{journal}
"""
    assert [problem.key for problem in faults(text)] == [f"book.{key}"]


def test_all_faults_are_told_at_once(faults: Callable[[str], list[Problem]]) -> None:
    text = SHOP.replace('"verified"', '"sure"').replace("amount =", "amont =")
    assert {problem.key for problem in faults(text)} == {"shop.status", "shop.columns.amont"}


def test_every_adapter_of_ours_has_its_words_in_both_languages() -> None:
    method = load_method()
    adapters = load_adapters(method, table_kinds(method))
    assert {"shopify_orders", "amazon_all_orders", "rakuten_orders"} <= {one.id for one in adapters}
    wanted = {f"adapters.know.{one.id}" for one in adapters}
    wanted |= {f"adapters.system.{one.system}" for one in adapters}
    wanted |= {f"adapters.status.{one.status}" for one in adapters}
    for lang in ("ja", "en"):
        words = {key: text for key, text in method.words[lang].items() if key[:9] == "adapters."}
        assert wanted - set(words) == set()
        assert set(words) == {key for key in method.words["ja"] if key.startswith("adapters.")}
        said = " ".join(words.values())
        assert not re.search(r"\bowner|オーナー|\bTODO\b", said, re.IGNORECASE)
