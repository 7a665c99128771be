"""Customer records of one person, told while reading and counted without any of their data."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from toolkit.facts import Facts
from toolkit.intake.case import load_case
from toolkit.measures.duplicates import EXTRA, SHARE, duplicate_facts
from toolkit.measures.intervals import wilson
from toolkit.measures.summaries import summarise
from toolkit.method import load_method

ORDERS = [{"order_id": "1", "customer_id": "a", "order_date": "2025-01-01", "amount": 1}]
LIST = [{"customer_id": name, "age_band": "40代"} for name in "abcd"]


@dataclass
class Found:
    """What matching gives, as far as it is read here."""

    persons: pd.DataFrame
    places: pd.DataFrame
    counts: dict[str, int] = field(default_factory=lambda: {"guest_keys": 0})


def _matches(person, files, guests=0):
    keys = list(person)
    persons = pd.DataFrame({"key": keys, "person": [person[key] for key in keys]})
    places = [(key, f"data/{name}.csv", 2) for name, held in files.items() for key in held]
    frame = pd.DataFrame(places, columns=["key", "file", "row"])
    return Found(persons, frame, {"guest_keys": guests})


def test_three_of_five_records_are_one_person(facts_of):
    person = {"a": 1, "b": 1, "c": 2, "d": 3, "e": 1, "x": 2}
    files = {"customers": "abcde", "orders": "abx"}  # x is in the orders alone: no record
    found = facts_of(
        duplicate_facts,
        "2025-01-31",
        matches=_matches(person, files),
        orders=ORDERS,
        customers=LIST,
    )
    assert (found[SHARE].value, found[SHARE].n) == (3 / 5, 5)  # a, b and e
    assert found[SHARE].high95 == wilson(3, 5).high95
    assert found.value(EXTRA) == 2  # five records, three persons


def test_none_twice(facts_of):
    found = facts_of(
        duplicate_facts,
        "2025-01-31",
        matches=_matches({"a": 1, "b": 2}, {"customers": "ab"}),
        customers=LIST,
    )
    assert (found.value(SHARE), found.value(EXTRA)) == (0.0, 0)


def test_without_a_list_the_codes_of_the_orders_count(facts_of):
    matches = _matches({"a": 1, "b": 1, "c": 2}, {"orders": "abc"})
    assert (
        facts_of(duplicate_facts, "2025-01-31", matches=matches, orders=ORDERS).value(SHARE)
        == 2 / 3
    )
    guests = _matches({"a": 1, "b": 1, "c": 2}, {"orders": "abc"}, guests=1)
    assert (
        facts_of(duplicate_facts, "2025-01-31", matches=guests, orders=ORDERS)[SHARE].reason
        == "no_rows"
    )


@pytest.mark.parametrize(
    ("tables", "reason"),
    [({"customers": LIST}, "no_column"), ({"orders": ORDERS}, "no_column")],
)
def test_nothing_to_tell_a_person_by(facts_of, tables, reason):
    found = facts_of(duplicate_facts, "2025-01-31", **tables)
    assert {found[SHARE].reason, found[EXTRA].reason} == {reason}


def test_no_table_of_customers(facts_of, facts):
    costs = [{"month": "2025-01", "item": "cogs", "amount": 1}]
    assert facts_of(duplicate_facts, "2025-01-31", costs=costs)[SHARE].reason == "no_table"
    assert facts("2025-01-31")[SHARE].reason == "no_table"


def test_read_from_files(tmp_path: Path):
    """From a folder to the figure: one mail under two numbers, the data dropped on the way."""
    (tmp_path / "client.yaml").write_text(
        "client_id: invented\ncompany_name: 架空商店\nmodel: general\n", encoding="utf-8"
    )
    (tmp_path / "data").mkdir()
    people = [
        ("1", "山田花子", "hana@example.invalid"),
        ("2", "山田花子", "HANA@example.invalid"),
        ("3", "佐藤次郎", "jiro@example.invalid"),
        ("4", "鈴木三郎", "saburo@example.invalid"),
    ]
    lines = [f"{number},{name},{mail},40代" for number, name, mail in people]
    head = "会員番号,氏名,メールアドレス,年代"
    (tmp_path / "data" / "customers.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "customers.toml").write_text(
        'table = "customers"\nfile = "data/customers.csv"\n[columns]\n'
        'customer_id = "会員番号"\nage_band = "年代"\n[rows]\npersons = "match"\n',
        encoding="utf-8",
    )
    case = load_case(tmp_path, method=load_method())
    found = Facts(duplicate_facts(summarise(case)))
    assert (found.value(SHARE), found[SHARE].n, found.value(EXTRA)) == (0.5, 4, 1)
    assert "hana" not in str(found[SHARE])
