"""The bridge of recurring revenue, worked out by hand."""

import pytest

from toolkit.facts import Facts

TODAY = "2025-03-31"


def contract(account, start, end=None, mrr=100, churned=None):
    return {"account_id": account, "start": start, "end": end, "mrr": mrr, "churned_at": churned}


# a year ago: a 100, b 200, c 300, d 400, e 50 = 1,050
BOOK = [
    contract("a", "2023-04-01", "2024-05-31", 100),
    contract("a", "2024-06-01", None, 150),  # + 50
    contract("b", "2023-06-01", "2024-05-31", 200),  # ended
    contract("c", "2024-01-01", "2024-12-31", 300),
    contract("c", "2025-01-01", None, 260),  # − 40
    contract("d", "2023-10-01", None, 400),  # as before
    contract("e", "2024-02-01", None, 50, churned="2024-12-15"),  # left
    contract("new", "2024-11-01", None, 999),  # not among those of a year ago
]


@pytest.mark.parametrize(
    ("part", "amount", "n"),
    [
        ("start", 1050.0, 5),
        ("churned", 200.0 + 50.0, 2),
        ("reduced", 40.0, 1),
        ("expanded", 50.0, 1),
        ("end", 1050.0 - 250 - 40 + 50, 5),
    ],
)
def test_by_hand(facts, part, amount, n):
    fact = facts(TODAY, model="saas", contracts=BOOK)[f"contracts.mrr_bridge[part={part}]"]
    assert (fact.value, fact.n, fact.unit) == (amount, n, "yen")
    assert fact.period == ("2024-03-31", TODAY)


def test_it_ends_at_net_retention(facts):
    found = facts(TODAY, model="saas", contracts=BOOK)
    start, end = (found.value(f"contracts.mrr_bridge[part={part}]") for part in ("start", "end"))
    assert end / start == pytest.approx(found.value("contracts.nrr"))


def test_parts_name_the_accounts_the_largest_first(facts):
    found = facts(TODAY, model="saas", contracts=BOOK)
    items = found["contracts.mrr_bridge[part=churned]"].items
    assert [(item.key, item.value) for item in items] == [("b", 200.0), ("e", 50.0)]


def test_an_account_that_went_free_is_reduced_not_lost(facts):
    rows = [
        contract("a", "2024-01-01", "2024-06-30", 100),
        contract("a", "2024-07-01", None, 0),
    ]
    found = facts(TODAY, model="saas", contracts=rows)
    assert found.value("contracts.mrr_bridge[part=churned]") == 0.0
    assert found.value("contracts.mrr_bridge[part=reduced]") == 100.0


def test_the_series_has_signs_and_shares_of_the_start(measured):
    series = {one.id: one for one in measured(TODAY, model="saas", contracts=BOOK).series}
    bridge = series["nrr_bridge"]
    assert bridge.columns == ("item", "amount", "change")
    assert bridge.rows == (
        ("churned", -250.0, -250 / 1050),
        ("reduced", -40.0, -40 / 1050),
        ("expanded", 50.0, 50 / 1050),
    )
    assert 1 + sum(row[2] for row in bridge.rows) == pytest.approx(810 / 1050)


def test_unknown_reasons(facts, measured):
    young = measured(TODAY, model="saas", contracts=[contract("a", "2024-06-01")])
    assert Facts(young.facts)["contracts.mrr_bridge"].reason == "immature"
    assert "nrr_bridge" not in {one.id for one in young.series}
    bare = [{key: value for key, value in row.items() if key != "mrr"} for row in BOOK]
    assert facts(TODAY, contracts=bare)["contracts.mrr_bridge"].reason == "no_column"
    assert facts(TODAY)["contracts.mrr_bridge"].reason == "no_table"
