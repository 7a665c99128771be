"""Judging on a small method of its own: applicability, caps, items, scores, order of actions."""

from __future__ import annotations

import pytest

from toolkit.diagnosis.plan import plan
from toolkit.diagnosis.strengths import strengths
from toolkit.facts import Fact, Facts, Item, unknown
from toolkit.method import Entry, Method
from toolkit.rules.judge import Client, judge
from toolkit.rules.score import score, total_coverage

ASSUMED = {
    **{f"effort_days_{effort}": days for effort, days in (("S", 3.0), ("M", 15.0), ("L", 40.0))},
    **{f"rank_{sure}": weight for sure, weight in (("high", 1.0), ("mid", 0.7), ("low", 0.4))},
    "plan_days_a_month": 10.0,
}


def entry(name, values):
    return Entry(
        id=name, values_=values, layers=dict.fromkeys(values, "toolkit"), file="t.toml", line=1
    )


def method(rules, thresholds=None, measures=None, questions=None):
    sections = {
        "applies": {
            "models": {"general": "gen", "saas": "saas", "shop_service": "shop"},
            "stages": {"zero_to_one": "s0", "growth": "s1"},
            "groups": {"GOODS": ["gen"], "TOB": ["saas"]},
        },
        "rules": rules,
        "thresholds": thresholds
        or {
            "own": {"unit": "share", "origin": "own", "question": "q.x.target"},
            "house": {"value": 0.5, "unit": "share", "origin": "house"},
            "article": {"value": 0.5, "unit": "share", "origin": "article", "grade": "C"},
            "grade_a": {"value": 0.5, "unit": "share", "origin": "source", "grade": "A"},
            "grade_b": {"value": 0.5, "unit": "share", "origin": "source", "grade": "B"},
            "grade_c": {"value": 0.5, "unit": "share", "origin": "source", "grade": "C"},
            "grade_d": {"value": 0.5, "unit": "share", "origin": "source", "grade": "D"},
        },
        "measures": measures or {"a.b": {"needs": ["orders"]}},
        "questions": questions or {"q.x.target": {}},
    }
    return Method(
        layers=(),
        sections={
            name: {key: entry(key, value) for key, value in table.items()}
            for name, table in sections.items()
        },
        words={},
    )


def rule(fails, **fields):
    return {"module": "sales", "severity": "high", "effort": "S", "fails": fails, **fields}


def sampled(value=0.3, n=200, spread=0.05):
    return Fact(
        id="a.b",
        value=value,
        low=value - spread,
        high=value + spread,
        low95=value - 1.5 * spread,
        high95=value + 1.5 * spread,
        n=n,
        sampled=True,
        table="orders",
        rows_total=7,
    )


def one(threshold, fact, **fields):
    book = method({"T1": rule({"fact": "a.b", "below": threshold}, **fields)})
    said = Fact(id="q.x.target", value=0.5, basis="said")
    return judge(Facts([fact, said, Fact(id="q.pla.model", value="general")]), book)[0]


@pytest.mark.parametrize(
    ("threshold", "severity"),
    [
        ("own", "high"),
        ("grade_a", "high"),
        ("grade_b", "medium"),
        ("house", "medium"),
        ("article", "check"),
        ("grade_c", "note"),
    ],
)
def test_origin_of_the_threshold_caps_severity(threshold, severity):
    found = one(threshold, sampled())
    assert (found.status, found.severity) == ("fail", severity)


def test_a_benchmark_of_grade_d_triggers_nothing():
    found = one("grade_d", sampled(value=0.01))
    assert (found.status, found.reason) == ("unknown", "threshold_unset")


def test_high_needs_95_percent_and_a_hundred():
    assert one("own", sampled(n=99)).severity == "medium"
    assert one("own", sampled(value=0.43, spread=0.06)).severity == "medium"
    assert one("own", sampled(n=100)).severity == "high"


def test_small_n_is_never_red():
    found = one("own", sampled(value=0.0, n=29, spread=0.0))
    assert (found.status, found.reason, found.red) == ("unknown", "small_n", False)


def test_an_answer_is_at_most_a_check():
    said = Fact(id="a.b", value=0.1, basis="said")
    found = one("own", said)
    assert (found.status, found.severity, found.confidence) == ("fail", "check", "low")


def test_the_client_s_own_threshold_replaces_the_house_one():
    book = method({"T1": rule({"fact": "a.b", "below": "house"})})
    facts = Facts([sampled(value=0.3)])
    found = judge(facts, book, Client(thresholds={"house": 0.2}))[0]
    assert found.status == "pass"
    assert found.evidence.threshold.level == "client"
    assert found.evidence.threshold.origin == "own"


@pytest.mark.parametrize(
    ("model", "status"), [("general", "fail"), ("saas", "not_applicable"), (None, "unknown")]
)
def test_applicability(model, status):
    book = method({"T1": rule({"fact": "a.b", "below": "house"}, applies={"model": ["GOODS"]})})
    answer = Fact(id="q.pla.model", value=model) if model else unknown("q.pla.model", "not_asked")
    found = judge(Facts([sampled(), answer]), book)[0]
    assert found.status == status
    if model is None:
        assert found.missing == ("q.pla.model",)


def test_missing_facts_name_the_table_to_ask_for():
    book = method({"T1": rule({"fact": "a.b", "below": "house"})})
    found = judge(Facts([unknown("a.b", "no_table")]), book)[0]
    assert (found.status, found.missing) == ("unknown", ("orders",))


def test_a_cost_that_did_not_come_back_asks_for_nothing():
    book = method({"T1": rule({"fact": "a.b", "below": "house"})})
    found = judge(Facts([unknown("a.b", "not_paid_back")]), book)[0]
    assert (found.status, found.reason, found.missing) == ("unknown", "not_paid_back", ())


def test_items_and_rows_reach_the_evidence():
    fact = Fact(
        id="a.b", value=0.1, items=(Item(key="s3", label="出荷", value=3),), table="journey"
    )
    found = one("house", fact)
    assert found.evidence.items[0].key == "s3"
    assert found.evidence.table == "journey"
    assert found.evidence.facts == ("a.b",)


def test_summary_rules_come_after_the_others_and_name_them():
    book = method(
        {
            "S1": rule({"statuses": ["T1", "T2"], "at_least_k": 1}, severity="note"),
            "T1": rule({"fact": "a.b", "below": "house"}),
            "T2": rule({"fact": "a.b", "above": "house"}),
        }
    )
    found = judge(Facts([sampled()]), book)
    assert [one.id for one in found] == ["S1", "T1", "T2"]
    assert found[0].status == "fail"
    assert [item.key for item in found[0].evidence.items] == ["T1"]


def test_a_fact_that_does_not_apply_is_no_pass():
    fact = Fact(id="a.b", state="not_applicable", reason="not_applicable")
    assert one("house", fact).status == "not_applicable"


def test_score_and_coverage_by_weight():
    book = method(
        {
            "T1": rule({"fact": "a.b", "below": "house"}),
            "T2": rule({"fact": "a.b", "above": "house"}, severity="medium"),
            "T3": rule({"fact": "q.x.y", "equals": "no"}, severity="check"),
        }
    )
    found = judge(Facts([sampled(), unknown("q.x.y", "not_asked")]), book)
    module = score("sales", found, book)
    assert module.score == pytest.approx(100 * 2 / 5)
    assert module.coverage == pytest.approx(5 / 6)
    assert total_coverage(found, book) == pytest.approx(5 / 6)


def test_no_score_under_sixty_percent():
    book = method(
        {
            "T1": rule({"fact": "a.b", "below": "house"}, severity="check"),
            "T2": rule({"fact": "q.x.y", "equals": "no"}, severity="high"),
        }
    )
    found = judge(Facts([sampled(), unknown("q.x.y", "not_asked")]), book)
    module = score("sales", found, book)
    assert module.score is None
    assert module.coverage == pytest.approx(0.25)


def test_actions_put_the_client_s_own_figures_before_house_numbers():
    book = method(
        {
            "T1": rule({"fact": "a.b", "below": "house"}, severity="medium"),
            "T2": rule({"fact": "a.b", "below": "own"}, severity="medium", effort="L"),
            "T3": rule({"fact": "a.b", "below": "own"}, severity="high", effort="L"),
        }
    )
    facts = Facts([sampled(), Fact(id="q.x.target", value=0.5)])
    ranked = plan(judge(facts, book), ASSUMED.__getitem__)
    assert [action.findings[0] for action in ranked] == ["T3", "T2", "T1"]
    assert [action.rank for action in ranked] == [1, 2, 3]


def test_a_house_number_is_not_among_the_first_three_while_others_can_be():
    own = {"fact": "a.b", "below": "own"}
    rules = {
        "H1": rule({"fact": "a.b", "below": "house"}, severity="medium"),
        **{f"C{n}": rule(own, severity="check") for n in range(4)},
        "I1": rule(own, severity="idea"),
    }
    facts = Facts([sampled(), Fact(id="q.x.target", value=0.5)])
    ranked = [
        action.findings[0] for action in plan(judge(facts, method(rules)), ASSUMED.__getitem__)
    ]
    assert ranked == ["C0", "C1", "C2", "H1", "C3", "I1"]


def test_held_back_findings_are_not_acted_on():
    book = method({"T1": rule({"fact": "a.b", "below": "house"})})
    found = judge(Facts([sampled()]), book, Client(suppress={"T1": "棚卸し中"}))
    assert found[0].suppressed == "棚卸し中"
    assert not found[0].red
    assert plan(found, ASSUMED.__getitem__) == ()


def test_strengths_are_measured_passes_only():
    book = method(
        {
            "T1": rule({"fact": "a.b", "below": "house"}, strength=True),
            "T2": rule({"fact": "c.d", "below": "house"}, strength=True),
            "T3": rule({"fact": "e.f_yoy", "below": "house"}, strength=True),
        }
    )
    straddles = Fact(id="e.f_yoy", value=0.5, low=0.4, high=0.6, n=500, sampled=True)
    said = Fact(id="c.d", value=0.9, basis="said")
    found = judge(Facts([sampled(value=0.9), said, straddles]), book)
    assert [finding.status for finding in found] == ["pass", "pass", "pass"]
    assert [one.rule for one in strengths(found, book)] == ["T1"]
