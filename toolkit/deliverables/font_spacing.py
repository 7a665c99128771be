"""Kerning and proportional spacing of the vendored font, for the glyphs of a page alone."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FEATURES = ("kern", "palt")
PLACED, WIDENED = 1, 4
"""Bits of what a value says: the glyph moved along the line, its advance changed."""

Pairs = Mapping[int, Mapping[int, int]]
Rows = Iterator[tuple[str, Mapping[int, int]]]
Scaled = Callable[[Any, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """What ``GPOS`` says, by glyph of the file, in units of the page.

    ``exact`` are pairs; ``classed`` are those for whom a pair of classes holds where no exact
    pair is named; ``single`` is placement and change of the advance under ``palt``.
    """

    scripts: tuple[str, ...]
    exact: Pairs
    classed: Pairs
    single: Mapping[int, tuple[int, int]]


def read_spacing(font: Any, scale: float) -> Spacing:
    """The spacing of a font, read by fontTools.

    Args:
        font: a ``TTFont``; each of its scripts has both features and no languages.
        scale: units of the page in one unit of the file.
    """
    from fontTools.misc.fixedTools import otRound

    table, index = font["GPOS"].table, font.getReverseGlyphMap()
    exact: dict[int, Mapping[int, int]] = {}
    classed: dict[int, Mapping[int, int]] = {}
    single: dict[int, tuple[int, int]] = {}

    def scaled(value: Any, name: str) -> int:
        return int(otRound(getattr(value, name, 0) * scale))

    kern, palt = _lookups(table)
    for part in kern:
        of = exact if part.Format == 1 else classed
        for first, row in (_pairs if part.Format == 1 else _classes_of)(part, index, scaled):
            of[index[first]] = row
    for part in palt:
        for place, name in enumerate(part.Coverage.glyphs):
            value = part.Value if part.Format == 1 else part.Value[place]
            told = scaled(value, "XPlacement"), scaled(value, "XAdvance")
            single.setdefault(index[name], told)
    scripts = tuple(one.ScriptTag for one in table.ScriptList.ScriptRecord)
    return Spacing(scripts=scripts, exact=exact, classed=classed, single=single)


def _lookups(table: Any) -> list[list[Any]]:
    """The tables of each of ``FEATURES``."""
    found = {one.FeatureTag: one.Feature for one in table.FeatureList.FeatureRecord}
    lookups = table.LookupList.Lookup
    return [
        [part for number in found[name].LookupListIndex for part in lookups[number].SubTable]
        for name in FEATURES
    ]


def _pairs(part: Any, index: Mapping[str, int], scaled: Scaled) -> Rows:
    """Each first glyph of pairs by name, with the second ones and their values."""
    for name, pairs in zip(part.Coverage.glyphs, part.PairSet, strict=True):
        told = pairs.PairValueRecord
        yield name, {index[one.SecondGlyph]: scaled(one.Value1, "XAdvance") for one in told}


def _classes_of(part: Any, index: Mapping[str, int], scaled: Scaled) -> Rows:
    """Each first glyph of pairs by class, with the second ones whose value is not nought."""
    second = [(index[other], kind) for other, kind in part.ClassDef2.classDefs.items()]
    rows = []
    for record in part.Class1Record:
        values = [scaled(one.Value1, "XAdvance") for one in record.Class2Record]
        rows.append({other: values[kind] for other, kind in second if values[kind]})
    for name in part.Coverage.glyphs:
        yield name, rows[part.ClassDef1.classDefs.get(name, 0)]


def gpos(spacing: Spacing, places: Mapping[int, int]) -> bytes:
    """The ``GPOS`` table of a page; empty where nothing is spaced.

    Args:
        spacing: of the whole font.
        places: glyph of the file → its number on the page.
    """
    pairs = [
        made for made in (_exact(_kept(spacing.exact, places)), _classed(spacing, places)) if made
    ]
    single = sorted((places[g], told) for g, told in spacing.single.items() if g in places)
    lookups = [(2, pairs)] if pairs else []
    if single:
        lookups.append((1, [_single(single)]))
    if not lookups:
        return b""
    names = [FEATURES[0] if kind == 2 else FEATURES[1] for kind, _ in lookups]
    parts = (_scripts(spacing.scripts, len(names)), _features(names), _listed(lookups))
    offsets = (10, 10 + len(parts[0]), 10 + len(parts[0]) + len(parts[1]))
    return struct.pack(">5H", 1, 0, *offsets) + b"".join(parts)


def _kept(pairs: Pairs, places: Mapping[int, int]) -> dict[int, dict[int, int]]:
    """Pairs of which the page has both glyphs, under its own numbers."""
    made = {}
    for first in pairs.keys() & places.keys():
        row = pairs[first]
        made[places[first]] = {places[other]: row[other] for other in row.keys() & places.keys()}
    return {first: dict(sorted(made[first].items())) for first in sorted(made) if made[first]}


def _exact(rows: Mapping[int, Mapping[int, int]]) -> bytes:
    """PairPos of format 1."""
    if not rows:
        return b""
    sets = [struct.pack(">H", len(row)) + _packed("Hh", row.items()) for row in rows.values()]
    head = 10 + 2 * len(sets)
    body, offsets = _shared(sets, head)
    return (
        struct.pack(">5H", 1, head + len(body), WIDENED, 0, len(sets))
        + _packed("H", ((one,) for one in offsets))
        + body
        + _coverage(list(rows))
    )


def _classed(spacing: Spacing, places: Mapping[int, int]) -> bytes:
    """PairPos of format 2: rows and columns that are equal are one class, empty ones none."""
    rows = _kept(spacing.classed, places)
    if not rows:
        return b""
    seconds = sorted({other for row in rows.values() for other in row})
    columns = {other: tuple(row.get(other, 0) for row in rows.values()) for other in seconds}
    kinds = {column: n for n, column in enumerate(dict.fromkeys(columns.values()), start=1)}
    lines = dict(zip(rows, zip(*kinds, strict=True), strict=True))
    sorts = {line: n for n, line in enumerate(dict.fromkeys(lines.values()))}
    values = b"".join(_packed("h", ((value,) for value in (0, *line))) for line in sorts)
    ends = (
        _coverage(list(rows)),
        _classes({first: sorts[line] for first, line in lines.items() if sorts[line]}),
        _classes({other: kinds[column] for other, column in columns.items()}),
    )
    start = 16 + len(values)
    offsets = (start, start + len(ends[0]), start + len(ends[0]) + len(ends[1]))
    head = (2, offsets[0], WIDENED, 0, *offsets[1:], len(sorts), len(kinds) + 1)
    return struct.pack(">8H", *head) + values + b"".join(ends)


def _single(told: Sequence[tuple[int, tuple[int, int]]]) -> bytes:
    """SinglePos of format 2."""
    head = 8 + 4 * len(told)
    values = _packed("hh", (value for _, value in told))
    start = struct.pack(">4H", 2, head, PLACED | WIDENED, len(told))
    return start + values + _coverage([glyph for glyph, _ in told])


def _coverage(glyphs: list[int]) -> bytes:
    """Glyphs in rising order: each, or runs of them where that is shorter."""
    runs = _runs([(glyph, 0) for glyph in glyphs])
    if 6 * len(runs) >= 2 * len(glyphs):
        return struct.pack(">HH", 1, len(glyphs)) + _packed("H", ((one,) for one in glyphs))
    made, place = struct.pack(">HH", 2, len(runs)), 0
    for first, last, _ in runs:
        made += struct.pack(">3H", first, last, place)
        place += last - first + 1
    return made


def _classes(of: Mapping[int, int]) -> bytes:
    """ClassDef of format 2."""
    runs = _runs(sorted(of.items()))
    return struct.pack(">HH", 2, len(runs)) + _packed("HHH", runs)


def _runs(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Neighbours of one class: first, last, class."""
    made: list[tuple[int, int, int]] = []
    for glyph, kind in pairs:
        if made and made[-1][1] == glyph - 1 and made[-1][2] == kind:
            made[-1] = (made[-1][0], glyph, kind)
        else:
            made.append((glyph, glyph, kind))
    return made


def _shared(parts: Sequence[bytes], start: int) -> tuple[bytes, list[int]]:
    """Parts one after the other, equal ones once, and where each begins."""
    body, known, offsets = b"", dict[bytes, int](), []
    for part in parts:
        if part not in known:
            known[part] = start + len(body)
            body += part
        offsets.append(known[part])
    return body, offsets


def _scripts(tags: Sequence[str], features: int) -> bytes:
    """Every script has the same features, and no language has others."""
    start = 2 + 6 * len(tags)
    records = _packed("4sH", ((tag.encode("ascii"), start) for tag in tags))
    numbers = range(features)
    script = struct.pack(f">HHHHH{features}H", 4, 0, 0, 0xFFFF, features, *numbers)
    return struct.pack(">H", len(tags)) + records + script


def _features(names: Sequence[str]) -> bytes:
    """A feature has the lookup of its own number."""
    start = 2 + 6 * len(names)
    records = _packed("4sH", ((n.encode("ascii"), start + 6 * i) for i, n in enumerate(names)))
    return (
        struct.pack(">H", len(names))
        + records
        + _packed("HHH", ((0, 1, i) for i in range(len(names))))
    )


def _listed(lookups: Sequence[tuple[int, Sequence[bytes]]]) -> bytes:
    made = [_lookup(kind, tables) for kind, tables in lookups]
    start = 2 + 2 * len(made)
    offsets = [start + sum(map(len, made[:place])) for place in range(len(made))]
    return struct.pack(f">H{len(made)}H", len(made), *offsets) + b"".join(made)


def _lookup(kind: int, tables: Sequence[bytes]) -> bytes:
    start = 6 + 2 * len(tables)
    offsets = [start + sum(map(len, tables[:place])) for place in range(len(tables))]
    return struct.pack(f">HHH{len(tables)}H", kind, 0, len(tables), *offsets) + b"".join(tables)


def _packed(form: str, rows: Iterable[tuple[Any, ...]]) -> bytes:
    return b"".join(struct.pack(f">{form}", *row) for row in rows)
