"""From a Diagnosis to the Outline; sections, their blocks and order are content/report.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit.method import Entry
from toolkit.outline.appendix import APPENDIX_MAKERS
from toolkit.outline.asking import ASKING_MAKERS
from toolkit.outline.blocks import Block, Frame, Heading, Outline, Section
from toolkit.outline.business import BUSINESS_MAKERS
from toolkit.outline.changed import CHANGED_MAKERS
from toolkit.outline.compliance import COMPLIANCE_MAKERS
from toolkit.outline.definitions import definition_cards
from toolkit.outline.edits import EDIT_MAKERS
from toolkit.outline.figures import FIGURE_MAKERS
from toolkit.outline.hearing import HEARING_MAKERS
from toolkit.outline.judged import JUDGED_MAKERS
from toolkit.outline.linked import LINKED_MAKERS
from toolkit.outline.own import OWN_MAKERS
from toolkit.outline.places import with_places
from toolkit.outline.planned import PLANNED_MAKERS
from toolkit.outline.summary import SUMMARY_MAKERS, chosen
from toolkit.outline.worth import WORTH_MAKERS
from toolkit.outline.writer import Writer, writer
from toolkit.words import Words

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

MAKERS = {
    **SUMMARY_MAKERS,
    **BUSINESS_MAKERS,
    **JUDGED_MAKERS,
    **LINKED_MAKERS,
    **PLANNED_MAKERS,
    **WORTH_MAKERS,
    **FIGURE_MAKERS,
    **APPENDIX_MAKERS,
    **ASKING_MAKERS,
    **COMPLIANCE_MAKERS,
    **HEARING_MAKERS,
    **EDIT_MAKERS,
    **OWN_MAKERS,
    **CHANGED_MAKERS,
}
CHROME = ("contents", "appendix", "skip", "figure", "table", "top")


def outline(diagnosis: Diagnosis, lang: str) -> Outline:
    """The document of a diagnosis in one language: a pure function of the two.

    Sections without content (no journey given, say) are left out; the definitions are of the
    figures that the other sections print.
    """
    pen = writer(diagnosis, lang)
    about = frame(pen.book, str(diagnosis.client["company_name"]))
    entries = diagnosis.content.section("report").values()
    made = [(entry, _blocks(pen, entry)) for entry in entries]
    printed = {entry.id: blocks for entry, blocks in made}
    sections: list[Section] = []
    for entry, blocks in made:
        if entry.get("definitions"):
            blocks = (*blocks, *definition_cards(pen, printed))
        if any(not isinstance(block, Heading) for block in blocks):
            sections.append(_section(pen, entry, blocks, len(sections)))
    return Outline(
        lang=lang,
        title=about.title,
        client=about.client,
        date=pen.date(diagnosis.run_date),
        sections=with_places(pen, sections),
        chrome=about.chrome,
    )


def frame(book: Words, client: str) -> Frame:
    """What stands around the sections; known without the diagnosis."""
    return Frame(
        title=book.text("report.title"),
        client=client,
        chrome={name: book.text(f"report.chrome.{name}") for name in CHROME},
    )


def _section(pen: Writer, entry: Entry, blocks: tuple[Block, ...], index: int) -> Section:
    return Section(
        id=entry.id,
        title=pen.line(f"report.section.{entry.id}.title"),
        blocks=blocks,
        appendix=bool(entry.get("appendix")),
        number="" if entry.get("unnumbered") else str(index),
    )


def _blocks(pen: Writer, entry: Entry) -> tuple[Block, ...]:
    if _hidden(pen, entry):
        return ()
    return tuple(block for spec in entry["blocks"] for block in _made(pen, spec))


def _hidden(pen: Writer, spec: Mapping[str, Any]) -> bool:
    """Whether a section or a block says nothing of such a client."""
    return "unless" in spec and bool(chosen(pen, [{"when": spec["unless"], "word": "hidden"}]))


def _made(pen: Writer, spec: Mapping[str, Any]) -> tuple[Block, ...]:
    if _hidden(pen, spec):
        return ()
    return tuple(MAKERS[spec["make"]](pen, spec))
