"""The request for material as a reader sees it: every word of the sheet, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.diagnosis.request import RequestList
from toolkit.diagnosis.request_item import RequestItem, Screen
from toolkit.intake.notes import shown
from toolkit.method import Method
from toolkit.outline.health import column_name, system_name
from toolkit.words import Words, date_text, problem_text, words

COLUMNS = ("no", "what", "why", "period", "form", "screen", "role", "due", "done")
BOX = ("unneeded", "key", "as_is", "hand_over")
TICK = "□"
MOST_NAMES = 4
MOST_FILES = 4
SURE = "verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """The sheet: ``head`` and ``rows`` have the columns of ``COLUMNS``, lines broken by LF.

    ``due`` is blank and ``done`` a box to tick. ``notes`` stand below the table, ``box`` says
    how personal data is handled; ``page`` has the places ``{page}`` and ``{pages}``.
    """

    lang: str
    title: str
    to: str
    to_person: str
    date: str
    day: str
    sender: str
    opening: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    box_title: str
    box: tuple[str, ...]
    page: str


def request_page(request: RequestList, method: Method, lang: str) -> RequestPage:
    """The request in a language: a pure function of the list and the words."""
    book = words(method, lang)
    rows = tuple(
        _row(item, number, book, method) for number, item in enumerate(request.items, start=1)
    )
    return RequestPage(
        lang=lang,
        title=book.text("requests.title"),
        to=book.text("requests.to", client=shown(request.client)),
        to_person=book.text("requests.to_person"),
        date=book.text("requests.date", date=date_text(request.date, lang)),
        day=request.date,
        sender=book.text("requests.from"),
        opening=book.text("requests.opening" if rows else "requests.nothing"),
        head=tuple(book.text(f"requests.head.{name}") for name in COLUMNS),
        rows=rows,
        notes=tuple(_notes(request, book)),
        box_title=book.text("requests.box.title"),
        box=tuple(book.text(f"requests.box.{name}") for name in BOX) if rows else (),
        page=book.text("requests.page", page="{page}", pages="{pages}"),
    )


def _notes(request: RequestList, book: Words) -> Iterable[str]:
    if request.refused:
        yield book.text("requests.refused_note")
    elif request.items:
        yield book.text("requests.order")
    screens = [screen for item in request.items for screen in item.screens]
    if any(screen.status != SURE for screen in screens):
        yield book.text("requests.screen_note")


def _row(item: RequestItem, number: int, book: Words, method: Method) -> tuple[str, ...]:
    return (
        str(number),
        _what(item, book),
        _why(item, book, method),
        book.text(f"requests.period.{item.period}"),
        _form(item, book),
        _screen(item, book),
        book.text(f"requests.role.{item.role}"),
        "",
        TICK,
    )


def _what(item: RequestItem, book: Words) -> str:
    columns = _joined((column_name(item.table or "", name, book) for name in item.columns), book)
    kind = "again_file" if item.kind == "again" and item.table is None else item.kind
    what = book.text(
        f"requests.what.{kind}",
        name=_named(item.table, "table", book),
        detail=_named(item.table, "detail", book),
        files=_files(item.files, book),
        columns=columns,
    ).strip()
    if item.kind != "again" or not columns:
        return what
    also = book.text("requests.what.also", columns=columns)
    return book.text("requests.line_separator").join((what, also))


def _named(table: str | None, kind: str, book: Words) -> str:
    """The name or the content of a table; of a table only a firm knows, what it says itself."""
    keys = [f"requests.{kind}.{table}"] + ([f"common.table.{table}"] if kind == "table" else [])
    found = next((key for key in keys if book.has(key)), None)
    return book.text(found) if found else (table or "" if kind == "table" else "")


def _files(files: Iterable[str], book: Words) -> str:
    names = [shown(name) for name in files]
    more = len(names) - MOST_FILES
    listed = names[:MOST_FILES]
    if more > 0:
        listed.append(book.text("requests.and_more", count=f"{more:,}"))
    return book.text("requests.line_separator").join(listed)


def _why(item: RequestItem, book: Words, method: Method) -> str:
    if item.kind == "file":
        return book.text("requests.why.file")
    if item.kind == "confirm":
        system = system_name(item.system, book) if item.system else ""
        return book.text("requests.why.confirm", system=system)
    if item.kind != "again":
        return _opens(item, book, method)
    fault = _fault(item, book)
    reads = book.text("requests.why.reads", count=str(len(item.rules))) if item.rules else ""
    return book.text("requests.line_separator").join(part for part in (fault, reads) if part)


def _fault(item: RequestItem, book: Words) -> str:
    counts = item.counts
    return book.text(
        f"requests.why.{item.reason}",
        total=f"{int(counts.get('total', 0)):,}",
        bad=f"{int(counts.get('bad', 0)):,}",
        share=f"{counts.get('share', 0.0):.0%}",
        reason=book.text("requests.why.sentence_separator").join(
            problem_text(example, book)[0] for example in item.examples
        ),
    ).strip()


def _opens(item: RequestItem, book: Words, method: Method) -> str:
    names = [
        book.text("requests.why.name", name=figure_name(fact, book, method))
        for fact in item.figures[:MOST_NAMES]
    ]
    more = len(item.figures) - len(names)
    if more > 0:
        names.append(book.text("requests.and_more", count=str(more)))
    kind = ("opens" if names else "opens_only") if item.rules else "shows"
    listed = book.text("requests.why.name_separator").join(names)
    return book.text(f"requests.why.{kind}", names=listed, count=str(len(item.rules)))


def figure_name(fact: str, book: Words, method: Method) -> str:
    """The name of a measured figure."""
    card = method.section("measures").get(fact)
    prefix = "definitions" if card is None else str(card.get("words", "definitions"))
    return book.text(f"{prefix}.{fact}.name")


def _form(item: RequestItem, book: Words) -> str:
    lines = [book.text(f"requests.form.{item.form}")]
    if item.leave_out:
        columns = (book.text(f"requests.leave_out.{name}") for name in item.leave_out)
        lines.append(book.text("requests.form.leave_out", columns=_joined(columns, book)))
    if item.key:
        lines.append(book.text("requests.form.keep", columns=_kept(item, book)))
    return book.text("requests.line_separator").join(lines)


def _kept(item: RequestItem, book: Words) -> str:
    if item.keep:
        return book.text("requests.why.name", name=item.keep)
    account = item.key == "account_id" or item.table == "receivables"
    return book.text(f"requests.form.keep_{'account' if account else 'key'}")


def _screen(item: RequestItem, book: Words) -> str:
    if item.form == "reply" or (item.kind == "again" and item.table is None):
        return book.text("requests.screen.reply")
    lines = [_screen_line(screen, item.table or "", book) for screen in item.screens]
    other = f"requests.screen.other.{item.table}"
    if not lines:
        lines = [book.text(other if book.has(other) else "requests.screen.reply")]
    return book.text("requests.line_separator").join(lines)


def _screen_line(screen: Screen, table: str, book: Words) -> str:
    path = book.text(f"requests.screen.{screen.system}.{table}")
    line = book.text("requests.screen.line", system=system_name(screen.system, book), path=path)
    return line if screen.status == SURE else book.text("requests.screen.check", line=line)


def _joined(parts: Iterable[str], book: Words) -> str:
    return book.text("requests.separator").join(parts)
