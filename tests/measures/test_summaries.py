"""The seven summaries: what their SQL makes of rows, whatever their order."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from toolkit.measures import summaries as module
from toolkit.measures.summaries import SQL, SUMMARIES, invoices_on, summarise

OWN_TO_ONE_ENGINE = (
    r"::|QUALIFY|ARG_M(IN|AX)|MIN_BY|FILTER\s*\(|MEDIAN\(|DATE_TRUNC|EPOCH|LIST_|\bILIKE\b|\[|\""
)
LINES = [
    # order, line, customer, day, amount, product, quantity, cancelled
    ("o1", "1", "a", "2025-01-10", 100.0, "茶", 1, False),
    ("o1", "2", "a", "2025-01-10", 300.0, "米", 2, False),
    ("o2", "1", "a", "2025-03-01", 120.0, "茶", 1, False),
    ("o2", "2", "a", "2025-03-01", 800.0, "酒", 1, True),
    ("o3", "1", "b", "2025-01-10", 300.0, "米", 1, False),
    ("o4", "1", "b", "2025-02-10", 900.0, "酒", 1, True),
    ("o5", "1", None, "2025-02-11", 50.0, "茶", 1, False),
    ("o6", "1", "c", "2025-02-12", 70.0, None, 1, False),
]


def _lines(rows=LINES, **columns):
    names = ("order_id", "line_no", "customer_id", "order_date", "amount", "product")
    frame = pd.DataFrame([row[:6] for row in rows], columns=names)
    frame["quantity"] = [float(row[6]) for row in rows]
    frame["_cancelled"] = [row[7] for row in rows]
    return frame.assign(**columns)


def _items(made):
    return made.items.set_index("product")


def test_there_are_seven_summaries_and_a_file_for_each():
    names = ["orders", "customers", "cohorts", "items", "invoices", "contracts", "steps"]
    assert list(SUMMARIES) == names
    assert sorted(path.stem for path in SQL.glob("*.sql")) == sorted(names)


@pytest.mark.parametrize("name", SUMMARIES)
def test_sql_is_what_duckdb_postgresql_and_spark_share(name):
    text = re.sub(r"--.*", "", (SQL / f"{name}.sql").read_text(encoding="utf-8")).upper()
    assert not re.search(OWN_TO_ONE_ENGINE, text)
    assert text.lstrip().startswith(("SELECT", "WITH"))
    assert ";" not in text


def test_every_summary_is_made_of_a_client_with_all_tables(make_case):
    case = make_case(
        "2025-04-30",
        orders=_lines(),
        contracts=[{"account_id": "k", "start": "2025-01-01", "end": "2025-12-31"}],
        journey=[{"step_no": 1, "step": "受付"}],
    )
    owed = SimpleNamespace(frame=_owed([("i1", 100, "2025-02-28", None, None)]), timed=False)
    made = summarise(replace(case, tables={**case.tables, "receivables": owed}))
    assert {name: len(getattr(made, name)) for name in SUMMARIES} == {
        "orders": 5,
        "customers": 3,
        "cohorts": 3,
        "items": 2,
        "invoices": 1,
        "contracts": 1,
        "steps": 1,
    }
    nothing = summarise(make_case("2025-04-30"))
    assert all(getattr(nothing, name) is None for name in SUMMARIES)


def test_an_item_counts_orders_customers_and_who_came_again(make_case):
    made = _items(summarise(make_case("2025-04-30", orders=_lines())))
    assert list(made.index) == sorted(["米", "茶"])
    tea, rice = made.loc["茶"], made.loc["米"]
    assert (tea.order_count, tea.customer_count, tea.quantity, tea.amount) == (3, 1, 3, 270)
    assert (rice.order_count, rice.customer_count, rice.quantity, rice.amount) == (2, 2, 3, 600)
    # a began with tea and rice and came again; b began with rice and did not (one cancelled)
    assert (tea.first_count, tea.repeat_count) == (1, 1)
    assert (rice.first_count, rice.repeat_count) == (2, 1)


def test_a_total_belongs_to_no_product(make_case):
    totals = _lines().assign(line_no=None)
    alone = totals.drop_duplicates("order_id")
    made = _items(summarise(make_case("2025-04-30", orders=alone)))
    assert made["amount"].isna().all()
    assert made.loc["茶", "order_count"] == 3
    again = totals.assign(_repeated=[place == 1 for place in range(len(totals))])
    again.loc[1, "amount"] = 100.0
    repeated = _items(summarise(make_case("2025-04-30", orders=again)))
    assert repeated["amount"].isna().all()
    assert repeated.loc["米", "quantity"] == 3  # each row says what was bought
    plain = _items(summarise(make_case("2025-04-30", orders=totals)))
    assert plain.loc["米", "amount"] == 600  # an order on two rows with an amount each


def test_an_amount_is_unknown_where_one_file_of_two_has_totals(make_case):
    files = ["a.csv"] * 7 + ["b.csv"]
    mixed = _lines(_file=files)
    mixed.loc[7, ["line_no", "product"]] = [None, "茶"]
    made = _items(summarise(make_case("2025-04-30", orders=mixed)))
    assert np.isnan(made.loc["茶", "amount"])
    assert made.loc["米", "amount"] == 600


def test_the_order_of_rows_changes_no_summary(make_case):
    rng = np.random.default_rng(5)
    n = 400
    frame = _random_lines(rng, n)
    expected = summarise(make_case("2025-12-31", orders=frame))
    places = frame.index + 2
    for _ in range(3):
        order = rng.permutation(n)
        shuffled = frame.assign(_row=places).iloc[order].reset_index(drop=True)
        found = summarise(make_case("2025-12-31", orders=shuffled))
        for name in ("orders", "customers", "cohorts", "items"):
            pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


def _random_lines(rng, n):
    order = rng.integers(0, n // 2, n)
    day = pd.Timestamp("2025-01-01") + pd.to_timedelta(order % 90, unit="D")
    return pd.DataFrame(
        {
            "order_id": [f"o{one:04d}" for one in order],
            "line_no": [str(one) for one in range(n)],
            "customer_id": [None if one % 11 == 0 else f"c{one % 23:02d}" for one in order],
            "order_date": day,
            "amount": rng.integers(1, 50, n) * 10.0,
            "product": [f"p{one}" for one in rng.integers(0, 5, n)],
        }
    )


def test_customers_are_what_a_plain_count_gives(make_case):
    frame = _random_lines(np.random.default_rng(8), 300)
    made = summarise(make_case("2025-12-31", orders=frame)).customers.set_index("customer_id")
    orders = frame.drop_duplicates("order_id").dropna(subset="customer_id")
    amounts = frame.groupby("customer_id")["amount"].sum()
    assert len(made) == orders["customer_id"].nunique()
    for customer, own in orders.groupby("customer_id"):
        days = (own["order_date"] - pd.Timestamp("1970-01-01")).dt.days.sort_values().tolist()
        one = made.loc[customer]
        assert (one.order_count, one.amount) == (len(own), amounts[customer])
        assert (one.first_day, one.last_day) == (days[0], days[-1])
        first = own[own["order_date"] == own["order_date"].min()]["order_id"].min()
        assert one.first_order_id == first
        if len(days) > 1:
            assert one.second_day == days[1]
            assert one.median_interval == np.median(np.diff(days))
        else:
            assert np.isnan(one.second_day)


def test_of_two_orders_on_the_first_day_the_smaller_id_is_the_first(make_case):
    rows = [
        ("o2", "1", "a", "2025-01-10", 1.0, "米", 1, False),
        ("o1", "1", "a", "2025-01-10", 1.0, "茶", 1, False),
    ]
    one = summarise(make_case("2025-04-30", orders=_lines(rows))).customers.iloc[0]
    assert (one.first_order_id, one.first_product, one.row_no) == ("o1", "茶", 3)
    assert (one.second_day, one.median_interval) == (one.first_day, 0)


@pytest.mark.parametrize("ids", ["abcdef", "fedcba", "cafebd", "aabbcc", "abcabc", "ccbbaa"])
def test_rows_taken_for_orders_give_what_grouping_gives(make_case, monkeypatch, ids):
    rows = [
        (one, str(place), f"c{place % 2}", "2025-01-10", place + 1.0, "茶", 1, place == 4)
        for place, one in enumerate(ids)
    ]
    case = make_case("2025-04-30", orders=_lines(rows))
    found = summarise(case).orders
    taken = []
    monkeypatch.setattr(module, "_each_row_an_order", lambda _: taken.append(1))
    pd.testing.assert_frame_equal(found, summarise(case).orders)
    assert taken
    kept = {one for place, one in enumerate(ids) if place != 4}
    assert len(found) == len(kept)


DUE = "2025-02-28"


def _owed(rows):
    names = ("invoice_id", "amount", "due_at", "paid_at", "paid_amount")
    frame = pd.DataFrame(rows, columns=names)
    for name in ("due_at", "paid_at"):
        frame[name] = pd.to_datetime(frame[name])
    return frame.assign(
        amount=frame["amount"].astype(float),
        paid_amount=frame["paid_amount"].astype(float),
        invoiced_at=pd.Timestamp("2025-01-31"),
        customer_id="a",
        _file="data/receivables.csv",
        _row=range(2, len(frame) + 2),
    )


def _invoice(make_case, *rows, without=()):
    frame = _owed([("i1", *row) for row in rows]).drop(columns=list(without))
    case = make_case("2025-03-31")
    case = replace(case, tables={"receivables": SimpleNamespace(frame=frame, timed=False)})
    (one,) = summarise(case).invoices.itertuples(index=False)
    return one


@pytest.mark.parametrize(
    ("rows", "amount", "paid", "open_", "overdue"),
    [
        ([(100, "2025-02-28", None, None)], 100, 0, 100, 31),
        ([(100, "2025-03-31", None, None)], 100, 0, 100, 0),
        ([(100, "2025-03-30", None, None)], 100, 0, 100, 1),
        ([(100, "2025-02-28", "2025-03-31", None)], 100, 100, 0, 0),
        ([(100, "2025-02-28", "2025-04-01", None)], 100, 0, 100, 31),
        ([(100, "2025-02-28", "2025-03-01", 40)], 100, 40, 60, 31),
        ([(100, "2025-02-28", None, 40)], 100, 40, 60, 31),
        ([(100, "2025-02-28", "2025-03-01", 120)], 100, 120, -20, 0),
        # one total repeated for each payment; a payment written twice counts once
        ([(100, DUE, "2025-03-01", 40), (100, DUE, "2025-03-05", 60)], 100, 100, 0, 0),
        ([(100, "2025-02-28", "2025-03-01", 40)] * 2, 100, 40, 60, 31),
        # different amounts are lines
        ([(100, DUE, None, None), (30, DUE, "2025-03-01", None)], 130, 30, 100, 31),
        ([(100, None, None, None)], 100, 0, 100, None),
    ],
)
def test_an_invoice_as_it_stands_on_the_day(make_case, rows, amount, paid, open_, overdue):
    one = _invoice(make_case, *rows)
    assert (one.amount, one.paid_amount, one.open_amount) == (amount, paid, open_)
    assert np.isnan(one.overdue_days) if overdue is None else one.overdue_days == overdue
    assert one.row_no == 2


def test_an_invoice_without_columns_of_payment_is_open(make_case):
    one = _invoice(
        make_case,
        (100, "2025-02-28", None, None),
        without=("due_at", "paid_at", "paid_amount"),
    )
    assert (one.open_amount, one.paid_amount) == (100, 0)
    assert np.isnan(one.overdue_days)


def test_invoices_on_an_earlier_day_are_as_they_stood(make_case):
    """Paid 40 on 2025-03-01 and 60 on 2025-03-05 of 100 due 2025-02-28."""
    rows = [("i1", 100, DUE, "2025-03-01", 40), ("i1", 100, DUE, "2025-03-05", 60)]
    case = make_case("2025-03-31")
    tables = {"receivables": SimpleNamespace(frame=_owed(rows), timed=False)}
    made = summarise(replace(case, tables=tables))
    states = {day: invoices_on(made, date(2025, 3, day)).iloc[0] for day in (1, 4, 5, 31)}
    assert {day: one["open_amount"] for day, one in states.items()} == {1: 60, 4: 60, 5: 0, 31: 0}
    assert {day: one["overdue_days"] for day, one in states.items()} == {1: 1, 4: 4, 5: 0, 31: 0}
    assert invoices_on(summarise(case), date(2025, 3, 1)) is None
