"""The value of an answer, worked by hand on a method of a few rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.diagnosis.ask import ask_next
from toolkit.diagnosis.information import Information, Standing
from toolkit.diagnosis.possible import possible_answers
from toolkit.facts import Fact, Facts, unknown
from toolkit.method import Entry, Method, load_method
from toolkit.rules.finding import SEVERITIES
from toolkit.rules.judge import Client, judge, judge_again
from toolkit.rules.readers import readers
from toolkit.rules.yen import Yen

OPEN = {"fact": "q.x.pay", "one_of": ["partly", "no"]}
QUESTIONS = {
    "q.x.pay": {"kind": "choice", "choices": ["yes", "partly", "no", "unknown"]},
    "q.x.map": {
        "kind": "map",
        "value_kind": "choice",
        "items": ["a", "b"],
        "choices": ["yes", "partly", "no", "unknown"],
    },
    "q.x.target": {"kind": "number", "key": True},
    "q.pla.cost_rates": {"kind": "map", "value_kind": "number", "items": ["cogs"], "key": True},
}
THRESHOLDS = {
    "half": {"value": 0.5, "unit": "share", "origin": "arith"},
    "ours": {"value": 0.5, "unit": "share", "origin": "house"},
    "target": {"unit": "share", "origin": "own", "question": "q.x.target"},
    "none": {"value": 0, "unit": "count", "origin": "arith"},
}


def entries(table):
    return {
        name: Entry(id=name, values_=values, layers={}, file="t.toml", line=1)
        for name, values in table.items()
    }


def rule(fails, severity="check", **fields):
    return {"module": "sales", "severity": severity, "effort": "S", "fails": fails, **fields}


# Today's first three: one of medium severity and two checks.
TODAY = {
    "T1": rule({"fact": "a.low", "below": "half"}, "medium"),
    "T2": rule({"fact": "a.low", "below": "half"}),
    "T3": rule({"fact": "a.low", "below": "half"}),
}


def standing(open_rules, facts=(), restated=None, yen=None):
    """Rules that fail today beside open ones; the first three go by severity, then by code."""
    sections = {
        "applies": {
            "models": {"general": "gen", "saas": "saas"},
            "stages": {},
            "groups": {},
        },
        "rules": {**TODAY, **open_rules},
        "thresholds": THRESHOLDS,
        "questions": QUESTIONS,
        "measures": {"a.b": {"needs": ["orders"]}},
    }
    book = Method(
        layers=(), sections={name: entries(table) for name, table in sections.items()}, words={}
    )
    known = Facts(
        [
            Fact(id="a.low", value=0.1),
            unknown("q.x.pay", "not_asked"),
            unknown("q.x.map", "not_asked"),
            unknown("q.x.target", "not_asked"),
            *facts,
        ]
    )
    found = tuple(replace(one, yen=(yen or {}).get(one.id)) for one in judge(known, book))
    return Standing(
        findings=found,
        facts=known,
        method=book,
        first_three=by_severity,
        restated=restated or known.stated_anew,
    )


def by_severity(findings):
    failed = [one for one in findings if one.status == "fail" and one.suppressed is None]
    failed.sort(key=lambda one: (SEVERITIES.index(one.severity), one.id))
    return tuple(one.id for one in failed[:3])


def worth(now, need):
    information = Information(now)
    return information.worth(need, information.needs()[need])


def test_two_of_three_answers_put_one_rule_among_the_first_three():
    found = worth(standing({"T0": rule(OPEN)}), "q.x.pay")
    assert found.value == pytest.approx(2 / 3, abs=1e-4)
    assert found.would_enter == ("T0",)


def test_an_answer_that_cannot_reach_the_first_three_is_worth_nothing():
    found = worth(standing({"T9": rule(OPEN)}), "q.x.pay")
    assert (found.value, found.would_enter) == (0.0, ())


def test_an_answer_that_leaves_its_rule_open_is_worth_nothing():
    both = {"all": [OPEN, {"fact": "a.b", "below": "half"}]}
    now = standing({"T0": rule(both)}, [unknown("a.b", "no_table")])
    assert worth(now, "q.x.pay").value == 0.0


def test_an_answer_may_enter_only_through_what_an_object_makes_of_it():
    def restated(cells):
        no = sum(cell.value == "no" for cell in cells)
        return now.facts.stated_anew([*cells, Fact(id="x.open", value=no, basis="said")])

    fails = {"fact": "x.open", "above": "none"}
    open_ = unknown("x.open", "not_asked", needs=("q.x.map",))
    now = standing({"T0": rule(fails)}, [open_], lambda cells: restated(cells))
    assert worth(now, "q.x.map").value == 0.5  # all "no" against all "yes"; "partly" is neither


def test_a_question_of_items_keeps_what_was_said_of_them():
    said = Fact(id="q.x.map", value="no", by={"item": "a"})
    method = standing({}).method
    question = method.section("questions")["q.x.map"]
    patterns = possible_answers(question, Facts([said]), method)
    assert [[(c.by["item"], c.value) for c in cells] for cells in patterns] == [
        [("a", "no"), ("b", code)] for code in ("yes", "partly", "no")
    ]


@pytest.mark.parametrize(
    ("threshold", "severity", "value"),
    [("half", "high", 0.5), ("target", "high", 0.5), ("ours", "high", 0.5), ("half", "idea", 0.0)],
)
def test_a_table_lets_its_rule_fail_half_the_time(threshold, severity, value):
    open_ = rule({"fact": "a.b", "below": threshold}, severity)
    now = standing({"T9": open_}, [unknown("a.b", "no_table")])
    need = "q.x.target" if threshold == "target" else "orders"
    assert worth(now, need).value == value


def test_what_our_own_number_decides_is_supposed_no_graver_than_it_may_be():
    open_ = rule({"fact": "a.b", "below": "ours"}, "high")
    now = standing({"T9": open_}, [unknown("a.b", "no_table")])
    seen = []

    def first_three(findings):
        seen.extend(one for one in findings if one.id == "T9" and one.status == "fail")
        return by_severity(findings)

    worth(replace(now, first_three=first_three), "orders")
    assert [(one.severity, one.evidence.threshold.origin) for one in seen] == [("medium", "house")]


def test_an_answer_alone_is_supposed_a_check():
    open_ = rule({"fact": "q.x.target", "below": "half"}, "high")
    assert worth(standing({"T9": open_}), "q.x.target").value == 0.0
    assert worth(standing({"T0": open_}), "q.x.target").value == 0.5


def test_more_waiting_rules_are_never_worth_less_and_three_places_are_all():
    values = []
    for count in range(9):
        more = {f"T0{n}": rule({"fact": "a.b", "below": "half"}) for n in range(count)}
        now = standing(
            {**more, "T9": rule({"fact": "a.b", "below": "half"})}, [unknown("a.b", "no_table")]
        )
        values.append(worth(now, "orders").value)
    assert values == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.0, 3.0]


def test_yen_that_wait_for_the_margin_count_half_a_place_each():
    no_margin = Yen(kind="profit", reason="no_margin", missing=("costs", "q.pla.cost_rates"))
    now = standing({}, yen={"T1": no_margin, "T3": no_margin})
    asked = {one.id: one for one in ask_next(now)}
    assert set(asked) == {"q.pla.cost_rates", "costs"}
    for one in asked.values():
        assert (one.value, one.priced, one.rules) == (1.0, ("T1", "T3"), ())


def test_yen_that_wait_for_another_question_count_for_it_alone():
    no_wage = Yen(kind="capacity", reason="no_input", missing=("q.x.target", "orders"))
    asked = ask_next(standing({}, yen={"T2": no_wage}))
    assert [(one.id, one.value, one.priced) for one in asked] == [("q.x.target", 0.5, ("T2",))]


def test_the_most_valuable_comes_first_then_key_then_weight_then_id():
    now = standing(
        {
            "T0": rule(OPEN),
            "T8": rule({"fact": "q.x.target", "below": "half"}, "check"),
            "T9": rule({"fact": "a.b", "below": "half"}, "idea"),
        },
        [unknown("a.b", "no_table")],
    )
    assert [(one.id, one.key) for one in ask_next(now)] == [
        ("q.x.pay", False),
        ("q.x.target", True),
        ("orders", False),
    ]
    assert [one.kind for one in ask_next(now)] == ["question", "question", "table"]


def test_the_first_three_are_those_of_the_function_given():
    now = replace(standing({"T0": rule(OPEN)}), first_three=lambda findings: ("T1",))
    assert worth(now, "q.x.pay").value == 0.0


def test_what_is_held_back_enters_nothing():
    now = standing({"T0": rule({"fact": "a.b", "below": "half"})}, [unknown("a.b", "no_table")])
    held = tuple(
        replace(one, suppressed="known") if one.id == "T0" else one for one in now.findings
    )
    assert worth(replace(now, findings=held), "orders").value == 0.0


def test_judging_again_is_judging_everything(shop):
    """No answer to any question makes a difference that the index of readers would miss."""
    method, client = load_method(), Client()
    today = {one.id: one for one in judge(shop.facts, method, client)}
    index, tried = readers(method), 0
    for question in method.section("questions").values():
        blank = shop.facts.stated_anew([unknown(question.id, "not_asked")])
        for cells in possible_answers(question, blank, method):
            facts = shop.facts.stated_anew(cells)
            codes = index.get(question.id, ())
            again = judge_again(today, codes, facts, method, client)
            whole = {one.id: one for one in judge(facts, method, client)}
            assert again == whole, (question.id, cells)
            tried += 1
    assert tried > 100
