"""Whether the top tenth of customers are those the client aims at."""

import pytest

from toolkit.facts import Facts
from toolkit.measures.intervals import wilson
from toolkit.measures.summaries import summarise
from toolkit.measures.targets import MATCH, target_facts

TARGET = "q.pla.target"


def _orders(customers):
    """One order each, the first customers the largest."""
    return [
        {
            "order_id": f"o{place}",
            "customer_id": f"c{place:02d}",
            "order_date": "2025-01-01",
            "amount": 1000 - place,
        }
        for place in range(customers)
    ]


def _people(**columns):
    size = len(next(iter(columns.values())))
    return [
        {
            "customer_id": f"c{place:02d}",
            **{name: values[place] for name, values in columns.items()},
        }
        for place in range(size)
    ]


def _fact(make_case, people, answers, customers=40):
    tables = {"orders": _orders(customers)} | ({"customers": people} if people else {})
    said = {(TARGET, item): value for item, value in answers.items()}
    made = summarise(make_case("2025-01-31", answers=said, **tables))
    return Facts(target_facts(made))[MATCH]


AGES = ["40代", "50代", "60代", None] + ["30代"] * 36


def test_two_of_three_known_among_the_first_four(make_case):
    fact = _fact(make_case, _people(age_band=AGES), {"age_band": "40代、50代"})
    assert (fact.value, fact.n) == (2 / 3, 3)  # the top tenth of 40 are four, one of them unknown
    assert (fact.low95, fact.high95) == (wilson(2, 3).low95, wilson(2, 3).high95)


def test_the_attribute_met_least_speaks_for_all(make_case):
    places = ["東京都", "大阪府", "東京", "東京都"] + ["大阪"] * 36
    people = _people(age_band=["40代", "40代", "50代", "20代"] + ["20代"] * 36, prefecture=places)
    answers = {"age_band": "40代", "prefecture": "東京", "industry_band": "小売"}
    said = {(TARGET, item): value for item, value in answers.items()}
    case = make_case("2025-01-31", answers=said, orders=_orders(40), customers=people)
    found = Facts(target_facts(summarise(case)))
    assert set(found) == {f"{MATCH}[item=age_band]", f"{MATCH}[item=prefecture]", MATCH}
    assert found.find(MATCH, {"item": "age_band"}).value == 0.5
    assert found.find(MATCH, {"item": "prefecture"}).value == 0.75  # 東京 and 東京都 are one
    assert (found[MATCH].value, found[MATCH].by) == (0.5, {})
    assert [(item.key, item.value) for item in found[MATCH].items] == [("age_band", 0.5)]
    # two attributes are looked at together
    assert found[MATCH].high95 == wilson(2, 4, tests=2).high95


def test_an_attribute_of_few_customers_does_not_decide(make_case):
    ages = ["40代"] * 20 + ["50代"] * 20 + ["20代"] * 360
    places = ["大阪府"] + [None] * 39 + ["東京都"] * 360
    people = [
        {"customer_id": f"c{place:02d}", "age_band": ages[place], "prefecture": places[place]}
        for place in range(400)
    ]
    said = {(TARGET, "age_band"): "40代", (TARGET, "prefecture"): "東京都"}
    case = make_case("2025-01-31", answers=said, orders=_orders(400), customers=people)
    found = Facts(target_facts(summarise(case)))
    assert found.find(MATCH, {"item": "prefecture"}).value == 0.0  # of one
    assert (found[MATCH].value, found[MATCH].n) == (0.5, 40)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("30〜40代", 2 / 3),
        ("30-40", 2 / 3),
        ("40代以上", 1.0),
        ("40歳～", 1.0),
        ("30代・60代", 1 / 3),
        ("４０代", 1 / 3),
    ],
)
def test_ages_are_compared_by_decades(make_case, answer, value):
    ages = ["40-49", "35〜39", "60代以上", None] + ["50代"] * 36
    ages[1] = "45-49" if answer == "40代以上" or answer == "40歳～" else ages[1]
    fact = _fact(make_case, _people(age_band=ages), {"age_band": answer})
    assert fact.value == pytest.approx(value)


def test_a_band_that_reaches_beyond_the_target_is_no_match(make_case):
    fact = _fact(make_case, _people(age_band=["30-49"] + ["40代"] * 39), {"age_band": "40代"})
    assert fact.value == 0.75


def test_ties_are_broken_by_key(make_case):
    rows = [{**row, "amount": 10} for row in _orders(20)]
    people = _people(age_band=["40代"] * 2 + ["30代"] * 18)
    case = make_case(
        "2025-01-31", answers={(TARGET, "age_band"): "40代"}, orders=rows[::-1], customers=people
    )
    assert Facts(target_facts(summarise(case))).value(MATCH) == 1.0


@pytest.mark.parametrize(
    ("people", "answers", "reason"),
    [
        (_people(age_band=AGES), {}, "not_asked"),
        (_people(age_band=AGES), {"age_band": "unknown"}, "answered_unknown"),
        (None, {"age_band": "40代"}, "no_table"),
        (_people(channel=["a"] * 40), {"age_band": "40代"}, "no_column"),
        (_people(age_band=AGES), {"age_band": "若い方"}, "no_rows"),
        (_people(age_band=[None] * 4 + ["40代"] * 36), {"age_band": "40代"}, "no_rows"),
        # a region is no prefecture: customers of Chiba would be taken for a miss
        (_people(prefecture=["千葉県", "大阪府"] * 20), {"prefecture": "関東、大阪"}, "no_rows"),
    ],
)
def test_why_there_is_none(make_case, people, answers, reason):
    fact = _fact(make_case, people, answers)
    assert (fact.known, fact.reason) == (False, reason)


def test_what_to_ask_for(make_case):
    assert _fact(make_case, None, {"age_band": "40代"}).needs == ("customers", TARGET)
    assert _fact(make_case, None, {}).needs == (TARGET,)
