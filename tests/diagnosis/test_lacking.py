"""What is asked for where a figure cannot be made: what is there is not asked for again."""

from __future__ import annotations

HEAD = "order_id,customer_id,order_date,amount\n"
ROWS = "".join(f"{n},c{n % 9},2026-0{1 + n % 8}-05,{1000 + n}\n" for n in range(60))
COSTS = "month,item,amount\n2026-05,cogs,300\n2026-05,logistics,50\n"
PRODUCTS = "product,cost\nA,100\nB,200\n"
CHANNELS = "costs.channel_contribution_rate"


def test_of_tables_that_are_there_the_one_without_its_column_is_asked(judged_of):
    files = {"data/orders.csv": HEAD + ROWS, "data/costs.csv": COSTS, "data/products.csv": PRODUCTS}
    made = judged_of(files)
    fact = made.facts[CHANNELS]
    assert fact.reason == "no_column"
    assert [need for need in fact.needs if not need.startswith("q.")] == ["orders"]


def test_rates_of_cost_are_asked_until_the_margin_is_known(judged_of):
    orders = {"data/orders.csv": HEAD + ROWS}
    asked = {need for one in judged_of(orders).facts.values() for need in one.needs}
    assert "q.pla.cost_rates" in asked
    known = judged_of({**orders, "data/costs.csv": COSTS}, name="bando")
    assert known.fact("costs.contribution_margin_rate").known
    assert "q.pla.cost_rates" not in known.facts[CHANNELS].needs
