"""Data health: reasons counted by row, gaps with what waits for them, and all of it saved."""

from __future__ import annotations

import pandas as pd
import pytest

from toolkit.diagnosis.health import data_health, set_aside
from toolkit.diagnosis.saving import load, save

HEAD = ("table", "file", "row", "column", "code", "value", "params")


def faults(*rows):
    frame = pd.DataFrame(rows, columns=list(HEAD))
    return frame.astype({"row": "Int64"})


def fault(row, code="amount_unreadable", table="orders", file="data/a.csv", column="amount"):
    return (table, file, row, column, code, "x", '{"field": "amount"}')


def test_reasons_are_counted_by_row_and_the_most_frequent_stand_first():
    frame = faults(
        fault(9, "date_unreadable"),
        fault(4),
        fault(3),
        fault(3, column="points"),
        fault(7, table="costs"),
        fault(None, "too_many_bad_rows"),
    )
    found = set_aside(frame)
    assert [(one.example.code, one.count) for one in found["orders"]] == [
        ("amount_unreadable", 2),
        ("date_unreadable", 1),
    ]
    first = found["orders"][0].example
    assert (first.file, first.row, first.column) == ("data/a.csv", 3, "amount")
    assert first.params == {"field": "amount"}
    assert [one.count for one in found["costs"]] == [1]


def test_five_reasons_are_told_and_totals_rows_beside_them():
    codes = [f"fault_{index}" for index in range(7)]
    rows = [
        fault(10 * index + n, code) for index, code in enumerate(codes) for n in range(7 - index)
    ]
    found = set_aside(faults(*rows, fault(99, "total_row")))["orders"]
    assert [one.example.code for one in found] == [*codes[:5], "total_row"]


def test_nothing_set_aside_gives_no_reason():
    assert set_aside(faults()) == {}


def test_a_value_that_may_not_be_shown_stays_out():
    row = ("orders", "data/a.csv", 3, "customer_id", "id_scientific", None, '{"value": "***"}')
    assert set_aside(faults(row))["orders"][0].example.value is None


def test_rows_reasons_columns_and_gaps_of_a_table(judged_of, orders_of):
    contacts = "contact_id,date,who\n1,2026-01-05,社長\n2,2026-01-06,\n"
    judged = judged_of({"data/orders.csv": orders_of(40, bad=3), "data/contacts.csv": contacts})
    orders, found = (
        {one.table: one for one in data_health(judged)}[name] for name in ("orders", "contacts")
    )
    assert orders.rows["accepted"] == 37
    assert (orders.bad_rows, orders.bad_share) == (3, 3 / 40)
    assert [(one.example.row, one.count) for one in orders.set_aside] == [(2, 3)]
    filled = {column.name: column.filled for column in found.columns}
    assert filled == {"contact_id": 1.0, "date": 1.0, "who": 0.5}
    gaps = {column.name: column.waiting for column in found.missing}
    assert "AFT004" in gaps["resolved_at"].rules
    assert "contacts.fed_back_share" in gaps["resolved_at"].facts
    assert gaps["handled_by"].facts == ()
    assert "date" not in gaps
    assert found.missing[0].waiting.rules


def test_totals_rows_are_no_bad_rows(judged_of, orders_of):
    text = orders_of(30) + "合計,,,31000\n"
    (orders,) = data_health(judged_of({"data/orders.csv": text}))
    assert orders.rows["quarantined"] == 1
    assert (orders.bad_rows, orders.bad_share) == (0, 0.0)
    assert [one.example.code for one in orders.set_aside] == ["total_row"]


def test_a_table_without_a_row_has_no_gaps_told(judged_of):
    (costs,) = data_health(judged_of({"data/costs.csv": "month,item,amount\n"}))
    assert (costs.rows["total"], costs.missing, costs.bad_share) == (0, (), 0.0)


def test_the_adapter_and_the_headers_are_carried_where_intake_names_them(judged_of, orders_of):
    judged = judged_of({"data/orders.csv": orders_of(5)})
    named = {"system": "shopify", "status": "verified", "headers": {"order_id": "Name"}}
    judged.health[0].update(named, match_rates=[{"file": "data/orders.csv"}])
    (orders,) = data_health(judged)
    assert (orders.system, orders.status) == ("shopify", "verified")
    assert orders.columns[0].headers == ("Name",)
    assert orders.columns[1].headers == ()
    assert orders.match_rates == ({"file": "data/orders.csv"},)


def test_the_health_outlives_saving(judged_of, orders_of, tmp_path):
    judged = judged_of({"data/orders.csv": orders_of(40, bad=3)})
    save(judged, tmp_path / "out")
    again = load(tmp_path / "out")
    assert data_health(again, judged.content) == data_health(judged)


@pytest.mark.parametrize("name", ["shop", "firm"])
def test_nothing_is_asked_of_a_shipped_client_that_its_rules_do_not_wait_for(name, request):
    for one in data_health(request.getfixturevalue(name)):
        assert all(0 <= column.filled <= 1 for column in one.columns)
        for column in one.missing:
            assert column.name not in {there.name for there in one.columns}
