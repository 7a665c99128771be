"""Every notebook in git: no outputs, small cells, prose above code, equal code in each language."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from toolkit import resources
from toolkit.method import LANGUAGES, load_method

FOLDER = resources.folder("notebooks")
NOTEBOOKS = sorted(
    path for path in FOLDER.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
MOST_LINES = 10


def _read(path: Path) -> nbformat.NotebookNode:
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    return book


def _name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def test_there_are_notebooks():
    assert {"diagnose", "learn"} <= {path.relative_to(FOLDER).parts[0] for path in NOTEBOOKS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=_name)
def test_nothing_of_a_run_is_kept(path):
    for cell in _read(path).cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
        assert not {"execution", "papermill", "collapsed"} & set(cell.metadata)
    assert "papermill" not in _read(path).metadata


@pytest.mark.parametrize("path", NOTEBOOKS, ids=_name)
def test_cells_are_small_and_define_nothing(path):
    for cell in _read(path).cells:
        if cell.cell_type == "code":
            assert 1 <= len(cell.source.splitlines()) <= MOST_LINES
            kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
            assert not kinds & {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=_name)
def test_prose_stands_above_each_code_cell(path):
    cells = _read(path).cells
    for place, cell in enumerate(cells):
        if cell.cell_type == "code":
            assert place > 0
            above = cells[place - 1]
            assert above.cell_type == "markdown", cell.source
            assert above.source.strip()


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if "learn" not in p.parts], ids=_name)
def test_one_parameters_cell(path):
    tagged = [c for c in _read(path).cells if "parameters" in c.metadata.get("tags", [])]
    assert [cell.cell_type for cell in tagged] == ["code"]


@pytest.mark.parametrize("path", sorted((FOLDER / "learn" / "ja").glob("*.ipynb")), ids=_name)
def test_code_is_equal_in_each_language(path):
    books = [_read(FOLDER / "learn" / lang / path.name) for lang in LANGUAGES]
    code = [[c.source for c in book.cells if c.cell_type == "code"] for book in books]
    assert all(other == code[0] for other in code[1:])
    kinds = [[c.cell_type for c in book.cells] for book in books]
    assert all(other == kinds[0] for other in kinds[1:])
    heads = [[h for c in book.cells for h in _heads(c)] for book in books]
    assert all(other == heads[0] for other in heads[1:])


def _heads(cell: nbformat.NotebookNode) -> list[int]:
    if cell.cell_type == "code":
        return []
    return [len(x) - len(x.lstrip("#")) for x in cell.source.splitlines() if x.startswith("#")]


def test_the_report_notebook_shows_every_section_in_the_order_of_the_content():
    cells = _read(FOLDER / "diagnose" / "report.ipynb").cells
    shown = [re.fullmatch(r'tk\.section\(d, "(\w+)", lang, theme\)', cell.source) for cell in cells]
    assert [match[1] for match in shown if match] == list(load_method().section("report"))
