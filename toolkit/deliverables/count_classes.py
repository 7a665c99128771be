"""The sheet of customers by number of orders, beside what counting rows would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.deliverables.count_list import AMOUNT, FIRST, ORDERS, ROWS, Listed, tell_cut
from toolkit.deliverables.sheet import FONT, Sheet
from toolkit.words import Words

if TYPE_CHECKING:
    from toolkit.measures.customer_count import CountClass, CustomerCount

WIDTHS = (14, 12, 12, 12, 16, 12, 16, 10)


def class_label(one: CountClass, book: Words) -> str:
    """Name of a class: 1, 6 to 9, 10 or more."""
    form = "one" if one.high == one.low else "open" if one.high is None else "between"
    return book.text(f"count.classes.{form}", low=one.low, high=one.high)


def write_classes(sheet: Sheet, count: CustomerCount, customers: Listed, currency: str) -> None:
    """Customers by number of orders, beside what counting rows would give, with a chart."""
    own = "count.classes."
    names = ("class", "customers", "share", "orders", "amount", "amount_share", "by_rows", "gap")
    sheet.say(0, 0, f"{own}title", "title")
    tell_cut(sheet, count, WIDTHS)
    sheet.heads(FIRST - 1, [sheet.book.text(own + name, currency=currency) for name in names])
    for row, one in enumerate(count.classes, start=FIRST):
        sheet.text(row, 0, class_label(one, sheet.book))
        _class_cells((sheet, row), one, customers)
    last = FIRST + len(count.classes)
    _class_shares(sheet, count)
    _class_totals(sheet, count, last)
    sheet.widths(*WIDTHS)
    sheet.page.freeze_panes(FIRST, 1)
    _chart(sheet, len(count.classes), last + 2)
    sheet.printed()


def _class_cells(at: tuple[Sheet, int], one: CountClass, customers: Listed) -> None:
    sheet, row = at
    inside = _criteria(customers.range(ORDERS), one)
    by_rows = _criteria(customers.range(ROWS), one)
    sums = {3: (ORDERS, one.orders, "count"), 4: (AMOUNT, one.amount, "money")}
    customers.write((sheet, row, 1), f"=COUNTIFS({inside})", one.customers, "count")
    for column, (source, value, look) in sums.items():
        formula = f"=SUMIFS({customers.range(source)},{inside})"
        customers.write((sheet, row, column), formula, value, look)
    customers.write((sheet, row, 6), f"=COUNTIFS({by_rows})", one.by_rows, "count")
    sheet.live(row, 7, f"=G{row + 1}-B{row + 1}", one.by_rows - one.customers, "signed")


def _criteria(cells: str, one: CountClass) -> str:
    low = f'{cells},">={one.low}"'
    return low if one.high is None else f'{low},{cells},"<={one.high}"'


def _class_shares(sheet: Sheet, count: CustomerCount) -> None:
    """Shares of customers and of the amount; no amount to share out where it is not positive."""
    total = FIRST + len(count.classes) + 1
    people = len(count.customers)
    money = sum(one.amount for one in count.classes)
    none = sheet.book.text("count.unknown")
    quoted = sheet.quoted("count.unknown")
    for row, one in enumerate(count.classes, start=FIRST):
        share = one.customers / people
        sheet.live(row, 2, f"=B{row + 1}/B${total}", share, "share")
        held = one.amount / money if money > 0 else none
        formula = f"=IF(E${total}>0,E{row + 1}/E${total},{quoted})"
        sheet.live(row, 5, formula, held, "share")


def _class_totals(sheet: Sheet, count: CustomerCount, row: int) -> None:
    sheet.say(row, 0, "count.classes.total", "total_text")
    sums = {
        1: (len(count.customers), "total_count"),
        3: (sum(one.orders for one in count.classes), "total_count"),
        4: (sum(one.amount for one in count.classes), "total_money"),
        6: (sum(one.by_rows for one in count.classes), "total_count"),
    }
    for column, (value, look) in sums.items():
        letter = "ABCDEFGH"[column]
        sheet.live(row, column, f"=SUM({letter}{FIRST + 1}:{letter}{row})", value, look)


def _chart(sheet: Sheet, classes: int, row: int) -> None:
    """A native chart of both counts side by side."""
    chart = sheet.workbook.add_chart({"type": "column"})
    font = {"name": FONT, "size": 9, "bold": False}
    for column, series, colour in ((1, "by_orders", "#1F5FA8"), (6, "by_rows", "#B8BFC9")):
        chart.add_series(
            {
                "name": sheet.book.text(f"count.classes.{series}_series"),
                "categories": [sheet.name, FIRST, 0, FIRST + classes - 1, 0],
                "values": [sheet.name, FIRST, column, FIRST + classes - 1, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    title = {"name": FONT, "size": 12, "bold": True}
    chart.set_title({"name": sheet.book.text("count.classes.chart"), "name_font": title})
    axis = sheet.book.text("count.classes.axis")
    chart.set_y_axis(
        {"name": axis, "name_font": font, "num_font": font, "major_gridlines": {"visible": False}}
    )
    chart.set_x_axis({"num_font": font})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 760, "height": 320})
    sheet.page.insert_chart(row, 0, chart)
