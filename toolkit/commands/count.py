"""count: orders per customer key, as a workbook and a short table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.commands.reports import working
from toolkit.commands.speech import Speech
from toolkit.errors import OutputError
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from toolkit.intake.case import Case
    from toolkit.measures.customer_count import CustomerCount, Delivered

TOP = 10


def count(client: Path, out: Path, as_of: str | None, speech: Speech, as_json: bool) -> None:
    """Count a client's orders, write the workbook and tell the figures."""
    from toolkit.diagnosis.diagnose import client_folder
    from toolkit.intake.case import load_case
    from toolkit.measures.customer_count import customer_count, delivered
    from toolkit.measures.summaries import summarise
    from toolkit.method import load_method
    from toolkit.words import words

    method = load_method()
    day = date.fromisoformat(as_of) if as_of else None
    with working(speech, "cli.count.working", client.name):
        case = load_case(client_folder(client), method=method, as_of=day)
        counted = customer_count(summarise(case))
        rows, book = delivered(case), words(method, speech.lang)
        file = _write(case, (counted, rows), out, book)
    if as_json:
        speech.show(_document(case, counted, rows, file))
    else:
        _print(counted, rows, book, speech)
        speech.say("cli.count.done", file=file)


def _write(case: Case, made: tuple[CustomerCount, Delivered], out: Path, book: Words) -> Path:
    from toolkit.deliverables.count_workbook import About, count_workbook
    from toolkit.store import write_bytes

    who = case.profile
    about = About(company_name=who.company_name, currency=who.currency, tax=who.tax)
    file = out / who.client_id / f"{book.text('count.file')}.{book.lang}.xlsx"
    try:
        write_bytes(file, count_workbook(*made, about, book))
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(file.parent)}) from error
    return file


def _print(counted: CustomerCount, rows: Delivered, book: Words, speech: Speech) -> None:
    from toolkit.deliverables.count_classes import class_label
    from toolkit.deliverables.count_workbook import brief, steps

    for number, (text, result) in enumerate(steps(counted, rows, book), start=1):
        speech.line(speech.text("cli.count.step", no=number, text=text, result=result))
    for sentence in brief(counted, book):
        speech.line(sentence)
    speech.line(speech.text("cli.count.head"))
    for one in counted.classes:
        shares = one.customers / len(counted.customers)
        shown = {"customers": one.customers, "by_rows": one.by_rows}
        texts = {name: number_text(value, "count", book.lang) for name, value in shown.items()}
        texts["share"] = number_text(shares, "share", book.lang)
        speech.line(speech.text("cli.count.line", label=class_label(one, book), **texts))
    for fact in counted.facts:
        if fact.id == "customers.f2_conversion":
            rate = number_text(fact.value, "share", book.lang)
            n = number_text(fact.n or 0, "count", book.lang)
            window = fact.by["window_days"]
            speech.line(speech.text("cli.count.f2", window=window, rate=rate, n=n))


def _document(case: Case, counted: CustomerCount, rows: Delivered, file: Path) -> dict[str, Any]:
    from toolkit.diagnosis.saving import plain

    top = counted.customers.head(TOP)
    return {
        "client_id": case.profile.client_id,
        "file": file.as_posix(),
        "as_of": counted.as_of.isoformat(),
        "rows": plain(rows),
        "figures": [_figure(fact) for fact in counted.facts],
        "moved_customers": counted.moved,
        "classes": [plain(one) for one in counted.classes],
        "cohorts": [
            {
                "cohort": one.label,
                "customers": one.customers,
                "again": {str(window): hits for window, hits in one.again.items()},
            }
            for one in counted.cohorts
        ],
        "first_products": [{**plain(one), "rate": one.rate} for one in counted.first_products],
        "top": [
            {"key": str(key), "orders": int(orders), "rows": int(lines)}
            for key, orders, lines in zip(
                top["customer_id"], top["orders"], top["rows"], strict=True
            )
        ],
    }


def _figure(fact: Any) -> dict[str, Any]:
    names = ("id", "by", "value", "low", "high", "unit", "n", "period", "state", "reason")
    return {name: getattr(fact, name) for name in names}
