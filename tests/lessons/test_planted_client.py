"""The planted client: equal recipes, records that end at the visit, what was put right after it."""

import pandas as pd
import pytest

from toolkit.lessons.planted_client import planted_client

CUT = pd.Timestamp("2026-08-31")


@pytest.fixture(scope="module")
def firm(capstone_record):
    return planted_client(capstone_record["firm"])


def test_it_is_made_once_a_process(firm, capstone_record):
    assert planted_client(dict(capstone_record["firm"])) is firm


def test_nothing_after_the_first_visit_is_known_at_it(firm):
    orders = firm.rows("orders")
    for name in ("order_date", "shipped_at", "delivered_at", "returned_at", "paid_at"):
        days = pd.to_datetime(orders[name], errors="coerce", format="mixed")
        assert days.max() < CUT + pd.Timedelta(days=1), name
    assert firm.diagnosis.as_of == "2026-08-31"
    assert firm.later.diagnosis.as_of == "2026-09-30"


def test_the_past_is_the_same_at_both_visits(firm):
    early = firm.later.rows("orders")
    early = early[pd.to_datetime(early["order_date"]) < CUT + pd.Timedelta(days=1)]
    assert early["order_id"].tolist() == firm.rows("orders")["order_id"].tolist()


def test_what_was_put_right_recovers_and_what_was_not_does_not(firm):
    traffic = firm.later.rows("traffic")
    month = pd.to_datetime(traffic["date"]).dt.strftime("%Y-%m")
    sums = traffic.groupby(month)[["sessions", "carts"]].sum()
    share = sums["carts"] / sums["sessions"]
    assert share["2026-09"] > 1.2 * share[["2026-06", "2026-07", "2026-08"]].max()
    changes = {one.id: one for one in firm.later.diagnosis.changes.findings}
    assert changes["FUL007"].state == "unchanged"
    assert changes["AFT003"].state == "better"


def test_the_learner_cannot_read_the_faults_in_the_folder(firm):
    assert not list(firm.folder.rglob("truth.json"))
    assert "SAL006" not in (firm.folder / "client.yaml").read_text(encoding="utf-8")


def test_the_program_misses_one_fault_so_that_it_can_be_beaten(firm):
    status = {code: firm.diagnosis.finding(code).status for code in firm.planted}
    assert sorted(status.values()) == ["fail", "fail", "fail", "unknown"]
