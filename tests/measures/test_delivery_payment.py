"""Payment on delivery refused and deferred payment left open, by hand."""

import pytest

COD, COD_YOY = "orders.cod_refused_share", "orders.cod_refused_share_yoy"
LATER, LATER_YOY = "receivables.deferred_unpaid_share", "receivables.deferred_unpaid_share_yoy"


def order(number, day, method="代金引換", **more):
    return {
        "order_id": f"o{number:04d}",
        "customer_id": f"c{number}",
        "order_date": day,
        "amount": 100,
        "payment_method": method,
        "status": "発送済",
        "shipped_at": day,
        "returned_at": None,
        "paid_at": None,
        **more,
    }


# A card order on 2025-12-31 sets the day up to which the table speaks; orders on delivery count
# up to 30 days before it. Sent: five; refused 1 (status), sent back 1, cancelled on the way 1.
COD_ROWS = [
    order(1, "2025-02-01"),
    order(2, "2025-06-01", status="受取拒否"),
    order(3, "2025-07-01", returned_at="2025-07-10"),
    order(4, "2025-08-01", status="キャンセル", _cancelled=True),
    order(5, "2025-09-01", status="キャンセル", _cancelled=True, shipped_at=None),  # never left
    order(6, "2025-12-01"),
    order(7, "2025-12-02", status="受取拒否"),  # too young to tell
    order(8, "2025-12-31", "カード"),
]
COD_ROWS = [{"_cancelled": False, **row} for row in COD_ROWS]


def test_refused_of_those_sent(facts):
    share = facts("2025-12-31", orders=COD_ROWS)[COD]
    assert (share.value, share.n) == (pytest.approx(3 / 5), 5)
    assert share.period == ("2024-12-02", "2025-12-01")
    assert share.low < 0.6 < share.high


def test_without_shipping_days_every_cancelled_order_counts(facts):
    rows = [{k: v for k, v in row.items() if k != "shipped_at"} for row in COD_ROWS]
    share = facts("2025-12-31", orders=rows)[COD]
    assert (share.value, share.n) == (pytest.approx(4 / 6), 6)


def test_refused_against_a_year_ago(facts):
    """The twelve months before hold two orders, one of them refused: 3/5 − 1/2."""
    before = [order(20, "2023-12-03"), order(21, "2024-05-01", status="長期不在")]
    rows = [*({"_cancelled": False, **row} for row in before), *COD_ROWS]
    found = facts("2025-12-31", orders=rows)
    assert found[COD_YOY].value == pytest.approx(0.1)
    assert found[COD_YOY].n == 2
    assert found[COD_YOY].low95 < 0.1 < found[COD_YOY].high95
    assert found[f"{COD_YOY}_change"].value == pytest.approx(0.2)
    assert facts("2025-12-31", orders=COD_ROWS)[COD_YOY].reason == "immature"


def test_words_for_payment_on_delivery(facts):
    for method in ("代引", "ヤマト代引き（コレクト）", "ＣＯＤ", "Cash on delivery"):
        rows = [{**row, "payment_method": method} for row in COD_ROWS[:7]]
        assert facts("2025-12-31", orders=[*rows, COD_ROWS[7]])[COD].n == 5, method
    rows = [{**row, "payment_method": "codec"} for row in COD_ROWS]
    assert facts("2025-12-31", orders=rows)[COD].state == "not_applicable"


# As of 2025-12-31 orders count up to 90 days before, 2025-10-02. On day 90 is in time.
LATER_ROWS = [
    order(1, "2025-01-01", "後払い", paid_at="2025-04-01"),  # day 90
    order(2, "2025-01-01", "コンビニ後払い", paid_at="2025-04-02"),  # day 91: late
    order(3, "2025-05-01", "後払い"),  # never
    order(4, "2025-10-02", "後払い", paid_at="2025-10-20"),
    order(5, "2025-10-03", "後払い"),  # not yet 90 days old
    order(6, "2025-05-01", "後払い", returned_at="2025-05-20"),
    order(7, "2025-05-01", "後払い", _cancelled=True),
    order(8, "2025-05-01", "NP後払い"),  # the provider bears the loss
    order(9, "2025-12-31", "カード"),
]
LATER_ROWS = [{"_cancelled": False, **row} for row in LATER_ROWS]


def test_unpaid_at_ninety_days(facts):
    share = facts("2025-12-31", orders=LATER_ROWS)[LATER]
    assert (share.value, share.n) == (pytest.approx(2 / 4), 4)
    assert share.period == ("2024-10-03", "2025-10-02")


def test_unpaid_against_a_year_ago(facts):
    """The twelve months before hold four orders, one of them unpaid: 2/4 − 1/4."""
    rows = [order(30 + n, "2024-01-01", "後払い", paid_at="2024-01-09") for n in range(3)]
    rows += [order(40, "2023-10-04", "後払い")]
    found = facts("2025-12-31", orders=[*({"_cancelled": False, **r} for r in rows), *LATER_ROWS])
    assert found[LATER_YOY].value == pytest.approx(0.25)


def test_methods_not_offered_are_no_question(facts):
    card = [{**row, "payment_method": "カード"} for row in COD_ROWS]
    found = facts("2025-12-31", orders=card)
    for name in (COD, COD_YOY, f"{COD_YOY}_change", LATER, LATER_YOY, f"{LATER_YOY}_change"):
        assert found[name].state == "not_applicable", name
    guaranteed = [{**row, "payment_method": "NP後払い"} for row in LATER_ROWS]
    assert facts("2025-12-31", orders=guaranteed)[LATER].state == "not_applicable"


def test_why_there_is_no_share(facts, orders):
    assert facts("2025-12-31")[COD].reason == "no_table"
    assert facts("2025-12-31", orders=orders("a 2025-01-01 1"))[COD].reason == "no_column"
    bare = ("status", "returned_at")
    rows = [{k: v for k, v in row.items() if k not in bare} for row in COD_ROWS]
    assert facts("2025-12-31", orders=rows)[COD].reason == "no_column"
    unpaid = [{k: v for k, v in row.items() if k != "paid_at"} for row in LATER_ROWS]
    assert facts("2025-12-31", orders=unpaid)[LATER].reason == "no_column"
    blank = [{**row, "paid_at": None} for row in LATER_ROWS]  # payment is not noted here
    assert facts("2025-12-31", orders=blank)[LATER].reason == "no_rows"
    young = [COD_ROWS[6], COD_ROWS[7]]
    assert facts("2025-12-31", orders=young)[COD].reason == "immature"
    nameless = [{**row, "payment_method": None} for row in COD_ROWS]
    assert facts("2025-12-31", orders=nameless)[COD].reason == "no_rows"


def test_how_many_more_than_last_year(facts):
    """0.1 more of the five orders of this year is half an order more."""
    before = [order(20, "2023-12-03"), order(21, "2024-05-01", status="長期不在")]
    rows = [*({"_cancelled": False, **row} for row in before), *COD_ROWS]
    found = facts("2025-12-31", orders=rows)
    extra, gap = found["orders.cod_refused_extra_count"], found[COD_YOY]
    assert (extra.value, extra.n) == (pytest.approx(0.5), 5)
    assert (extra.low, extra.high) == (pytest.approx(gap.low * 5), pytest.approx(gap.high * 5))


def test_no_year_before_no_number_more(facts):
    found = facts("2025-12-31", orders=COD_ROWS)
    assert found["orders.cod_refused_extra_count"].reason == found[COD_YOY].reason
    assert not found["orders.cod_refused_extra_count"].known
    assert found["receivables.deferred_unpaid_extra_count"].state == "not_applicable"
