"""The health score tried on past renewals and losses, by hand."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from toolkit.measures.health import health_series
from toolkit.measures.health_trial import auc, trial_facts, trial_rows
from toolkit.measures.intervals import wilson

TODAY = date(2025, 3, 31)
END = TODAY - timedelta(days=30)
LOOKED = END - timedelta(days=90)
AUC = "contracts.health_auc"
CAUGHT, COUNT = "contracts.health_flagged_losses_share", "contracts.health_flagged_losses_count"
FALSE_ALARM = "contracts.health_false_alarm_share"


def test_auc_by_hand():
    kept, lost = np.array([90.0, 70.0, 50.0]), np.array([60.0, 50.0])
    # pairs won: 90 over both, 70 over both, 50 over none but half of the tie: 4.5 of 6
    value, interval = auc(kept, lost)
    assert value == pytest.approx(4.5 / 6)
    assert interval.low95 < interval.low < value < interval.high < interval.high95


def test_a_score_without_meaning_wins_half_the_pairs():
    same = np.arange(40.0)
    value, interval = auc(same, same)
    assert value == pytest.approx(0.5)
    assert interval.low95 < 0.5 < interval.high95


def tried(*rows, floor=75):
    """Facts of rows of account, whether renewed, and score, a day later each."""
    frame = pd.DataFrame(rows, columns=["account_id", "renewed", "score"])
    frame = frame.assign(day=[20000.0 + place for place in range(len(rows))])
    return {fact.id: fact for fact in trial_facts(frame, floor)}, trial_rows(frame, floor)


def test_flagged_and_lost_by_hand():
    """Three of four lost were below 75, one of three renewed was; 75 itself is green."""
    found, rows = tried(
        ("a", False, 74.9),
        ("b", False, 10),
        ("c", False, 0),
        ("d", False, 75),
        ("e", True, 100),
        ("f", True, 75),
        ("g", True, 50),
    )
    assert (found[CAUGHT].value, found[CAUGHT].n) == (0.75, 4)
    assert (found[COUNT].value, found[COUNT].n) == (3, 4)
    assert (found[FALSE_ALARM].value, found[FALSE_ALARM].n) == (pytest.approx(1 / 3), 3)
    assert (found[CAUGHT].low, found[CAUGHT].high95) == pytest.approx(
        (wilson(3, 4).low, wilson(3, 4).high95)
    )
    assert found[FALSE_ALARM].high == pytest.approx(wilson(1, 3).high)
    assert [item.key for item in found[CAUGHT].items] == ["d"]
    assert {fact.period for fact in found.values()} == {("2024-10-04", "2024-10-10")}
    # of the four flagged three were lost, of the three in the green one
    flagged, green = rows
    assert flagged[:2] == ("flagged", 0.75)
    assert flagged[4:] == (3, 1)
    assert green[:2] == ("green", pytest.approx(1 / 3))
    assert green[4:] == (1, 2)
    assert flagged[2:4] == pytest.approx((wilson(3, 4).low, wilson(3, 4).high))


def test_the_floor_is_the_clients():
    found, _ = tried(("a", False, 60), ("b", True, 60), floor=60)
    assert (found[CAUGHT].value, found[FALSE_ALARM].value) == (0.0, 0.0)


def test_nobody_lost_or_nobody_renewed():
    found, rows = tried(("a", True, 60), ("b", True, 90))
    assert found[CAUGHT].reason == found[COUNT].reason == "no_rows"
    assert found[FALSE_ALARM].value == 0.5
    assert found[AUC].reason == "small_n"
    assert [row[0] for row in rows] == ["flagged", "green"]
    found, rows = tried(("a", False, 90))
    assert found[FALSE_ALARM].reason == "no_rows"
    assert (found[CAUGHT].value, found[COUNT].value) == (0.0, 0)
    assert [row[0] for row in rows] == ["green"]


def contract(account, end=END, start="2023-01-01", renewed=None, churned=None):
    return {
        "account_id": account,
        "start": start,
        "end": None if end is None else end.isoformat(),
        "mrr": 100,
        "renewed": renewed,
        "churned_at": None if churned is None else churned.isoformat(),
    }


def used(account, users, until, days=130):
    return [
        {
            "account_id": account,
            "date": (until - timedelta(days=back)).isoformat(),
            "active_users": users,
            "licensed_users": 10,
            "core_events": 1,
        }
        for back in range(days)
    ]


def table(summed, *book, usage):
    rows = {
        row[0]: row
        for one in health_series(summed(TODAY.isoformat(), contracts=list(book), usage=usage))
        for row in one.rows
    }
    return {name: row[4:] for name, row in rows.items()}


def test_losses_are_ends_not_renewed_and_cancellations(facts, summed):
    """Cancelled in the middle of its term is lost on that day, scored 90 days before it."""
    left = TODAY - timedelta(days=10)
    book = [
        contract("kept", renewed=True),
        contract("ended", renewed=False),
        contract("gone", TODAY + timedelta(days=300), churned=left),
        contract("endless", None, churned=left),
        contract("open", TODAY + timedelta(days=300)),
        contract("young", TODAY + timedelta(days=300), start="2025-01-10", churned=left),
    ]
    usage = [
        *used("kept", 10, TODAY, 400),
        *used("ended", 10, LOOKED - timedelta(days=40), 300),
        # in full use until two days before the day looked at: in the green for that day
        *used("gone", 10, left - timedelta(days=92), 300),
        *used("endless", 10, left - timedelta(days=130), 300),
    ]
    fact = facts(TODAY.isoformat(), contracts=book, usage=usage)[CAUGHT]
    assert (fact.value, fact.n) == (pytest.approx(2 / 3), 3)
    assert [item.key for item in fact.items] == ["gone"]
    assert fact.period == (END.isoformat(), left.isoformat())
    assert table(summed, *book, usage=usage) == {"flagged": (2, 0), "green": (1, 1)}


def test_a_contract_replaced_at_once_is_no_loss(facts):
    left = TODAY - timedelta(days=10)
    onward = TODAY + timedelta(days=300)
    usage = used("a", 1, TODAY, 400)
    old = contract("a", onward, churned=left)

    def after(days):
        begun = (left + timedelta(days=days)).isoformat()
        book = [old, contract("a", onward, begun)]
        return facts(TODAY.isoformat(), contracts=book, usage=usage)[CAUGHT]

    assert after(1).reason == "immature"  # nothing has been lost or renewed yet
    assert (after(2).value, after(2).n) == (1.0, 1)


def test_renewed_and_cancelled_later_counts_for_both(facts):
    """One row that ran on past its end is a renewal, and a loss on the day it was cancelled."""
    left = TODAY - timedelta(days=10)
    rolled = contract("a", TODAY - timedelta(days=200), renewed=True, churned=left)
    found = facts(TODAY.isoformat(), contracts=[rolled], usage=used("a", 10, TODAY, 500))
    assert (found[FALSE_ALARM].value, found[FALSE_ALARM].n) == (0.0, 1)
    assert (found[CAUGHT].value, found[CAUGHT].n) == (0.0, 1)


def test_contracts_without_records_for_the_day_are_left_out(facts):
    book = [contract("a", renewed=False), contract("b", TODAY - timedelta(days=300), renewed=False)]
    found = facts(TODAY.isoformat(), contracts=book, usage=used("a", 10, TODAY, 200))
    assert found[CAUGHT].n == 1  # b ended before there was any record
    short = facts(TODAY.isoformat(), contracts=book, usage=used("a", 10, TODAY, 60))
    assert {short[one].reason for one in (AUC, CAUGHT, COUNT, FALSE_ALARM)} == {"immature"}
    assert facts(TODAY.isoformat(), contracts=book)[CAUGHT].reason == "no_table"
