"""The service by contract: same seed same firm, healthy at strength 0, faults that are there."""

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


@pytest.fixture(scope="module")
def well():
    return synth("saas", 3)


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A firm diagnosed from its folder."""

    def run(*codes, seed=3, strength=1.0):
        client = synth("saas", seed, codes, strength)
        folder = tmp_path_factory.mktemp("saas") / client.client_id
        write_client(client, folder)
        return diagnose(folder)

    return run


@pytest.fixture(scope="module")
def ill(judged):
    """One firm in which several things went wrong at once."""
    return judged("TOB001", "TOB004", "TOB014", "FUL010", "BIL001", "CRM003")


def failing(found):
    return {one.id for one in found.judged if one.status == "fail"}


def ended(client):
    terms = client.tables["contracts"]
    return terms[(terms["end"] > YEAR) & (terms["end"] <= END)]


def test_equal_seeds_give_equal_tables_and_others_do_not(well):
    again, other = synth("saas", 3), synth("saas", 4)
    assert set(well.tables) == set(again.tables)
    for name, frame in well.tables.items():
        pd.testing.assert_frame_equal(frame, again.tables[name])
    assert not well.tables["contracts"].equals(other.tables["contracts"])


@pytest.mark.parametrize("code", ["TOB004", "TOB006", "TOB017", "CRM009", "BIL002"])
def test_at_no_strength_a_fault_changes_nothing(well, code):
    same, full = synth("saas", 3, [code], 0.0), synth("saas", 3, [code])
    for name, frame in well.tables.items():
        pd.testing.assert_frame_equal(frame, same.tables[name])
    assert any(not frame.equals(full.tables[name]) for name, frame in well.tables.items())


def test_terms_of_an_account_follow_each_other_day_by_day(well):
    terms = well.tables["contracts"].sort_values(["account_id", "start"])
    after = terms.groupby("account_id")["start"].shift(-1)
    both = after.notna()
    assert both.sum() > 500
    assert (after[both] - terms["end"][both] == pd.Timedelta(days=1)).all()
    assert (terms["renewed"][both] == "yes").all()
    last = terms[~both]
    assert set(last.loc[last["end"] != END, "renewed"].dropna()) == {"no"}
    assert terms["start"].max() <= END
    assert (last["churned_at"].notna() == last["renewed"].eq("no")).all()


def test_the_firm_is_of_a_size_to_judge(well):
    terms = well.tables["contracts"]
    running = terms[(terms["start"] <= END) & (terms["end"] > END)]
    assert 500 <= running["account_id"].nunique() <= 900
    assert running["mrr"].max() / running["mrr"].sum() < 0.05
    assert len(ended(well)) > 250
    assert ended(well)["renewed"].eq("yes").mean() == pytest.approx(0.94, abs=0.03)


def test_a_planted_change_has_the_size_that_was_asked_for():
    full, half = synth("saas", 3, ["TOB004"]), synth("saas", 3, ["TOB004"], 0.5)
    assert ended(full)["renewed"].eq("yes").mean() == pytest.approx(0.78, abs=0.05)
    assert ended(half)["renewed"].eq("yes").mean() == pytest.approx(0.86, abs=0.05)


def test_one_large_account_holds_the_share_planted():
    terms = synth("saas", 3, ["TOB017"]).tables["contracts"]
    for day, share in ((END, 0.5), (YEAR, None)):
        running = terms[(terms["start"] <= day) & (terms["end"] > day)]
        sums = running.groupby("account_id")["mrr"].sum()
        largest = sums.max() / sums.sum()
        assert largest < 0.05 if share is None else largest == pytest.approx(share, abs=0.01)


def test_accounts_that_leave_used_it_less_before(well):
    use, terms = well.tables["usage"], well.tables["contracts"]
    left = terms.dropna(subset=["churned_at"])[["account_id", "churned_at"]]
    both = use.merge(left, on="account_id")
    ahead = (both["churned_at"] - both["date"]).dt.days
    share = both["active_users"] / both["licensed_users"]
    assert share[ahead < 45].mean() < 0.7 * share[ahead.between(180, 365)].mean()


def test_every_row_is_read(ill):
    assert sum(int(table["rows_quarantined"]) for table in ill.health) == 0
    kinds = {table["kind"] for table in ill.health if table["rows_accepted"]}
    assert kinds == set(synth("saas", 3).tables)


@pytest.mark.parametrize("code", ["TOB001", "TOB004", "TOB014", "BIL001", "CRM003"])
def test_a_plain_case_is_found(ill, code):
    assert code in failing(ill)


def test_what_was_not_planted_is_not_found(ill):
    sound = {"SAL005", "BIL003", "BIL004", "JRN003", "TOB010", "CRM009", "TOB017", "AFT004"}
    statuses = {one.id: one.status for one in ill.judged if one.id in sound}
    assert statuses == dict.fromkeys(sound, "pass")


def test_every_parameter_of_the_world_is_read_and_every_fault_moves_one():
    given, read = rates("saas"), set()

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Watched(Rates):
        def base(self, name):
            read.add(name)
            return self.parameters[name]

    watched = Watched(model="saas", parameters=given.parameters)
    MODELS["saas"].make(watched, np.random.default_rng(1), "saas")
    assert set(given.parameters) - read == {"cogs_share"}  # the plan of costs alone reads it
    for fault in faults_of("saas").values():
        full = rates("saas", [fault])
        assert all(then != now for then, now in full.changed().values()), fault.code
