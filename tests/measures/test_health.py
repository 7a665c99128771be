"""Health of accounts from their use: the score, its trial on renewals, and what is at risk."""

from datetime import date, timedelta

import numpy as np
import pytest

from toolkit.measures.health import Use, parts_of

TODAY = date(2025, 3, 31)
AT_RISK, AUC = "contracts.pending_at_risk_share", "contracts.health_auc"


def contract(account, end, mrr=100, start="2023-01-01", renewed=None):
    return {
        "account_id": account,
        "start": start,
        "end": end.isoformat(),
        "mrr": mrr,
        "renewed": renewed,
    }


def daily(account, users, days, until=TODAY, licences=10, core=1):
    return [
        {
            "account_id": account,
            "date": (until - timedelta(days=back)).isoformat(),
            "active_users": users,
            "licensed_users": licences,
            "core_events": core,
        }
        for back in range(days)
    ]


def test_parts_of_the_score_by_hand():
    days = np.arange(0.0, 124.0)  # day 123 is today: 31 recent days, 93 before
    recent = days > 92
    use = Use(
        days=days,
        users=np.where(recent, 4.0, 5.0),
        licences=np.full(124, 8.0),
        core=np.where(days == 100, 1.0, 0.0),
    )
    # at most 4 of 8 licences; 4 a day against 5 a day; the core function once in the 31 days
    assert parts_of(use, 123, whole=True) == {"licences": 50.0, "trend": 80.0, "core": 100.0}
    assert parts_of(use, 123, whole=False)["trend"] is None
    # a day earlier nothing of today is known: the 31 days from 92 to 122 hold one day of five
    before = parts_of(use, 122, whole=True)
    assert before["licences"] == 62.5
    assert parts_of(None, 123, whole=True) == {"licences": 0.0, "trend": 0.0, "core": 0.0}


def test_what_an_export_lacks_gives_up_its_weight():
    nothing = np.full(124, np.nan)
    use = Use(days=np.arange(0.0, 124.0), users=np.full(124, 3.0), licences=nothing, core=nothing)
    assert parts_of(use, 123, whole=True) == {"licences": None, "trend": 100.0, "core": None}


@pytest.fixture(scope="module")
def pending(facts):
    soon = TODAY + timedelta(days=60)
    book = [
        contract("green", soon, 300),
        contract("amber", soon, 100),
        contract("silent", soon, 50),
        contract("later", TODAY + timedelta(days=91), 900),
    ]
    # green: all licences, steady, core: 100. amber: 5 of 10 licences, steady, core:
    # 0.4 × 50 + 0.3 × 100 + 0.3 × 100 = 80 … without the core function 50
    usage = [*daily("green", 10, 130), *daily("amber", 5, 130, core=0), *daily("later", 1, 130)]
    return facts(TODAY.isoformat(), model="saas", contracts=book, usage=usage)


def test_share_of_pending_renewals_at_risk(pending):
    fact = pending[AT_RISK]
    assert (fact.value, fact.n) == (pytest.approx(150 / 450), 3)
    assert [(item.key, item.value) for item in fact.items] == [("amber", 1200.0), ("silent", 600.0)]
    assert pending.value("contracts.pending_at_risk_arr") == 150 * 12
    assert pending.value("contracts.pending_renewals_90d_arr") == 450 * 12


def test_the_floor_of_green_is_the_clients_to_set(facts):
    book = [contract("amber", TODAY + timedelta(days=60))]
    usage = daily("amber", 5, 130, core=0)
    found = facts(TODAY.isoformat(), contracts=book, usage=usage)
    assert found.value(AT_RISK) == 1.0
    own = {"health_green_floor": 50}  # exactly the account's score
    found = facts(TODAY.isoformat(), contracts=book, usage=usage, thresholds=own)
    assert found.value(AT_RISK) == 0.0


def book_of(kept, lost, end=TODAY - timedelta(days=30)):
    rows = [contract(f"k{place}", end, renewed=True) for place in range(kept)]
    return [*rows, *(contract(f"l{place}", end, renewed=False) for place in range(lost))]


def test_the_score_is_tried_on_what_was_known_ninety_days_before(facts):
    end = TODAY - timedelta(days=30)
    looked = end - timedelta(days=90)
    usage = [row for k in range(12) for row in daily(f"k{k}", 8, 130, until=looked)]
    # those who left used it only after the day looked at: it counts for nothing
    usage += [row for k in range(10) for row in daily(f"l{k}", 10, 20, until=TODAY)]
    fact = facts(TODAY.isoformat(), contracts=book_of(12, 10), usage=usage)[AUC]
    assert (fact.value, fact.n) == (1.0, 22)
    assert fact.period == (end.isoformat(), end.isoformat())


def test_unknown_reasons(facts):
    day = TODAY.isoformat()
    soon = [contract("a", TODAY + timedelta(days=60))]
    found = facts(day, contracts=soon, usage=daily("a", 5, 130))
    assert found[AUC].reason == "immature"  # nothing has fallen due yet
    few = facts(day, contracts=book_of(10, 9), usage=daily("k0", 5, 400))
    assert (few[AUC].reason, few[AUC].n) == ("small_n", 19)
    assert few[AT_RISK].reason == "no_rows"  # nothing ends within 90 days
    short = facts(day, contracts=soon, usage=daily("a", 5, 20))
    assert short[AT_RISK].reason == short["contracts.pending_at_risk_arr"].reason == "immature"
    free = [contract("a", TODAY + timedelta(days=60), mrr=0)]
    assert facts(day, contracts=free, usage=daily("a", 5, 130))[AT_RISK].reason == "zero_base"
    assert facts(day, contracts=soon)[AT_RISK].reason == "no_table"
    bare = [{key: row[key] for key in ("account_id", "date")} for row in daily("a", 5, 130)]
    assert facts(day, contracts=soon, usage=bare)[AT_RISK].reason == "no_column"
