"""Definition cards: for each printed figure what it means and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from toolkit.facts import Fact
from toolkit.outline.blocks import Block, Chart, Definition, Definitions, Span, Table, Text
from toolkit.outline.reference import reference_rows
from toolkit.outline.writer import Writer, plain_span


def anchor_of(fact_key: str) -> str:
    """Where the definition of a fact stands in the document, or the row that explains a yen.

    >>> anchor_of("customers.f2_conversion[window_days=180]"), anchor_of("yen.AFT006.gap")
    ('def-customers-f2_conversion', 'def-yen-AFT006')
    """
    parts = fact_key.split("[")[0].split(".")
    return "-".join(["def", *(parts[:2] if parts[0] == "yen" else parts)])


def definition_cards(pen: Writer, printed: Iterable[tuple[Block, ...]]) -> tuple[Block, ...]:
    """Cards of every figure that the given blocks print or draw, in order of first use.

    An answer needs none: the table of answers, where there is one, is where it is defined.
    """
    printed = list(printed)
    defined = {anchor for blocks in printed for anchor in _row_anchors(blocks)}
    used: dict[str, list[Fact]] = {}
    for key in dict.fromkeys(key for blocks in printed for key in _keys(blocks)):
        fact = pen.fact(key)
        if fact.state == "known" and anchor_of(key) not in defined:
            used.setdefault(fact.id, []).append(fact)
    cards = tuple(_card(pen, fact_id, facts) for fact_id, facts in used.items())
    return (Definitions(cards=cards),) if cards else ()


def _card(pen: Writer, fact_id: str, facts: list[Fact]) -> Definition:
    first = facts[0]
    if fact_id.startswith("q."):
        rows = _answer_rows(pen, facts)
        text = pen.text("report.definition.answer")
    else:
        figures = (row for fact in facts for row in _figure_rows(pen, fact, len(facts) > 1))
        rows = (*figures, *reference_rows(pen, fact_id))
        text = pen.text(f"{pen.words_of_card(fact_id)}.text")
    return Definition(anchor=anchor_of(first.key), name=pen.name(fact_id), text=text, rows=rows)


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
    if fact.table:
        yield pen.line("report.row.rows"), _rows_text(pen, fact)


def _rows_text(pen: Writer, fact: Fact) -> Text:
    """Which table and files the figure rests on, and where its rows are kept."""
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
        files=_files(pen, files),
        rows=f"{fact.rows_total or 0:,}",
    )


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


def _keys(blocks: Iterable[object]) -> Iterator[str]:
    """Keys of all facts printed in some blocks, in reading order."""
    for block in blocks:
        if isinstance(block, Span):
            if block.fact is not None:
                yield block.fact
        elif isinstance(block, tuple):
            yield from _keys(block)
        elif is_dataclass(block):
            yield from _keys(getattr(block, one.name) for one in fields(block))
            if isinstance(block, Chart):
                yield from block.facts
