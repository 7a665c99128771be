"""The document of a meeting: a few pages to hand over, made of the diagnosis like the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from toolkit.outline.blocks import Block, Heading, Outline, Paragraph, Section
from toolkit.outline.build import MAKERS, frame
from toolkit.outline.hearing_form import AskedFirst
from toolkit.outline.meeting_agenda import AGENDA_MAKERS, agenda, heading_text
from toolkit.outline.meeting_first import FIRST_MAKERS
from toolkit.outline.meeting_follow_up import FOLLOW_UP_MAKERS
from toolkit.outline.writer import Writer, plain_span, writer

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

Kind = Literal["first", "follow_up"]
KINDS: tuple[Kind, ...] = ("first", "follow_up")
MEETING_MAKERS = {**MAKERS, **AGENDA_MAKERS, **FIRST_MAKERS, **FOLLOW_UP_MAKERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Which meeting it is, and what the diagnosis does not know of it.

    ``firm`` is who hands the document over, empty where no firm is named. ``salted`` says
    whether the client's folder holds a key of its own for customer numbers; None if unknown.
    """

    kind: Kind
    firm: str = ""
    salted: bool | None = None


def meeting_outline(diagnosis: Diagnosis, lang: str, occasion: Occasion) -> Outline:
    """The document of a meeting in one language: a pure function of what it is given.

    Which sections and blocks it holds, and how the time is used, is ``content/meetings.toml``.
    Sections without content are left out.
    """
    pen = writer(diagnosis, lang)
    meeting = diagnosis.content.section("meetings")[occasion.kind]
    known = {"meeting": meeting, "firm": occasion.firm, "salted": occasion.salted}
    sections = [_cover(pen, occasion)]
    for spec in meeting["sections"]:
        blocks = _blocks(pen, spec, known)
        if any(not isinstance(block, Heading) for block in blocks):
            sections.append(_section(pen, str(spec["id"]), blocks, len(sections)))
    about = frame(pen.book, str(diagnosis.client["company_name"]))
    return Outline(
        lang=lang,
        title=pen.line(f"meetings.title.{occasion.kind}"),
        client=about.client,
        date=pen.date(diagnosis.run_date),
        sections=tuple(sections),
        chrome=about.chrome,
        short=True,
    )


def asked_first(diagnosis: Diagnosis, lang: str, kind: Kind) -> tuple[AskedFirst, ...]:
    """The questions of a meeting in the order of its document, for the hearing sheet."""
    pen = writer(diagnosis, lang)
    slots = agenda(diagnosis, diagnosis.content.section("meetings")[kind])
    return tuple(
        AskedFirst(heading=heading_text(pen, slot), questions=slot.questions)
        for slot in slots
        if slot.questions
    )


def _cover(pen: Writer, occasion: Occasion) -> Section:
    """Who it is for, and of which day; it stands with the title."""
    d = pen.diagnosis
    line = pen.text(
        f"meetings.cover.{occasion.kind}",
        client=plain_span(str(d.client["company_name"]), strong=True),
        date=pen.date(d.run_date),
        as_of=pen.date(d.as_of),
    )
    return Section(
        id="cover", title=pen.line("report.section.cover.title"), blocks=(Paragraph(text=line),)
    )


def _section(pen: Writer, name: str, blocks: tuple[Block, ...], number: int) -> Section:
    title = pen.line(f"report.section.{name}.title")
    return Section(id=name, title=title, blocks=blocks, number=str(number))


def _blocks(pen: Writer, spec: Mapping[str, Any], known: Mapping[str, Any]) -> tuple[Block, ...]:
    """The blocks of a section: its own, or those of a section of the report."""
    specs = spec.get("blocks", ())
    if "of" in spec:
        report: Mapping[str, Any] = pen.diagnosis.content.section("report").get(spec["of"]) or {}
        left_out = spec.get("without", ())
        specs = [one for one in report.get("blocks", ()) if one["make"] not in left_out]
    made = (MEETING_MAKERS[one["make"]](pen, {**one, **known}) for one in specs)
    return tuple(block for blocks in made for block in blocks)
