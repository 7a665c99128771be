"""A hearing sheet filled in as somebody would in Excel, and the same answers as client.yaml."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from toolkit.deliverables.hearing_workbook import hearing_workbook
from toolkit.method import Method, load_method

COLUMNS = (
    "code",
    "question",
    "why",
    "hint",
    "choices",
    "answer",
    "applies",
    "by",
    "on",
    "basis",
    "evidence",
)
Line = Mapping[str, Any]


@dataclass
class Filling:
    """A blank sheet of one language, into which lines are written; blank again after ``save``."""

    lang: str
    method: Method
    book: Any
    rows: dict[str, list[tuple[Any, int]]]
    written: list[Any] = field(default_factory=list)

    def label(self, key: str) -> str:
        """A word of the sheet's language."""
        return self.method.words[self.lang][key]

    def put(self, code: str, *lines: Line) -> None:
        """Write into the rows of a code, one after the other; keys are the columns."""
        for (page, row), line in zip(self.rows[code], lines, strict=False):
            for name, value in line.items():
                cell = page.cell(row=row, column=COLUMNS.index(name) + 1)
                self.written.append((cell, cell.value))
                cell.value = value

    def save(self, path: Path) -> Path:
        """Save, and clear what was written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        for cell, before in reversed(self.written):
            cell.value = before
        self.written.clear()
        return path


def _filling(lang: str, kept: tuple[str, ...] = ()) -> Filling:
    method = load_method()
    book = openpyxl.load_workbook(io.BytesIO(hearing_workbook(method, lang)))
    for page in book.worksheets:
        if kept and page.title not in kept:
            book.remove(page)
    rows: dict[str, list[tuple[Any, int]]] = {}
    for page in book.worksheets:
        for row in page.iter_rows(min_col=1, max_col=1):
            if isinstance(row[0].value, str):
                rows.setdefault(row[0].value, []).append((page, row[0].row))
    return Filling(lang=lang, method=method, book=book, rows=rows)


@pytest.fixture(scope="session")
def fillings() -> dict[str, Filling]:
    """A blank sheet in each language."""
    return {lang: _filling(lang) for lang in ("ja", "en")}


@pytest.fixture(scope="session")
def filling() -> Filling:
    """Three sheets of the blank Japanese book: key questions, offer, checks of the law."""
    return _filling("ja", ("20の質問", "オファー", "法令の確認"))


@pytest.fixture
def write(filling: Filling, tmp_path: Path) -> Callable[..., Path]:
    """Make a client's folder of a client.yaml and sheets, each a map of codes to lines."""

    def make(text: str | None, **sheets: Mapping[str, Line | Sequence[Line]]) -> Path:
        folder = tmp_path / "aoyama"
        folder.mkdir(exist_ok=True)
        if text is not None:
            (folder / "client.yaml").write_text(text, encoding="utf-8")
        for name, lines in sheets.items():
            for code, given in lines.items():
                filling.put(code, *([given] if isinstance(given, Mapping) else given))
            filling.save(folder / f"{name}.xlsx")
        return folder

    return make


@pytest.fixture
def as_yaml() -> Callable[[Mapping[str, Any]], str]:
    """A client.yaml of these entries."""

    def text(entries: Mapping[str, Any]) -> str:
        head = {"client_id": "aoyama", "company_name": "青山商店"}
        return yaml.safe_dump({**head, **entries}, allow_unicode=True, sort_keys=False)

    return text


@pytest.fixture
def day() -> date:
    """A day as Excel stores one."""
    return date(2026, 4, 1)
