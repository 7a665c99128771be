"""templates/client is what new-client makes: generated, never edited by hand.

``TOOLKIT_WRITE_TEMPLATES=1 pytest tests/test_templates.py`` writes it anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from toolkit.cli import toolkit

FOLDER = Path(__file__).parent.parent / "templates" / "client"
MADE = ("client.yaml", "edits.yaml", "hearing.xlsx")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A new client's folder."""
    parent = tmp_path_factory.mktemp("clients")
    asked = ["new-client", "aoyama", "--dir", str(parent), "--lang", "ja"]
    run = CliRunner().invoke(toolkit, asked)
    assert run.exit_code == 0, run.output
    if os.environ.get("TOOLKIT_WRITE_TEMPLATES"):
        for name in MADE:
            (FOLDER / name).write_bytes((parent / "aoyama" / name).read_bytes())
    return parent / "aoyama"


def cells(path: Path):
    """Every cell of a book, with its format and what it lets in."""
    book = openpyxl.load_workbook(path)
    found = {
        (page.title, cell.coordinate): (cell.value, cell.number_format, cell.fill.fgColor.rgb)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
    }
    rules = {
        (page.title, str(one.sqref)): (one.type, one.formula1)
        for page in book.worksheets
        for one in page.data_validations.dataValidation
    }
    return found, rules


def test_a_new_client_has_both_forms_and_places_for_its_files(made) -> None:
    names = {path.name for path in made.iterdir()}
    assert names == {".salt", "client.yaml", "data", "edits.yaml", "hearing.xlsx", "mappings"}


@pytest.mark.parametrize("name", ["client.yaml", "edits.yaml"])
def test_the_template_is_the_one_that_is_made(name, made) -> None:
    assert (FOLDER / name).read_bytes() == (made / name).read_bytes()


def test_the_template_of_the_hearing_sheet_is_the_one_that_is_made(made) -> None:
    (ours, rules), (new, checks) = cells(FOLDER / "hearing.xlsx"), cells(made / "hearing.xlsx")
    assert {
        key: (ours.get(key), new.get(key)) for key in {*ours, *new} if ours.get(key) != new.get(key)
    } == {}
    assert rules == checks


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_what_goes_where_is_told_in_both_languages(name, made) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    for path in made.iterdir():
        assert f"`{path.name}{'/' if path.is_dir() else ''}`" in text


def test_a_firms_questions_stand_in_its_new_client(tmp_path) -> None:
    firm = FOLDER.parent / "method"
    asked = ["new-client", "aoyama", "--dir", str(tmp_path), "--method", str(firm)]
    assert CliRunner().invoke(toolkit, asked).exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "aoyama" / "hearing.xlsx")
    codes = {row[0].value for page in book.worksheets for row in page.iter_rows(max_col=1)}
    own = [code for code in codes if str(code).startswith("q.x")]
    assert own
    text = (tmp_path / "aoyama" / "client.yaml").read_text(encoding="utf-8")
    assert all(f"# {code.partition(' ')[0]}:" in text for code in own)


def test_the_blank_sheet_alone_is_never_written_over_another(tmp_path) -> None:
    out = tmp_path / "hearing.xlsx"
    assert CliRunner().invoke(toolkit, ["questions", "--out", str(out)]).exit_code == 0
    before = out.read_bytes()
    for file in (out, tmp_path / "hearing.csv"):
        run = CliRunner().invoke(toolkit, ["questions", "--out", str(file)])
        assert run.exit_code != 0
    assert out.read_bytes() == before
    assert not (tmp_path / "hearing.csv").exists()
