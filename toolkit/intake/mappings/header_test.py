"""Whether a record is the header of a table: by its mapping, an adapter, or canonical names."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.intake.adapters.journal_entries import SIDES, JournalLayout, journal_layout
from toolkit.intake.files.grid import Fits
from toolkit.intake.mappings.columns import TableKind, header_form
from toolkit.intake.mappings.headers import lacking_columns, match_headers
from toolkit.intake.mappings.mapping import TableMapping
from toolkit.intake.setting import Setting


def header_test(kind: TableKind, mapping: TableMapping | None, setting: Setting) -> Fits:
    """The test of a table's header: with a mapping, that every header it names is there."""
    if mapping is not None and mapping.journal is not None:
        return journal_test(journal_layout(mapping.journal))
    if mapping is None:
        return lambda header: is_header_of(header, kind, setting)
    named = {header_form(text) for source in mapping.columns.values() for text in source.named}
    joined = {header_form(text) for join in mapping.joins for text in join.columns}

    def fits(header: Sequence[str]) -> bool:
        return {header_form(text) for text in header}.issuperset(named - joined)

    return fits if named - joined else lambda header: is_header_of(header, kind, setting)


def journal_test(layout: JournalLayout) -> Fits:
    """The test of a journal's header: number, date and both accounts are there."""
    roles = ("entry", "date", *(f"{side}_account" for side in SIDES))
    needed = [{header_form(name) for name in layout.headers.get(role, ())} for role in roles]

    def fits(header: Sequence[str]) -> bool:
        forms = {header_form(text) for text in header}
        return all(names & forms for names in needed)

    return fits


def is_header_of(header: Sequence[str], kind: TableKind, setting: Setting) -> bool:
    """Whether the required columns of a table are all there."""
    matched = match_headers(header, kind, setting.words)
    return not lacking_columns(kind, (*matched.index, *matched.twice))
