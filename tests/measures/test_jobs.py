"""Jobs against their estimates, by hand."""

import pytest

TODAY = "2025-03-31"
VARIANCE, OVERRUN = "tob.job_cost_variance", "tob.job_overrun_yen"


def job(name, estimated, actual, day="2025-01-31"):
    return {
        "job_id": name,
        "finished_at": day,
        "estimated_cost": estimated,
        "actual_cost": actual,
    }


JOBS = [
    job("a", 100, 120),  # + 20 %
    job("b", 1000, 900),  # − 10 %
    job("c", 200, 220, "2023-04-01"),  # + 10 %, just within 24 months
    job("d", 100, 200, "2023-03-31"),  # 24 months ago to the day: too long
    job("e", 0, 50),  # nothing was estimated
    job("f", 100, None),  # not known
]


def test_by_hand(facts):
    found = facts(TODAY, model="made_to_order", jobs=JOBS)
    fact = found[VARIANCE]
    assert (fact.value, fact.n) == (pytest.approx((0.2 - 0.1 + 0.1) / 3), 3)
    assert fact.period == ("2023-04-01", TODAY)
    assert [(item.key, item.value) for item in fact.items] == [("a", 20.0), ("c", 20.0)]
    assert (found[OVERRUN].value, found[OVERRUN].n) == (20 - 100, 2)


def test_interval_is_students(facts):
    fact = facts(TODAY, jobs=JOBS)[VARIANCE]
    # 0.2, −0.1, 0.1: standard deviation √(7/300), ÷ √3 = 0.088192; Student's with 2 degrees 4.3027
    assert fact.high95 - fact.value == pytest.approx(4.3027 * 0.088192, abs=1e-4)


def test_from_the_answers_without_a_table(facts):
    answers = {("q.tob.job_costs", "x"): 1.1, ("q.tob.job_costs", "y"): 0.9}
    answers[("q.tob.job_costs", "z")] = 1.3
    fact = facts(TODAY, model="made_to_order", answers=answers)[VARIANCE]
    assert (fact.value, fact.n, fact.basis) == (pytest.approx(0.1), 3, "said")
    assert [(i.key, i.value) for i in fact.items] == [
        ("z", pytest.approx(0.3)),
        ("x", pytest.approx(0.1)),
    ]


def test_the_table_comes_before_the_answers(facts):
    answers = {("q.tob.job_costs", "x"): 1.5}
    fact = facts(TODAY, jobs=JOBS, answers=answers)[VARIANCE]
    assert (fact.n, fact.basis) == (3, "measured")


def test_evidence_has_a_row_per_job(measured):
    frame = measured(TODAY, jobs=JOBS).evidence["jobs"]
    assert list(frame["job_id"]) == ["c", "a", "b"]
    assert list(frame["overrun"]) == [20.0, 20.0, -100.0]
    assert list(frame["row"]) == [4, 2, 3]
    assert frame["finished_at"].iloc[0] == "2023-04-01"


def test_unknown_reasons(facts):
    assert facts(TODAY, jobs=JOBS[3:])[VARIANCE].reason == "no_rows"
    assert facts(TODAY, jobs=JOBS[3:])[OVERRUN].reason == "no_rows"
    found = facts(TODAY)
    assert (found[VARIANCE].reason, found[VARIANCE].needs) == (
        "not_asked",
        ("jobs", "q.tob.job_costs"),
    )
    assert found[OVERRUN].reason == "no_table"
    said = facts(TODAY, answers={("q.tob.job_costs", None): "unknown"})
    assert said[VARIANCE].reason == "answered_unknown"
