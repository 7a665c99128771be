"""What a customer's first year is worth by the product or coupon it began with."""

from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from toolkit.facts import Facts
from toolkit.measures.first_entry import GAP, NEW, first_entry_facts, welch
from toolkit.measures.summaries import summarise

START, END = date(2022, 1, 1), date(2024, 12, 31)
RATES = {("q.pla.cost_rates", "cogs"): 0.6}  # 40 % of sales are left
NAMES = ("tea", "jar")


def _shop(tea=(1000, 2000), jar=(3000, 4000), *, size=100, last=END):
    """Each product wins ``size`` customers in 2023, of two first-year values in turn, and some
    in the last month; in 2022 one old regular a month sets the export going."""
    rows = [_row(f"old{month}", date(2022, month, 1), 1, "tea") for month in range(1, 13)]
    for name, values in (("tea", tea), ("jar", jar)):
        for place in range(size):
            first = date(2023, 1, 1) + timedelta(days=3 * place)
            who = f"{name}{place}"
            value = values[place % 2]
            rows += [_row(who, first, value - 400, name)]
            rows += [_row(who, first + timedelta(days=364), 400, "set")]
            rows += [_row(who, first + timedelta(days=365), 9999, "set")]  # a day too late
        rows += [_row(f"new{name}", last - timedelta(days=10), 1000, name)]
    return [*rows, _row("end", END, 100, "tea")]


def _row(customer, day, amount, product, **more):
    return {
        "order_id": f"{customer}-{day}",
        "customer_id": customer,
        "order_date": day.isoformat(),
        "amount": amount,
        "product": product,
        **more,
    }


def _found(make_case, rows, answers=RATES):
    rows = [row for row in rows if row["order_date"] <= END.isoformat()]
    case = make_case(END.isoformat(), orders=rows, answers=answers)
    return Facts(first_entry_facts(summarise(case)))


def test_one_product_brings_less(make_case):
    found = _found(make_case, _shop())
    # Tea: 40 % of 1,500 = 600 a customer; jar 40 % of 3,500 = 1,400.
    tea = found.find(GAP, {"item": "tea"})
    assert (tea.value, tea.n, tea.basis) == (pytest.approx(-800), 100, "said")
    assert found.find(GAP, {"item": "jar"}).value == pytest.approx(800)
    # Each side varies by ±200; all together by ±200 and ±400: the larger spread is taken, of
    # 200 values 200² + 400² = 200,000 (÷ 199 for 200). Two entries are looked at: 97.5 %.
    error = (200_000 * 200 / 199 * (1 / 100 + 1 / 100)) ** 0.5
    half = stats.t.ppf(1 - 0.05 / 2 / 2, 198) * error
    assert (tea.low95, tea.high95) == (pytest.approx(-800 - half), pytest.approx(-800 + half))
    whole = found[GAP]
    assert (whole.value, whole.high95) == (tea.value, tea.high95)
    assert [item.key for item in whole.items] == ["tea"]


def test_new_customers_of_the_entry(make_case):
    found = _found(make_case, _shop())
    # In 2024: tea's last from 2023 is of 25 October, so newtea and end; jar has newjar.
    assert found.find(NEW, {"item": "tea"}).value == 2
    assert found.find(NEW, {"item": "jar"}).value == 1
    assert found[NEW].value == 2  # of the entry that decides
    assert found[NEW].period == ("2024-01-01", "2024-12-31")


def test_a_coupon_is_an_entry_of_its_own(make_case):
    rows = [{**row, "coupon": 50 if row["product"] == "tea" else 0} for row in _shop()]
    rows = [{k: v for k, v in row.items() if k != "product"} for row in rows]
    found = _found(make_case, rows)
    assert found.find(GAP, {"item": "coupon"}).value == pytest.approx(-800)
    assert [item.key for item in found[GAP].items] == ["coupon"]


def test_an_order_of_two_products_belongs_to_both(make_case):
    rows = _shop()
    both = [{**row, "product": "cup", "amount": 0} for row in rows if row["product"] == "tea"]
    found = _found(make_case, [*rows, *both])
    assert found.find(GAP, {"item": "cup"}).value == pytest.approx(-800)
    assert found.find(GAP, {"item": "tea"}).value == pytest.approx(-800)


def test_an_entry_out_of_use_is_left_out(make_case):
    rows = [row for row in _shop() if row["customer_id"] not in ("newtea", "end")]
    rows.append(_row("end", END, 100, "jar"))
    found = _found(make_case, rows)
    assert set(found) == {f"{GAP}[item=jar]", f"{NEW}[item=jar]", GAP, NEW}


def test_the_rest_are_those_of_the_same_time(make_case):
    """Cheaper customers won before the jar was sold say nothing of the jar."""
    early = [
        _row(f"early{place}", date(2023, 1, 1) + timedelta(days=place), 100, "tea")
        for place in range(150)
    ]
    late = [
        {
            **row,
            "order_date": (date.fromisoformat(row["order_date"]) + timedelta(days=160)).isoformat(),
        }
        for row in _shop(size=60)
        if row["customer_id"][:3] in NAMES
    ]
    rows = [*_shop(size=0), *early, *late]
    assert _found(make_case, rows)[GAP].reason == "small_n"  # 60 jars, however many teas
    wide = [*_shop(), *early]
    jar = _found(make_case, wide).find(GAP, {"item": "jar"})
    tea_and_early = np.array([400.0, 800.0] * 50 + [40.0] * 150)
    assert jar.value == pytest.approx(1400 - tea_and_early.mean())


def test_why_there_is_none(make_case):
    plain = [{k: v for k, v in row.items() if k != "product"} for row in _shop()]
    assert _found(make_case, plain)[GAP].reason == "no_column"
    assert _found(make_case, _shop(), answers={})[GAP].reason == "no_margin"
    young = [row for row in _shop() if row["order_date"] >= "2023-06"]
    assert _found(make_case, young)[GAP].reason == "immature"
    assert _found(make_case, _shop(size=99))[GAP].reason == "small_n"
    assert GAP not in _found(make_case, [{**row, "customer_id": None} for row in _shop()])


def test_two_means_of_unequal_spread():
    narrow, wide = np.array([3.0, 4.0, 5.0, 4.0]), np.array([-20.0, 30.0, 0.0, 10.0, -10.0, 20.0])
    found = welch(narrow, wide)
    both = np.concatenate([narrow, wide]).var(ddof=1)
    a, b = both / 4, wide.var(ddof=1) / 6  # the narrow side counts with the spread of all
    freedom = (a + b) ** 2 / (a**2 / 3 + b**2 / 5)
    half = stats.t.ppf(0.975, freedom) * (a + b) ** 0.5
    assert found.low95 == pytest.approx(4 - 5 - half)
    assert found.high95 == pytest.approx(4 - 5 + half)


def test_no_spread_no_interval():
    assert welch(np.array([2.0, 2.0]), np.array([2.0, 2.0])) is None
    assert welch(np.array([1.0]), np.array([2.0, 3.0])) is None


def test_equal_entries_are_left_in_peace():
    """Four entries of 150 customers with one uneven value: the worst of them is seldom blamed."""
    alarms = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        groups = [np.exp(random.normal(8, 1.2, 150)) for _ in range(4)]
        gaps = [
            welch(own, np.concatenate([one for one in groups if one is not own]), tests=4)
            for own in groups
        ]
        alarms += any(gap.high95 < 0 for gap in gaps)
    assert alarms <= 0.05 * 200
