"""The deck and the workbook opened by LibreOffice, which counts every formula anew.

Run by ``make office`` alone: it needs ``soffice`` and takes its time.
"""

import io
import math
import os
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from toolkit.deliverables.faces import Material, face
from toolkit.deliverables.theme import standard
from toolkit.outline.build import outline

pytestmark = [
    pytest.mark.skipif(os.environ.get("TOOLKIT_TEST_OFFICE") != "1", reason="make office"),
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
CLIENTS = [("shop", "ja"), ("firm", "en")]
STORED = re.compile(rb'(<c [^>]*?)(?: t="str")?>(<f[^>]*>[^<]*</f>)<v>[^<]*</v>')


@pytest.fixture(scope="module", params=CLIENTS, ids=lambda one: "_".join(one))
def written(request, tmp_path_factory):
    """A folder with the deck and the workbook of a client."""
    name, lang = request.param
    diagnosis = request.getfixturevalue(name)
    folder = tmp_path_factory.mktemp(f"{name}_{lang}")
    material = Material(document=outline(diagnosis, lang), diagnosis=diagnosis, theme=standard())
    for one in ("pptx", "xlsx"):
        face(one).write(material, folder, "")
    return folder


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Convert a file; a profile of its own keeps the user's settings out of it."""
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def convert(path, kind, out):
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
        made = subprocess.run(
            [*command, kind, "--outdir", str(out), str(path)], capture_output=True, text=True
        )
        assert made.returncode == 0, made.stderr
        result = out / f"{path.stem}.{kind.split(':')[0]}"
        assert result.is_file(), made.stdout + made.stderr
        return result

    return convert


@pytest.fixture(scope="module")
def impress(office, tmp_path_factory):
    """Whether this LibreOffice opens slides at all: its parts are installed one by one."""
    from pptx import Presentation

    folder = tmp_path_factory.mktemp("blank")
    blank = Presentation()
    blank.slides.add_slide(blank.slide_layouts[0])
    blank.save(folder / "blank.pptx")
    try:
        office(folder / "blank.pptx", "pdf", folder)
    except AssertionError:
        pytest.skip("LibreOffice Impress is not installed")


def test_the_deck_opens_and_prints(written, office, impress, tmp_path):
    _prints(office(written / "deck.pptx", "pdf", tmp_path))


def test_the_workbook_opens_and_prints(written, office, tmp_path):
    _prints(office(written / "workbook.xlsx", "pdf", tmp_path))


def _prints(made):
    assert made.read_bytes().startswith(b"%PDF")
    assert made.stat().st_size > 20_000


def test_every_formula_counted_anew_gives_what_is_stored(written, office, tmp_path):
    stored = (written / "workbook.xlsx").read_bytes()
    bare = tmp_path / "workbook.xlsx"
    bare.write_bytes(_without_values(stored))
    out = tmp_path / "counted"
    out.mkdir()
    again = office(bare, "xlsx:Calc MS Excel 2007 XML", out)
    formulas = openpyxl.load_workbook(io.BytesIO(stored))
    values = openpyxl.load_workbook(io.BytesIO(stored), data_only=True)
    counted = openpyxl.load_workbook(again, data_only=True)
    found = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for one in (cell for cell in row if cell.data_type == "f"):
                found += 1
                sides = [book[sheet.title][one.coordinate].value for book in (values, counted)]
                assert _same(*sides), (sheet.title, one.coordinate, one.value, *sides)
    assert found > 80


def _without_values(data):
    """The workbook with its formulas alone: whoever opens it has to count."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as bare:
        for item in archive.infolist():
            part = archive.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                part = STORED.sub(rb"\1>\2", part)
            bare.writestr(item, part)
    return out.getvalue()


def _same(one, other):
    numbers = [isinstance(side, int | float) for side in (one, other)]
    if all(numbers):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return (one or "") == (other or "")
