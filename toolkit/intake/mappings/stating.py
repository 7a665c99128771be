"""What a column states besides its values: a unit, serial numbers for dates, tax in or out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.intake.files.grid import as_text
from toolkit.intake.mappings.columns import Column
from toolkit.intake.mappings.mapping import Source
from toolkit.intake.notes import Note
from toolkit.intake.setting import Setting
from toolkit.intake.values.converting import Reader
from toolkit.intake.values.header_unit import HeaderUnit, header_unit, suits
from toolkit.intake.values.plain import text_bytes
from toolkit.intake.values.tax_marks import column_tax

if TYPE_CHECKING:
    import pyarrow

SCALED = ("money", "number", "minutes")
UNKNOWN = "unknown"
NUMERIC = b"0123456789.,-"


def stated_unit(header: str, column: Column, source: Source, setting: Setting) -> HeaderUnit:
    """The unit of a header, where its column can have one; ids and keys have none."""
    nothing = HeaderUnit(bare=header)
    if column.type not in SCALED or source.operation in ("join", "first"):
        return nothing
    found = header_unit(header, setting.words, setting.currency)
    return found if suits(found, column.type, setting.currency, column.units) else nothing


def told(
    header: str, cells: pyarrow.Array, unit: HeaderUnit, reader: Reader, setting: Setting
) -> list[Note]:
    """Notes of a column: that it was scaled, was numbers of days, says otherwise of tax."""
    notes = []
    shown = header.strip()
    if unit.scale != 1:
        notes.append(Note(code="scaled", params={"column": shown, "scale": f"{unit.scale:,g}"}))
    if reader.serials:
        example = next((text for text in as_text(cells).to_pylist() if text.strip()), "")
        notes.append(Note(code="excel_serials", params={"column": shown, "example": example}))
    if reader.type == "money":
        notes += _tax(shown, cells, unit, setting)
    return notes


def _tax(header: str, cells: pyarrow.Array, unit: HeaderUnit, setting: Setting) -> list[Note]:
    import pyarrow as pa

    found: str | None = unit.tax
    if found is None and pa.types.is_string(cells.type):
        found = column_tax(cells.unique().to_pylist()) if _speaks_of_tax(cells) else None
    if found == "mixed":
        return [Note(code="tax_mixed", params={"column": header})]
    if found is None or setting.tax in (UNKNOWN, found):
        return []
    words = {"found": f"errors.field.tax.{found}", "stated": f"errors.field.tax.{setting.tax}"}
    return [Note(code="tax_differs", params={"column": header}, words=words)]


def _speaks_of_tax(cells: pyarrow.Array) -> bool:
    import pyarrow.compute as pc

    if not text_bytes(cells).translate(None, NUMERIC):
        return False
    return bool(pc.any(pc.match_substring_regex(cells, "税|[Tt][Aa][Xx]|[Vv][Aa][Tt]")).as_py())
