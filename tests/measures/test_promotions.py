"""What promotions earn, and the rhythm of sends, by hand."""

import pytest

NET, LOSS = "promotions.net_yen", "promotions.loss_yen"
RATE = {("q.pla.cost_rates", "cogs"): 0.6}
# Mean order 1,000 × margin 0.4: a response earns 400.
ORDERS = "a 2025-01-10 500\n b 2025-02-10 1500\n c 2025-03-31 1000\n old 2023-01-01 99999"


def sends(kind, *responses, cost=1000, month="2025-01"):
    return [
        {"date": f"{month}-{1 + i:02d}", "kind": kind, "sends": 500, "cost": cost, "responses": r}
        for i, r in enumerate(responses)
    ]


def test_net_by_kind(facts, orders):
    """Mail: 4 + 3 + 2 responses × 400 − 3 × 1,000 = 600; DM: 2 × 400 − 3 × 1,000 = −2,200;
    letters: 5 × 400 − 3 × 1,000 = −1,000."""
    rows = sends("mail", 4, 3, 2) + sends("dm", 1, 1, 0) + sends("letter", 5, 0, 0)
    found = facts("2025-03-31", answers=RATE, orders=orders(ORDERS), promotions=rows)
    assert found.value(f"{NET}[kind=mail]") == pytest.approx(600)
    assert found.value(f"{NET}[kind=dm]") == pytest.approx(-2200)
    lowest = found[NET]
    assert (lowest.value, lowest.n, lowest.basis) == (pytest.approx(-2200), 3, "said")
    assert [item.key for item in lowest.items] == ["dm", "letter"]
    assert found.value(LOSS) == pytest.approx(3200)
    assert lowest.low is None
    assert lowest.period == ("2024-04-01", "2025-03-31")


def test_two_sends_or_an_old_one_are_not_judged(facts, orders):
    rows = sends("dm", 0, 0) + sends("dm", 0, month="2023-12")
    found = facts("2025-03-31", answers=RATE, orders=orders(ORDERS), promotions=rows)
    assert found[f"{NET}[kind=dm]"].reason == "small_n"
    assert found[NET].reason == "small_n"


def test_what_was_not_counted_tells_nothing(facts, orders):
    rows = sends("dm", 1, 1, None) + sends("dm", 9, cost=None, month="2025-02")
    found = facts("2025-03-31", answers=RATE, orders=orders(ORDERS), promotions=rows)
    assert (found[NET].reason, found[f"{NET}[kind=dm]"].n) == ("small_n", 2)


def test_notices_seek_no_order(facts, orders):
    rows = sends("新商品のお知らせ", 0, 0, 0) + sends("ＷＩＮＴＥＲ card", 0, 0, 0)
    given = {"orders": orders(ORDERS), "promotions": rows}
    found = facts("2025-03-31", answers=RATE, **given)
    assert found[f"{NET}[kind=新商品のお知らせ]"].state == "not_applicable"
    assert found.value(NET) == pytest.approx(-3000)
    named = {**RATE, "q.sal.notice_kinds": "spring card、 winter card"}
    assert facts("2025-03-31", answers=named, **given)[NET].state == "not_applicable"


def test_why_there_is_no_net(facts, orders):
    rows = sends("dm", 1, 1, 1)
    assert facts("2025-03-31")[NET].reason == "no_table"
    bare = [{key: row[key] for key in ("date", "kind", "sends")} for row in rows]
    assert facts("2025-03-31", promotions=bare)[NET].reason == "no_column"
    alone = facts("2025-03-31", answers=RATE, promotions=rows)[NET]
    assert (alone.reason, alone.needs) == ("no_table", ("orders",))
    unpriced = facts("2025-03-31", orders=orders(ORDERS), promotions=rows)[NET]
    assert (unpriced.reason, unpriced.needs) == ("no_margin", ("costs", "q.pla.cost_rates"))


def test_rhythm_of_sends(facts):
    """Sent on 1, 11 and 31 January (two kinds that day): gaps of 10 and 20 days, 59 days ago."""
    days = ("2025-01-01", "2025-01-11", "2025-01-31", "2025-01-31")
    rows = [{"date": day, "kind": f"k{i}", "sends": 100} for i, day in enumerate(days)]
    rows.append({"date": "2025-03-01", "kind": "none sent", "sends": 0})
    found = facts("2025-03-31", promotions=rows)
    assert found.value("promotions.last_send_days") == 59
    assert found.value("promotions.sends_count") == 3
    assert found.value("promotions.send_interval_days") == 15


def test_two_sends_are_no_rhythm(facts):
    rows = [{"date": day, "kind": "mail"} for day in ("2023-01-01", "2025-01-11", "2025-01-31")]
    found = facts("2025-03-31", promotions=rows)
    assert found.value("promotions.sends_count") == 2
    assert found["promotions.send_interval_days"].reason == "small_n"
    assert facts("2025-03-31")["promotions.last_send_days"].reason == "no_table"
    never = [{"date": "2025-01-31", "kind": "mail", "sends": 0}]
    assert facts("2025-03-31", promotions=never)["promotions.last_send_days"].reason == "no_rows"
