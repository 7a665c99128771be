"""What a book answers: the texts of its cells, or the code of the refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.intake.excel.workbook import sheet_records, workbook_sheets


def fields(path: Path, sheet: str = "受注") -> list[list[str]]:
    return [record.fields for record in sheet_records(path, path.name, sheet)]


def first(path: Path) -> str:
    return fields(path)[0][0]


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refusal:
        call()
    assert refusal.value.code == "file_refused"
    return refusal.value.problems[0].code


def refusal(path: Path) -> str:
    """The code of the refusal, the same whichever question is asked first."""
    codes = {
        code_of(lambda: workbook_sheets(path, path.name)),
        code_of(lambda: list(sheet_records(path, path.name, "受注"))),
    }
    assert len(codes) == 1
    return codes.pop()
