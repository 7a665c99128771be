"""From a folder to a diagnosis: honest with little, the same twice, in whatever order."""

from __future__ import annotations

import random

import pytest

import toolkit as tk
from toolkit.errors import InputError, UsageError

HEAD = "order_id,customer_id,order_date,amount\n"
ORDERS = [
    f"O{n:04},C{n % 12:03},2026-{1 + n % 9:02}-{1 + n % 27:02},{1000 + 37 * n}" for n in range(30)
]


def test_a_name_alone_gives_an_honest_report(client_of):
    d = tk.diagnose(client_of())
    assert d.coverage == 0
    assert {finding.status for finding in d.judged} <= {"unknown", "not_applicable"}
    assert not any(finding.red for finding in d.judged)
    assert d.actions == ()
    assert d.strengths == ()
    assert d.questions[0].key


def test_thirty_orders_and_a_name_are_mostly_open_and_never_red(client_of):
    folder = client_of(**{"data__orders.csv": HEAD + "\n".join(ORDERS) + "\n"})
    d = tk.diagnose(folder, as_of="2026-10-01")
    assert d.fact("customers.count").value == 12
    assert d.fact("customers.net_sales").value == sum(1000 + 37 * n for n in range(30))
    assert not any(finding.red for finding in d.judged)
    assert all(f.reason for f in d.judged if f.status == "unknown")


def test_order_of_rows_changes_no_figure(client_of):
    shuffled = ORDERS[:]
    random.Random(7).shuffle(shuffled)
    one = tk.diagnose(
        client_of("one", **{"data__orders.csv": HEAD + "\n".join(ORDERS)}), as_of="2026-10-01"
    )
    two = tk.diagnose(
        client_of("two", **{"data__orders.csv": HEAD + "\n".join(shuffled)}), as_of="2026-10-01"
    )
    for key, fact in one.facts.items():
        other = two.facts[key]
        assert (fact.value, fact.low, fact.n) == pytest.approx(
            (other.value, other.low, other.n), nan_ok=True
        ), key


def test_every_fact_is_of_a_card_or_a_question(shop):
    known = {*shop.content.section("measures"), *shop.content.section("questions")}
    stray = {fact.id for fact in shop.facts.values()} - known
    assert stray <= {"profile.industry", "profile.currency"}


def test_every_card_is_stated_and_every_unknown_says_why(shop):
    stated = {fact.id for fact in shop.facts.values()}
    assert set(shop.content.section("measures")) <= stated
    for fact in shop.facts.values():
        assert fact.known or fact.reason, fact.key


def test_no_figure_is_a_nan(shop, firm):
    for d in (shop, firm):
        for fact in d.facts.values():
            for number in (fact.value, fact.low, fact.high):
                assert number == number, fact.key  # false only for NaN


def test_all_faults_of_all_files_are_told_at_once(client_of):
    folder = client_of(
        **{
            "client.yaml": "client_id: aoyama\ncompany_name: 青山\nindsutry: retail\n",
            "data__orders.csv": "order_id,customer_id,order_date\n1,2,2026-01-01\n",
        }
    )
    with pytest.raises(InputError) as caught:
        tk.diagnose(folder)
    codes = {problem.code for problem in caught.value.problems}
    assert len(codes) >= 2
    assert {problem.file.split("/")[-1] for problem in caught.value.problems} == {
        "client.yaml",
        "orders.csv",
    }


def test_a_missing_client_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError):
        tk.diagnose(tmp_path / "nobody")


def test_a_firm_s_threshold_changes_the_judgement(shop, tmp_path, root):
    (tmp_path / "thresholds.toml").write_text("[canvas_fit_floor]\nvalue = 0.5\n")
    judged = tk.diagnose(root / "datasets" / "aoba_shop", method=tmp_path)
    assert shop.finding("VAL001").status == "fail"
    assert judged.finding("VAL001").status == "pass"
    assert judged.finding("VAL001").evidence.threshold.level == f"method:{tmp_path.name}"
    assert [one["name"] for one in judged.method] == ["toolkit", f"method:{tmp_path.name}"]


def test_a_client_s_own_threshold_counts_as_own(copy_of):
    folder = copy_of("aoba_shop")
    text = (folder / "client.yaml").read_text(encoding="utf-8")
    (folder / "client.yaml").write_text(
        text + "\nthresholds:\n  canvas_fit_floor: 0.5\n", encoding="utf-8"
    )
    finding = tk.diagnose(folder).finding("VAL001")
    assert finding.status == "pass"
    assert (finding.evidence.threshold.level, finding.evidence.threshold.origin) == (
        "client",
        "own",
    )


def test_held_back_rules_are_marked_and_leave_the_plan(copy_of):
    folder = copy_of("aoba_shop")
    text = (folder / "client.yaml").read_text(encoding="utf-8")
    assert "suppress:" not in text
    (folder / "client.yaml").write_text(
        text + "\nsuppress:\n  AFT009: 今期は別途検討中\n", encoding="utf-8"
    )
    d = tk.diagnose(folder)
    assert d.finding("AFT009").suppressed == "今期は別途検討中"
    assert "AFT009" not in {code for action in d.actions for code in action.findings}


def test_findings_as_a_frame(shop):
    frame = shop.findings(module="aftercare", status="fail")
    assert "AFT006" in frame.index
    assert set(frame["module"]) == {"aftercare"}
    assert len(shop.findings()) == len(shop.judged)


def test_unknown_fact_suggests_the_nearest(shop):
    with pytest.raises(UsageError) as caught:
        shop.fact("customers.repeat_rat")
    assert "customers.repeat_rate" in caught.value.params["near"]


def test_it_shows_itself_in_both_languages(shop):
    japanese = shop._repr_html_()
    token = tk.language.set("en")
    try:
        english = shop._repr_html_()
    finally:
        tk.language.reset(token)
    assert "優先対応" in japanese
    assert "to act on" in english
    assert "rules." not in japanese + english


def test_what_was_answered_is_not_asked_for_again(client_of):
    profile = (
        "client_id: aoyama\ncompany_name: 青山商店\nmodel: general\n"
        "answers: {q.pla.cost_plan: {cogs: 0.4, other: 0.6}}\n"
    )
    costs = "month,item,amount\n2026-01,cogs,100\n"
    d = tk.diagnose(client_of(**{"client.yaml": profile, "data/costs.csv": costs}))
    found = {finding.id: finding.missing for finding in d.judged}
    assert found["PLA009"] == ("orders",)
