"""Hours that go into work done again, by hand."""

import pytest

HOURS = "work.rework_hours"


def event(case, activity, start, end):
    return {"case_id": case, "activity": activity, "start": start, "timestamp": end}


FIRST = event("0", "open", "2024-12-31T09:00", "2024-12-31T10:00")
LOG = [
    FIRST,
    event("1", "check", "2025-02-03T09:00", "2025-02-03T10:00"),  # the first time: no rework
    event("1", "check", "2025-02-04T09:00", "2025-02-04T12:00"),  # 3 hours
    event("2", "check", "2025-05-01T09:00", "2025-05-01T11:00"),
    event("2", "check", "2025-05-01T13:00", "2025-05-03T09:00"),  # overnight: the median, 2 hours
    event("2", "check", "2025-05-07T09:00", "2025-05-07T10:30"),  # 1.5 hours
    event("2", "send", "2025-05-08T00:00", "2025-05-08T00:00"),
    event("2", "send", "2025-12-31T00:00", "2025-12-31T00:00"),  # no time of day: left out
]


def run(facts, rows):
    return facts("2025-12-31", model="saas", events=rows)[HOURS]


def test_hours_a_month(facts):
    # checks within a day took 1, 3, 2 and 1.5 hours: the median is 1.75
    found = run(facts, LOG)
    assert (found.value, found.n) == (pytest.approx((3 + 1.75 + 1.5) / 12), 3)
    assert found.period == ("2025-01-01", "2025-12-31")


def test_the_order_of_rows_does_not_matter(facts):
    assert run(facts, LOG[::-1]).value == run(facts, LOG).value


def test_work_done_again_more_than_a_year_ago_is_left_out(facts):
    again = event("0", "open", "2024-12-31T13:00", "2024-12-31T23:00")
    assert run(facts, [again, *LOG]).value == run(facts, LOG).value


def test_nothing_done_again_is_no_time(facts):
    once = [FIRST, event("9", "send", "2025-12-31T09:00", "2025-12-31T10:00")]
    assert (run(facts, once).value, run(facts, once).n) == (0, 0)


def test_unknown_reasons(facts):
    bare = [{k: v for k, v in row.items() if k != "start"} for row in LOG]
    assert run(facts, bare).reason == "no_column"
    dated = [{**row, "start": row["start"][:10], "timestamp": row["timestamp"][:10]} for row in LOG]
    assert run(facts, dated).reason == "no_rows"
    assert run(facts, LOG[3:6]).reason == "immature"
    assert facts("2025-12-31")[HOURS].reason == "no_table"
