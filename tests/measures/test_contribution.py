"""What a unit of an item and a channel leave after their costs, worked out by hand."""

import pytest

UNIT, RATE = "products.unit_contribution_yen", "costs.channel_contribution_rate"
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


def line(order, day, product, amount, quantity, channel, place=0):
    return {
        "order_id": order,
        "customer_id": "ann",
        "order_date": day,
        "line_no": str(place),
        "product": product,
        "amount": amount,
        "quantity": quantity,
        "channel": channel,
    }


def orders(times=9, tea=1000, jar=200):
    """Each month ``times`` orders of two teas and a jar by Rakuten, as many of two jars by web."""
    made = []
    for month in MONTHS:
        for i in range(times):
            day = f"{month}-{1 + i * 3:02d}"
            made += [
                line(f"r{day}", day, "tea", tea, 2, "楽天市場", 0),
                line(f"r{day}", day, "jar", jar, 1, "楽天市場", 1),
                line(f"w{day}", day, "jar", 2 * jar, 2, "自社EC"),
            ]
    return made


PRODUCTS = [{"product": "tea", "cost": 200}, {"product": "jar", "cost": 90}]


def costs(months=MONTHS, **items):
    return [
        {"month": month, "item": item, "amount": amount}
        for month in months
        for item, amount in items.items()
    ]


# A month: 9 orders of 1,200 by Rakuten and 9 of 400 by the own shop, 14,400 in all.
BOOKED = {"logistics": 1800, "payment_fee": 144, "marketplace_fee": 1080, "advertising": 0}


@pytest.fixture(scope="module")
def shop(facts):
    return facts("2025-12-31", orders=orders(), products=PRODUCTS, costs=costs(**BOOKED))


def test_a_unit_of_each_item(shop):
    # An order carries 100 of logistics, 1 % payment fees, by Rakuten 10 % of marketplace fees:
    # Rakuten's 1,200: 100 + 12 + 120 = 232, of it tea 5/6 and jar 1/6; the web's 400: 104.
    tea = (1000 - 2 * 200 - 232 * 5 / 6) / 2
    jar = (200 - 90 - 232 / 6 + 400 - 2 * 90 - 104) / 3
    assert shop.value(f"{UNIT}[product=tea]") == pytest.approx(tea)
    assert shop.value(f"{UNIT}[product=jar]") == pytest.approx(jar)
    fact = shop[UNIT]  # the lower of the two
    assert (fact.value, fact.n, fact.items) == (pytest.approx(jar), 216, ())
    assert fact.period == ("2025-01-01", "2025-12-31")
    assert fact.basis == "measured"


def test_each_channel(shop):
    rakuten = (1200 - 490 - 232) / 1200
    own = (400 - 180 - 104) / 400
    assert shop.value(f"{RATE}[channel=楽天市場]") == pytest.approx(rakuten)
    assert shop.value(f"{RATE}[channel=自社EC]") == pytest.approx(own)
    fact = shop[RATE]
    assert (fact.value, fact.n, fact.items) == (pytest.approx(own), 108, ())


def test_what_loses_money_is_named_with_its_loss(facts):
    found = facts(
        "2025-12-31", orders=orders(jar=120), products=PRODUCTS, costs=costs(logistics=1800)
    )
    # jar: 120 − 90 − 100 × 120/1120, and 240 − 180 − 100, over 3 units; 108 orders of each
    jar = 120 - 90 - 100 * 120 / 1120 + 240 - 180 - 100
    fact = found[UNIT]
    assert fact.value == pytest.approx(jar / 3)
    assert [(i.key, round(i.value, 6)) for i in fact.items] == [("jar", round(jar * 108, 6))]
    channel = found[RATE]
    assert channel.value == pytest.approx(-40 / 240)
    assert [(i.key, i.value) for i in channel.items] == [("自社EC", pytest.approx(-40 * 108))]


@pytest.mark.parametrize("said", ["jar", "お試し、ＪＡＲ", "The jar is our lure"])
def test_an_item_sold_at_a_loss_on_purpose_is_left_out(facts, said):
    found = facts(
        "2025-12-31",
        orders=orders(jar=50),
        products=PRODUCTS,
        costs=costs(logistics=1800),
        answers={"q.pro.lure": said},
    )
    assert found.value(f"{UNIT}[product=jar]") < 0
    assert found[UNIT].items == ()
    assert found.value(UNIT) == found.value(f"{UNIT}[product=tea]")


def test_a_name_within_a_name_is_no_lure():
    from toolkit.measures.contribution import lures_of

    class Case:
        answers = {("q.pro.lure", None): "teapot、A"}  # noqa: RUF012

    assert lures_of(Case(), ["te", "teapot", "A", "pot", "cup"]) == ["teapot", "A", "pot"]


def test_half_a_year_of_costs_is_laid_on_the_year(facts):
    found = facts(
        "2025-12-31", orders=orders(), products=PRODUCTS, costs=costs(MONTHS[:6], **BOOKED)
    )
    assert found.value(f"{RATE}[channel=自社EC]") == pytest.approx((400 - 180 - 104) / 400)
    found = facts(
        "2025-12-31", orders=orders(), products=PRODUCTS, costs=costs(MONTHS[:5], **BOOKED)
    )
    assert found[RATE].reason == "no_margin"


RATES = {("q.pla.cost_rates", "logistics"): 0.125, ("q.pla.cost_rates", "cogs"): 0.3}


def test_rates_that_were_answered(facts):
    found = facts("2025-12-31", orders=orders(), products=PRODUCTS, answers=RATES)
    # 12.5 % of 14,400 is 100 an order
    assert found.value(f"{UNIT}[product=tea]") == pytest.approx((1000 - 400 - 500 / 6) / 2)
    assert found[UNIT].basis == "said"
    assert found[RATE].reason == "not_split"  # no word of advertising


def drop(rows, column):
    return [{k: v for k, v in row.items() if k != column} for row in rows]


@pytest.mark.parametrize(
    ("rows", "tables", "unit", "channel"),
    [
        (orders(), {"costs": costs(**BOOKED)}, "no_table", "no_margin"),
        (orders(), {"products": PRODUCTS}, "no_margin", "no_margin"),
        (
            drop(orders(), "quantity"),
            {"products": PRODUCTS, "costs": costs(**BOOKED)},
            "no_column",
            "no_margin",
        ),
        (
            drop(orders(), "channel"),
            {"products": PRODUCTS, "costs": costs(**BOOKED)},
            None,
            "no_column",
        ),
        (
            orders()[60:],
            {"products": PRODUCTS, "costs": costs(**BOOKED)},
            "immature",
            "immature",
        ),
        (
            orders(times=1),
            {"products": PRODUCTS, "costs": costs(**BOOKED)},
            "small_n",
            "small_n",
        ),
        (
            orders(),
            {"products": PRODUCTS[:1], "costs": costs(**BOOKED)},
            "no_margin",  # tea alone is known: 9,000 of 14,400
            "no_margin",
        ),
        (
            [{**row, "channel": None} for row in orders()],
            {"products": PRODUCTS, "costs": costs(**BOOKED)},
            None,
            "no_rows",
        ),
    ],
)
def test_reasons(facts, rows, tables, unit, channel):
    found = facts("2025-12-31", orders=rows, **tables)
    assert found[UNIT].reason == unit
    assert found[RATE].reason == channel


def test_a_loss_stands_though_others_are_unknown(facts):
    found = facts(
        "2025-12-31",
        orders=orders(tea=300),
        products=PRODUCTS[:1],
        costs=costs(logistics=1800),
    )
    assert [item.key for item in found[UNIT].items] == ["tea"]


def test_one_channel_carries_all_that_is_booked(facts):
    rows = [{**row, "channel": "自社EC"} for row in orders()]
    found = facts("2025-12-31", orders=rows, costs=costs(cogs=4320, advertising=1440, **FEES))
    assert found.value(RATE) == pytest.approx(1 - 0.30 - 0.10 - 0.01)
    assert found[f"{RATE}[channel=自社EC]"].n == 216


FEES = {"payment_fee": 144}


def ads(**media):
    return [
        {"month": month, "channel": medium, "amount": amount, "new_customers": 1}
        for month in MONTHS
        for medium, amount in media.items()
    ]


@pytest.mark.parametrize(
    ("media", "rakuten", "own"),
    [
        ({"楽天RPP": 900}, 100, 0),
        ({"Google広告": 360}, 0, 40),  # the only channel that is no marketplace
        ({"自社EC": 90, "楽天市場": 180}, 20, 10),
    ],
)
def test_advertising_goes_to_the_channel_it_is_for(facts, media, rakuten, own):
    found = facts(
        "2025-12-31",
        orders=orders(),
        products=PRODUCTS,
        costs=costs(payment_fee=144),
        ad_spend=ads(**media),
    )
    expected = {"楽天市場": (1200 - 490 - 12 - rakuten) / 1200, "自社EC": (400 - 184 - own) / 400}
    for channel, value in expected.items():
        assert found.value(f"{RATE}[channel={channel}]") == pytest.approx(value)


def test_advertising_that_cannot_be_told_apart(facts):
    rows = [
        {**row, "channel": "電話" if row["order_date"][8:] > "15" else row["channel"]}
        if row["channel"] == "自社EC"
        else row
        for row in orders()
    ]
    tables = {"products": PRODUCTS, "costs": costs(payment_fee=144)}
    found = facts("2025-12-31", orders=rows, ad_spend=ads(Google広告=90), **tables)
    assert found[f"{RATE}[channel=自社EC]"].reason == "not_split"
    assert found[f"{RATE}[channel=電話]"].reason == "not_split"
    assert found.value(f"{RATE}[channel=楽天市場]") == pytest.approx((1200 - 502) / 1200)
    short = [row for row in ads(Google広告=90) if row["month"] > "2025-03"]
    found = facts("2025-12-31", orders=rows, ad_spend=short, **tables)
    assert found[f"{RATE}[channel=楽天市場]"].reason == "not_split"
    booked = costs(payment_fee=144, advertising=90)
    found = facts("2025-12-31", orders=rows, products=PRODUCTS, costs=booked)
    assert found[f"{RATE}[channel=楽天市場]"].reason == "not_split"


def test_fees_of_two_marketplaces_are_not_split(facts):
    rows = [
        {**row, "channel": "Amazon" if row["order_date"][8:] > "15" else row["channel"]}
        if row["channel"] == "楽天市場"
        else row
        for row in orders()
    ]
    found = facts("2025-12-31", orders=rows, products=PRODUCTS, costs=costs(**BOOKED))
    assert found[f"{RATE}[channel=楽天市場]"].reason == "not_split"
    assert found[f"{RATE}[channel=Amazon]"].reason == "not_split"
    assert found.value(f"{RATE}[channel=自社EC]") == pytest.approx((400 - 180 - 104) / 400)


def test_series_of_the_charts(measured):
    found = measured(
        "2025-12-31", orders=orders(jar=120), products=PRODUCTS, costs=costs(logistics=1800)
    )
    series = {one.id: one.to_frame() for one in found.series}
    items = series["item_contribution"]
    assert list(items["label"]) == ["tea", "jar"]
    assert list(items["tone"]) == ["plain", "high"]
    assert items["value"].iloc[1] == pytest.approx((120 - 90 - 100 * 120 / 1120 - 40) * 108)
    channel = series["channel_contribution"]
    assert list(channel["label"]) == ["楽天市場", "自社EC"]
    assert list(channel["tone"]) == ["plain", "high"]
    assert channel["value"].iloc[1] == pytest.approx(-40 / 240)


def test_no_series_without_costs(measured):
    found = measured("2025-12-31", orders=orders(), products=PRODUCTS)
    assert not {"item_contribution", "channel_contribution"} & {one.id for one in found.series}


def test_rows_behind_the_items(measured):
    stock = [{"product": "jar", "date": "2025-12-31", "quantity": 10}]
    stock += [{"product": "urn", "date": "2025-12-31", "quantity": 1}]
    found = measured(
        "2025-12-31",
        orders=orders(),
        products=PRODUCTS,
        costs=costs(**BOOKED),
        stock=stock,
    )
    items = found.evidence["products"].set_index("product")
    assert items.loc["tea", "sales"] == 9 * 12 * 1000
    assert items.loc["jar", "orders"] == 216
    assert (items.loc["jar", "file"], items.loc["jar", "row"]) == ("data/products.csv", 3)
    held = found.evidence["stock"].set_index("product")
    # 324 jars from 1 January to the last order on 25 December: 359 days
    assert held.loc["jar", "days"] == pytest.approx(10 / (324 / 359))
    assert held["days"].isna().tolist() == [False, True]
    assert (held.loc["urn", "row"], held.loc["urn", "item_class"]) == (3, "C")
