"""Adapters: fitted to a file by the names of its headers, and to the parts it comes in."""

from __future__ import annotations

import pytest
from adapter_texts.texts import PARTED, SHOP, Load

from toolkit.intake.adapters.adapter import Adapter, Part, fitting_adapter
from toolkit.intake.mappings.mapping import Condition, FillDown, Joined, Source

HEADER = ["No", "Mail", "Day", "Total", "Refund", "Qty", "State"]


def columns(adapter: Adapter, header: list[str]) -> dict[str, Source]:
    return dict(adapter.mapping(header).columns)


def test_a_mapping_names_the_headers_of_the_file_and_leaves_out_what_is_not_there(
    load: Load,
) -> None:
    mapping = load(SHOP)["shop"].mapping(HEADER)
    assert (mapping.name, mapping.table, mapping.system) == ("shop", "orders", "shop")
    assert (mapping.status, mapping.read.zone, mapping.joins) == ("verified", "UTC", ())
    assert dict(mapping.columns) == {
        "order_id": Source(operation="column", headers=("No",)),
        "customer_id": Source(operation="column", headers=("Mail",)),
        "order_date": Source(operation="column", headers=("Day",)),
        "amount": Source(operation="minus", headers=("Total", "Refund")),
        "channel": Source(operation="value", headers=("Our shop",)),
        "quantity": Source(operation="column", headers=("Qty",)),
    }


def test_headers_go_by_any_of_their_names_in_any_spelling_and_order(load: Load) -> None:
    header = ["ＳＵＭ", "e_mail ", "time", "phone", "day", "more", "no", "REFUND", "Pieces"]
    found = columns(load(SHOP)["shop"], header)
    assert found["amount"] == Source(operation="minus", headers=("ＳＵＭ", "REFUND"))
    assert found["customer_id"] == Source(operation="first", headers=("e_mail ", "phone"))
    assert found["order_date"] == Source(operation="datetime", headers=("day", "time"))
    assert found["quantity"].headers == ("Pieces",)


def test_of_two_names_that_are_both_there_the_first_counts(load: Load) -> None:
    found = columns(load(SHOP)["shop"], ["Pieces", "Sum", "Qty", "Total", "No", "Day", "Mail"])
    assert (found["amount"].headers, found["quantity"].headers) == (("Total",), ("Qty",))


def test_of_a_header_that_stands_twice_the_first_counts(load: Load) -> None:
    found = columns(load(SHOP)["shop"], ["No", "Day", "Mail", "TOTAL", "total", "Total"])
    assert found["amount"].headers == ("TOTAL",)


def test_of_columns_of_which_either_must_be_there_one_set_is_enough(load: Load) -> None:
    text = """
[saas]
table = "contracts"
system = "saas"
status = "memory"
identify = ["Account"]
[saas.columns]
account_id = "Account"
start = "From"
tenure_months = "Months"
churned = "Gone"
"""
    saas = load(text)["saas"]
    assert saas.fits(["Account", "Months", "Gone"])
    assert not saas.fits(["Account", "Months"])


def test_a_product_and_a_joined_id_need_all_their_headers(load: Load) -> None:
    adapter = load(SHOP)["shop"]
    found = columns(adapter, [*HEADER, "Off", "Line"])
    assert found["discount"] == Source(operation="multiply", headers=("Qty", "Off"))
    assert found["line_no"] == Source(operation="join", headers=("No", "Line"))
    assert not {"discount", "line_no"} & set(columns(adapter, HEADER))


@pytest.mark.parametrize("gone", ["Total", "Day", "No"])
def test_no_fit_without_what_identifies_it(gone: str, load: Load) -> None:
    adapter = load(SHOP)["shop"]
    assert adapter.fits(HEADER)
    assert not adapter.fits([text for text in HEADER if text != gone])


def test_a_sum_or_difference_without_its_first_header_says_nothing(load: Load) -> None:
    text = SHOP.replace('["Total", "Sum"], "Day"]', '"Day"]')
    adapter = load(text)["shop"]
    assert not adapter.fits(["No", "Mail", "Day", "Refund"])
    assert adapter.fits(["No", "Mail", "Day", "Sum"])


def test_without_a_buyer_it_fits_only_where_guests_count(load: Load) -> None:
    header = ["No", "Day", "Total"]
    assert not load(SHOP)["shop"].fits(header)
    adapter = load(f'{SHOP}guests = "keep"\n')["shop"]
    assert adapter.fits(header)
    assert columns(adapter, header)["customer_id"] == Source(operation="value", headers=("",))
    assert {"Member", "Mail", "Phone"} <= set(adapter.absent(header))


def test_row_rules_on_headers_that_are_not_there_are_left_out(load: Load) -> None:
    adapter = load(SHOP)["shop"]
    rows = adapter.mapping(HEADER).rows
    assert rows.model == "orders"
    assert rows.cancelled == (Condition(column="State", operator="equals", operand="void"),)
    assert rows.drop == (Condition(column="Total", operator="at_most", operand=0.0),)
    assert (rows.keep, rows.test) == ((), None)
    assert rows.fill_down == FillDown(by="No", columns=("Total", "Mail"))


def test_row_rules_follow_the_names_given_elsewhere(load: Load) -> None:
    header = ["No", "Day", "Sum", "E-Mail", "Status", "Gateway", "Store"]
    rows = load(SHOP)["shop"].mapping(header).rows
    assert rows.cancelled == (Condition(column="Status", operator="equals", operand="void"),)
    assert rows.drop == (Condition(column="Sum", operator="at_most", operand=0.0),)
    assert rows.test == Condition(column="Gateway", operator="contains", operand="bogus")
    assert rows.keep == (Condition(column="Store", operator="one_of", operand=("1",)),)
    assert rows.fill_down == FillDown(by="No", columns=("Sum", "E-Mail"))


def test_nothing_is_filled_down_without_the_header_it_goes_by(load: Load) -> None:
    text = SHOP.replace('by = ["No", "Number"]', 'by = "Group"')
    assert load(text)["shop"].mapping(HEADER).rows.fill_down is None


def test_absent_headers_are_named_once_by_their_first_name(load: Load) -> None:
    adapter = load(SHOP)["shop"]
    assert adapter.absent(HEADER) == ("Hour", "Line", "Off", "Gateway", "Store", "Kind")
    header = ["No", "Day", "Time", "Total", "Phone", "Gateway", "Store", "Kind", "Line", "Off"]
    assert adapter.absent(header) == ("Refund", "Qty", "State")


def test_the_export_with_most_headers_identified_is_taken(load: Load) -> None:
    more = SHOP.replace("shop", "more").replace('"Day"]', '"Day", "State"]', 1)
    adapters = load(SHOP + more)
    found = fitting_adapter(HEADER, adapters.values())
    assert found is not None
    assert found.id == "more"
    without = fitting_adapter([text for text in HEADER if text != "State"], adapters.values())
    assert without is not None
    assert without.id == "shop"


def test_of_two_that_identify_as_many_the_one_that_fills_more_columns(load: Load) -> None:
    fewer = SHOP.replace("shop", "fewer").replace('quantity = ["Qty", "Pieces"]\n', "")
    adapters = load(fewer + SHOP)
    found = fitting_adapter(HEADER, adapters.values())
    assert found is not None
    assert found.id == "shop"


def test_nothing_is_taken_where_none_fits_or_two_fit_alike(load: Load) -> None:
    adapters = load(SHOP + SHOP.replace("shop", "twin"))
    assert fitting_adapter(HEADER, adapters.values()) is None
    assert fitting_adapter(["a", "b"], adapters.values()) is None
    assert fitting_adapter(HEADER, [adapters["twin"]]) is adapters["twin"]


def test_a_part_is_joined_where_it_is_there(load: Load) -> None:
    adapters = load(SHOP + PARTED)
    header = ["No", "Mail", "Day", "Total"]
    parts = {"shop_lines": Part(file="data/lines.csv", header=("order", "Line", "Count"))}
    shop = adapters["shop"]
    assert shop.parts == ("shop_lines",)
    mapping = shop.mapping(header, parts)
    assert mapping.joins == (
        Joined(file="data/lines.csv", left="No", right="order", columns=("Count",), sum=("Count",)),
    )
    assert mapping.columns["quantity"] == Source(operation="column", headers=("Count",))
    assert "Qty" not in shop.absent(header, parts)
    assert "Qty" in shop.absent(header)
    assert shop.mapping(header).joins == ()
    assert "quantity" not in shop.mapping(header).columns


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (["No", "Mail", "Day", "Total"], ("Line", "Count")),
        (["No", "Mail", "Day", "Total"], ("Order", "Line")),
        (["No", "Mail", "Day", "Total", "pieces"], ("Order", "Line", "Count")),
    ],
)
def test_a_part_without_key_or_news_is_not_joined(
    header: list[str], part: tuple[str, ...], load: Load
) -> None:
    shop = load(SHOP + PARTED)["shop"]
    assert shop.mapping(header, {"shop_lines": Part(file="x.csv", header=part)}).joins == ()


def test_a_part_is_known_by_its_headers_and_makes_no_table(load: Load) -> None:
    adapters = load(SHOP + PARTED)
    found = fitting_adapter(["No", "Line", "Count"], adapters.values())
    assert found is adapters["shop_lines"]
    assert (found.part, found.table) == ("shop", None)
    assert adapters["shop"].part is None


def test_a_journal_fits_by_its_headers_alone(load: Load) -> None:
    text = """
[book]
table = "receivables"
system = "book"
status = "partly"
identify = ["Entry", "Debit"]
transform = "journal_receivables"
[book.journal]
receivables = ["売掛金"]
[book.journal.headers]
entry = "Entry"
debit_amount = ["Debit", "借方"]
"""
    book = load(text)["book"]
    assert book.fits(["Debit", "Entry"])
    assert book.mapping(["Debit", "Entry"]).transform == "journal_receivables"
    assert book.journal is not None
    assert book.journal["receivables"] == ["売掛金"]
