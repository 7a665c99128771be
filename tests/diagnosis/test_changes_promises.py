"""Last time's actions: status from the edits, leading figure, promised against realised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.diagnosis.changes.compare import compare
from toolkit.diagnosis.edits import AppliedEdit
from toolkit.diagnosis.plan import Action
from toolkit.facts import Fact
from toolkit.intake.profiles.edit import Edit
from toolkit.method import load_method
from toolkit.rules.yen import Yen

METHOD = load_method()
FEES, LINE = "costs.system_cost_ratio_12m", "system_cost_guide"
SPAN = ("2025-11-01", "2026-10-31")


def fees(value):
    return Fact(id=FEES, value=value, unit="share", period=SPAN)


def idle(value):
    """Yen a year of contracts that can be cancelled: what the gap of PAY001 is made of."""
    return Fact(id="costs.cancellable_contracts_yen", value=value, unit="yen", period=SPAN)


def action(code="PAY001", **given):
    usual = {"rank": 1, "effort": "S", "yen": 150_000.0, "kind": "profit"}
    return Action(id=f"act.{code}", findings=(code,), **{**usual, **given})


def edit(code="PAY001", **given):
    return AppliedEdit(edit=Edit(id=code, line=1, **given), fits=True)


@pytest.fixture
def promise(month_of):
    """What became of one action between two months of a fee ratio."""

    def find(old, new, edits=(), gap=300_000.0, left=120_000.0, **given):
        actions = given.pop("actions", (action(),))
        then = month_of(idle(280_000.0), fees(old), day="2026-09-30", actions=actions, **given)
        yen = Yen(kind="profit", gap=gap, closure=0.5)
        found = replace(then.findings["PAY001"], yen=yen)
        then = replace(then, findings={**then.findings, "PAY001": found})
        return compare(then, month_of(idle(left), fees(new)), METHOD, edits=edits).actions

    return find


def test_promised_is_what_was_printed_then_and_realised_how_the_gap_moved(promise):
    (found,) = promise(0.06, 0.055)
    assert (found.id, found.finding, found.rank, found.kind) == (
        "act.PAY001",
        "PAY001",
        1,
        "profit",
    )
    assert (found.promised, found.closure, found.gap_then) == (150_000.0, 0.5, 300_000.0)
    assert (found.gap_now, found.realised) == (120_000.0, 180_000.0)


def test_a_gap_that_grew_is_realised_below_nothing(promise):
    (found,) = promise(0.06, 0.065, left=350_000.0)
    assert (found.gap_now, found.realised) == (350_000.0, -50_000.0)


@pytest.mark.parametrize(
    ("now", "direction"),
    [(0.055, "better"), (0.065, "worse"), (0.061, "within_noise"), (0.04, "better")],
)
def test_the_leading_figure_and_its_direction(promise, now, direction):
    (found,) = promise(0.06, now)
    assert (found.fact, found.then, found.now) == (FEES, 0.06, now)
    assert found.direction == direction


def test_a_rule_that_is_good_again_may_leave_a_gap_or_none(promise):
    """Its line is not its target."""
    (found,) = promise(0.06, 0.04)
    assert (found.gap_now, found.realised) == (120_000.0, 180_000.0)
    (found,) = promise(0.06, 0.04, left=0.0)
    assert (found.gap_now, found.realised) == (0.0, 300_000.0)


def test_by_another_line_the_gap_of_then_is_reckoned_anew(promise):
    """Judged by 4 % then, by 5 % now: the gap of then is what the line of now makes of it."""
    (found,) = promise(0.06, 0.055, thresholds={LINE: 0.04})
    assert found.promised == 150_000.0  # as printed
    assert (found.gap_then, found.realised) == (280_000.0, 160_000.0)  # from the facts of then


def test_without_a_gap_on_both_sides_the_figure_stands_alone(promise):
    (found,) = promise(0.06, 0.055, gap=None)
    assert (found.realised, found.then) == (None, 0.06)
    (found,) = promise(0.06, 0.055, actions=(action(yen=None, kind=None),))
    assert (found.promised, found.realised) == (None, None)
    (found,) = promise(0.06, 0.055, actions=(action(kind="cash"),))  # not of one kind
    assert found.realised is None


def test_status_and_reason_are_the_consultants(promise):
    note = edit(status="doing", reason="請求書を整理中", assignee="佐藤", due="2026-12-15")
    (found,) = promise(0.06, 0.055, [note])
    assert (found.status, found.reason) == ("doing", "請求書を整理中")
    assert (found.assignee, found.due) == ("佐藤", "2026-12-15")
    late = replace(note, fits=False, reason="not_failing", now="pass")
    (found,) = promise(0.06, 0.04, [late])  # good again: the words do not fit, the status stands
    assert found.status == "doing"
    (found,) = promise(0.06, 0.055, [edit("AFT006", status="done")])
    assert found.status is None


def test_which_actions_are_promises(promise):
    many = (
        action(rank=10),
        action("AFT006", rank=11),
        action("AFT009", rank=12, assignee="鈴木"),
        action("SAL008", rank=13, due="2026-12-31"),
        action("SAL010", rank=14),
    )
    found = promise(0.06, 0.055, [edit("SAL010", status="dropped")], actions=many)
    assert [one.finding for one in found] == ["PAY001", "AFT009", "SAL008", "SAL010"]
    assert found[1].assignee == "鈴木"
