"""The lesson on closing against the facts of its clients and against hand arithmetic."""

from types import SimpleNamespace

import pandas as pd
import pytest

from toolkit.lessons import lesson
from toolkit.lessons.answers import closing_leads
from toolkit.lessons.answers.closing_difference import Pair, call_of
from toolkit.lessons.two_clients import TwoClients
from toolkit.method import load_method
from toolkit.words import words

BOOK = words(load_method(), "en")
FACTS = {
    "days_to_win": "acquisition.days_to_win_median",
    "win_rate": "acquisition.win_rate_now",
    "dso": "receivables.dso_days",
    "overdue_rate": "receivables.overdue_rate",
}


def _answers(made):
    return {question.id: question.answer for question in made.questions}


@pytest.mark.parametrize("dataset", ["minato_works", "hoshino_cloud"])
def test_answers_equal_the_facts_of_the_client(dataset, client):
    made = lesson("closing_and_collection", lang="en").use(client(dataset))
    answers, facts = _answers(made), made.diagnosis.facts
    for question, fact in FACTS.items():
        assert answers[question].value == pytest.approx(facts[fact].number), fact
    a_day = facts["receivables.credit_sales_a_day_yen"].number
    excess = facts["receivables.excess_days"].number
    assert answers["cash_gap"].value == pytest.approx(excess * a_day)
    now, before = answers["win_rate"].value, answers["win_before"].value
    assert now - before == pytest.approx(facts["acquisition.win_rate_yoy"].number)


def test_the_shop_is_asked_about_carts_and_sends(client):
    made = lesson("closing_and_collection", lang="en")
    shop = client("aoba_shop").diagnosis.facts
    answers = _answers(made)
    left = shop["traffic.cart_drop_share"].number
    assert answers["cart_to_order"].value == pytest.approx(1 - left)
    net = shop["promotions.net_yen"].number
    assert answers["net_per_send"].value == pytest.approx(net / 3520, abs=0.01)
    assert answers["extra_orders"].value == pytest.approx(14373 * 0.05 * 5363 / 7911)
    assert made.diagnosis.client["client_id"] == "minato_works"
    assert isinstance(made.firm, TwoClients)


def test_own_client_is_its_own_shop(client):
    made = lesson("closing_and_collection", lang="en").use(client("minato_works"))
    assert _answers(made)["cart_to_order"] is None
    assert made.question(1).check(0.5).status == "cannot_check"
    made = lesson("closing_and_collection", lang="en").use(client("aoba_shop"))
    assert _answers(made)["cart_to_order"] is not None
    assert _answers(made)["win_rate"] is None


@pytest.mark.parametrize(
    ("better", "worse", "call"),
    [
        ((40, 100), (25, 100), "certain"),  # 0.15 - 1.96 × 0.0654 > 0
        ((37, 100), (25, 100), "likely"),  # 0.12 - 1.96 × 0.0648 < 0 < 0.12 - 1.28 × 0.0648
        ((30, 100), (25, 100), "chance"),
        ((25, 29), (1, 100), "few"),
        ((25, 30), (1, 100), "certain"),
    ],
)
def test_what_may_be_said_of_a_difference(better, worse, call):
    assert call_of(Pair(better=("B", *better), worse=("A", *worse))) == call


def test_the_interval_is_that_of_the_page():
    two = Pair(better=("B", 40, 100), worse=("A", 25, 100))
    error = (0.4 * 0.6 / 100 + 0.25 * 0.75 / 100) ** 0.5
    assert two.error == pytest.approx(error)
    assert two.low(0.95) == pytest.approx(0.15 - 1.96 * error)


def test_slips_of_the_pen_are_left_out_of_the_days(monkeypatch):
    day = pd.Timestamp("2026-01-10")
    later = [day + pd.Timedelta(days=n) for n in (-5, 2, 4, 30)]
    leads = pd.DataFrame(
        {
            "created_at": [day] * 5,
            "won_at": [*later, pd.NaT],
            "lost_at": [pd.NaT] * 4 + [day + pd.Timedelta(days=60)],
        }
    )
    monkeypatch.setattr(closing_leads, "leads_frame", lambda firm, book: leads)
    answer = closing_leads.days_to_win(SimpleNamespace(), BOOK)
    assert answer.value == 4
    assert answer.wrong["with_negatives"] == 3
    assert answer.wrong["mean"] == 12
    assert answer.params["odd"] == "1"


def test_ageing_adds_up_to_what_is_open(client):
    made = lesson("closing_and_collection", lang="en").use(client("minato_works"))
    ageing, facts = made.frame("ageing"), made.diagnosis.facts
    assert ageing["open"].sum() == pytest.approx(facts["receivables.open"].number)
    assert list(ageing["bucket"]) == ["not_due", "0-30", "31-60", "61-90", "90+"]
    for row in ageing.itertuples():
        assert row.open == pytest.approx(facts[f"receivables.ageing[bucket={row.bucket}]"].number)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_model_call_shows_its_own_signs(lang):
    made = lesson("closing_and_collection", lang=lang)
    call = made.question(len(made.questions))
    assert call.check(call.solution().value)
    assert call.check("x " * 200).notes
