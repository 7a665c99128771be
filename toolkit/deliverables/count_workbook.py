"""The customer analysis workbook (顧客分析シート): steps, list, classes, F2, definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.count_classes import write_classes
from toolkit.deliverables.count_f2 import write_f2, write_products
from toolkit.deliverables.count_list import MOVED, ORDERS, ROWS, Listed, listed, write_customers
from toolkit.deliverables.sheet import Sheet, formats, workbook_options
from toolkit.facts import Fact
from toolkit.words import Words, date_text, number_text

if TYPE_CHECKING:
    from toolkit.measures.customer_count import CustomerCount, Delivered

SHEETS = ("front", "customers", "classes", "f2", "products", "definitions")
FREQUENT = 5
FRONT = (18, 34, 74)  # widths of the columns of the first sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose workbook it is: name as given, currency, tax (included, excluded, unknown)."""

    company_name: str
    currency: str
    tax: str


def count_workbook(count: CustomerCount, rows: Delivered, about: About, book: Words) -> bytes:
    """The workbook as a file; the same count gives the same bytes."""
    import xlsxwriter

    held = BytesIO()
    workbook = xlsxwriter.Workbook(held, workbook_options())
    title = book.text("count.title")
    made = datetime(count.run_date.year, count.run_date.month, count.run_date.day)
    workbook.set_properties({"title": title, "created": made})
    looks = formats(workbook, about.currency)
    money = _money_text(about.currency, book)
    sheets = {name: _sheet(workbook, looks, book, name) for name in SHEETS}
    customers = listed(count, sheets["customers"].name)
    _write_front(sheets["front"], count, rows, (about, customers))
    write_customers(sheets["customers"], count, money)
    write_classes(sheets["classes"], count, customers, money)
    write_f2(sheets["f2"], count, customers)
    write_products(sheets["products"], count)
    _write_definitions(sheets["definitions"], count, money)
    workbook.close()
    return held.getvalue()


def steps(count: CustomerCount, rows: Delivered, book: Words) -> list[tuple[str, str]]:
    """The three steps of the count, each with what came of it."""
    numbers = {
        "total": rows.total,
        "quarantined": rows.quarantined,
        "deduplicated": rows.deduplicated,
        "dropped": rows.dropped,
        "cancelled": rows.cancelled,
        "customers": len(count.customers),
        "rows": count.fact("count.rows").value,
        "orders": count.fact("customers.orders").value,
        "guests": count.fact("count.guest_orders").value,
        "most": int(count.customers["orders"].max()),
    }
    shown = {name: number_text(value, "count", book.lang) for name, value in numbers.items()}
    shown["sheet"] = book.text("count.sheet.customers")
    names = ("one", "two", "three")
    own = "count.step."
    return [(book.text(own + name), book.text(f"{own}{name}_result", **shown)) for name in names]


def brief(count: CustomerCount, book: Words) -> list[str]:
    """What the count says in two sentences: who comes again, and what counting rows would do."""
    people, moved = len(count.customers), count.moved
    again = int((count.customers["orders"] >= 2).sum())
    first = book.text(
        "count.front.customers",
        customers=number_text(people, "count", book.lang),
        orders=number_text(int(count.customers["orders"].sum()), "count", book.lang),
        repeaters=number_text(again, "count", book.lang),
        share=number_text(again / people, "share", book.lang),
    )
    key = "count.front.moved" if moved else "count.front.not_moved"
    number = number_text(moved, "count", book.lang)
    share = number_text(moved / people, "share", book.lang)
    return [first, book.text(key, moved=number, share=share)]


def _money_text(currency: str, book: Words) -> str:
    """What amounts are in: yen by its word, another currency by its code."""
    return book.text("common.unit.yen") if currency == "JPY" else currency


def _sheet(workbook: Any, looks: dict[str, Any], book: Words, name: str) -> Sheet:
    shown = book.text(f"count.sheet.{name}")
    page = workbook.add_worksheet(shown)
    return Sheet(name=shown, workbook=workbook, page=page, formats=looks, book=book)


def _write_front(
    sheet: Sheet, count: CustomerCount, rows: Delivered, whose: tuple[About, Listed]
) -> None:
    about, customers = whose
    book, (first, last) = sheet.book, count.period
    dates = {"first": first, "last": last, "made": count.run_date.isoformat()}
    shown = {name: date_text(day, book.lang) for name, day in dates.items()}
    sheet.say(0, 0, "count.title", "title")
    subtitle = book.text("count.subtitle", company=about.company_name, **shown)
    sheet.paragraph(1, subtitle, FRONT, "note")
    sheet.say(3, 0, "count.front.summary", "heading")
    for row, text in enumerate(brief(count, book), start=4):
        sheet.paragraph(row, text, FRONT)
    sheet.say(7, 0, "count.front.steps", "heading")
    sheet.heads(8, [book.text(f"count.step.head_{name}") for name in ("no", "text", "result")])
    for number, (text, result) in enumerate(steps(count, rows, book), start=1):
        sheet.value(8 + number, 0, number, "mark")
        sheet.text(8 + number, 1, text, "wrap")
        sheet.text(8 + number, 2, result, "wrap")
        sheet.page.set_row(8 + number, 30)
    _write_trap(sheet, count, customers)
    sheet.say(20, 0, "count.front.notes", "heading")
    for row, text in enumerate(_notes(count, about, customers.whole, book), start=21):
        sheet.paragraph(row, text, FRONT)
    sheet.widths(*FRONT)
    sheet.printed()


def _write_trap(sheet: Sheet, count: CustomerCount, customers: Listed) -> None:
    """Both counts side by side: by orders, and by rows as a COUNTIF over the export gives."""
    sheet.say(13, 0, "count.front.trap", "heading")
    sheet.paragraph(14, sheet.book.text("count.trap.text"), FRONT)
    names = ("head", "repeaters", "five")
    sheet.heads(15, [sheet.book.text(f"count.trap.{name}") for name in names])
    for row, name, column in ((16, "orders", ORDERS), (17, "rows", ROWS)):
        sheet.say(row, 0, f"count.trap.{name}")
        for place, least in ((1, 2), (2, FREQUENT)):
            formula = f'=COUNTIF({customers.range(column)},">={least}")'
            found = int((count.customers[name] >= least).sum())
            customers.write((sheet, row, place), formula, found, "count")
    sheet.say(18, 0, "count.trap.moved")
    marked = f"=COUNTIF({customers.range(MOVED)},{sheet.quoted('count.moved_mark')})"
    customers.write((sheet, 18, 1), marked, count.moved, "count")


def _notes(count: CustomerCount, about: About, live: bool, book: Words) -> Iterator[str]:
    guests = count.fact("count.guest_orders").value
    yield book.text("count.note.key")
    yield book.text("count.note.key_rule")
    if guests:
        yield book.text("count.note.guests", guests=number_text(guests, "count", book.lang))
    yield book.text("count.note.period")
    yield book.text("count.note.small", unknown=book.text("count.unknown"))
    yield book.text(f"count.note.tax_{about.tax}")
    if live:
        yield book.text("count.note.live", sheet=book.text("count.sheet.customers"))


def _write_definitions(sheet: Sheet, count: CustomerCount, money: str) -> None:
    """Each figure with its value, n, period and definition; an unknown one with its reason."""
    book, own = sheet.book, "count.definitions."
    sheet.say(0, 0, f"{own}title", "title")
    names = ("name", "value", "unit", "n", "period", "text")
    sheet.heads(2, [book.text(own + name) for name in names])
    looks = {"share": "share", "yen": "money", "days": "days"}
    for row, fact in enumerate(count.facts, start=3):
        name, text = definition(fact, book)
        sheet.text(row, 0, name, "wrap")
        value = fact.value if fact.known else book.text(f"common.reason.{fact.reason}")
        sheet.value(row, 1, value, looks.get(fact.unit, "count"))
        if fact.unit != "share":  # its number is written as a percentage
            sheet.text(row, 2, money if fact.unit == "yen" else _unit(fact, book))
        sheet.value(row, 3, fact.n, "count")
        first, last = (date_text(day, book.lang) for day in fact.period or count.period)
        sheet.say(row, 4, f"{own}span", "wrap", first=first, last=last)
        sheet.text(row, 5, text, "wrap")
        sheet.page.set_row(row, 44)
    sheet.widths(30, 14, 8, 10, 24, 80)
    sheet.page.freeze_panes(3, 1)
    sheet.printed(repeat=2)


def _unit(fact: Fact, book: Words) -> str:
    own = f"count.unit.{fact.id}"
    return book.text(own if book.has(own) else f"common.unit.{fact.unit}")


def definition(fact: Fact, book: Words) -> tuple[str, str]:
    """Name and definition of a figure."""
    group, _, name = fact.id.partition(".")
    own = f"count.definition.{name}" if group == "count" else f"definitions.{fact.id}"
    shown, text = book.text(f"{own}.name"), book.text(f"{own}.text")
    if "window_days" in fact.by:
        window = fact.by["window_days"]
        shown = book.text("count.definitions.with_window", name=shown, window=window)
    return shown, text
