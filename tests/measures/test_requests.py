"""Requests scored and ranked, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.measures.requests import reserved_order

TODAY = "2025-03-31"
SCORED = "requests.scored_share"


def request(name, scores=(3, 3, 3), effort=1.0, day="2025-01-15", **more):
    importance, urgency, value = scores
    return {
        "request_id": name,
        "date": day,
        "importance": importance,
        "urgency": urgency,
        "value": value,
        "effort": effort,
        "horizon": None,
        "status": None,
        **more,
    }


LIST = [
    request("a", (5, 5, 5), 5),  # 15 ÷ 5 = 3
    request("b", (2, 2, 2), 1),  # 6
    request("c", (3, None, 3), 1),  # not scored
    request("d", (1, 1, 1), 10, horizon="長期"),  # 0.3
    request("e", (3, 3, 3), 3, horizon="短期", status="未完了"),  # 3
    request("f", (5, 5, 5), 1, status="対応済み"),  # done
    request("g", (4, 4, 4), 1, status="見送り"),  # declined
    request("old", (None, None, None), 1, day="2024-03-31"),  # 12 months ago to the day
]


def test_share_scored(facts):
    fact = facts(TODAY, model="saas", requests=LIST)[SCORED]
    assert (fact.value, fact.n) == (6 / 7, 7)
    assert fact.period == ("2024-04-01", TODAY)
    assert fact.low95 < fact.value < fact.high95


def test_order_of_work_keeps_a_fifth_for_the_long_term(measured):
    series = {one.id: one for one in measured(TODAY, requests=LIST).series}["requests_ranked"]
    rows = [dict(zip(series.columns, row, strict=True)) for row in series.rows]
    # by output ÷ effort b 6, a 3, e 3, d 0.3; after b no effort has gone to long work, less than
    # a fifth: d comes next, and then has more than its share
    assert [row["request_id"] for row in rows] == ["b", "d", "a", "e"]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    assert [row["ratio"] for row in rows] == [6.0, pytest.approx(0.3), 3.0, 3.0]
    assert [row["horizon"] for row in rows] == ["short", "long", "short", "short"]


def test_the_share_kept_is_the_clients_to_set(measured):
    found = measured(TODAY, requests=LIST, thresholds={"long_term_share": 0.0})
    series = {one.id: one for one in found.series}["requests_ranked"]
    assert [row[1] for row in series.rows] == ["b", "a", "e", "d"]


WORK = st.lists(st.tuples(st.integers(1, 20), st.booleans()), max_size=12)


@given(work=WORK, share=st.sampled_from([0.0, 0.2, 0.5]))
def test_short_work_comes_only_while_long_work_has_its_share(work, share):
    effort, long = [float(size) for size, _ in work], [flag for _, flag in work]
    order = reserved_order(effort, long, share)
    assert sorted(order) == list(range(len(work)))
    for done, place in enumerate(order):
        head, rest = order[:done], order[done:]
        if not long[place] and any(long[other] for other in rest):
            spent = sum(effort[p] for p in head)
            assert sum(effort[p] for p in head if long[p]) >= share * spent
    for kind in (True, False):  # within a kind the better one comes first
        places = [place for place in order if long[place] is kind]
        assert places == sorted(places)


def test_evidence_leads_to_the_rows(measured):
    frame = measured(TODAY, requests=LIST).evidence["requests"]
    assert list(frame["request_id"]) == ["b", "d", "a", "e"]
    assert list(frame["row"]) == [3, 5, 2, 6]


def test_unknown_reasons(facts):
    bare = [{"request_id": "a", "date": TODAY}]
    assert facts(TODAY, requests=bare)[SCORED].reason == "no_column"
    assert facts(TODAY, requests=LIST[-1:])[SCORED].reason == "no_rows"
    assert facts(TODAY)[SCORED].reason == "no_table"
