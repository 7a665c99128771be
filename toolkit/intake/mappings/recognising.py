"""What a file is: the export of a system we know, else a table by its canonical headers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError
from toolkit.intake.adapters.adapter import Adapter, Part, fitting_adapter
from toolkit.intake.files.grid import ReadOptions
from toolkit.intake.files.reading import fitting_sheets, read_header
from toolkit.intake.mappings.columns import TableKind, word_form
from toolkit.intake.mappings.header_test import is_header_of
from toolkit.intake.mappings.headers import match_headers
from toolkit.intake.setting import Setting

SUFFIXES = (
    *(".csv", ".tsv", ".txt", ".gz", ".zip"),
    *(".xlsx", ".xlsm", ".xls", ".xlsb"),
    *(".parquet", ".pq"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """One file, or one sheet of one: its header, and the adapter or the kind of table it fits.

    ``name`` is how messages name it, ``file`` the file's path in the client's folder.
    """

    path: Path
    file: str
    name: str
    sheet: str | None
    header: tuple[str, ...]
    adapter: Adapter | None = None
    kind: TableKind | None = None

    @property
    def table(self) -> str | None:
        """The kind of table it makes; None for a part of another export."""
        if self.adapter:
            return self.adapter.table
        return self.kind.name if self.kind else None


def recognise(path: Path, name: str, setting: Setting) -> list[Recognised]:
    """What the sheets of a file are; where several kinds fit, the file's name helps.

    Raises:
        InputError: the file is called like a table but cannot be read as one.
    """
    named = named_like(path, setting.kinds)
    if path.suffix.casefold() not in SUFFIXES:
        return []

    def fits(header: Sequence[str]) -> bool:
        known = fitting_adapter(header, setting.adapters)
        return known is not None or bool(fitting_kinds(header, setting))

    try:
        sheets = fitting_sheets(path, name, ReadOptions(), fits)
        headers = [read_header(path, name, ReadOptions(sheet=one), fits) for one in sheets]
    except InputError:
        if named:
            raise
        return []
    found = []
    for sheet, header in zip(sheets, headers, strict=True):
        adapter = fitting_adapter(header, setting.adapters)
        kind = None if adapter else _kind(header, named, setting)
        if adapter or kind:
            one = Recognised(
                path=path,
                file=name,
                name=name if len(sheets) == 1 else sheet_name(name, sheet),
                sheet=sheet,
                header=header,
                adapter=adapter,
                kind=kind,
            )
            found.append(one)
    return found


def sheet_name(name: str, sheet: str | None) -> str:
    """How messages name one of several sheets of a workbook.

    >>> sheet_name("data/売上.xlsx", "4月")
    'data/売上.xlsx［4月］'
    """
    return f"{name}［{sheet}］" if sheet else name


def _kind(header: Sequence[str], named: Sequence[TableKind], setting: Setting) -> TableKind | None:
    fitting = fitting_kinds(header, setting)
    for kind in named:
        if kind.name in fitting:
            return kind
    return named[0] if named else _best(header, fitting, setting)


def fitting_kinds(header: Sequence[str], setting: Setting) -> list[str]:
    """Kinds whose required columns are all there."""
    return [kind.name for kind in setting.kinds.values() if is_header_of(header, kind, setting)]


def _best(header: Sequence[str], fitting: Sequence[str], setting: Setting) -> TableKind | None:
    """The kind with most columns matched; none where two match as many, or it does not fit.

    A file of orders without amounts is better left unread than taken for a list of customers.
    """
    counts = {
        kind.name: len(match_headers(header, kind, setting.words).index)
        for kind in setting.kinds.values()
    }
    most = max(counts.values(), default=0)
    names = [name for name, count in counts.items() if count == most]
    return setting.kinds[names[0]] if len(names) == 1 and names[0] in fitting else None


def named_like(path: Path, kinds: Mapping[str, TableKind]) -> list[TableKind]:
    """Kinds that a file's name speaks of, the longest word first.

    An English word must stand apart in the name, a Japanese one may stand anywhere.
    """
    stem = word_form(path.name.partition(".")[0])
    parts = set(re.split(r"[^a-z]+", stem))
    found = {
        kind.name: len(word)
        for kind in kinds.values()
        for word in sorted(kind.stems, key=len)
        if (word in parts or stem.startswith(word) if word.isascii() else word in stem)
    }
    return [kinds[name] for name in sorted(found, key=lambda name: -found[name])]


def parts_of(found: list[Recognised]) -> dict[str, Part]:
    """Files that are joined to others, by their adapter; several of one are one part."""
    parts: dict[str, Part] = {}
    for one in found:
        if one.adapter and one.adapter.part:
            before = parts.get(one.adapter.id)
            files = one.file if before is None else f"{before.file}\n{one.file}"
            parts[one.adapter.id] = Part(file=files, header=one.header)
    return parts
