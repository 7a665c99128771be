"""The lesson on the offer against hand arithmetic, and on firms where another move is right."""

import pytest

from toolkit.errors import UsageError
from toolkit.lessons import lesson

NOW = {"key": "N", "name": "now", "price_yen": 1000, "orders": 100, "costs": {"goods": 600}}
CUT = {**NOW, "key": "A", "name": "cut", "price_yen": 900, "orders": 180}
BONUS = {
    **NOW,
    "key": "B",
    "name": "gift",
    "orders": 130,
    "add_ons": [{"name": "g", "cost_yen": 50}],
}
TRIAL = {**NOW, "key": "C", "name": "try", "orders": 90, "trials": 200}


@pytest.fixture
def about():
    """The lesson about a firm of some offers."""

    def made(*offers):
        return lesson("offer", lang="en").use({"offers": list(offers)})

    return made


def test_a_discount_needs_the_margin_of_today_over_the_margin_left(about):
    made = about(NOW, CUT)
    assert made.question(3).answer.value == pytest.approx(100 * 400 / 300)
    assert about(NOW, {**CUT, "price_yen": 600}).question(3).answer is None


def test_without_a_discount_a_tenth_off_is_asked_about(about):
    assert about(NOW).question(3).answer.value == pytest.approx(100 * 400 / 300)


@pytest.mark.parametrize(
    ("offers", "right"),
    [
        ([NOW, {**CUT, "orders": 300}, BONUS, TRIAL], "a"),  # 200 × 300 beats 100 × 400
        ([NOW, CUT, {**BONUS, "orders": 160}, TRIAL], "b"),  # 130 × 350 = 45,500
        ([NOW, CUT, BONUS, {**TRIAL, "orders": 140}], "c"),  # 120 × 400 = 48,000
        ([NOW, {**CUT, "orders": 150}, {**BONUS, "orders": 110}, TRIAL], "d"),  # 37,500, 36,750
    ],
)
def test_the_judgement_follows_the_money_left_with_half_the_rise(about, offers, right):
    made = about(*offers)
    assert made.question(7).answer.value == right
    assert made.question(7).check(right)
    assert "{" not in made.question(8).solution().text


def test_trials_change_in_step_with_orders(about):
    paid = {**TRIAL, "trial_price_yen": 100, "trial_cost_yen": 300, "orders": 120}
    made = about(NOW, CUT, BONUS, paid)
    plan = made.firm.first_of("trial")
    assert plan.left() == 120 * 400 - 200 * 200
    assert plan.left(60) == 60 * 400 - 100 * 200


@pytest.mark.parametrize(
    "source", [{"offers": "cheap"}, {"offers": [{"price_yen": "9", "costs": {"goods": 1}}]}]
)
def test_what_is_no_offer_is_refused(source):
    with pytest.raises(UsageError):
        lesson("offer", lang="en").use(source)


def test_an_add_on_of_another_form_is_refused(about):
    with pytest.raises(UsageError):
        about({**NOW, "add_ons": [{"title": "g"}]})
