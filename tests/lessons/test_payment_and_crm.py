"""The three-step count on a folder of nothing but orders, against a count by hand."""

import pytest

from toolkit.lessons import lesson
from toolkit.lessons.client_firm import open_client
from toolkit.method import LANGUAGES

# By hand: cancelled N-06 (its customer has nothing else), N-09; guests N-07, N-08.
#   0012 (half and full width): N-01 of two lines 1000 + 500, N-02 300, N-03 −200 back, N-04 400
#   12: another number, as nobody but the client knows how many figures it should have: N-05 600
#   0034: N-10 of three lines 100 each; its second order N-09 was cancelled
#   0056: N-11 700, N-12 800
ORDERS = """注文番号,明細番号,会員番号,注文日,金額,状態
N-01,1,0012,2026-01-05,1000,出荷済
N-01,2,0012,2026-01-05,500,出荷済
N-02,1,００１２,2026-02-05,300,出荷済
N-03,1, 0012 ,2026-02-20,-200,返品
N-04,1,0012,2026-03-05,400,出荷済
N-05,1,12,2026-01-07,600,出荷済
N-06,1,0078,2026-01-09,900,キャンセル
N-07,1,,2026-01-11,5000,出荷済
N-08,1,,2026-02-11,4000,出荷済
N-09,1,0034,2026-02-13,100,キャンセル
N-10,1,0034,2026-02-15,100,出荷済
N-10,2,0034,2026-02-15,100,出荷済
N-10,3,0034,2026-02-15,100,出荷済
N-11,1,0056,2026-03-01,700,出荷済
N-12,1,0056,2026-03-02,800,出荷済
"""
RIGHT = {
    "customers": 4,  # 0012, 12, 0034, 0056
    "orders_per_customer": 8 / 4,  # N-01 to N-05, N-10, N-11, N-12
    "repeat_rate": 2 / 4,  # 0012 and 0056
    "top_sales_share": 2000 / 4400,  # 0012: 1000 + 500 + 300 − 200 + 400; one customer of four
}
SLIPS = {
    ("customers", "guest_as_one"): 5,
    ("customers", "guests_each"): 6,
    ("customers", "orders"): 10,
    ("customers", "rows"): 13,
    ("orders_per_customer", "by_row"): 11 / 4,
    ("orders_per_customer", "guests_in"): 10 / 4,
    ("repeat_rate", "by_row"): 3 / 4,
    ("repeat_rate", "share_of_orders"): 6 / 8,
    ("top_sales_share", "of_all_sales"): 2000 / 13400,
}


# How a client says that orders without a number are sales all the same.
GUESTS_KEPT = """table = "orders"
file = "data/orders.csv"
[columns]
order_id = "注文番号"
line_no = "明細番号"
customer_id = "会員番号"
order_date = "注文日"
amount = "金額"
status = "状態"
[rows]
guests = "keep"
cancelled = { column = "状態", equals = "キャンセル" }
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A client with client.yaml and one file of orders: guests are set aside on reading."""
    return open_client(_with_orders(tmp_path_factory.mktemp("bare")))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The lesson about the same orders, where guests stay in."""
    folder = _with_orders(tmp_path_factory.mktemp("kept"))
    (folder / "mappings").mkdir()
    (folder / "mappings" / "orders.toml").write_text(GUESTS_KEPT, encoding="utf-8")
    return lesson("payment_and_crm", lang="ja").use(folder)


def _with_orders(folder):
    text = "client_id: aoyama\ncompany_name: 青山商店\n"
    (folder / "client.yaml").write_text(text, encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return folder


def _asked(made):
    return {question.id: question for question in made.questions}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bare_folder_gives_the_count_by_hand(bare, lang):
    asked = _asked(lesson("payment_and_crm", lang=lang).use(bare))
    for name, value in RIGHT.items():
        assert asked[name].answer.value == pytest.approx(value), name
        assert asked[name].check(value).status == "correct"
    for name in ("system_share", "system_over", "first_step", "memo"):
        assert asked[name].check(1).status == "cannot_check", name


def test_kept_guests_change_no_right_answer_and_their_slips_are_named(kept):
    asked = _asked(kept)
    for name, value in RIGHT.items():
        assert asked[name].check(value).status == "correct", name
    for (name, code), value in SLIPS.items():
        result = asked[name].check(value)
        assert not result, (name, code)
        assert asked[name].answer.wrong[code] == pytest.approx(value), (name, code)


def test_a_learner_counts_the_same_with_pandas(kept):
    lines = kept.frame("lines")
    left = lines[~lines["cancelled"]]
    count = left.groupby("customer_id")["order_id"].nunique()
    spent = left.groupby("customer_id")["amount"].sum()
    assert (len(lines), len(left), int(lines["customer_id"].isna().sum())) == (15, 13, 2)
    assert sorted(count.tolist()) == [1, 1, 2, 4]
    assert sorted(spent.tolist()) == [300, 600, 1500, 2000]


def test_lines_to_count_by_hand_hold_each_slip(kept):
    few = kept.frame("few")
    # 0056 ordered twice; 0034 once, in three lines, and once cancelled; two guests
    assert few["order_id"].tolist() == [
        *("N-07", "N-08", "N-09", "N-10", "N-10", "N-10", "N-11", "N-12")
    ]
    assert few["customer"].tolist() == ["", "", "A", "A", "A", "A", "B", "B"]
    assert few.loc[few["cancelled"] != "", "order_id"].tolist() == ["N-09"]
    question = _asked(kept)["by_hand"]
    assert question.check(1).status == "correct"
    assert not question.check(2)


def test_answers_on_crm_decide_what_comes_first(client_of):
    said = """client_id: {name}
company_name: 青山商店
answers:
  q.crm.strategy: {strategy}
  q.crm.process: {process}
  q.crm.tool: yes
"""
    shipped, letters = lesson("payment_and_crm", lang="ja"), []
    for number, (strategy, process) in enumerate(
        (("partly", "yes"), ("yes", "no"), ("yes", "yes"), ("yes", "unknown"))
    ):
        name = f"shop-{number}"
        folder = client_of(name)
        text = said.format(name=name, strategy=strategy, process=process)
        (folder / "client.yaml").write_text(text, encoding="utf-8")
        (folder / "data" / "orders.csv").write_text(ORDERS, encoding="utf-8")
        answer = _asked(shipped.use(folder))["first_step"].answer
        letters.append(None if answer is None else answer.value)
    assert letters == ["a", "b", "c", None]
