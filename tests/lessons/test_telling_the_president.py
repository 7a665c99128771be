"""Telling a president: sums against the plan of the client, a chain, the opening's signs."""

import math

import pytest

from toolkit.lessons import lesson
from toolkit.lessons.answers.telling_causes import run_of
from toolkit.lessons.answers.telling_the_president import said
from toolkit.lessons.answers.telling_yen import costed


@pytest.fixture(scope="module")
def telling():
    return lesson("telling_the_president", lang="ja")


def test_shares_add_up_to_the_joint_sum_and_gaps_do_not(telling):
    actions, total = telling.frame("actions"), telling.diagnosis.totals.profit
    profit = actions[actions["kind"] == "profit"]
    assert math.isclose(profit["share"].sum(), total.gap, rel_tol=1e-6)
    assert telling.question(1).check(float(profit["alone"].sum() - total.gap))
    assert profit["alone"].sum() > 2 * total.gap


def test_costs_stated_by_the_client_come_before_a_quote(client, telling):
    stated = costed(client("minato_works"))
    assert stated.stated
    assert stated.action.payback_months == pytest.approx(stated.initial / stated.steady)
    assert not costed(telling.firm).stated


def test_the_chain_is_never_shown_in_the_order_asked_for(client, telling):
    for firm in (telling.firm, client("minato_works"), client("hoshino_cloud")):
        run = run_of(firm)
        assert run.shuffled != run.codes
        assert set(run.shuffled) == set(run.codes)


def test_a_cause_known_from_answers_alone_is_to_be_measured(telling):
    from dataclasses import replace

    from toolkit.lessons.answers.telling_causes import say_cause
    from toolkit.lessons.client_firm import ClientFirm

    before = run_of(telling.firm).codes[-2]
    judged = tuple(
        replace(one, confidence="low") if one.id == before else one
        for one in telling.diagnosis.judged
    )
    firm = ClientFirm(diagnosis=replace(telling.diagnosis, judged=judged))
    assert say_cause(telling.firm, telling.book).value == "c"
    assert say_cause(firm, telling.book).value == "b"


def test_the_first_to_tell_is_the_first_of_the_plan(client, telling):
    for firm in (telling.firm, client("minato_works"), client("hoshino_cloud")):
        made = telling.use(firm)
        first = firm.diagnosis.actions[0].findings[0]
        assert f"（{first}）" in made.question(8).solution().text


def test_blame_less_openings_show_all_signs_and_a_bare_sum_does_not(telling):
    question = telling.question(9)
    assert question.check(question.answer.value)
    bare = question.check("年間1,476万円の改善余地があります。必ず儲かります。" * 8)
    assert bare.status in ("partial", "incorrect")


@pytest.mark.parametrize(
    ("sentence", "spoken"),
    [
        ("20.8%です（n=447、2026年2月〜2026年4月）。", "20.8%です。"),
        ("are shipped (business hours; n=10,092, Oct 2023 – Oct 2026).", "are shipped."),
        ("今月から（まず3件）始めます。", "今月から（まず3件）始めます。"),
    ],
)
def test_counts_are_not_said_aloud(sentence, spoken):
    assert said(sentence) == spoken
