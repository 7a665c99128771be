"""The lesson on fulfillment: figures by hand, the choice of means, firms the quote does not fit."""

from dataclasses import replace

import pandas as pd
import pytest

from toolkit.facts import Fact, Facts
from toolkit.lessons import lesson
from toolkit.lessons.answers.fulfillment_cost import quote
from toolkit.lessons.answers.fulfillment_days import days_between
from toolkit.lessons.client_firm import ClientFirm

BUSY, LINES, P90, LATE, PARCEL, OWN, POINT, MEANS, MEMO = range(1, 10)


@pytest.fixture(scope="module")
def made():
    return lesson("fulfillment", lang="en")


@pytest.fixture
def with_said(client):
    """A shipped client with answers of the hearing, or its currency, changed."""

    def change(name, said, **about):
        firm = client(name)
        facts = {**firm.diagnosis.facts, **{key: Fact(id=key, value=v) for key, v in said.items()}}
        diagnosis = replace(
            firm.diagnosis,
            facts=Facts(facts.values()),
            client={**firm.diagnosis.client, **about},
        )
        return ClientFirm(diagnosis=diagnosis, case=firm.case)

    return change


def test_the_figures_are_those_counted_by_hand(made):
    right = {
        BUSY: 14,
        LINES: 13933 / 10101,
        P90: 2,
        LATE: 64 / 2576,
        PARCEL: (3_229_345 + 572_196) / 3811,
        OWN: 26 * 365 / 7 * 1180 * 1.15 / 3800,
        POINT: 36000 / (26 * 365 / 7 * 1180 * 1.15 / 3800 - 370),
    }
    found = {number: made.question(number).answer.value for number in right}
    assert found == pytest.approx(right)


@pytest.mark.parametrize("name", ["aoba_shop", "minato_works"])
def test_what_a_learner_counts_from_the_tables_is_the_fact_of_the_diagnosis(made, client, name):
    about = made.use(client(name))
    orders = about.frame("orders")
    both = orders.dropna(subset=["promised_at", "delivered_at"])
    late = (both["delivered_at"] > both["promised_at"]).mean()
    days = (orders["shipped_at"] - orders["order_date"]).dt.days
    assert about.question(LATE).check(float(late))
    assert about.question(P90).check(float(days.quantile(0.9)))


def test_days_are_calendar_days_unless_both_dates_carry_a_time():
    frame = pd.DataFrame(
        {
            "a": pd.to_datetime(["2026-06-01", "2026-06-01", "2026-06-05"]),
            "b": pd.to_datetime(["2026-06-02 18:00", None, "2026-06-04 09:00"]),
        }
    )
    assert days_between(frame, "a", "b").tolist() == [1.0]
    timed = frame.assign(a=frame["a"] + pd.Timedelta(hours=6))
    assert days_between(timed, "a", "b").tolist() == [1.5]
    assert days_between(frame, "a", "c") is None


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ({}, "a"),
        ({"q.ful.stock_link": "auto"}, "d"),
        ({"q.ful.pattern": "onsite", "q.ful.stock_link": "auto"}, "a"),
    ],
)
def test_the_means_follow_from_what_is_delivered_and_how(made, with_said, said, right):
    question = made.use(with_said("aoba_shop", said)).question(MEANS)
    assert question.check(right)
    assert not any(question.check(other) for other in set("abcd") - {right})


def test_where_every_month_is_above_the_break_even_packing_is_handed_out(made, client):
    question = made.use(client("minato_works")).question(MEANS)
    assert question.check("b")
    assert question.check("d").mistake == "stay"


def test_a_quote_in_yen_is_not_set_against_work_in_another_currency(made, with_said):
    about = made.use(with_said("aoba_shop", {}, currency="USD"))
    assert about.question(POINT).answer is None
    assert about.question(MEANS).answer is None
    assert "$" in about.question(OWN).solution().text
    assert "¥" not in about.question(OWN).solution().text


def test_a_quote_dearer_than_the_own_work_has_no_break_even(made, with_said):
    cheap = Fact(id="delivery.own_work_per_order_yen", value=quote().each, n=3800)
    firm = with_said("aoba_shop", {})
    facts = Facts({**firm.diagnosis.facts, cheap.id: cheap}.values())
    about = made.use(replace(firm, diagnosis=replace(firm.diagnosis, facts=facts)))
    assert about.question(POINT).check(315).status == "cannot_check"


def test_a_note_without_the_promise_to_customers_lacks_it(made):
    text = (
        "We should systematise first. One costs us 484 yen. We decide again in three months. " * 3
    )
    result = made.question(MEMO).check(text)
    assert result.status == "partial"
    assert len(result.notes) == 1
    assert "promise" in result.notes[0].lower()
