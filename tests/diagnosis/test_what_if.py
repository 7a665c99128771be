"""What-if and the report read one tree: equal to the yen."""

from __future__ import annotations

import pytest

import toolkit as tk
from toolkit.diagnosis.what_if import targets, tree_of, what_if
from toolkit.errors import UsageError
from toolkit.resources import folder

FIRMS = ("aoba_shop", "hoshino_cloud", "minato_works")


@pytest.fixture(scope="module", params=FIRMS)
def firm(request):
    return tk.diagnose(folder("datasets") / request.param)


def priced(diagnosis):
    return [f for f in diagnosis.judged if f.yen is not None and f.yen.gap is not None]


def test_each_gap_is_the_what_if_of_its_target(firm):
    found = priced(firm)
    assert found
    for finding in found:
        if finding.yen.kind != "risk":
            made = what_if(firm, targets(firm, finding.id))
            assert made.delta[finding.yen.kind] == pytest.approx(finding.yen.gap, abs=0.5)


def test_the_sum_is_the_what_if_of_all_targets(firm):
    made = what_if(firm, targets(firm))
    for kind in ("profit", "cash", "capacity"):
        total = getattr(firm.totals, kind)
        if total is not None:
            assert made.delta[kind] == pytest.approx(total.gap, abs=0.5)


def test_shares_and_effects_add_up_to_the_sums(firm):
    for kind in ("profit", "cash", "capacity"):
        counted = [f.yen for f in priced(firm) if f.yen.kind == kind and f.yen.counted]
        total = getattr(firm.totals, kind)
        if total is None:
            assert not counted
            continue
        assert sum(yen.share for yen in counted) == pytest.approx(total.gap, abs=0.5)
        assert sum(yen.effect for yen in counted) == pytest.approx(total.effect, abs=0.5)


def test_plan_and_year_say_the_same(firm):
    effects = {a.findings[0]: a.yen for a in firm.actions if a.yen is not None}
    assert effects == {f.id: f.yen.effect for f in priced(firm) if f.id in effects}
    kinds = ("profit", "capacity") if firm.totals.capacity_counts else ("profit",)
    in_year = sum(f.yen.effect for f in priced(firm) if f.yen.kind in kinds and f.yen.counted)
    assert firm.totals.first_year.effect == pytest.approx(in_year)


def test_intervals_hold_their_gap(firm):
    for finding in priced(firm):
        yen = finding.yen
        if yen.low is not None:
            assert yen.low <= yen.gap <= yen.high, finding.id


def test_the_same_after_saving_and_loading(firm, tmp_path):
    again = tk.load(firm.save(tmp_path))
    wanted = targets(firm)
    assert targets(again) == pytest.approx(wanted)
    now, then = what_if(again, wanted), what_if(firm, wanted)
    assert now.delta == pytest.approx(then.delta)
    assert [bar.fact for bar in now.tornado] == [bar.fact for bar in then.tornado]
    assert again.totals.profit.findings == firm.totals.profit.findings
    assert again.totals.first_year.effect == pytest.approx(firm.totals.first_year.effect)
    for finding in priced(firm):
        other = again.finding(finding.id).yen
        assert (other.gap, other.low) == pytest.approx((finding.yen.gap, finding.yen.low))
        assert other.steps
        assert other.overlaps == finding.yen.overlaps


def test_the_tornado_is_sorted_and_its_bars_are_what_ifs(firm):
    bars = what_if(firm, targets(firm)).tornado
    spans = [abs(bar.profit_high - bar.profit_low) for bar in bars]
    assert spans == sorted(spans, reverse=True)
    top = bars[0]
    assert what_if(firm, {top.fact: top.high}).delta["profit"] == pytest.approx(top.profit_high)


def test_cash_comes_month_by_month_after_the_days_of_collection(firm):
    made = what_if(firm, targets(firm))
    late = (firm.facts.number("receivables.dso_days") or 0.0) / 30
    expected = made.delta["cash"] + made.delta["profit"] / 12 * max(0.0, 12 - late)
    assert made.cash[-1].change == pytest.approx(expected)
    changes = [month.change for month in made.cash]
    assert changes == sorted(changes)


def test_a_misspelt_fact_is_told_with_the_nearest(firm):
    with pytest.raises(UsageError) as told:
        what_if(firm, {"costs.contribution_margn_rate": 0.5})
    assert told.value.code == "unknown_fact"
    assert "costs.contribution_margin_rate" in told.value.params["near"]


def test_a_fact_on_which_no_yen_hangs_is_told(firm):
    drivers = tree_of(firm).drivers()
    key = next(k for k, fact in firm.facts.items() if fact.number is not None and k not in drivers)
    with pytest.raises(UsageError) as told:
        what_if(firm, {key: 3})
    assert told.value.code == "whatif_no_effect"


def test_a_fact_that_is_not_known_cannot_be_moved(firm):
    key = next(key for key, fact in firm.facts.items() if not fact.known)
    with pytest.raises(UsageError) as told:
        what_if(firm, {key: 3})
    assert told.value.code == "whatif_unknown"


def test_what_stands_in_the_books_is_no_lever(shop):
    with pytest.raises(UsageError, match="whatif_no_effect"):
        what_if(shop, {"customers.sales_12m": 1.0})
    assert "customers.sales_12m" not in {bar.fact for bar in what_if(shop, {}).tornado}


@pytest.mark.parametrize(("lang", "said"), [("ja", "いまのまま"), ("en", "as it is")])
def test_it_shows_itself_in_the_language(shop, lang, said):
    token = tk.language.set(lang)
    try:
        shown = what_if(shop, {"customers.aov": shop.fact("customers.aov").value * 2})._repr_html_()
    finally:
        tk.language.reset(token)
    assert said in shown
    assert "cli.whatif" not in shown
    assert "common." not in shown
