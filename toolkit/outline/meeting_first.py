"""What the first meeting is for: its aims, the material to ask for, how data is handled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.diagnosis.health import data_health
from toolkit.diagnosis.request import request_list
from toolkit.diagnosis.request_item import RequestItem
from toolkit.outline.blocks import Block, Bullets, Heading, Paragraph, Span, Table, Text
from toolkit.outline.request import COLUMNS, figure_name, request_page
from toolkit.outline.writer import Writer, plain_span

WANTED = ("what", "why", "period", "screen")
MOST_NAMES = 2
ROOM = "\u3000" * 8
DROPPED = "personal_dropped"
PARTIES = ("client", "firm")


def meeting_purpose(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Why the two sides meet, and the lines to fill in: day, place, who comes."""
    yield Paragraph(text=pen.text("meetings.purpose.lead"), style="lead")
    yield Bullets(items=tuple(pen.text(f"meetings.purpose.{name}") for name in spec["points"]))
    yield Table(
        columns=tuple(
            pen.line(f"meetings.column.{name}") for name in ("day_of_meeting", "filled_in")
        ),
        rows=tuple(
            (plain_span(pen.line(f"meetings.details.{name}")), blank_text(pen, name))
            for name in spec["details"]
        ),
        align="ll",
        by_hand=True,
    )


def blank_text(pen: Writer, name: str) -> Text:
    """Room to write in: a form for a date and the like, else nothing but room."""
    key = f"meetings.blank.{name}"
    return pen.text(key) if pen.has(key) else plain_span(ROOM)


def meeting_received(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What is there already: each kind of material with the rows that could be used."""
    yield Heading(text=pen.text("meetings.received.heading"))
    there = received_text(pen)
    yield Paragraph(text=there or pen.text("meetings.received.none"))


def received_text(pen: Writer) -> Text:
    """The kinds of material handed over so far; empty where there is none."""
    found = [
        pen.line(
            "meetings.received.one",
            table=pen.line(f"common.table.{one.table}"),
            rows=f"{one.rows['accepted']:,}",
        )
        for one in data_health(pen.diagnosis)
    ]
    return pen.text("meetings.received.list", tables=pen.joined(found)) if found else ()


def meeting_wanted(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What is missing, the most useful first: what it tells, of which period, where it is found."""
    d = pen.diagnosis
    request = request_list(d)
    page = request_page(request, d.content, pen.lang)
    yield Heading(text=pen.text("meetings.wanted.heading"))
    yield Paragraph(text=pen.text("meetings.wanted.intro" if page.rows else "requests.nothing"))
    if not page.rows:
        return
    most = int(spec["most"])
    heads = dict(zip(COLUMNS, page.head, strict=True))
    listed = list(zip(request.items, page.rows, strict=True))[:most]
    yield Table(
        columns=tuple(heads[name] for name in WANTED),
        rows=tuple(_wanted(pen, item, row) for item, row in listed),
        align="llll",
    )
    if len(page.rows) > most:
        more = pen.text("meetings.wanted.more", count=str(len(page.rows) - most))
        yield Paragraph(text=more, style="note")
    for note in page.notes[1:]:
        yield Paragraph(text=plain_span(note), style="note")


def _wanted(pen: Writer, item: RequestItem, row: tuple[str, ...]) -> tuple[Text, ...]:
    """A row of the request for paper: the name stands out, other lines follow it."""
    between = pen.line("meetings.wanted.line_separator")
    told = dict(zip(COLUMNS, row, strict=True))
    name, *details = told["what"].split("\n")
    what = [Span(text=name, strong=True), *(Span(text=between + one) for one in details)]
    rest = (plain_span(told[one].replace("\n", between)) for one in WANTED[2:])
    return (tuple(what), plain_span(_why(pen, item, told["why"])), *rest)


def _why(pen: Writer, item: RequestItem, told: str) -> str:
    """What a table tells, by its first figures; in the words of the request where it is short."""
    if item.kind not in ("table", "column") or len(item.figures) <= MOST_NAMES or not item.rules:
        return told.replace("\n", pen.line("meetings.wanted.line_separator"))
    names = (
        pen.line("requests.why.name", name=figure_name(fact, pen.book, pen.diagnosis.content))
        for fact in item.figures[:MOST_NAMES]
    )
    listed = pen.line("requests.why.name_separator").join(names)
    return pen.line("meetings.wanted.why", names=listed, count=str(len(item.rules)))


def meeting_data(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """How data is handled, point by point; blanks are for the two sides to fill in."""
    yield Paragraph(text=pen.text("meetings.data.intro"))
    yield Table(
        columns=tuple(pen.line(f"meetings.column.{name}") for name in ("point", "handling")),
        rows=tuple(
            (
                plain_span(pen.line(f"meetings.data.{name}.label"), strong=True),
                _handling(pen, name, spec),
            )
            for name in spec["points"]
        ),
        align="ll",
    )
    yield Paragraph(text=pen.text("meetings.data.note"), style="note")


def _handling(pen: Writer, name: str, spec: Mapping[str, Any]) -> Text:
    text = pen.text(f"meetings.data.{name}.text")
    if name == "unused" and (dropped := _dropped(pen)):
        return text + pen.text("meetings.data.unused.found", columns=pen.joined(dropped))
    if name == "key" and spec["salted"] is False:
        return text + pen.text("meetings.data.key.no_salt")
    return text


def _dropped(pen: Writer) -> tuple[str, ...]:
    """Headers of the personal columns that were removed from this client's files."""
    found: dict[str, None] = {}
    for table in pen.diagnosis.health:
        for note in table["notes"]:
            if note["code"] == DROPPED:
                found |= dict.fromkeys(str(note["params"]["list"]).split(", "))
    return tuple(found)


def meeting_signed(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Lines on which both sides sign the note; the firm's name stands where it is known."""
    client, firm = str(pen.diagnosis.client["company_name"]), str(spec["firm"])
    names = ("party", "company", "person", "signed_on")
    blanks = {name: blank_text(pen, name) for name in names[1:]}
    known = {"client": client, "firm": firm}
    yield Table(
        columns=tuple(pen.line(f"meetings.column.{name}") for name in names),
        rows=tuple(
            (
                pen.text(f"meetings.party.{party}"),
                plain_span(known[party]) if known[party] else blanks["company"],
                blanks["person"],
                blanks["signed_on"],
            )
            for party in PARTIES
        ),
        align="llll",
        by_hand=True,
    )


def meeting_after(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What the client gets after the meeting, and when."""
    names = ("when", "handed_over", "content")
    yield Table(
        columns=tuple(pen.line(f"meetings.column.{name}") for name in names),
        rows=tuple(
            (
                pen.text(f"meetings.after.{name}.when"),
                plain_span(pen.line(f"meetings.after.{name}.what"), strong=True),
                pen.text(f"meetings.after.{name}.text"),
            )
            for name in spec["points"]
        ),
        align="lll",
    )


FIRST_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "meeting_purpose": meeting_purpose,
    "meeting_received": meeting_received,
    "meeting_wanted": meeting_wanted,
    "meeting_data": meeting_data,
    "meeting_signed": meeting_signed,
    "meeting_after": meeting_after,
}
