"""Days and hours until orders are sent and arrive, by hand."""

from datetime import datetime, timedelta

import pytest

ROWS = [
    # order, ordered, shipped, delivered
    ("1", "2025-03-03", "2025-03-03", "2025-03-05"),  # 0 days, 2 days
    ("2", "2025-03-03", "2025-03-04", "2025-03-06"),  # 1, 3
    ("3", "2025-03-07", "2025-03-10", "2025-03-11"),  # 3, 4
    ("4", "2025-03-07", "2025-03-06", None),  # shipped before it was ordered
    ("5", "2025-03-10", None, None),  # not yet
    ("6", "2025-03-10", "2025-03-20", "2025-03-01"),  # 10; delivered before it was ordered
]


def order(number, ordered, shipped=None, delivered=None, **more):
    return {
        "order_id": number,
        "customer_id": "ann",
        "order_date": ordered,
        "amount": 100,
        "shipped_at": shipped,
        "delivered_at": delivered,
        **more,
    }


ORDERS = [order(*row) for row in ROWS]


def test_days_to_ship_and_deliver(facts):
    found = facts("2025-03-31", orders=ORDERS)
    middle = found["delivery.ship_days_median"]
    assert (middle.value, middle.n) == (2.0, 4)  # of 0, 1, 3, 10
    assert middle.period == ("2025-03-03", "2025-03-20")
    # the 90th percentile lies at 2.7 of four values: 3 + 0.7 · 7
    assert found.value("delivery.ship_days_p90") == pytest.approx(7.9)
    assert found.value("delivery.ship_negative_count") == 1
    assert found.value("delivery.delivery_days_median") == 3.0  # of 2, 3, 4
    assert found.value("delivery.delivery_negative_count") == 1


def test_cancelled_orders_are_left_out(facts):
    rows = [*ORDERS, order("7", "2025-03-01", "2025-03-31", _cancelled=True)]
    rows = [{"_cancelled": False, **row} for row in rows]
    assert facts("2025-03-31", orders=rows)["delivery.ship_days_median"].n == 4


def test_an_order_in_parts_is_sent_with_its_last(facts):
    rows = [order("1", "2025-03-03", "2025-03-04"), order("1", "2025-03-03", "2025-03-07")]
    found = facts("2025-03-31", orders=rows)["delivery.ship_days_median"]
    assert (found.value, found.n) == (4.0, 1)


def test_elapsed_time_where_both_are_timed(facts):
    rows = [order("1", "2025-03-03 18:00", "2025-03-04 06:00")]
    assert facts("2025-03-31", orders=rows).value("delivery.ship_days_median") == 0.5


def test_calendar_days_where_one_is_a_date(facts):
    """Shipped on the day of an order at six in the evening is no negative time."""
    rows = [
        order("1", "2025-03-03 18:00", "2025-03-03"),
        order("2", "2025-03-03 18:00", "2025-03-04"),
    ]
    found = facts("2025-03-31", orders=rows)
    assert found.value("delivery.ship_days_median") == 0.5
    assert found.value("delivery.ship_negative_count") == 0


def test_reasons(facts):
    plain = [{k: v for k, v in row.items() if not k.endswith("ed_at")} for row in ORDERS]
    names = ("ship_days_median", "ship_days_p90", "delivery_days_median", "ship_hours_p90")
    for name in names:
        assert facts("2025-03-31")[f"delivery.{name}"].reason == "no_table"
        assert facts("2025-03-31", orders=plain)[f"delivery.{name}"].reason == "no_column"
        blank = [order(row["order_id"], row["order_date"]) for row in ORDERS]
        assert facts("2025-03-31", orders=blank)[f"delivery.{name}"].reason == "no_rows"


def test_all_shipped_before_the_order(facts):
    found = facts("2025-03-31", orders=[ORDERS[3]])
    assert found["delivery.ship_days_median"].reason == "no_rows"
    assert found.value("delivery.ship_negative_count") == 1
    assert found["delivery.ship_hours_p90"].reason == "no_rows"


def timed(hours):
    """Orders of Mondays at ten, each shipped after so many hours of the same week's business."""
    rows = []
    for number, wait in enumerate(hours):
        ordered = datetime(2025, 3, 3, 10) + timedelta(weeks=number)
        days, rest = divmod(wait + 1, 9)  # a day of business has nine hours, from nine
        shipped = datetime(ordered.year, ordered.month, ordered.day, 9) + timedelta(
            days=days, hours=rest
        )
        rows.append(order(str(number), ordered.isoformat(), shipped.isoformat()))
    return rows


def test_business_hours_and_the_promise(facts):
    found = facts("2025-12-31", orders=timed([2, 4, 5, 7, 9, 10, 12, 14, 16, 20, 24]))
    hours = found["delivery.ship_hours_p90"]
    assert (hours.value, hours.n) == (pytest.approx(20), 11)  # the tenth of eleven
    assert hours.low <= 20 <= hours.high
    promised = found["delivery.ship_promise_hours_p90"]
    assert promised.value == pytest.approx(2 * 24 + 2)  # two working days and two hours
    assert promised.low < promised.value <= promised.high


def test_without_a_time_of_day_working_days_count(facts):
    rows = [
        order("1", "2025-03-03", "2025-03-03"),  # the same day: none
        order("2", "2025-03-07 12:00", "2025-03-10"),  # Friday to Monday: nine hours
    ]
    assert facts("2025-03-31", orders=rows).value("delivery.ship_hours_p90") == pytest.approx(8.1)


def test_a_client_may_open_longer(facts):
    rows = [order("1", "2025-03-03", "2025-03-04")]
    found = facts("2025-03-31", orders=rows, thresholds={"business_closes": 20})
    assert found.value("delivery.ship_hours_p90") == 11.0


def steady(days, wait):
    first = datetime(2023, 1, 2)
    return [
        order(f"{first:%Y%m%d}-{day}", (first + timedelta(days=day)).date().isoformat(), shipped)
        for day in range(days)
        for shipped in [wait(first + timedelta(days=day)).date().isoformat()]
    ]


def test_longer_than_last_year(facts):
    def wait(ordered):
        return ordered + timedelta(days=7 if ordered.year < 2024 else 14)

    rows = steady(745, wait)
    gap = facts("2025-01-31", orders=rows)["delivery.ship_hours_p90_yoy"]
    assert gap.value == pytest.approx(45)  # a week later: five days of nine hours
    assert gap.low95 > 0


def test_one_year_is_immature(facts):
    rows = steady(400, lambda ordered: ordered + timedelta(days=1))
    found = facts("2025-01-31", orders=rows)
    assert found["delivery.ship_hours_p90_yoy"].reason == "immature"
    assert found["delivery.ship_hours_p90"].known


def test_days_to_ship_in_classes(measured):
    found = measured("2025-03-31", orders=ORDERS)
    series = {one.id: one for one in found.series}["ship_days"]
    rows = {row[0]: row[1:] for row in series.rows}
    assert rows == {
        "0": (1, 0.25), "1": (1, 0.25), "2": (0, 0.0), "3": (1, 0.25), "4": (0, 0.0),
        "5": (0, 0.0), "6": (0, 0.0), "7": (0, 0.0), "8-14": (1, 0.25),
    }  # fmt: skip


def test_the_next_morning_is_another_day(measured):
    rows = [order("1", "2025-03-03 18:00", "2025-03-04 06:00")]
    found = measured("2025-03-31", orders=rows)
    assert {one.id: one for one in found.series}["ship_days"].rows == (("0", 0, 0.0), ("1", 1, 1.0))


def test_the_longest_waits_are_one_class(measured):
    rows = [order("1", "2025-03-01", "2025-03-16"), order("2", "2025-03-01", "2025-03-31")]
    found = measured("2025-03-31", orders=rows)
    assert {one.id: one for one in found.series}["ship_days"].rows[-1] == ("15+", 2, 1.0)
