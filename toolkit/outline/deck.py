"""The deck: which blocks of the document stand on which slide; the recipe is content/deck.toml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from string import Formatter
from typing import Any

from toolkit.method import Entry, Method, load_method
from toolkit.outline.blocks import (
    Block,
    Bullets,
    Card,
    Chart,
    Outline,
    Paragraph,
    Section,
    Steps,
    Table,
    Text,
    Tiles,
    plain,
    words_of,
)
from toolkit.words import Words, words

KINDS: Mapping[str, type] = {
    "paragraph": Paragraph,
    "bullets": Bullets,
    "tiles": Tiles,
    "card": Card,
    "chart": Chart,
    "table": Table,
    "steps": Steps,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One thought: a title that states the conclusion, and the blocks that carry it.

    ``id`` names the slide in the file; ``layout`` how its blocks are set; ``kicker`` the part of
    the document it comes from; ``more`` what stands in the report only.
    """

    id: str
    layout: str
    kicker: str
    title: Text
    blocks: tuple[Block, ...]
    more: Text = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """The slides in one language, with what stands on each of them."""

    lang: str
    title: str
    client: str
    date: str
    slides: tuple[Slide, ...]
    words: Mapping[str, str]


def deck(document: Outline, method: Method | None = None) -> Deck:
    """The slides of a document: a pure function of it and of the method's recipe.

    An entry of ``deck`` names a section, the blocks it takes from it, a layout and a title. Where
    the section, or every block that is asked for, is absent there is no slide.

    Args:
        document: the whole document in one language.
        method: content with the recipe and its words, by default our own.
    """
    method = method or load_method()
    book = words(method, document.lang)
    sections = {section.id: section for section in document.sections}
    slides: list[Slide] = []
    for entry in method.section("deck").values():
        made = {slide.id for slide in slides}
        if entry.get("needs", "") in ("", *made) and entry.get("without", "") not in made:
            slides += _slides(entry, _sections(entry, sections), book)
    return Deck(
        lang=document.lang,
        title=document.title,
        client=document.client,
        date=document.date,
        slides=tuple(slides),
        words={
            key.removeprefix("deck."): text
            for key, text in book.table.items()
            if key.startswith("deck.") and not key.startswith("deck.title.")
        },
    )


def _sections(entry: Entry, known: Mapping[str, Section]) -> list[Section]:
    """The sections that a slide takes its blocks from, as far as the document has them."""
    named = entry.get("section", [])
    return [known[name] for name in ([named] if isinstance(named, str) else named) if name in known]


def _slides(entry: Entry, sections: list[Section], book: Words) -> Iterator[Slide]:
    if "section" not in entry:
        yield Slide(
            id=entry.id, layout=str(entry["layout"]), kicker="",
            title=words_of(book.text(f"deck.title.{entry.id}")), blocks=(),
        )  # fmt: skip
        return
    blocks = tuple(block for section in sections for block in section.blocks)
    taken, left = _taken(entry["take"], blocks, book)
    groups = _groups(taken, int(entry.get("each", 0)))
    for number, shown in enumerate(groups, start=1):
        last = number == len(groups)
        before = sum(len(group) for group in groups[: number - 1])
        title = _title(entry, (sections[0].title, blocks), (shown, taken, before), book)
        yield Slide(
            id=entry.id if number == 1 else f"{entry.id}-{number}",
            layout=str(entry["layout"]),
            kicker=sections[0].title,
            title=title,
            blocks=shown,
            more=words_of(book.text("deck.more", count=str(left))) if last and left else (),
        )


def _taken(
    specs: Iterable[Mapping[str, Any]], blocks: Sequence[Block], book: Words
) -> tuple[tuple[Block, ...], int]:
    """The blocks asked for, in the order asked for, and how many things were left out."""
    found: list[Block] = []
    left = 0
    for spec in specs:
        these = _asked(spec, blocks)
        most = int(spec.get("most", len(these)))
        left += max(len(these) - most, 0)
        for block in these[:most]:
            shown, dropped = _short(block, spec, book)
            found.append(shown)
            left += dropped
    return tuple(found), left


def _asked(spec: Mapping[str, Any], blocks: Sequence[Block]) -> list[Block]:
    """The blocks of the kinds asked for.

    ``before`` and ``after`` count from the first block of a kind; ``leads`` keeps a paragraph only
    where a block of that kind follows it.
    """
    kinds = [spec["block"]] if isinstance(spec["block"], str) else spec["block"]
    for side in ("before", "after"):
        if side in spec:
            place = _first(blocks, KINDS[spec[side]])
            blocks = blocks[:place] if side == "before" else blocks[place:]
    if "leads" in spec:
        pairs = zip_longest(blocks, blocks[1:])
        led = KINDS[spec["leads"]]
        blocks = [one for one, then in pairs if isinstance(one, led) or isinstance(then, led)]
    wanted = tuple(KINDS[kind] for kind in kinds)
    these = [block for block in blocks if isinstance(block, wanted) and _fits(block, spec)]
    if "ids" in spec:
        order = list(spec["ids"])
        these.sort(key=lambda block: order.index(getattr(block, "id", "")))
    return these


def _first(blocks: Sequence[Block], kind: type) -> int:
    places = (place for place, block in enumerate(blocks) if isinstance(block, kind))
    return next(places, len(blocks))


def _fits(block: Block, spec: Mapping[str, Any]) -> bool:
    """Whether a block has one of the names asked for, where it has any."""
    return all(
        getattr(block, name, spec[key][0]) in spec[key]
        for key, name in (("ids", "id"), ("styles", "style"), ("tones", "tone"))
        if key in spec
    )


def _short(block: Block, spec: Mapping[str, Any], book: Words) -> tuple[Block, int]:
    """A block without what a slide has no room for, and how many rows or items went."""
    if isinstance(block, Card) and "rows" in spec:
        kept = {book.text(f"report.row.{name}"): place for place, name in enumerate(spec["rows"])}
        rows = sorted((row for row in block.rows if row[0] in kept), key=lambda row: kept[row[0]])
        return replace(block, rows=tuple(rows)), 0
    most = int(spec.get("rows_most", 0))
    if isinstance(block, Table) and most and len(block.rows) > most:
        return replace(block, rows=block.rows[:most]), len(block.rows) - most
    if isinstance(block, Bullets) and most and len(block.items) > most:
        return replace(block, items=block.items[:most]), len(block.items) - most
    return block, 0


def _groups(blocks: tuple[Block, ...], each: int) -> list[tuple[Block, ...]]:
    """Blocks in as few groups as hold at most ``each``, of about equal size."""
    if not blocks:
        return []
    count = -(-len(blocks) // each) if each else 1
    size, extra = divmod(len(blocks), count)
    ends = [size * place + min(place, extra) for place in range(count + 1)]
    return [blocks[start:end] for start, end in pairwise(ends)]


def _title(
    entry: Entry,
    section: tuple[str, tuple[Block, ...]],
    given: tuple[tuple[Block, ...], tuple[Block, ...], int],
    book: Words,
) -> Text:
    """What the slide says: the verdict, what its charts say, a sentence, or the section's name."""
    name, every = section
    how, key = str(entry.get("title", "section")), f"deck.title.{entry.id}"
    made: Text = ()
    if how == "lead":
        leads = (one for one in every if isinstance(one, Paragraph) and one.style == "lead")
        made = next((one.text for one in leads), ())
    elif how == "charts":
        titles = [block.title for block in given[0] if isinstance(block, Chart)]
        made = _joined(titles, book.text("deck.title_separator"))
    elif how == "words" and book.has(key):
        made = _filled(book.table[key], _params(int(entry.get("column", 0)), given, book))
    return made or words_of(name)


def _params(
    column: int, given: tuple[tuple[Block, ...], tuple[Block, ...], int], book: Words
) -> dict[str, Text]:
    """What a title may name: counts, and the first and the last of what the slide shows.

    Where a slide has a table, its rows are what is counted, and only those of the first one.
    """
    shown, taken, before = given
    table = next((block for block in shown if isinstance(block, Table)), None)
    listed = [_items(block, column) for block in ((table,) if table else shown)]
    items = [text for one in listed for text in one]
    every = items if table else [text for block in taken for text in _items(block, column)]
    named: dict[str, Text] = {
        "count": words_of(str(len(every))),
        "from": words_of(str(before + 1)),
        "to": words_of(str(before + len(items))),
        "items": _joined(items, book.text("report.list_separator")),
    }
    chain = next((one for one in listed if one), [])
    if chain:
        named |= {"first": chain[0], "last": chain[-1]}
    if table is not None and table.rows:
        named |= {
            "group": table.rows[0][0],
            "group_count": words_of(str(_first_group(table))),
        }
    return named


def _first_group(table: Table) -> int:
    """Rows until the next one that names a group in its first cell."""
    named = [place for place, row in enumerate(table.rows) if plain(row[0])]
    return named[1] if len(named) > 1 else len(table.rows)


def _items(block: Block, column: int) -> list[Text]:
    if isinstance(block, Card):
        return [block.title]
    if isinstance(block, Steps):
        return [step.label for step in block.steps]
    if isinstance(block, Table):
        return [row[column] for row in block.rows if column < len(row)]
    if isinstance(block, Bullets):
        return list(block.items)
    return []


def _joined(texts: Sequence[Text], separator: str) -> Text:
    made: list[Any] = []
    for place, text in enumerate(texts):
        made += [*(words_of(separator) if place else ()), *text]
    return tuple(made)


def _filled(template: str, params: Mapping[str, Text]) -> Text:
    """A template of content with its placeholders filled; params are never templates."""
    made: list[Any] = []
    for literal, name, _, _ in Formatter().parse(template):
        made += words_of(literal) if literal else ()
        made += params.get(name or "", ()) if name is not None else ()
    return tuple(made)
