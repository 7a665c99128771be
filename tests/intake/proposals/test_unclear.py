"""What cannot be told from headers and cells is asked for, and never a guess hidden."""

from __future__ import annotations

from proposed.answers import Look, asked, headers
from proposed.layouts import STORES


def test_what_cannot_be_told_stays_blank_and_is_asked_for(look: Look) -> None:
    rows = [line.split(",") for line in STORES.splitlines()]
    without_mail = "\n".join(",".join(row[:8] + row[9:]) for row in rows) + "\n"
    proposal = look(without_mail)
    assert not proposal.ready
    assert "customer_id" not in headers(proposal)
    assert asked(proposal)["customer_id"] == ("none", (), True)


def test_headers_that_fit_equally_are_told_and_none_is_chosen(look: Look) -> None:
    text = "店舗受注番号,モール受注番号,顧客CD,受注日付,購入額\n" + "".join(
        f"A{i},M{9 - i},C{i % 3},2026-01-0{i},{i}00\n" for i in range(1, 9)
    )
    proposal = look(text)
    assert "order_id" not in headers(proposal)
    assert asked(proposal)["order_id"] == ("tie", ("店舗受注番号", "モール受注番号"), True)


def test_two_columns_of_equal_cells_are_no_tie(look: Look) -> None:
    text = "店舗受注番号,モール受注番号,顧客CD,受注日付,購入額\n" + "".join(
        f"A{i},A{i},C{i % 3},2026-01-0{i},{i}00\n" for i in range(1, 9)
    )
    assert headers(look(text))["order_id"] == "店舗受注番号"


def test_one_header_over_different_columns_is_asked_for(look: Look) -> None:
    text = "受注No,顧客CD,受注日付,金額,金額\n" + "".join(
        f"A{i},C{i % 3},2026-01-0{i},{i}00,{i}11\n" for i in range(1, 9)
    )
    assert asked(look(text))["amount"] == ("twice", ("金額",), True)


def test_days_and_months_that_cannot_be_told_apart_are_asked_for(look: Look) -> None:
    text = "受注No,顧客CD,受注日付,購入額\n" + "".join(
        f"A{i},C{i % 3},0{i}/0{9 - i}/2026,{i}00\n" for i in range(1, 9)
    )
    proposal = look(text)
    assert asked(proposal)["order_date"] == ("date_order", ("受注日付",), True)


def test_cells_alone_show_a_date_and_an_amount_but_never_an_id(look: Look) -> None:
    rows = "".join(f'A{i},C{i % 3},2026-01-0{i},"¥{i},000"\n' for i in range(1, 9))
    proposal = look("a,b,c,d\n" + rows)
    assert headers(proposal) == {"order_date": "c", "amount": "d"}
    assert {one.reason for one in proposal.columns} == {"only_one"}
    assert {name for name, (_, _, required) in asked(proposal).items() if required} == {
        "order_id",
        "customer_id",
    }


def test_a_second_column_of_dates_makes_it_unclear(look: Look) -> None:
    rows = "".join(f"A{i},C{i % 3},2026-01-0{i},2026-02-0{i},¥{i}00\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,甲,乙,購入額\n" + rows)
    assert asked(proposal)["order_date"] == ("tie", ("甲", "乙"), True)


def test_a_header_that_speaks_of_something_else_is_no_order_date(look: Look) -> None:
    rows = "".join(f"A{i},C{i % 3},2026-01-0{i},¥{i}00\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,発送日,購入額\n" + rows)
    assert headers(proposal)["shipped_at"] == "発送日"
    assert asked(proposal)["order_date"][0] == "none"


def test_a_known_header_over_cells_that_cannot_be_it_stays_out(look: Look) -> None:
    rows = "".join(f"A{i},C{i % 3},2026-01-0{i},¥{i}00,最短\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,受注日付,購入額,発送日\n" + rows)
    assert "shipped_at" not in headers(proposal)
    assert "shipped_at" not in proposal.sources
