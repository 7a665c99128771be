"""The lesson on business with firms about hand-made contracts: every figure worked out on paper."""

import pytest

from toolkit.lessons import lesson

# As of 1 June 2026, the last day of the records. A year ago A, B, C and E ran: 70,000 a month.
# Now A 12,000, B 15,000, C gone, E 10,000: 37,000; D and F are new. Ended since: A, B, E renewed,
# C not. D and E end within 90
# days, E on the last of them; F ends later.
CONTRACTS = """account_id,start,end,mrr,renewed
A,2025-04-01,2026-03-31,10000,yes
A,2026-04-01,2027-03-31,12000,
B,2025-06-01,2026-05-31,20000,yes
B,2026-06-01,2027-05-31,15000,
C,2025-02-01,2026-01-31,30000,no
D,2025-08-01,2026-07-31,40000,
E,2024-09-01,2025-08-31,10000,yes
E,2025-09-01,2026-08-30,10000,
F,2025-10-01,2026-09-30,5000,
"""
CLIENT = "client_id: aoyama\ncompany_name: 青山商店\nmodel: saas\nas_of: 2026-06-01\n"
RENEWAL, NRR, MONTHLY, POINT, PENDING, ACTIVE, REQUESTS, WON, JOBS, STEP, NOTE = range(1, 12)
RIGHT = [
    (RENEWAL, 3 / 4),
    (NRR, 37 / 70),
    (MONTHLY, 1 - 0.5 ** (1 / 12)),  # kept without additions: 10 + 15 + 0 + 10 of 70
    (POINT, 8_400),
    (PENDING, 2),
]
WRONG = [
    (RENEWAL, 3 / 9, "all_contracts"),
    (RENEWAL, 3 / 5, "running"),
    (RENEWAL, 3 / 6, "pending_in"),
    (RENEWAL, 40 / 70, "money"),
    (NRR, 82 / 70, "new_in"),
    (NRR, 35 / 70, "gross"),
    (NRR, 3 / 4, "logos"),
    (NRR, (1.2 + 0.75 + 0 + 1) / 4, "mean_of_rates"),
    (NRR, 40 / 70, "churn_only"),
    (NRR, 37 / 40, "stayed_only"),
    (MONTHLY, 0.5 / 12, "twelfth"),
    (MONTHLY, 1 - (37 / 70) ** (1 / 12), "net"),
    (POINT, 700, "month"),
    (POINT, 9_840, "everybody_now"),
    (POINT, 6_000, "pending"),
    (PENDING, 0, "month"),
    (PENDING, 5, "all_open"),
]
SAME = {
    "renewal": "contracts.renewal_rate",
    "nrr": "contracts.nrr",
    "pending": "contracts.pending_renewals_90d",
    "active": "contracts.active_account_rate",
    "win_rate": "acquisition.win_rate_now",
    "job_overrun": "tob.job_cost_variance",
}


@pytest.fixture
def mine(client_of):
    folder = client_of(**{"client.yaml": CLIENT, "data/contracts.csv": CONTRACTS})
    return lesson("to_b", lang="en").use(folder)


def test_right_answers_are_those_worked_out_by_hand(mine):
    asked = {number: mine.question(number).check(value).status for number, value in RIGHT}
    assert asked == dict.fromkeys(range(RENEWAL, ACTIVE), "correct")


def test_known_mistakes_are_told(mine):
    told = [(n, value, mine.question(n).check(value).mistake) for n, value, _ in WRONG]
    assert told == WRONG


def test_the_first_step_follows_the_figures(mine):
    assert mine.question(STEP).check("b")
    kept = mine.question(NOTE)
    assert kept.check(kept.solution().value)


def test_what_was_not_delivered_cannot_be_checked(mine):
    missing = [mine.question(n).check(0.5).mistake for n in (ACTIVE, REQUESTS, WON, JOBS)]
    assert missing == ["no_data"] * 4


def test_a_contract_still_open_has_no_result(mine):
    contracts = mine.frame("contracts")
    assert contracts["renewed"].isna().sum() == 5
    assert contracts["renewed"].sum() == 3


@pytest.mark.parametrize(("name", "least"), [("hoshino_cloud", 5), ("minato_works", 2)])
def test_answers_are_the_facts_of_the_report(name, least, client):
    made = lesson("to_b", lang="ja").use(client(name))
    facts = made.diagnosis.facts
    found = {q.id: q.answer.value for q in made.questions if q.id in SAME and q.answer}
    assert found == pytest.approx({one: facts.number(SAME[one]) for one in found})
    assert len(found) >= least


def test_a_point_is_one_percent_of_what_fell_due(client):
    made = lesson("to_b", lang="ja").use(client("hoshino_cloud"))
    due = made.diagnosis.facts.number("contracts.due_arr_12m")
    assert made.question(POINT).answer.value == pytest.approx(due / 100)


def test_quotes_and_jobs_of_the_shipped_lesson_are_those_of_the_maker():
    made = lesson("to_b", lang="en")
    assert len(made.frame("jobs")) == 240
    assert made.frame("quotes")["lead_id"].str.startswith("E").all()
