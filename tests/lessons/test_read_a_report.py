"""The lesson on reading a report, on a shop small enough to count by hand."""

import pytest

from toolkit.lessons import lesson

ORDERS, AOV, REPEAT, NOT_URGENT, DEFENCE = 2, 3, 4, 6, 7

# Four orders of three customers; 1001 has two lines, 1004 was cancelled.
ROWS = """order_id,line_no,order_date,customer_id,amount,status
1001,1,2026-01-05,c1,1000,shipped
1001,2,2026-01-05,c1,500,shipped
1002,1,2026-02-10,c1,900,shipped
1003,1,2026-03-15,c2,600,shipped
1004,1,2026-03-20,c3,4000,cancelled
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clients") / "small"
    (folder / "data").mkdir(parents=True)
    (folder / "client.yaml").write_text(
        "client_id: small\ncompany_name: 小さな店\nas_of: 2026-03-31\n", encoding="utf-8"
    )
    (folder / "data" / "orders.csv").write_text(ROWS, encoding="utf-8")
    return lesson("read_a_report", lang="en").use(str(folder))


def test_orders_are_counted_once_and_cancelled_ones_left_out(small):
    assert small.question(ORDERS).check(3)
    assert small.question(ORDERS).check(4).mistake == "lines"
    assert small.question(ORDERS).check(5).mistake == "all_lines"
    assert small.frame("orders")["cancelled"].sum() == 1


def test_an_order_is_worth_what_all_its_lines_are(small):
    assert small.question(AOV).check(1000)
    assert small.question(AOV).check(750).mistake == "per_line"
    assert small.question(AOV).check(1750).mistake == "with_cancelled"
    assert small.question(AOV).check(1500).mistake == "per_customer"


def test_a_customer_who_bought_two_products_once_has_not_come_back(small):
    assert small.question(REPEAT).check(0.5)
    assert small.question(REPEAT).check(1 / 3).mistake == "with_cancelled"


def test_where_nothing_is_urgent_nobody_is_asked_what_is_not(small):
    assert small.question(NOT_URGENT).check("a").status == "cannot_check"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_model_of_a_defence_defends_itself(lang):
    question = lesson("read_a_report", lang=lang).question(DEFENCE)
    assert question.check(question.answer.value)
    assert "value" not in question.check("34.6" * 100).mistake
