"""A journal becomes receivables: every row has one fate, and the sums hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.adapters.journal import Receivables, journal_receivables
from toolkit.intake.adapters.journal_entries import journal_layout
from toolkit.intake.adapters.journal_postings import JournalReaders
from toolkit.intake.mappings.columns import vocabulary
from toolkit.intake.values.cells import faulty
from toolkit.intake.values.dates import DateRules, date_parser
from toolkit.intake.values.money import money_words, parse_money
from toolkit.method import Method, load_method

LAYOUT = journal_layout(
    {
        "headers": {
            "entry": ["取引No"],
            "date": "取引日",
            "debit_account": "借方勘定科目",
            "debit_sub_account": "借方補助科目",
            "debit_partner": "借方取引先",
            "debit_amount": ["借方金額(円)", "借方金額"],
            "credit_account": "貸方勘定科目",
            "credit_sub_account": "貸方補助科目",
            "credit_partner": "貸方取引先",
            "credit_amount": ["貸方金額(円)", "貸方金額"],
        },
        "receivables": ["売掛金"],
        "reductions": ["売上値引", "貸倒損失", "売上高"],
        "openings": ["開始残高"],
    }
)
HEADERS = (
    "取引No",
    "取引日",
    "借方勘定科目",
    "借方補助科目",
    "借方取引先",
    "借方金額(円)",
    "貸方勘定科目",
    "貸方補助科目",
    "貸方取引先",
    "貸方金額(円)",
)


@cache
def readers() -> JournalReaders:
    marks = money_words(vocabulary(load_method()), "JPY")
    rules = DateRules(zone="Asia/Tokyo", latest=date(2026, 11, 22))
    return JournalReaders(money=lambda text: parse_money(text, marks), date=date_parser(rules))


def columns(rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    return {header: [row[at] for row in rows] for at, header in enumerate(HEADERS)}


def journal(*rows: Sequence[str]) -> Receivables:
    return journal_receivables(columns(rows), LAYOUT, readers())


def sale(number: str, day: str, who: str, amount: str) -> tuple[str, ...]:
    return (number, day, "売掛金", "", who, amount, "売上高", "", who, amount)


def receipt(number: str, day: str, who: str, amount: str) -> tuple[str, ...]:
    return (number, day, "普通預金", "", "", amount, "売掛金", "", who, amount)


def note_codes(made: Receivables) -> dict[str, int]:
    return {note.code: note.count for note in made.notes}


def test_a_sale_and_its_receipt_make_one_paid_invoice() -> None:
    made = journal(
        sale("1", "2025/04/30", "甲社", "110,000"), receipt("2", "2025/05/31", "甲社", "110000")
    )
    assert made.header == (
        "invoice_id",
        "customer_id",
        "invoiced_at",
        "amount",
        "paid_at",
        "paid_amount",
    )
    assert made.cells == (("20250430-1", "甲社", "2025-04-30", "110000", "2025-05-31", "110000"),)
    assert (made.origins, made.used, made.dropped) == ((0,), 2, 0)
    assert note_codes(made) == {"dates": 2, "amounts": 1, "journal_invoices": 1}


def test_the_customer_is_the_sub_account_where_no_partner_is_named() -> None:
    made = journal(
        ("1", "2025-04-30", "売掛金", "甲社", " ", "500", "売上高", "", "", "500"),
        ("2", "2025-05-10", "普通預金", "みらい銀行", "", "500", "売掛金", "別名", "甲社", "500"),
    )
    assert [row[1:] for row in made.cells] == [("甲社", "2025-04-30", "500", "2025-05-10", "500")]


def test_a_receivable_without_a_customer_is_quarantined_where_it_stands() -> None:
    made = journal(
        ("1", "2025-04-30", "売掛金", "", "", "500", "売上高", "", "丙社", "500"),
        sale("2", "2025-04-30", "甲社", "700"),
    )
    (fault,) = made.faults
    assert (fault.index, fault.header, fault.field) == (0, "借方取引先", "customer_id")
    assert fault.code == "journal_no_customer"
    assert [row[0] for row in made.cells] == ["20250430-2"]


def test_a_compound_entry_splits_a_receipt_into_money_and_discount() -> None:
    made = journal(
        sale("1", "2025-04-30", "甲社", "100000"),
        ("2", "2025-05-31", "普通預金", "", "", "97000", "売掛金", "", "甲社", "100000"),
        ("2", "", "支払手数料", "", "", "880", "", "", "", "0"),
        ("2", "", "売上値引", "", "甲社", "2120", "", "", "", "0"),
    )
    assert made.cells == (("20250430-1", "甲社", "2025-04-30", "97880", "2025-05-31", "97880"),)
    assert (made.used, made.dropped) == (3, 1)  # the bank's fee is not about receivables
    assert note_codes(made)["journal_reduced"] == 1
    (note,) = [note for note in made.notes if note.code == "journal_reduced"]
    assert note.params == {"amount": "2,120"}


def test_a_discount_counts_once_and_for_the_customer_on_its_own_row() -> None:
    made = journal(
        sale("1", "2025-04-30", "甲社", "100"),
        sale("2", "2025-04-30", "乙社", "200"),
        ("3", "2025-05-31", "普通預金", "", "", "290", "売掛金", "", "甲社", "100"),
        ("3", "2025-05-31", "売上値引", "", "", "10", "売掛金", "", "乙社", "200"),
    )
    assert [row[3] for row in made.cells] == ["100", "190"]
    assert [row[5] for row in made.cells] == ["100", "190"]
    taken_back = journal(
        sale("1", "2025-04-30", "甲社", "300"),
        ("2", "2025-05-31", "売上値引", "", "", "30", "売掛金", "", "甲社", "-100"),
        ("2", "2025-05-31", "普通預金", "", "", "70", "売掛金", "", "甲社", "200"),
    )
    assert [row[3:] for row in taken_back.cells] == [("270", "", "170"), ("100", "", "0")]


def test_a_write_off_takes_the_invoice_off_and_is_no_payment() -> None:
    made = journal(
        sale("1", "2025-04-30", "甲社", "30000"),
        ("2", "2026-03-31", "貸倒損失", "", "", "30000", "売掛金", "", "甲社", "30000"),
    )
    assert made.cells == (("20250430-1", "甲社", "2025-04-30", "0", "", "0"),)
    assert (made.totals.open, made.totals.credit) == (0, 0)


def test_a_sale_taken_back_on_either_side_reduces() -> None:
    made = journal(
        sale("1", "2025-04-30", "甲社", "30000"),
        ("2", "2025-05-02", "売上高", "", "", "4000", "売掛金", "", "甲社", "4000"),
        ("3", "2025-05-03", "売掛金", "", "甲社", "-1000", "売上高", "", "", "-1000"),
    )
    assert [row[3] for row in made.cells] == ["25000"]


def test_money_taken_back_is_owed_again_from_that_day() -> None:
    made = journal(
        sale("1", "2025-04-30", "甲社", "300"),
        receipt("2", "2025-05-31", "甲社", "300"),
        receipt("3", "2025-06-10", "甲社", "-300"),
    )
    assert [row[2:] for row in made.cells] == [
        ("2025-04-30", "300", "2025-05-31", "300"),
        ("2025-06-10", "300", "", "0"),
    ]


def test_an_opening_balance_is_an_invoice_of_that_day_and_told() -> None:
    made = journal(
        ("1", "2025-04-01", "売掛金", "", "甲社", "800", "開始残高", "", "", "800"),
        receipt("2", "2025-04-20", "甲社", "800"),
    )
    assert [row[2:] for row in made.cells] == [("2025-04-01", "800", "2025-04-20", "800")]
    assert note_codes(made)["journal_opening"] == 1


def test_credits_and_early_money_are_told_with_their_sum() -> None:
    made = journal(
        receipt("1", "2025-04-10", "甲社", "1500"),
        sale("2", "2025-04-30", "甲社", "300"),
    )
    assert made.cells[0][4:] == ("2025-04-10", "300")
    told = note_codes(made)
    assert (told["journal_early"], told["journal_credit"]) == (1, 1)
    (note,) = [note for note in made.notes if note.code == "journal_credit"]
    assert note.params == {"amount": "1,200"}


def test_entries_of_two_years_with_one_number_stay_apart() -> None:
    made = journal(
        sale("1", "2024-04-30", "甲社", "100"),
        sale("2", "2024-05-31", "甲社", "200"),
        sale("1", "2025-04-30", "甲社", "400"),
        ("1", "2025-04-30", "売掛金", "", "乙社", "50", "売上高", "", "", "50"),
    )
    assert [row[0] for row in made.cells] == [
        "20240430-1",
        "20240531-2",
        "20250430-1",
        "20250430-1-2",
    ]


def test_an_entry_exported_twice_counts_once() -> None:
    once = [sale("1", "2025-04-30", "甲社", "100"), sale("1", "2025-04-30", "乙社", "300")]
    made = journal(*once, sale("2", "2025-05-31", "甲社", "200"), *once)
    assert [row[3] for row in made.cells] == ["100", "300", "200"]
    assert (made.used, made.repeated) == (3, 2)
    assert note_codes(made)["duplicates"] == 2


def test_equal_rows_within_one_entry_are_two_lines() -> None:
    line = sale("1", "2025-04-30", "甲社", "100")
    made = journal(line, line)
    assert [(row[0], row[3]) for row in made.cells] == [
        ("20250430-1", "100"),
        ("20250430-1-2", "100"),
    ]


def test_entries_without_a_number_are_taken_row_by_row() -> None:
    made = journal(
        sale("", "2025-04-30", "甲社", "100"),
        sale("", "2025-04-30", "甲社", "100"),
        receipt("", "2025-05-01", "甲社", "60"),
        ("", "2025-05-01", "売上値引", "", "", "40", "現金", "", "", "40"),
    )
    assert [row[0] for row in made.cells] == ["20250430-#1", "20250430-#2"]
    assert [row[3:] for row in made.cells] == [("100", "", "60"), ("100", "", "0")]
    assert (made.used, made.repeated, made.dropped) == (3, 0, 1)


@pytest.mark.parametrize(
    ("row", "header", "field", "code"),
    [
        (sale("1", "2025-02-30", "甲社", "100"), "取引日", "invoiced_at", "date_impossible"),
        (sale("1", "", "甲社", "100"), "取引日", "invoiced_at", "value_missing"),
        (sale("1", "2027-01-01", "甲社", "100"), "取引日", "invoiced_at", "date_future"),
        (sale("1", "2025-04-30", "甲社", "x"), "借方金額(円)", "amount", "amount_unreadable"),
        (receipt("1", "2025-04-30", "甲社", ""), "貸方金額(円)", "amount", "value_missing"),
        (sale("1", "2025-04-30", "1.2E+10", "1"), "借方取引先", "customer_id", "id_scientific"),
    ],
)
def test_an_unreadable_cell_quarantines_its_row_at_its_place(
    row: tuple[str, ...], header: str, field: str, code: str
) -> None:
    made = journal(sale("9", "2025-04-30", "甲社", "700"), row)
    (fault,) = made.faults
    assert (fault.index, fault.header, fault.field, fault.code) == (1, header, field, code)
    assert len(made.cells) == made.used == 1


def test_a_cell_that_gives_no_account_quarantines_its_row() -> None:
    broken = list(sale("1", "2025-04-30", "甲社", "100"))
    broken[2] = faulty("formula_no_value", "=A1")
    (fault,) = journal(broken).faults
    assert (fault.header, fault.code) == ("借方勘定科目", "formula_no_value")


def test_cells_of_rows_that_are_not_used_do_not_matter() -> None:
    made = journal(
        ("1", "いつか", "旅費交通費", "", "", "たくさん", "現金", "", "", "?"),
        sale("2", "2025-04-30", "甲社", "100"),
    )
    assert (made.faults, made.dropped, made.used) == ((), 1, 1)


def test_headers_are_found_by_their_form_and_partners_may_be_absent() -> None:
    given: Mapping[str, list[str]] = {
        " 取引Ｎｏ ": ["1"],
        "取引日": ["2025-04-30"],
        "借方勘定科目": ["売掛金"],
        "借方補助科目": ["甲社"],
        "借方金額": ["100"],
        "貸方勘定科目": ["売上高"],
        "貸方金額": ["100"],
    }
    assert journal_receivables(given, LAYOUT, readers()).cells[0][:2] == ("20250430-1", "甲社")
    with pytest.raises(KeyError):
        journal_receivables({"取引No": ["1"], "取引日": ["2025-04-30"]}, LAYOUT, readers())


def test_the_journal_of_money_forward_reads_as_worked_out_by_hand(method: Method) -> None:
    """The reasoning stands in adapters/expected/moneyforward_journal.toml."""
    folder = Path(__file__).parent / "fixtures" / "moneyforward_journal"
    text = (folder / "shiwakecho.csv").read_bytes().decode("cp932")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    entry = method.section("adapters")["moneyforward_journal"]
    found = {header: [row[at] for row in rows] for at, header in enumerate(head)}
    made = journal_receivables(found, journal_layout(entry["journal"]), readers())
    assert made.cells == (
        ("20250401-1", "甲商店", "2025-04-01", "50000", "2025-05-31", "50000"),
        ("20250430-3", "甲商店", "2025-04-30", "110000", "2025-05-31", "110000"),
        ("20250430-4", "乙工業", "2025-04-30", "200000", "", "120000"),
        ("20250531-6", "甲商店", "2025-05-31", "60000", "2025-07-10", "60000"),
        ("20250630-9", "乙工業", "2025-06-30", "90000", "", "0"),
        ("20250930-13", "丁医院", "2025-09-30", "77000", "", "0"),
        ("20250930-13-2", "戊設計", "2025-09-30", "88000", "", "0"),
    )
    assert (made.used, made.dropped, len(made.faults)) == (12, 2, 1)
    totals = made.totals
    assert (totals.invoiced, totals.cleared) == (681_000, 389_000)
    assert (totals.open, totals.credit) == (335_000, 43_000)
    told = note_codes(made)
    assert (told["journal_credit"], told["journal_opening"], told["journal_reduced"]) == (2, 1, 1)


lines = st.tuples(
    st.sampled_from(["1", "2", "3", ""]),
    st.sampled_from(["2025-04-30", "2025/5/31", "2025-06-30", "", "5/6"]),
    st.sampled_from(["売掛金", "普通預金", "売上値引", "貸倒損失", ""]),
    st.just(""),
    st.sampled_from(["甲社", "乙社", ""]),
    st.sampled_from(["100", "1,250", "-70", "0", "", "x"]),
    st.sampled_from(["売上高", "売掛金", "開始残高", ""]),
    st.just(""),
    st.sampled_from(["甲社", "乙社", ""]),
    st.sampled_from(["100", "1,250", "-70", "0", "", "x"]),
)


@given(st.lists(lines, max_size=25))
def test_every_row_has_one_fate_and_the_sums_hold(rows: list[tuple[str, ...]]) -> None:
    made = journal(*rows)
    assert made.used + made.repeated + made.dropped + len(made.faults) == len(rows)
    totals = made.totals
    assert totals.invoiced - totals.cleared == totals.open - totals.credit
    owed = sum((Decimal(row[3]) - Decimal(row[5]) for row in made.cells), Decimal(0))
    assert owed == totals.open
    assert len({row[0] for row in made.cells}) == len(made.cells) == len(made.origins)
    faulted = {fault.index for fault in made.faults}
    assert not faulted.intersection(made.origins)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_note_and_fault_of_a_journal_has_its_words(lang: str, method: Method) -> None:
    words = method.words[lang]
    for code in ("invoices", "opening", "reduced", "early", "credit"):
        shown = words[f"errors.notes.journal_{code}"].format(count="3", amount="1,200")
        assert "3" in shown
        assert ("1,200" in shown) == (code in ("reduced", "credit"))
    assert {"errors.journal_no_customer.message", "errors.journal_no_customer.fix"} <= set(words)
