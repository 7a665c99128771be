"""A person's data typed into another column: the row is set aside, the value is not quoted."""

import pytest

from toolkit.intake.case import load_case
from toolkit.intake.rows.private import is_private

HEAD = "注文番号,会員番号,注文日,金額,氏名,電話番号,メールアドレス\n"
ROWS = (
    "1,a,2026-01-05,1000,青木花子,03-1111-2222,hana@example.com\n"
    "2,b,2026-01-06,1200,井上 次郎,03-3333-4444,jiro@example.com\n"
)
BAD = {
    "a name of this row": "3,c,上田三郎,1000,上田三郎,,\n",
    "a name of another row, spelt otherwise": "3,c,青木　花子,1000,,,\n",
    "a telephone number": "3,c,2026-01-07,090-1234-5678,,,\n",
    "an address": "3,c,2026-01-07,saburo@example.org,,,\n",
}


@pytest.mark.parametrize("row", BAD.values(), ids=BAD)
def test_what_is_a_persons_is_not_quoted(client_of, method, row):
    folder = client_of()
    (folder / "data" / "orders.csv").write_text(HEAD + ROWS + row, encoding="utf-8")
    case = load_case(folder, method=method)
    (bad,) = case.quarantined.to_dict("records")
    shown = " ".join(str(value) for value in bad.values())
    private = ("上田", "三郎", "青木", "1234", "saburo")
    assert not [text for text in private if text in shown]
    assert bad["row"] == 4
    assert case.tables["orders"].report.rows_quarantined == 1


def test_what_is_no_persons_is_quoted(client_of, method):
    folder = client_of()
    text = HEAD + ROWS + "3,c,2026/13/40,1000,,,\n"
    (folder / "data" / "orders.csv").write_text(text, encoding="utf-8")
    (bad,) = load_case(folder, method=method).quarantined.to_dict("records")
    assert "2026/13/40" in bad.values()


def test_numbers_of_orders_may_look_like_telephones():
    assert is_private("0312345678", frozenset())
    assert not is_private("0312345678", frozenset(), may_be_id=True)
    assert not is_private("1", frozenset({"1"}) - {"1"})
    assert not is_private("", frozenset())
