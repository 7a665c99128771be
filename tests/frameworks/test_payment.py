"""Payment system: both readings against the guide, two axes, contracts, parts of the system."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts, unknown
from toolkit.frameworks import PaymentSystem
from toolkit.frameworks.payment_axes import CHECKS, methods_met


@pytest.mark.parametrize(
    ("system", "fees", "reading"),
    [
        (0.02, 0.03, "under"),
        (0.02, 0.031, "between"),
        (0.05, 0.001, "between"),
        (0.0501, 0.0, "over"),
        (0.02, None, None),
        (None, 0.03, None),
    ],
)
def test_both_readings_against_the_guide(system, fees, reading):
    given = {"system": system, "payment_fee": fees}
    shares = {item: share for item, share in given.items() if share is not None}
    assert PaymentSystem(cost_shares=shares, guide_share=0.05).guide_reading == reading


def test_axes_are_means_of_what_is_known():
    pay = PaymentSystem(
        cost_shares={"system": 0.08},  # above the guide of 5 %: 0
        linkage="auto",  # 1
        yearly_review="partly",  # ½
        methods={"card": "offered", "transfer": "not_needed"},  # 1
        reentry="yes",  # 0
        checkout_steps=5,  # at the limit of five: 1
    )
    efficiency, convenience = pay.axes["efficiency"], pay.axes["convenience"]
    assert (efficiency.score, efficiency.n) == (pytest.approx((0 + 1 + 0.5) / 3), 3)
    assert (convenience.score, convenience.n) == (pytest.approx(2 / 3), 3)
    assert "nothing_to_cancel" not in efficiency.states


def test_nothing_known_scores_nothing():
    axes = PaymentSystem().axes
    assert [axis.score for axis in axes.values()] == [None, None]
    assert {"axes", "checks"} <= set(PaymentSystem().unknown_parts())


@pytest.mark.parametrize(
    ("given", "check", "state"),
    [
        ({"linkage": "manual"}, "linked", "no"),
        ({"linkage": "unknown"}, "linked", None),
        ({"yearly_review": "no"}, "reviewed", "no"),
        ({"yearly_review": "unknown"}, "reviewed", None),
        ({"contracts": {}}, "nothing_to_cancel", "yes"),
        ({"contracts": {"old cart": 12000}}, "nothing_to_cancel", "no"),
        ({"checkout_steps": 6}, "few_screens", "no"),
        ({"reentry": "no"}, "no_retyping", "yes"),
        ({"cost_shares": {"system": 0.05}}, "share_in_guide", "yes"),
    ],
)
def test_each_check(given, check, state):
    axes = PaymentSystem(guide_share=0.05, **given).axes
    (axis,) = [axes[name] for name, checks in CHECKS.items() if check in checks]
    assert axis.states.get(check) == state


@pytest.mark.parametrize(
    ("methods", "state"),
    [
        ({"card": "offered", "convenience": "wanted"}, "no"),
        ({"card": "offered", "convenience": "unknown"}, None),
        ({"card": "unknown", "convenience": "wanted"}, "no"),
        ({"card": "offered"}, "yes"),
        (None, None),
    ],
)
def test_methods_asked_for_are_offered(methods, state):
    assert methods_met(methods) == state


def test_contracts_by_name_none_or_not_asked(answered):
    named = Facts(answered("q.pay.contracts", {"old cart": 12000.0, "mailer": 6000.0}))
    assert PaymentSystem.from_facts(named).contracts_year_yen == 18000
    none = Facts([Fact(id="q.pay.contracts", value="none")])
    assert PaymentSystem.from_facts(none).contracts_year_yen == 0
    unsure = Facts([unknown("q.pay.contracts", "answered_unknown")])
    assert PaymentSystem.from_facts(unsure).contracts_year_yen is None
    assert "contracts" in PaymentSystem.from_facts(unsure).unknown_parts()


def test_a_cart_is_one_part_of_the_system(answered):
    facts = Facts(answered("q.pay.tools", {"cart": "ShopNow", "stock": "unknown", "loyalty": "Pt"}))
    rows = [
        (row.item, row.value)
        for row in PaymentSystem.from_facts(facts).rows()
        if row.part == "tools"
    ]
    assert rows[0] == ("cart", "ShopNow")
    assert ("payment", None) in rows
    assert rows[-1] == ("loyalty", "Pt")


def test_planned_share_stands_beside_the_guide():
    pay = PaymentSystem(planned_shares={"system": 0.04, "cogs": 0.3})
    assert [row.value for row in pay.rows() if row.part == "planned_system_share"] == [0.04]


@pytest.mark.parametrize(
    ("model", "applies"),
    [("general", True), ("marketplace_led", True), ("saas", False), ("unknown", False)],
)
def test_the_guide_is_one_of_mail_order(model, applies):
    shares = [Fact(id="costs.system_cost_ratio", value=0.08)]
    facts = Facts([*shares, Fact(id="q.pla.model", value=model)])
    pay = PaymentSystem.from_facts(facts)
    assert pay.over_guide is (True if applies else None)
    assert ("guide_reading" in {row.part for row in pay.rows()}) is applies
    assert ("share_in_guide" in pay.axes["efficiency"].checks) is applies
    assert PaymentSystem(cost_shares={"system": 0.08}).over_guide is True


def test_checks_that_do_not_apply_are_not_counted():
    rows = PaymentSystem(model="saas", linkage="auto").rows()
    assert [row.note for row in rows if row.part == "axes" and row.item == "efficiency"] == ["1/3"]
