"""The worlds that sell goods and local services: what a table must be like to be believed."""

from __future__ import annotations

import pandas as pd
import pytest

from toolkit.synth.calendar import END

GOODS = ("gen", "mkt", "sub")


@pytest.mark.parametrize("model", [*GOODS, "shop"])
def test_first_orders_come_before_the_later_ones(invented, model):
    orders = invented(model, 1).tables["orders"]
    assert orders["order_id"].is_unique
    assert orders["order_date"].is_monotonic_increasing
    assert str(orders["order_date"].max().date()) <= END
    assert (orders["amount"] > 0).all()


@pytest.mark.parametrize("model", GOODS)
def test_an_order_is_sent_after_it_came_and_delivered_after_it_was_sent(invented, model):
    orders = invented(model, 1).tables["orders"]
    sent = orders[orders["delivered_at"].notna()]
    assert (sent["shipped_at"] >= sent["order_date"]).all()
    assert (sent["delivered_at"] > sent["shipped_at"].dt.normalize()).all()
    back = sent[sent["returned_at"].notna()]
    assert (back["returned_at"] > back["delivered_at"]).all()
    assert orders.loc[orders["status"] == "キャンセル", "shipped_at"].isna().all()
    assert orders[["shipped_at", "paid_at", "returned_at"]].max().max().strftime("%F") <= END


@pytest.mark.parametrize("model", GOODS)
def test_some_things_are_not_known(invented, model):
    tables = invented(model, 1).tables
    assert 0.03 < tables["customers"]["age_band"].isna().mean() < 0.15
    shipped = tables["orders"][tables["orders"]["shipped_at"].notna()]
    assert 0 < shipped["delivered_at"].isna().mean() < 0.05


@pytest.mark.parametrize("model", [*GOODS, "shop"])
def test_a_funnel_never_grows(invented, model):
    traffic = invented(model, 1).tables["traffic"]
    for earlier, later in (("sessions", "carts"), ("carts", "checkouts"), ("checkouts", "orders")):
        assert (traffic[later] <= traffic[earlier]).all()


@pytest.mark.parametrize("model", [*GOODS, "shop"])
def test_the_costs_leave_a_profit(invented, model):
    tables = invented(model, 1).tables
    sold = tables["orders"].loc[tables["orders"]["status"] != "キャンセル", "amount"].sum()
    assert 0.03 < 1 - tables["costs"]["amount"].sum() / sold < 0.35


def test_subscriptions_count_their_deliveries(invented):
    orders = invented("sub", 1).tables["orders"]
    assert orders.loc[orders["trial"], "subscription_count"].isna().all()
    kept = orders.dropna(subset=["subscription_count"]).sort_values("order_date")
    steps = kept.groupby("subscription_no")["subscription_count"].diff().dropna()
    assert (steps == 1).all()


def test_customers_are_not_alike(invented):
    """A few buy much: with everyone alike the top tenth would have hardly more than a tenth."""
    orders = invented("gen", 1).tables["orders"]
    sums = orders.groupby("customer_id")["amount"].sum().sort_values(ascending=False)
    assert sums.head(len(sums) // 10).sum() / sums.sum() > 0.3


@pytest.mark.parametrize("code", ["FUL007", "FUL010"])
def test_what_was_planted_a_year_ago_leaves_the_time_before_as_it_was(invented, code):
    healthy, ill = (invented("gen", 1, given).tables["orders"] for given in ((), (code,)))
    old = healthy["order_date"] < pd.Timestamp(END) - pd.Timedelta(days=366)
    pd.testing.assert_frame_equal(healthy[old], ill[old])
    assert not healthy[~old].equals(ill[~old])


def test_returns_of_the_last_year_are_three_times_those_before(invented):
    orders = invented("gen", 1, ("FUL007",)).tables["orders"]
    recent = orders["order_date"] >= pd.Timestamp(END) - pd.Timedelta(days=364)
    back = orders["returned_at"].notna()
    assert 2 < back[recent].mean() / back[~recent].mean() < 4
