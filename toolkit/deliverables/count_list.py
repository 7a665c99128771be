"""The sheet with a row per customer, and how other sheets calculate over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.sheet import Sheet
from toolkit.words import number_text

if TYPE_CHECKING:
    from toolkit.measures.customer_count import CustomerCount

MOST_CUSTOMERS = 20_000
WIDTHS = (20, 10, 10, 14, 13, 13, 12, 13, 16, 12)
FIRST = 4  # row of the first entry of a table, counted from 0; the labels stand above it
ORDERS, ROWS, AMOUNT, FIRST_DAY, DAYS, MOVED = "B", "C", "D", "E", "G", "J"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Where the customers stand, for formulas of other sheets; not ``whole`` if cut off."""

    sheet: str
    rows: int
    whole: bool

    def range(self, column: str) -> str:
        """A column of the list as a reference.

        >>> Listed(sheet="顧客別", rows=3, whole=True).range("B")
        "'顧客別'!$B$5:$B$7"
        """
        return f"'{self.sheet}'!${column}${FIRST + 1}:${column}${FIRST + self.rows}"

    def write(self, at: tuple[Sheet, int, int], formula: str, value: Any, look: str) -> None:
        """The formula where the whole list is there, else the value alone."""
        sheet, row, column = at
        if self.whole:
            sheet.live(row, column, formula, value, look)
        else:
            sheet.value(row, column, value, look)


def listed(count: CustomerCount, name: str) -> Listed:
    """How the list of customers will stand on the sheet called ``name``."""
    rows = min(len(count.customers), MOST_CUSTOMERS)
    return Listed(sheet=name, rows=rows, whole=rows == len(count.customers))


def write_customers(sheet: Sheet, count: CustomerCount, currency: str) -> None:
    """One row per key, most orders first."""
    own = "count.customers."
    names = ("key", "orders", "rows", "amount", "first", "second", "days", "last", "interval")
    sheet.say(0, 0, f"{own}title", "title")
    tell_cut(sheet, count, WIDTHS)
    labels = [sheet.book.text(own + name, currency=currency) for name in (*names, "moved")]
    sheet.heads(FIRST - 1, labels)
    mark = sheet.book.text("count.moved_mark")
    shown_rows = count.customers.head(MOST_CUSTOMERS)
    records: list[dict[Any, Any]] = shown_rows.to_dict("records")
    for row, one in enumerate(records, start=FIRST):
        sheet.text(row, 0, str(one["customer_id"]))
        sheet.value(row, 1, one["orders"], "count")
        sheet.value(row, 2, one["rows"], "count")
        sheet.value(row, 3, one["amount"], "money")
        sheet.value(row, 4, one["first"].date(), "date")
        if one["second"] == one["second"]:  # NaT where there is none
            sheet.value(row, 5, one["second"].date(), "date")
            sheet.value(row, 6, (one["second"] - one["first"]).days, "count")
        sheet.value(row, 7, one["last"].date(), "date")
        sheet.value(row, 8, one["median_interval"], "days")
        if one["order_class"] != one["row_class"]:
            sheet.text(row, 9, mark, "mark")
    sheet.widths(*WIDTHS)
    sheet.page.freeze_panes(FIRST, 1)
    sheet.page.autofilter(FIRST - 1, 0, FIRST - 1 + len(shown_rows), len(labels) - 1)
    sheet.printed(repeat=FIRST - 1)


def tell_cut(sheet: Sheet, count: CustomerCount, widths: Sequence[float]) -> None:
    """Say that not all customers are listed, where that is so."""
    total = len(count.customers)
    if total > MOST_CUSTOMERS:
        lang = sheet.book.lang
        shown = {"total": total, "shown": MOST_CUSTOMERS}
        texts = {name: number_text(number, "count", lang) for name, number in shown.items()}
        sheet.paragraph(1, sheet.book.text("count.cut_customers", **texts), widths, "note")
