"""Books made for one test: as openpyxl writes them, or written byte by byte."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from handmade.parts import MAIN, Fill, Make, Raw, parts


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A book with one sheet, 受注, filled by a function, as openpyxl writes it."""

    def making(fill: Fill) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "受注"
        fill(sheet)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return making


@pytest.fixture
def raw(tmp_path: Path) -> Raw:
    """A book written byte by byte: rows of sheet XML, styles, shared texts and further members."""

    def writing(
        data: str = "",
        *,
        formats: tuple[str, ...] = (),
        shared: str = "",
        more: Mapping[str, bytes] | None = None,
        head: str = "",
        tail: str = "",
        book: str = "",
        space: str = MAIN,
        name: str = "raw.xlsx",
    ) -> Path:
        sheet = f'<worksheet xmlns="{space}">{head}<sheetData>{data}</sheetData>{tail}</worksheet>'
        members = {**parts(formats, shared, book, space), "xl/worksheets/sheet1.xml": sheet}
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in {**members, **(more or {})}.items():
                archive.writestr(part, content)
        return path

    return writing
