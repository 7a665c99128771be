"""The sheets of second orders: by window, by month of the first order, by first product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.deliverables.count_list import DAYS, FIRST, FIRST_DAY, Listed
from toolkit.deliverables.sheet import Sheet
from toolkit.measures.first_product import MIN_N, WINDOW
from toolkit.measures.months import month_start
from toolkit.measures.second_order import WINDOWS
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from toolkit.measures.customer_count import Cohort, CustomerCount

MOST_PRODUCTS = 300
F2_WIDTHS = (14, 14, 16, 14, 16, 14, 16, 14)
PRODUCT_WIDTHS = (44, 14, 18, 18, 16)


def write_f2(sheet: Sheet, count: CustomerCount, customers: Listed) -> None:
    """Second orders within each window: all customers, then by month of the first order."""
    own = "count.f2."
    sheet.say(0, 0, f"{own}title", "title")
    sheet.say(1, 0, f"{own}as_of")
    sheet.value(1, 1, count.as_of, "date")
    names = ("window", "n", "again", "rate", "low", "high")
    sheet.heads(FIRST - 1, [sheet.book.text(own + name) for name in names])
    for row, window in enumerate(WINDOWS, start=FIRST):
        _f2_window((sheet, row), window, count, customers)
    below = FIRST + len(WINDOWS) + 1
    sheet.say(below, 0, f"{own}cohorts", "heading")
    labels = [sheet.book.text(f"{own}month"), sheet.book.text(f"{own}new")]
    for window in WINDOWS:
        labels += [sheet.book.text(own + n, window=window) for n in ("again_in", "rate_in")]
    sheet.heads(below + 1, labels)
    for row, cohort in enumerate(count.cohorts, start=below + 2):
        _f2_month((sheet, row), cohort, customers)
    immature = sheet.book.text("count.immature")
    sheet.paragraph(2, sheet.book.text(f"{own}note", immature=immature), F2_WIDTHS, "note")
    sheet.widths(*F2_WIDTHS)
    sheet.page.freeze_panes(FIRST, 1)
    sheet.printed()


def _f2_window(at: tuple[Sheet, int], window: int, count: CustomerCount, customers: Listed) -> None:
    sheet, row = at
    fact = count.fact(f"customers.f2_conversion[window_days={window}]")
    latest = f'{customers.range(FIRST_DAY)},"<="&($B$2-A{row + 1})'
    soon = f'{latest},{customers.range(DAYS)},"<="&A{row + 1}'
    n = (fact.n or 0) if fact.known else 0
    again = round((fact.number or 0.0) * n)
    sheet.value(row, 0, window, "count")
    customers.write((sheet, row, 1), f"=COUNTIFS({latest})", n, "count")
    customers.write((sheet, row, 2), f"=COUNTIFS({soon})", again, "count")
    rate = fact.number if fact.known else sheet.book.text("count.immature")
    none = sheet.quoted("count.immature")
    sheet.live(row, 3, f"=IF(B{row + 1}>0,C{row + 1}/B{row + 1},{none})", rate, "share")
    sheet.value(row, 4, fact.low, "share")
    sheet.value(row, 5, fact.high, "share")


def _f2_month(at: tuple[Sheet, int], cohort: Cohort, customers: Listed) -> None:
    sheet, row = at
    month, cells = f"A{row + 1}", customers.range(FIRST_DAY)
    own = f'{cells},">="&{month},{cells},"<"&EDATE({month},1)'
    sheet.value(row, 0, month_start(cohort.month), "month")
    customers.write((sheet, row, 1), f"=COUNTIFS({own})", cohort.customers, "count")
    waits, few = sheet.quoted("count.immature"), sheet.quoted("count.unknown")
    for place, window in enumerate(WINDOWS):
        column, letter = 2 + 2 * place, "CEG"[place]
        hits = cohort.again[window]
        soon = f'COUNTIFS({own},{customers.range(DAYS)},"<={window}")'
        shown = f"=IF(EDATE({month},1)-1+{window}<=$B$2,{soon},{waits})"
        counted = sheet.book.text("count.immature") if hits is None else hits
        customers.write((sheet, row, column), shown, counted, "count")
        enough = f"IF(B{row + 1}>={MIN_N},{letter}{row + 1}/B{row + 1},{few})"
        formula = f"=IF(ISNUMBER({letter}{row + 1}),{enough},{waits})"
        rate = _rate(sheet.book, hits, cohort.customers)
        sheet.live(row, column + 1, formula, rate, "share")


def _rate(book: Words, hits: int | None, n: int) -> float | str:
    """Share that came again, or why there is none: the window is open, or too few to say."""
    if hits is None:
        return book.text("count.immature")
    return hits / n if n >= MIN_N else book.text("count.unknown")


def write_products(sheet: Sheet, count: CustomerCount) -> None:
    """Second orders by product of the first order; too few customers give no rate."""
    own, few = "count.products.", sheet.book.text("count.unknown")
    quoted = sheet.quoted("count.unknown")
    sheet.say(0, 0, f"{own}title", "title", window=WINDOW)
    sheet.widths(*PRODUCT_WIDTHS)
    sheet.printed(repeat=FIRST - 1)
    if not count.first_products:
        sheet.paragraph(1, sheet.book.text(f"{own}none"), PRODUCT_WIDTHS)
        return
    note = sheet.book.text(f"{own}note", unknown=few, min_n=MIN_N)
    sheet.paragraph(1, note, PRODUCT_WIDTHS, "note")
    if len(count.first_products) > MOST_PRODUCTS:
        _tell_cut(sheet, len(count.first_products))
    names = ("product", "customers", "mature", "again", "rate")
    sheet.heads(FIRST - 1, [sheet.book.text(own + name, window=WINDOW) for name in names])
    for row, one in enumerate(count.first_products[:MOST_PRODUCTS], start=FIRST):
        sheet.text(row, 0, one.product)
        for column, value in enumerate((one.customers, one.mature, one.again), start=1):
            sheet.value(row, column, value, "count")
        formula = f"=IF(C{row + 1}>={MIN_N},D{row + 1}/C{row + 1},{quoted})"
        sheet.live(row, 4, formula, few if one.rate is None else one.rate, "share")
    sheet.page.freeze_panes(FIRST, 1)


def _tell_cut(sheet: Sheet, products: int) -> None:
    numbers = {"total": products, "shown": MOST_PRODUCTS}
    lang = sheet.book.lang
    texts = {name: number_text(number, "count", lang) for name, number in numbers.items()}
    sheet.paragraph(2, sheet.book.text("count.cut_products", **texts), PRODUCT_WIDTHS, "note")
