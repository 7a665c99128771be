"""Trial buyers who step up to a main order within 90 days."""

from datetime import date, timedelta

import pytest

from toolkit.measures.trials import trial_facts

# ann steps up on day 90, bob on day 91, cat began with a main order, dan never steps up, eve is
# too young on 1 July, fay never tried.
SHOP = """
    ann 2025-01-01 yes
    ann 2025-04-01 no
    bob 2025-01-01 yes
    bob 2025-04-02 no
    cat 2025-01-01 no
    cat 2025-02-01 yes
    cat 2025-02-05 no
    dan 2025-03-01 yes
    dan 2025-03-10 yes
    eve 2025-06-01 yes
    eve 2025-06-02 no
    fay 2025-01-01 no
"""


def _orders(text):
    cells = [line.split() for line in text.splitlines() if line.strip()]
    return [
        {
            "order_id": f"o{number:03d}",
            "customer_id": customer,
            "order_date": day,
            "amount": 100,
            "trial": trial == "yes",
        }
        for number, (customer, day, trial) in enumerate(cells)
    ]


def test_ann_alone_of_three_steps_up(facts_of):
    found = facts_of(trial_facts, "2025-07-01", orders=_orders(SHOP))
    rate = found["customers.stepup_rate_90d"]
    assert (rate.value, rate.n) == (1 / 3, 3)  # ann of ann, bob and dan
    assert rate.low95 < 1 / 3 < rate.high95
    assert found.value("customers.trial_buyers") == 5  # ann, bob, cat, dan, eve


def test_an_order_is_a_trial_only_where_every_line_is(facts_of):
    rows = _orders("ann 2025-01-01 yes\nann 2025-01-20 yes\nbob 2025-01-01 yes")
    rows.append({**rows[1], "trial": False})  # ann's second order also holds a main product
    found = facts_of(trial_facts, "2025-07-01", orders=rows)
    assert found.value("customers.stepup_rate_90d") == 0.5
    found = facts_of(trial_facts, "2025-07-01", orders=rows[:-1])
    assert found.value("customers.stepup_rate_90d") == 0.0


def test_a_blank_mark_is_no_trial(facts_of):
    rows = _orders("ann 2025-01-01 yes\nann 2025-02-01 yes")
    rows[1]["trial"] = None
    assert (
        facts_of(trial_facts, "2025-07-01", orders=rows).value("customers.stepup_rate_90d") == 1.0
    )


def test_a_cancelled_main_order_is_no_step_up(facts_of):
    rows = _orders("ann 2025-01-01 yes\nann 2025-02-01 no\nbob 2025-02-01 yes")
    rows = [{**row, "_cancelled": row["order_id"] == "o001"} for row in rows]
    assert (
        facts_of(trial_facts, "2025-07-01", orders=rows).value("customers.stepup_rate_90d") == 0.0
    )


def test_latest_three_months_against_twelve(facts_of):
    # 24 months of 20 trials; 12 step up, of the latest three mature months 5.
    rows = []
    for index in range(24):
        first = date(2023 + index // 12, index % 12 + 1, 1)
        hits = 5 if 18 <= index <= 20 else 12
        for number in range(20):
            for place, day in enumerate([first, first + timedelta(days=30)][: 1 + (number < hits)]):
                rows.append((f"{index}-{number}", day.isoformat(), "no" if place else "yes"))
    text = "\n".join(" ".join(row) for row in rows)
    found = facts_of(trial_facts, "2024-12-31", orders=_orders(text))
    # The last order is of 31 December: September (its end is 92 days back) is the newest of 90.
    latest = found["customers.stepup_rate_90d_t3"]
    assert (latest.value, latest.n, latest.period) == (0.25, 60, ("2024-07-01", "2024-09-30"))
    change = found["customers.stepup_rate_90d_t3v12"]
    assert change.value == pytest.approx(15 / 60 - 144 / 240)
    assert (change.n, change.period) == (60, ("2023-07-01", "2024-09-30"))
    assert change.high95 < 0


def test_why_there_is_none(facts_of, facts):
    assert (
        facts_of(trial_facts, "2025-02-01", orders=_orders("ann 2025-01-01 yes"))[
            "customers.stepup_rate_90d"
        ].reason
        == "immature"
    )
    later = facts_of(
        trial_facts, "2025-07-01", orders=_orders("ann 2025-01-01 no\nann 2025-01-02 yes")
    )
    assert later["customers.stepup_rate_90d"].reason == "no_rows"
    one_step = facts("2025-07-01", orders=_orders("ann 2025-01-01 no"))
    assert one_step.value("customers.trial_buyers") == 0
    assert one_step["customers.stepup_rate_90d"].reason == "no_rows"
    rows = [{key: row[key] for key in row if key != "trial"} for row in _orders(SHOP)]
    unmarked = facts("2025-07-01", orders=rows)
    names = ("trial_buyers", "stepup_rate_90d", "stepup_rate_90d_t3", "stepup_rate_90d_t3v12")
    assert {unmarked[f"customers.{name}"].reason for name in names} == {"no_column"}
    assert unmarked["customers.trial_buyers"].needs == ("orders", "q.off.stepup_target")
    said = facts("2025-07-01", orders=rows, answers={"q.off.stepup_target": "one_step"})
    assert said["customers.trial_buyers"].state == "not_applicable"
