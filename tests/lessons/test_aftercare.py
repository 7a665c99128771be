"""The lesson on aftercare about a hand-made shop: every figure worked out on paper."""

import pytest

from toolkit.lessons import lesson

# As of 31 July: 90 days reach back to 2 May, 180 to 1 February. Days to the second order:
# A 20, B 90 (still within), C 91, E 0 (another order of the same day), F 30 (but new), J 146,
# L 26, M 202; D, G, H, I and K have one order. F and K have not had 90 days; G has, to the day.
ORDERS = """order_id,line_no,customer_id,order_date,amount
1,1,A,2026-01-10,1000
2,1,A,2026-01-30,1000
3,1,A,2026-02-19,1000
4,1,B,2026-01-20,1000
5,1,B,2026-04-20,1000
6,1,C,2026-02-01,1000
7,1,C,2026-05-03,1000
8,1,D,2026-02-10,1000
8,2,D,2026-02-10,1000
9,1,E,2026-03-05,1000
10,1,E,2026-03-05,1000
11,1,F,2026-07-01,1000
12,1,F,2026-07-31,1000
13,1,G,2026-05-02,1000
14,1,H,2026-04-01,1000
15,1,I,2026-03-01,1000
16,1,J,2026-02-05,1000
17,1,J,2026-07-01,1000
18,1,K,2026-06-15,1000
19,1,L,2025-11-05,1000
20,1,L,2025-12-01,1000
21,1,M,2025-12-10,1000
22,1,M,2026-06-30,1000
"""
CLIENT = "client_id: aoyama\ncompany_name: 青山商店\nas_of: 2026-07-31\n"
REPEAT, SHORT, LATEST, OPEN, INTERVAL, DORMANT, CARE, LETTER = range(1, 9)
RIGHT = [
    (REPEAT, 8 / 13),
    (SHORT, 4 / 11),
    (LATEST, 3 / 4),  # November to January: L, M, A, B; January's 31st was 181 days ago
    (OPEN, 5),
    (INTERVAL, 30),  # 0 20 20 26 30 90 91 146 202
    (DORMANT, 1.0),  # A alone has three orders: 162 days of silence against 2 × 20
]
WRONG = [
    (REPEAT, 5 / 13, "one_timers"),
    (REPEAT, 9 / 22, "later_orders"),
    (REPEAT, 8 / 22, "per_order"),
    (REPEAT, 9 / 13, "lines"),  # D bought two things at once
    (REPEAT, 22 / 13, "per_customer"),
    (REPEAT, 1 / 13, "three"),
    (REPEAT, 17 / 23, "money"),
    (SHORT, 5 / 13, "young_in"),
    (SHORT, 4 / 13, "all_below"),
    (SHORT, 7 / 11, "no_window"),
    (SHORT, 8 / 13, "repeat_rate"),
    (SHORT, 5 / 11, "lines"),
    (SHORT, 3 / 11, "days_apart"),  # E's second order was on the day of the first
    (SHORT, 4 / 7, "of_repeaters"),
    (SHORT, 4 / 5, "other_window"),
    (LATEST, 1 / 3, "young_months"),
    (LATEST, 4 / 5, "all_time"),
    (OPEN, 8, "second_too"),
    (OPEN, 1, "short_window"),
    (OPEN, 3, "second_only"),
    (OPEN, 13, "everyone"),
    (INTERVAL, 625 / 9, "mean"),
    (INTERVAL, 605 / 8, "mean_of_means"),
    (INTERVAL, 60, "median_of_medians"),
    (DORMANT, 1 / 13, "all_below"),
    (DORMANT, 3 / 8, "two_orders"),
    (DORMANT, 0, "one_line"),
]
SAME = {
    "repeat_rate": "customers.repeat_rate",
    "f2_short": "customers.f2_conversion[window_days=90]",
    "f2_latest": "customers.f2_conversion_t3[window_days=180]",
    "interval": "customers.purchase_interval_median_days",
    "dormant": "customers.dormant_rate",
}


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("aoyama")
    (folder / "data").mkdir()
    (folder / "client.yaml").write_text(CLIENT, encoding="utf-8")
    (folder / "data" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return lesson("aftercare", lang="ja").use(folder)


def test_right_answers_are_those_worked_out_by_hand(mine):
    assert {n: mine.question(n).check(value).status for n, value in RIGHT} == dict.fromkeys(
        range(REPEAT, CARE), "correct"
    )


def test_known_mistakes_are_told(mine):
    told = [(n, value, mine.question(n).check(value).mistake) for n, value, _ in WRONG]
    assert told == WRONG


def test_too_short_a_history_cannot_be_judged(mine):
    assert mine.question(CARE).check("c").mistake == "no_data"
    assert mine.question(LETTER).check("x" * 300).mistake == "no_data"


def test_lines_of_an_order_are_one_row(mine):
    orders = mine.frame("orders")
    assert list(orders.columns) == ["order_id", "customer_id", "order_date", "amount"]
    assert (len(orders), orders["customer_id"].nunique()) == (22, 13)
    assert orders["amount"].sum() == 23_000  # D's two products are one order of 2,000


@pytest.mark.parametrize("name", ["aoba_shop", "completejourney_store", "minato_works"])
def test_answers_are_the_facts_of_the_report(name, client):
    made = lesson("aftercare", lang="en").use(client(name))
    facts = made.diagnosis.facts
    found = {q.id: q.answer.value for q in made.questions if q.id in SAME and q.answer}
    assert found == pytest.approx({one: facts.number(SAME[one]) for one in found}, abs=1e-6)
    assert len(found) >= 4


def test_time_of_day_moves_no_window(client_of):
    rows = ORDERS.replace("2026-04-20", "2026-04-20 23:50").replace(
        "2026-01-20", "2026-01-20 00:10"
    )
    folder = client_of(**{"client.yaml": CLIENT, "data/orders.csv": rows})
    assert lesson("aftercare", lang="en").use(folder).question(SHORT).check(4 / 11)
