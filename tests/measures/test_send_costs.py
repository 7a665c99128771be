"""What a send costs and how often a record is sent to, by hand."""

from dataclasses import dataclass, field

import pandas as pd
import pytest

from toolkit.measures.send_costs import EACH, TIMES

SENDS = [
    {"date": "2025-02-01", "kind": "card", "sends": 100, "cost": 9000, "responses": 1},
    {"date": "2025-06-01", "kind": "mail", "sends": 300, "cost": 1000, "responses": 1},
    {"date": "2025-07-01", "kind": "card", "sends": 50, "cost": None, "responses": 1},
    {"date": "2024-12-31", "kind": "card", "sends": 900, "cost": 90_000, "responses": 1},
]
ORDERS = [{"order_id": "1", "customer_id": "a", "order_date": "2025-01-01", "amount": 1}]
LIST = [{"customer_id": name, "age_band": "40代"} for name in "abcd"]


@dataclass
class Found:
    """Matches of four listed records, two of them one person."""

    persons: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame({"key": list("abcd"), "person": [1, 1, 2, 3]})
    )
    places: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            {"key": list("abcd"), "file": ["data/customers.csv"] * 4, "row": range(4)}
        )
    )
    counts: dict[str, int] = field(default_factory=lambda: {"guest_keys": 0})


def test_a_send_and_a_record(facts):
    tables = {"promotions": SENDS, "orders": ORDERS, "customers": LIST}
    found = facts("2025-12-31", matches=Found(), **tables)
    assert (found.value(EACH), found[EACH].n) == (10_000 / 400, 400)
    assert (found.value(TIMES), found[TIMES].n) == (100.0, 4)
    assert found[EACH].period == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(
    ("promotions", "reason"),
    [
        (None, "no_table"),
        ([{"date": "2025-02-01", "kind": "card", "cost": 1}], "no_column"),
        (SENDS[3:], "no_rows"),
        ([{**SENDS[0], "sends": 0}], "no_rows"),
    ],
)
def test_why_there_is_no_cost_of_a_send(facts, promotions, reason):
    tables = {} if promotions is None else {"promotions": promotions}
    found = facts("2025-12-31", matches=Found(), orders=ORDERS, customers=LIST, **tables)
    assert (found[EACH].reason, found[TIMES].reason) == (reason, reason)


def test_records_that_were_not_matched(facts):
    found = facts("2025-12-31", promotions=SENDS, orders=ORDERS, customers=LIST)
    assert found[EACH].known
    assert (found[TIMES].reason, found[TIMES].needs) == ("no_column", ("customers",))
