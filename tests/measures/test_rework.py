"""Activities done again within a case, by hand."""

from datetime import datetime, timedelta

import pytest

START = datetime(2023, 1, 2, 9)


def case(name, begun, *steps):
    """Events of a case: each step an activity, its day after the start, and who did it."""
    return [
        {
            "case_id": name,
            "activity": activity,
            "timestamp": (begun + timedelta(days=day)).isoformat(),
            "resource": who,
        }
        for activity, day, who in steps
    ]


def plain(name, begun):
    return case(name, begun, ("take", 0, "ann"), ("send", 1, "bob"))


def again(name, begun, days=1):
    return case(name, begun, ("take", 0, "ann"), ("send", days, "bob"), ("send", days, "cid"))


def year(first, count, reworked, days=1):
    """A case every other day, some of them with a step done twice."""
    rows = []
    for number in range(count):
        begun = first + timedelta(days=2 * number)
        name = f"{first:%Y}-{number:03d}"
        rows += again(name, begun, days) if number < reworked else plain(name, begun)
    return rows


def test_share_of_cases_with_a_repeat(facts):
    log = plain("a", START) + again("b", START) + again("c", START)
    log += case("d", START, ("take", 0, "ann"), ("send", 0, "ann"), ("take", 1, "ann"))
    rework = facts("2023-01-31", events=log)["work.rework_rate"]
    assert (rework.value, rework.n) == (0.75, 4)
    assert rework.low < 0.75 < rework.high


def test_this_year_against_last(facts):
    # Cases last a day: the log must reach a day back before and on after the two years.
    log = plain("early", datetime(2022, 12, 20)) + plain("late", datetime(2025, 1, 10))
    log += year(datetime(2023, 1, 14), 180, 18) + year(datetime(2024, 1, 14), 180, 45)
    gap = facts("2025-01-31", events=log)["work.rework_rate_yoy"]
    # A day before the log's end is 2025-01-10, when the 181st case of the later year begins.
    assert gap.value == pytest.approx(45 / 181 - 18 / 180)
    assert gap.n == 180
    assert gap.low95 > 0


def test_late_rework_counts_in_neither_year(facts):
    """A case that comes back after months would be found in the older year alone."""
    log = plain("early", datetime(2022, 12, 20)) + plain("late", datetime(2025, 1, 10))
    slow = [again(f"s{i:02d}", datetime(2023, 3, 1 + i), days=200) for i in range(8)]
    log += [row for rows in slow for row in rows]
    log += year(datetime(2023, 1, 14), 180, 18) + year(datetime(2024, 1, 14), 180, 18)
    found = facts("2025-01-31", events=log)
    assert found["work.rework_rate"].value == pytest.approx(44 / 370)
    gap = found["work.rework_rate_yoy"]
    assert gap.value == pytest.approx(18 / 181 - 18 / 188)


def test_one_year_of_events_is_immature(facts):
    log = year(datetime(2024, 1, 1), 150, 15)
    assert facts("2025-01-31", events=log)["work.rework_rate_yoy"].reason == "immature"


PAIRS = [("ann", "bob")] * 24 + [("bob", "ann")] * 6 + [("cid", "cid")] * 8 + [("cid", "dee")] * 2


def repeats(pairs):
    log = []
    for number, (one, other) in enumerate(pairs):
        begun = START + timedelta(days=number)
        log += case(f"r{number:03d}", begun, ("send", 0, one), ("send", 1, other))
    return log


def test_one_pair_of_people(facts):
    share = facts("2023-03-31", events=repeats(PAIRS))["work.rework_pair_share"]
    # 30 of 40 repeats lie between ann and bob, whichever came first; cid with cid is no pair
    assert (share.value, share.n) == (0.75, 40)
    assert [(item.key, item.value) for item in share.items] == [("ann – bob", 30)]
    assert share.low95 < share.low < 0.75


def test_the_pair_looked_for_has_a_wider_interval(facts):
    from toolkit.measures.intervals import wilson

    share = facts("2023-03-31", events=repeats(PAIRS))["work.rework_pair_share"]
    assert share.low == pytest.approx(wilson(30, 40, tests=6).low)
    assert share.low < wilson(30, 40).low


def test_few_people_are_no_matter(facts):
    three = [pair for pair in PAIRS if "dee" not in pair]
    share = facts("2023-03-31", events=repeats(three))["work.rework_pair_share"]
    assert share.state == "not_applicable"


def test_a_client_may_set_how_many_people_make_a_difference(facts):
    three = [pair for pair in PAIRS if "dee" not in pair]
    share = facts("2023-03-31", events=repeats(three), thresholds={"rework_people_floor": 3})[
        "work.rework_pair_share"
    ]
    assert share.value == pytest.approx(30 / 38)


def test_few_repeats_are_left_open(facts):
    share = facts("2023-03-31", events=repeats(PAIRS[20:49]))["work.rework_pair_share"]
    assert (share.reason, share.n) == ("small_n", 20)


def test_repeats_of_one_and_the_same_person_are_no_pair(facts):
    own = [(name, name) for name in ("ann", "bob", "cid", "dee") for _ in range(10)]
    assert facts("2023-03-31", events=repeats(own)).value("work.rework_pair_share") == 0.0
