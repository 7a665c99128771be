"""The maker to order: same seed same firm, healthy at strength 0, faults that are there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from toolkit.diagnosis.diagnose import diagnose
from toolkit.synth.client import write_client
from toolkit.synth.fault import faults_of
from toolkit.synth.rates import Rates, rates
from toolkit.synth.synth import MODELS, synth

END = pd.Timestamp("2026-09-30")
YEAR = pd.Timestamp("2025-09-30")
PLANTED = ("TOB015", "TOB018", "BIL001", "SAL013", "JRN003")


@pytest.fixture(scope="module")
def well():
    return synth("mto", 2)


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A firm diagnosed from its folder."""

    def run(*codes, seed=2, strength=1.0):
        client = synth("mto", seed, codes, strength)
        folder = tmp_path_factory.mktemp("mto") / client.client_id
        write_client(client, folder)
        return diagnose(folder)

    return run


@pytest.fixture(scope="module")
def healthy(judged):
    return judged()


@pytest.fixture(scope="module")
def ill(judged):
    """One firm in which several things went wrong at once."""
    return judged(*PLANTED)


def failing(found):
    return {one.id for one in found.judged if one.status == "fail"}


def test_equal_seeds_give_equal_tables_and_others_do_not(well):
    again, other = synth("mto", 2), synth("mto", 3)
    assert set(well.tables) == set(again.tables)
    for name, frame in well.tables.items():
        pd.testing.assert_frame_equal(frame, again.tables[name])
    assert not well.tables["orders"].equals(other.tables["orders"])


@pytest.mark.parametrize("code", ["TOB015", "SAL010", "PRO004", "BIL003", "JRN006"])
def test_at_no_strength_a_fault_changes_nothing(well, code):
    same, full = synth("mto", 2, [code], 0.0), synth("mto", 2, [code])
    for name, frame in well.tables.items():
        pd.testing.assert_frame_equal(frame, same.tables[name])
    assert any(not frame.equals(full.tables[name]) for name, frame in well.tables.items())


def test_a_fault_of_one_table_leaves_the_others_as_they_were(well):
    late = synth("mto", 2, ["BIL001"])
    changed = [name for name, one in well.tables.items() if not one.equals(late.tables[name])]
    assert changed == ["receivables"]


def test_what_has_not_happened_yet_is_blank(well):
    orders = well.tables["orders"]
    for name in ("order_date", "shipped_at", "delivered_at", "invoiced_at", "returned_at"):
        assert orders[name].max() <= END, name
    open_orders = orders[orders["status"] == "製作中"]
    assert len(open_orders) > 0
    assert open_orders["delivered_at"].isna().all()
    assert orders["promised_at"].max() > END


def test_the_firm_is_of_a_size_to_judge_and_no_two_accounts_are_alike(well):
    orders = well.tables["orders"]
    sums = orders[orders["order_date"] > YEAR].groupby("customer_id")["amount"].sum()
    assert 200 <= len(sums) <= 400
    assert 200e6 < sums.sum() < 400e6
    assert sums.max() / sums.sum() < 0.1
    assert sums.quantile(0.9) > 5 * sums.quantile(0.3)
    assert (END - orders["order_date"].min()).days > 3 * 365


def test_orders_fall_on_working_days_and_follow_each_other(well):
    orders = well.tables["orders"]
    assert orders["order_date"].dt.day_of_week.max() < 5
    done = orders.dropna(subset=["shipped_at", "delivered_at"])
    assert (done["order_date"] <= done["shipped_at"]).all()
    assert (done["shipped_at"] <= done["delivered_at"]).all()


def test_a_planted_change_has_the_size_that_was_asked_for():
    full, half = synth("mto", 2, ["TOB018"]), synth("mto", 2, ["TOB018"], 0.5)
    means = []
    for client in (full, half):
        jobs = client.tables["jobs"]
        new = jobs[jobs["finished_at"] > YEAR]
        means.append(float((new["actual_cost"] / new["estimated_cost"] - 1).mean()))
    assert means == pytest.approx([0.15, 0.065], abs=0.02)  # half-way from −2 % to 15 %


def test_every_row_is_read(healthy):
    assert sum(int(table["rows_quarantined"]) for table in healthy.health) == 0
    kinds = {table["kind"] for table in healthy.health if table["rows_accepted"]}
    assert kinds == set(synth("mto", 2).tables)


def test_a_healthy_firm_is_left_in_peace_and_nothing_but_mail_is_missing(healthy):
    assert failing(healthy) == set()
    held = {one.id for one in healthy.judged if one.status == "unknown"}
    assert held <= {"CRM004"}


@pytest.mark.parametrize("code", PLANTED)
def test_a_plain_case_is_found(ill, code):
    assert code in failing(ill)


def test_every_parameter_of_the_world_is_read_and_every_fault_moves_one():
    given, read = rates("mto"), set()

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Watched(Rates):
        def base(self, name):
            read.add(name)
            return self.parameters[name]

    watched = Watched(model="mto", parameters=given.parameters)
    MODELS["mto"].make(watched, np.random.default_rng(1), "mto")
    assert set(given.parameters) == read
    for fault in faults_of("mto").values():
        full = rates("mto", [fault])
        assert all(then != now for then, now in full.changed().values()), fault.code


def test_inquiries_follow_orders_in_number(well):
    contacts, orders = well.tables["contacts"], well.tables["orders"]
    assert len(contacts) / len(orders) == pytest.approx(0.23, abs=0.02)
    assert np.mean(contacts["type"] == "complaint") == pytest.approx(0.043, abs=0.015)
