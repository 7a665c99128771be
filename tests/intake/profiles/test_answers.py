"""Answers: codes or labels, items, ranges, who and when; and the facts they become."""

from __future__ import annotations

import pytest

from toolkit.errors import InputError
from toolkit.facts import Facts
from toolkit.intake.profiles.profile import answer_facts, read_profile

HEAD = "client_id: aoyama\ncompany_name: 青山商店\n"


@pytest.fixture
def answered(tmp_path, method):
    def reading(text: str, head: str = HEAD):
        path = tmp_path / "client.yaml"
        path.write_text(f"{head}answers:\n{text}", encoding="utf-8")
        return read_profile(path, method)

    return reading


@pytest.fixture
def facts(answered, method):
    return lambda text, head=HEAD: Facts(answer_facts(answered(text, head), method))


@pytest.fixture
def fault(answered):
    def reading(text: str) -> tuple[str, int | None]:
        with pytest.raises(InputError) as raised:
            answered(text)
        (problem,) = raised.value.problems
        return problem.code, problem.line

    return reading


def test_what_is_not_asked_is_one_unknown_fact_each(facts, method) -> None:
    found = facts("")
    assert set(found) == set(method.section("questions"))
    assert {fact.reason for fact in found.values()} == {"not_asked"}


def test_model_and_stage_answer_their_questions(facts) -> None:
    found = facts("", HEAD + "model: general\nstage: growth\n")
    assert found.value("q.pla.model") == "general"
    assert found.value("q.pla.stage") == "growth"


def test_a_choice_by_code_or_label_of_either_language(facts, method) -> None:
    for lang in ("ja", "en"):
        label = method.words[lang]["questions.q.crm.strategy.choices.partly"]
        found = facts(f'  q.crm.strategy: "{label}"\n')
        assert found.value("q.crm.strategy") == "partly"
    assert facts("  q.crm.strategy: partly\n").value("q.crm.strategy") == "partly"


def test_not_knowing_is_an_answer_and_an_unknown_fact(facts) -> None:
    fact = facts("  q.crm.strategy: わからない\n")["q.crm.strategy"]
    assert (fact.state, fact.reason, fact.value) == ("unknown", "answered_unknown", None)


def test_numbers_and_shares(facts) -> None:
    for text in ("0.3", "30%", "３０％"):
        assert facts(f"  q.aft.f2_target: {text}\n").number("q.aft.f2_target") == 0.3


def test_a_map_is_a_fact_for_each_item_the_rest_not_asked(facts) -> None:
    found = facts(
        "  q.aft.activities:\n    inquiry: yes\n    苦情対応: 担当なし\n    社内報: no_record\n"
    )
    assert found.value("q.aft.activities[item=inquiry]") == "yes"
    assert found.value("q.aft.activities[item=complaint]") == "no_assignee"
    assert found.value("q.aft.activities[item=社内報]") == "no_record"
    assert found["q.aft.activities[item=data]"].reason == "not_asked"


def test_a_map_may_be_answered_as_a_whole(facts) -> None:
    assert facts("  q.pla.cost_plan: no\n").value("q.pla.cost_plan") == "no"
    plan = facts("  q.pla.cost_plan: { cogs: 0.4, system: わからない }\n")
    assert plan.value("q.pla.cost_plan") == "yes"
    assert plan.number("q.pla.cost_plan[item=cogs]") == 0.4
    assert plan["q.pla.cost_plan[item=system]"].reason == "answered_unknown"


def test_all_that_apply_are_counted(facts) -> None:
    found = facts("  q.pla.absence: [order_intake, 採用]\n")
    assert found.number("q.pla.absence") == 2
    assert found.value("q.pla.absence[item=order_intake]") == "yes"
    assert facts("  q.pla.absence: none\n").value("q.pla.absence") == "none"
    assert facts("  q.pla.absence: []\n")["q.pla.absence"].reason == "not_asked"


def test_the_canvas_is_a_line_for_each_need(facts) -> None:
    text = "  q.val.canvas:\n    - { item: 届くのが|遅い, importance: 5, covered: 0.5 }\n"
    found = facts(text)
    assert found.value("q.val.canvas[item=届くのが／遅い]") == "5 | partly"


def test_who_when_and_what_was_shown(answered) -> None:
    details = "by: 社長, on: 2026-04-01, evidence: 計画書, basis: seen"
    text = f"  q.crm.strategy: {{ value: yes, {details} }}\n"
    (answer,) = answered(text).answers
    assert (answer.value, answer.by, answer.on, answer.evidence, answer.basis) == (
        "yes",
        "社長",
        "2026-04-01",
        "計画書",
        "seen",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  q.crm.strategi: yes\n", ("key_unknown", 4)),
        ("  q.crm.strategy: maybe\n", ("field_choice", 4)),
        ("  q.crm.strategy: [yes]\n", ("answer_one_value", 4)),
        ("  q.aft.f2_target: 2\n", ("answer_range", 4)),
        ("  q.aft.f2_target: many\n", ("field_number", 4)),
        ("  q.aft.activities: [inquiry]\n", ("answer_map", 4)),
        ("  q.pla.cost_rates: { rent: 0.1 }\n", ("key_unknown", 4)),
        ("  q.pla.absence: { a: b }\n", ("answer_list", 4)),
        ("  q.val.canvas:\n    - { item: a, importance: 5 }\n", ("answer_canvas", 5)),
        ("  q.val.canvas:\n    - { item: a, importance: 9, covered: 1 }\n", ("answer_range", 5)),
        ("  q.crm.strategy: { value: yes, at: 1 }\n", ("key_unknown", 4)),
        ("  q.crm.strategy: { value: yes, basis: heard }\n", ("field_choice", 4)),
    ],
)
def test_faults(text: str, expected: tuple[str, int], fault) -> None:
    assert fault(text) == expected


def test_a_field_and_an_answer_must_agree(answered) -> None:
    with pytest.raises(InputError) as raised:
        answered("  q.pla.model: saas\n", HEAD + "model: general\n")
    assert [problem.code for problem in raised.value.problems] == ["answered_twice"]
    same = answered("  q.pla.model: general\n", HEAD + "model: general\n")
    assert len(same.answers) == 1
