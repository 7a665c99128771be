"""Definition cards: for each printed figure what it means and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.facts import Fact
from toolkit.outline.blocks import Block, Definition, Definitions, Paragraph, Table, Text
from toolkit.outline.held import held_rows
from toolkit.outline.places import Use, back_text, uses
from toolkit.outline.places import anchor_of as anchor_of
from toolkit.outline.reference import reference_rows
from toolkit.outline.writer import Writer, plain_span


def definition_cards(pen: Writer, printed: Mapping[str, tuple[Block, ...]]) -> tuple[Block, ...]:
    """Cards of every figure that the given sections print or draw, in order of first use.

    An answer needs none: the table of answers, where there is one, is where it is defined.
    """
    defined = {anchor for blocks in printed.values() for anchor in _row_anchors(blocks)}
    found = [one for name, blocks in printed.items() for one in uses(name, blocks)]
    used: dict[str, list[Fact]] = {}
    for key in dict.fromkeys(one.key for one in found):
        fact = pen.fact(key)
        if fact.state == "known" and anchor_of(key) not in defined:
            used.setdefault(fact.id, []).append(fact)
    places: dict[str, list[Use]] = {}
    for one in found:
        places.setdefault(anchor_of(one.key), []).append(one)
    cards = tuple(_card(pen, fact_id, facts, places) for fact_id, facts in used.items())
    intro = Paragraph(text=pen.text("report.cards.intro"), style="note")
    return (intro, Definitions(cards=cards)) if cards else ()


def _card(
    pen: Writer, fact_id: str, facts: list[Fact], places: Mapping[str, Sequence[Use]]
) -> Definition:
    first = facts[0]
    if fact_id.startswith("q."):
        rows = _answer_rows(pen, facts)
        text = pen.text("report.definition.answer")
    else:
        figures = (row for fact in facts for row in _figure_rows(pen, fact, len(facts) > 1))
        held = held_rows(pen, facts)
        rows = (*figures, *_rests_on(pen, facts), *held, *reference_rows(pen, fact_id))
        text = pen.text(f"{pen.words_of_card(fact_id)}.text")
    anchor = anchor_of(first.key)
    back = (pen.line("report.row.shown"), back_text(pen, places[anchor]))
    return Definition(anchor=anchor, name=pen.name(fact_id), text=text, rows=(*rows, back))


def _figure_rows(pen: Writer, fact: Fact, several: bool) -> Iterator[tuple[str, Text]]:
    if several and fact.by:
        yield pen.line("report.row.cell"), plain_span(pen.cell(fact.id, fact.by))
    spread = pen.range(fact)
    key = "ranged" if spread else ("exact" if fact.n is None else "counted")
    yield (
        pen.line("report.row.value"),
        pen.text(
            f"report.definition.{key}",
            value=pen.value(fact),
            range=spread,
            n=pen.n(fact),
            period=pen.period(fact),
        ),
    )


def _rests_on(pen: Writer, facts: list[Fact]) -> Iterator[tuple[str, Text]]:
    """A row for each table behind a figure, and its name in the sheet of all figures."""
    first = {fact.table: fact for fact in reversed(facts) if fact.table}
    for fact in reversed(first.values()):
        yield pen.line("report.row.rows"), _rows_text(pen, fact)
    yield pen.line("report.row.key"), plain_span(facts[0].id)


def _rows_text(pen: Writer, fact: Fact) -> Text:
    """Which table and files the figure rests on, how many rows, and where these are kept."""
    d = pen.diagnosis
    files = [
        str(name)
        for one in d.health
        if one.get("kind") == fact.table
        for name in one.get("files", ())
    ]
    return pen.text(
        "report.rests_on",
        table=pen.line(f"common.table.{fact.table}"),
        files=pen.joined(one for one in (_files(pen, files), _kept(pen, fact)) if one),
        rows=f"{fact.rows_total or 0:,}",
    )


def _kept(pen: Writer, fact: Fact) -> str:
    """The file with the rows behind a figure, where there is one."""
    if fact.table not in pen.diagnosis.evidence:
        return ""
    return pen.line("report.cards.evidence", table=str(fact.table))


def _files(pen: Writer, names: list[str]) -> str:
    """The one file, or the first of several: the section on data health lists them all."""
    if len(names) < 2:
        return pen.joined(names)
    return pen.line("report.files_more", first=names[0], count=str(len(names) - 1))


def _answer_rows(pen: Writer, facts: list[Fact]) -> tuple[tuple[str, Text], ...]:
    rows: list[tuple[str, Text]] = []
    for fact in facts:
        rows.append((pen.line("report.row.answer"), (pen.value(fact),)))
    said = [
        one
        for one in pen.diagnosis.answers
        if one.get("question") == facts[0].id and one.get("used", True)
    ]
    by = {str(one["by"]) for one in said if one.get("by")}
    if by:
        rows.append((pen.line("report.row.by"), plain_span(pen.joined(sorted(by)))))
    return tuple(rows)


def _row_anchors(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from block.anchors
