"""CRM: the line in sight and the latest start, whom to court, the KEY, the count by orders."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import Crm, count_orders, from_record, to_record
from toolkit.frameworks.customer_selection import SELECTED, selection
from toolkit.frameworks.migration import PHASES, Migration
from toolkit.method import load_method

SPLIT = {"requirements": 3, "build": 5, "parallel": 3, "switch": 1}


def rows_of(crm, part):
    return {row.item: row for row in crm.rows() if row.part == part}


def test_the_year_is_split_three_five_three_one():
    thresholds = load_method().section("thresholds")
    assert [thresholds[entry]["value"] for entry in PHASES.values()] == [3, 5, 3, 1]
    assert sum(Crm().phase_months.values()) == thresholds["migration_months"]["value"] == 12


def test_latest_start_is_the_line_less_the_year():
    # 20.4 months from 31 March 2026: 20 whole months are 30 November 2027; a year before that
    # is 30 November 2026, 8 months ahead.
    move = Migration(as_of="2026-03-31", months_to_line=20.4, lengths=SPLIT)
    assert (move.line_date, move.latest_start, move.months_left) == (
        "2027-11-30",
        "2026-11-30",
        8,
    )
    assert not move.overdue
    assert [(p.code, p.start, p.end) for p in move.phases] == [
        ("requirements", "2026-11-30", "2027-02-27"),
        ("build", "2027-02-28", "2027-07-30"),
        ("parallel", "2027-07-31", "2027-10-30"),
        ("switch", "2027-10-31", "2027-11-29"),
    ]


def test_a_start_that_has_passed_begins_today():
    move = Migration(as_of="2026-04-01", months_to_line=7.9, lengths=SPLIT)
    assert (move.months_left, move.overdue) == (-5, True)
    assert move.latest_start == "2025-11-01"
    assert move.phases[0].start == "2026-04-01"
    assert move.phases[-1].end == "2027-03-31"
    assert not Migration(as_of="2026-04-01", months_to_line=12, lengths=SPLIT).overdue


def months(*sales):
    rows = tuple((f"m{i}", amount) for i, amount in enumerate(sales))
    return {"orders_by_month": SimpleNamespace(columns=("month", "sales"), rows=rows)}


def test_crm_dates_the_move_from_the_day_of_its_sales():
    # 125M doubling in a year meets 500M after two years: 24 months.
    sales = Fact(id="customers.sales_12m", value=125e6, period=("2025-04-01", "2026-03-31"))
    model = Fact(id="q.pla.model", value="general")
    crm = Crm.from_facts(Facts([sales, model]), months(*[1] * 12, *[2] * 12, 9))
    assert crm.months_to_line == pytest.approx(24.0)
    assert (crm.migration.line_date, crm.migration.latest_start) == ("2028-03-31", "2027-03-31")
    assert rows_of(crm, "line")["latest_start"].value == "2027-03-31"
    assert [row.value for row in rows_of(crm, "phases").values()] == [3, 5, 3, 1]


@pytest.mark.parametrize(
    ("sales", "growth", "state"),
    [
        (600e6, 0.1, "passed"),
        (500e6, None, "passed"),
        (250e6, 1.0, "in_sight"),
        (250e6, 0.01, "far"),
        (250e6, 0.0, "shrinking"),
        (250e6, None, None),
        (None, 0.1, None),
    ],
)
def test_where_sales_stand_to_the_line(sales, growth, state):
    crm = Crm(sales_12m_yen=sales, growth_share=growth, line_yen=500e6)
    assert crm.line_state == state
    assert rows_of(crm, "line")[""].value == state


def test_no_date_beyond_the_horizon():
    # twice in five years: 12 × ln 2 ÷ ln 1.148698 = 60 months
    edge = {"sales_12m_yen": 250e6, "line_yen": 500e6, "as_of": "2026-03-31"}
    near = Crm(growth_share=0.1487, horizon_months=60, **edge)
    assert near.migration.line_date == "2031-02-28"
    assert Crm(growth_share=0.1486, horizon_months=60, **edge).migration is None


@pytest.mark.parametrize("model", ["saas", "made_to_order", "shop_service"])
def test_the_line_is_said_of_mail_order_alone(model):
    crm = Crm(model=model, sales_12m_yen=250e6, growth_share=1.0, as_of="2026-03-31")
    assert crm.migration is None
    assert rows_of(crm, "line")[""].value == "not_applicable"
    assert rows_of(crm, "databases")[""].value == "not_applicable"
    assert "line" not in crm.unknown_parts()


def test_the_trap_of_rows_stands_beside_the_answer():
    assert rows_of(Crm(count_method="by_row"), "count_method")[""].note == "rows_are_not_orders"
    assert rows_of(Crm(count_method="by_order"), "count_method")[""].note == ""


def test_key_by_data_set_where_told():
    crm = Crm(keyed={"sales": "yes", "history": "no"})
    assert rows_of(crm, "keyed")["history"].value == "no"
    assert rows_of(Crm(), "keyed") == {}


def given_facts():
    return [
        Fact(id="customers.top_decile_sales_share", value=0.52, n=431),
        Fact(id="customers.top10_overdue_share", value=0.25, n=40),
        Fact(id="customers.f2_conversion", by={"window_days": 180}, value=0.4, n=500),
        Fact(id="customers.dormant_share_f2plus", value=0.6, n=200),
        Fact(id="customers.unprofitable_share", value=0.06),
    ]


def test_whom_to_court_from_the_facts():
    # best tenth of 431: 44 (rounded up); a quarter of 40: 10; 60 % of 500 stopped: 300
    chosen = {one.code: (one.share, one.customers) for one in selection(Facts(given_facts()))}
    assert chosen["keep"] == (0.52, 44)
    assert chosen["call"] == (0.25, 10)
    assert chosen["second"] == (pytest.approx(0.6), 300)
    assert chosen["wake"] == (0.6, 120)
    assert chosen["review"] == (0.06, None)
    assert list(chosen) == list(SELECTED)


def test_contracts_are_not_ordered_again():
    chosen = selection(Facts(given_facts()), "saas")
    assert [one.code for one in chosen] == ["keep", "review"]
    assert [one.code for one in selection(Facts(given_facts()), "made_to_order")] == [
        "keep",
        "call",
        "review",
    ]


def test_selection_is_shown_and_reads_back():
    crm = Crm.from_facts(Facts(given_facts()))
    assert rows_of(crm, "selected")["second"].value == 300
    assert rows_of(crm, "selection")["review"].value == 0.06
    assert from_record("crm", json.loads(json.dumps(to_record(crm)))) == crm


def test_picture_is_the_road_where_dated_and_the_data_sets_else(lang):
    dated = Crm(sales_12m_yen=250e6, growth_share=1.0, line_yen=500e6, as_of="2026-03-31")
    shown = " ".join(text.get_text() for text in dated.plot().texts)
    assert ("2026年3月" if lang == "ja" else "Mar 2026") in shown
    sets = [text.get_text() for text in Crm(databases={"sales": "obtainable"}).plot().texts]
    assert len(sets) == 6 * 2 + 1


def test_an_order_of_three_lines_is_one_order():
    lines = [("a", "1"), ("a", "1"), ("a", "1"), ("b", "2"), ("b", "3"), ("", "4"), (" a ", "5")]
    count = count_orders(lines)
    assert count.orders == (("a", 2), ("b", 2))
    assert count.rows == (("a", 4), ("b", 2))
    assert count.moved == 1
    assert count.to_frame().values.tolist() == [["a", 2, 4], ["b", 2, 2]]


def test_most_orders_come_first_and_rows_would_double_the_repeaters():
    count = count_orders([("a", "1"), ("a", "1"), ("b", "2"), ("b", "3"), ("b", "4"), ("c", "5")])
    assert [key for key, _ in count.orders] == ["b", "a", "c"]
    assert count.repeat_share == pytest.approx(1 / 3)
    assert count.repeat_share_by_rows == pytest.approx(2 / 3)
    assert count_orders([]).repeat_share is None
