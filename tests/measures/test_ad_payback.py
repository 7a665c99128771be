"""Margin within the allowed months against advertising, by hand."""

from datetime import date, timedelta

import pytest

LTV, GAP = "acquisition.ltv_margin", "acquisition.ltv_minus_cpo"
SHORTFALL = "acquisition.payback_shortfall_yen"
SAID = {"q.sal.payback_months": 6, ("q.pla.cost_rates", "cogs"): 0.6}
YEAR = [f"2024-{month:02d}" for month in range(1, 13)]


def shop(**sources):
    """Each day of 2024 a new customer per source with the amounts of the first and second order.

    The second order is 100 days later; a third one 200 days later lies outside six months.
    """
    orders, listed = [], []
    for name, (first, second) in sources.items():
        for number in range(366):
            day, customer = date(2024, 1, 1) + timedelta(days=number), f"{name}{number}"
            listed.append({"customer_id": customer, "channel": name})
            for place, (after, amount) in enumerate(((0, first), (100, second), (200, 99999))):
                orders.append(
                    {
                        "order_id": f"{customer}-{place}",
                        "customer_id": customer,
                        "order_date": (day + timedelta(days=after)).isoformat(),
                        "amount": amount + number % 2,  # not all alike: an interval has a width
                    }
                )
    return {"orders": [o for o in orders if o["order_date"] <= "2025-06-30"], "customers": listed}


def spend(months=YEAR, **channels):
    return [
        {"month": month, "channel": name, "amount": amount, "new_customers": count}
        for month in months
        for name, (amount, count) in channels.items()
    ]


def test_margin_in_the_allowed_months(facts):
    """(3,000.5 + 2,000.5) × 0.4 = 2,000.4 for customers whose 182 days had passed by 30 June."""
    found = facts("2025-06-30", answers=SAID, **shop(search=(3000, 2000)))
    fact = found[LTV]
    assert fact.value == pytest.approx(2000.4)
    assert (fact.n, fact.basis) == (365, "said")  # 30 June − 182 days = 30 December
    assert fact.low < fact.value < fact.high
    assert fact.period == ("2024-01-01", "2024-12-30")


def test_only_customers_whose_months_have_passed(facts):
    found = facts("2024-12-31", answers=SAID, **shop(search=(3000, 2000)))
    assert found[LTV].period[1] == "2024-12-30"  # as of 30 June 2025, where the orders end
    young = shop(search=(3000, 2000))
    young["orders"] = [o for o in young["orders"] if o["order_date"] <= "2024-12-31"]
    found = facts("2024-12-31", answers=SAID, **young)
    assert found[LTV].n == 184  # first orders of 1 January to 2 July, 182 days before the last
    assert found[LTV].value == pytest.approx(2000.4)


def test_channels_against_what_they_cost(facts):
    """Search leaves 2,000.4 and costs 1,500; social leaves 2,000.4 and costs 2,500, 40 a month.

    Social falls short by 499.6 a customer. December's last customer lacks a day of the half
    year on 30 June 2025, so eleven months count: 440 customers × 499.6.
    """
    ads = spend(search=(60000, 40), social=(100000, 40))
    both = shop(search=(3000, 2000), social=(3000, 2000))
    found = facts("2025-06-30", answers=SAID, ad_spend=ads, **both)
    assert found.value(f"{GAP}[channel=search]") == pytest.approx(500.4, abs=0.1)
    social = found[f"{GAP}[channel=social]"]
    assert social.value == pytest.approx(-499.6, abs=0.1)
    assert social.period == ("2024-01-01", "2024-11-30")
    assert social.n == 335  # first orders of January to November
    assert found[GAP].value == social.value
    assert [item.key for item in found[GAP].items] == ["social"]
    assert found[SHORTFALL].value == pytest.approx(-social.value * 11 * 40)
    assert found.value(f"{LTV}[channel=social]") == pytest.approx(2500 + social.value)


def test_groups_too_small_or_too_young_are_left_out(facts):
    ads = spend(search=(60000, 40)) + spend(["2024-10", "2024-11"], social=(900000, 40))
    both = shop(search=(3000, 2000), social=(3000, 2000))
    found = facts("2025-06-30", answers=SAID, ad_spend=ads, **both)
    assert [f.by for f in found.breakdown(GAP) if f.by] == [{"channel": "search"}]
    assert found[GAP].value > 0
    assert found[GAP].items == ()
    assert found.value(SHORTFALL) == 0
    few = spend(print=(60000, 40))
    untraced = facts("2025-06-30", answers=SAID, ad_spend=few, **shop(search=(3000, 2000)))
    assert untraced[GAP].reason == "small_n"
    new = spend(["2024-10", "2024-11"], search=(60000, 40))
    young = facts("2025-06-30", answers=SAID, ad_spend=new, **shop(search=(3000, 2000)))
    assert young[GAP].reason == "immature"


def test_several_channels_share_the_error(facts):
    one = facts("2025-06-30", answers=SAID, ad_spend=spend(a=(60000, 40)), **shop(a=(3000, 2000)))[
        f"{GAP}[channel=a]"
    ]
    ads = spend(a=(60000, 40), b=(60000, 40))
    both = shop(a=(3000, 2000), b=(3000, 2000))
    two = facts("2025-06-30", answers=SAID, ad_spend=ads, **both)[f"{GAP}[channel=a]"]
    assert two.high95 > one.high95


def test_what_is_missing_is_asked_for_in_turn(facts):
    known = shop(search=(3000, 2000))
    ads = spend(search=(60000, 40))
    margin = {("q.pla.cost_rates", "cogs"): 0.6}

    def why(answers=SAID, **tables):
        fact = facts("2025-06-30", answers=answers, **tables)[GAP]
        return fact.reason, fact.needs

    assert why(ad_spend=ads) == ("no_table", ("orders",))
    unasked = why(margin, ad_spend=ads, **known)
    assert unasked == ("not_asked", ("q.sal.payback_months",))
    unknown = {**margin, "q.sal.payback_months": "unknown"}
    assert why(unknown, ad_spend=ads, **known)[0] == "answered_unknown"
    no_margin = why({"q.sal.payback_months": 6}, ad_spend=ads, **known)
    assert no_margin == ("no_margin", ("costs", "q.pla.cost_rates"))
    assert why(**known) == ("no_table", ("ad_spend",))
    long = {**SAID, "q.sal.payback_months": 60}
    assert why(long, ad_spend=ads, **known)[0] == "immature"


def test_new_customers_of_each_group(facts):
    # July 2024 to December are too young for 182 days on 30 June: twelve months of 30 are whole
    tables = shop(search=(3000, 2000))
    found = facts("2025-06-30", answers=SAID, ad_spend=spend(search=(60_000, 30)), **tables)
    fact = found["acquisition.ad_group_new_customers[channel=search]"]
    assert fact.value == 11 * 30  # December ends a day too late for its last customer
    assert fact.period == found[f"{GAP}[channel=search]"].period
