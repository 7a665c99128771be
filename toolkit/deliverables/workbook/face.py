"""The workbook: every number of the report with its definition, its rows and a live formula."""

from __future__ import annotations

from pathlib import Path

from toolkit.deliverables.difference import Verification
from toolkit.deliverables.faces import Material, file_name
from toolkit.deliverables.workbook.book import workbook_bytes
from toolkit.deliverables.workbook.reading import read_cells
from toolkit.deliverables.workbook.verifying import held_against
from toolkit.store import write_bytes

FILE = "workbook.xlsx"


def write(material: Material, folder: Path, suffix: str) -> None:
    """Write the workbook of one language into a folder."""
    write_bytes(folder / file_name(FILE, suffix), workbook_bytes(material))


def check(material: Material, folder: Path, suffix: str) -> Verification:
    """Hold every cell of the workbook against what the material says should stand there.

    A firm's theme only changes looks and the first sheet, which states no number.
    """
    name = file_name(FILE, suffix)
    printed = read_cells((folder / name).read_bytes(), name)
    expected = read_cells(workbook_bytes(material), name)
    return held_against(name, printed, expected)
