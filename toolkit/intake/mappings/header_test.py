"""Whether a record is the header of a table: by its mapping, an adapter, or canonical names."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.intake.files.grid import Fits
from toolkit.intake.mappings.columns import TableKind, header_form
from toolkit.intake.mappings.headers import match_headers, missing_columns
from toolkit.intake.mappings.mapping import TableMapping
from toolkit.intake.setting import Setting


def header_test(kind: TableKind, mapping: TableMapping | None, setting: Setting) -> Fits:
    """The test of a table's header: with a mapping, that every header it names is there."""
    if mapping is None:
        return lambda header: is_header_of(header, kind, setting)
    named = {header_form(text) for source in mapping.columns.values() for text in source.named}
    joined = {header_form(text) for join in mapping.joins for text in join.columns}

    def fits(header: Sequence[str]) -> bool:
        return {header_form(text) for text in header}.issuperset(named - joined)

    return fits if named - joined else lambda header: is_header_of(header, kind, setting)


def is_header_of(header: Sequence[str], kind: TableKind, setting: Setting) -> bool:
    """Whether the required columns of a table are all there."""
    matched = match_headers(header, kind, setting.words)
    return not missing_columns(header, kind, (*matched.index, *matched.twice))
