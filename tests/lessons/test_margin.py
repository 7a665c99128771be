"""The margin of a small folder of orders and costs, against arithmetic by hand."""

import pytest

from toolkit.lessons import lesson

# Two whole months and a third that is not over. Sales: January 1 million, February 3 million.
ORDERS = """order_id,line_no,customer_id,order_date,amount
1,1,a,2026-01-01,400000
2,1,b,2026-01-31,600000
3,1,a,2026-02-01,1000000
3,2,a,2026-02-01,500000
4,1,c,2026-02-28,1500000
5,1,b,2026-03-01,700000
"""
COSTS = """month,item,amount
2026-01,cogs,300000
2026-01,logistics,100000
2026-01,advertising,200000
2026-01,personnel,400000
2026-02,cogs,900000
2026-02,logistics,100000
2026-02,payment_fee,100000
2026-02,advertising,300000
2026-02,personnel,500000
2026-03,cogs,800000
2026-03,personnel,600000
"""
RIGHT = {
    "cost_share": 500 / 4000 * 100,
    "contribution_rate": 1 - 1500 / 4000,  # thousands: 1,200 goods + 200 logistics + 100 fees
    "one_more_order": 2_500_000 / 4,
    "discount_orders": 0.625 / 0.525 - 1,
    "break_even_sales": (600_000 + 800_000) / 2 / 0.625,  # advertising and personnel
    "safety_margin": 1 - 1120 / 2000,
}
SLIPS = {
    ("cost_share", "monthly_mean"): 15.0,  # 20 and 10
    ("cost_share", "of_costs"): 500 / 2900 * 100,
    ("contribution_rate", "gross_margin"): 0.70,
    ("contribution_rate", "advertising_in"): 0.50,
    ("contribution_rate", "markup"): 2500 / 1500,
    ("one_more_order", "whole_price"): 1_000_000,
    ("break_even_sales", "fixed_alone"): 700_000,
    ("break_even_sales", "gross_margin"): 1_000_000,
    ("safety_margin", "break_even_ratio"): 0.56,
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clients") / "aoyama"
    (folder / "data").mkdir(parents=True)
    (folder / "client.yaml").write_text(
        "client_id: aoyama\ncompany_name: 青山商店\n", encoding="utf-8"
    )
    (folder / "data" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (folder / "data" / "costs.csv").write_text(COSTS, encoding="utf-8")
    return lesson("margin", lang="ja").use(folder)


def _asked(made):
    return {question.id: question for question in made.questions}


def test_right_answers_are_those_by_hand(small):
    asked = _asked(small)
    for name, value in RIGHT.items():
        assert asked[name].answer.value == pytest.approx(value), name


def test_slips_are_those_by_hand(small):
    asked = _asked(small)
    for (name, code), value in SLIPS.items():
        answer = asked[name].answer
        assert answer.wrong.get(code, answer.value) == pytest.approx(value), (name, code)


def test_a_month_that_is_not_over_is_left_out(small):
    months = small.frame("months")
    assert months["month"].tolist() == ["2026-01", "2026-02"]
    assert months["orders"].tolist() == [2, 2]
    totals = small.frame("totals").set_index("item")
    assert totals.loc["sales"].tolist()[1:] == [4_000_000, 4_000_000]


def test_half_a_month_of_sales_meets_a_whole_month_of_costs(small):
    half = small.frame("half")
    assert half["sales"].tolist() == [1_500_000, 3_000_000]
    assert half["costs"].tolist() == [1_900_000, 1_900_000]


def test_without_a_plan_or_a_year_before_no_cost_is_named(small):
    assert _asked(small)["first_cost"].check("a").status == "cannot_check"


@pytest.mark.parametrize(
    ("client_name", "letter"), [("aoba_shop", "a"), ("minato_works", "f"), ("hoshino_cloud", "f")]
)
def test_the_cost_to_look_into_is_the_one_furthest_over_plan(client_name, letter, client):
    made = lesson("margin", lang="en").use(client(client_name))
    assert _asked(made)["first_cost"].answer.value == letter


def test_facts_of_the_diagnosis_are_the_right_answers(client):
    firm = client("aoba_shop")
    asked = _asked(lesson("margin", lang="ja"))
    facts = {
        "cost_share": ("costs.advertising_ratio", 100),
        "contribution_rate": ("costs.contribution_margin_rate", 1),
        "break_even_sales": ("costs.break_even_sales_yen", 1),
    }
    for name, (key, times) in facts.items():
        assert asked[name].answer.value == pytest.approx(firm.number(key) * times), name
    ratio = firm.number("costs.break_even_ratio")
    assert asked["safety_margin"].answer.value == pytest.approx(1 - ratio)


@pytest.mark.parametrize("amount", ["258万円", "2,583,530円", "260万円", "2,580,000円"])
def test_break_even_may_be_written_in_several_ways(amount):
    question = _asked(lesson("margin", lang="ja"))["explanation"]
    text = f"ひと月に{amount}で費用がまかなえます。この1年の平均は248万円です。"
    text += "注文が1件増えると4,079円残ります。"
    text += "来月末までに広告を媒体ごとに見て、費用の戻っていない所を1つ決めて止めましょう。"
    assert question.check(text).status == "correct"
    missing = question.check(text.replace(amount, "もう少し")).notes
    assert len(missing) == 1
