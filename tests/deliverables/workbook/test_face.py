"""What verify sees of a workbook: nothing in a whole one, every changed cell in another."""

import re
import zipfile

import pytest

from toolkit.deliverables.workbook import face


@pytest.fixture
def written(shop_material, shop_bytes, tmp_path):
    (tmp_path / face.FILE).write_bytes(shop_bytes)
    return tmp_path


def rewritten(path, change):
    """The same archive with the XML of its sheets changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {item: archive.read(item) for item in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for item, data in parts.items():
            archive.writestr(item, change(item.filename, data))


def test_a_workbook_of_its_own_stands(shop_material, tmp_path):
    face.write(shop_material, tmp_path, ".ja")
    found = face.check(shop_material, tmp_path, ".ja")
    assert (tmp_path / "workbook.ja.xlsx").is_file()
    assert found.differing == ()
    assert found.checked > 10_000


def test_one_changed_figure_is_told_by_its_key(shop_material, written):
    net = shop_material.diagnosis.facts["customers.net_sales"].value
    old, new = f"<v>{net:.16G}</v>".encode(), b"<v>78759221</v>"

    def change(name, data):
        return data.replace(old, new, 1) if name == "xl/worksheets/sheet5.xml" else data

    rewritten(written / face.FILE, change)
    found = face.check(shop_material, written, "")
    assert [(one.fact, one.printed) for one in found.differing] == [
        ("customers.net_sales", "78759221")
    ]
    assert found.differing[0].format == "workbook.xlsx"


def test_a_changed_formula_and_a_changed_row_are_told(shop_material, written):
    def change(name, data):
        if name == "xl/worksheets/sheet5.xml":
            return data.replace(b"<f>SUM(", b"<f>2*SUM(", 1)
        if name == "xl/worksheets/sheet11.xml":
            return re.sub(rb"<v>\d{4,}</v>", b"<v>1</v>", data, count=1)
        return data

    rewritten(written / face.FILE, change)
    assert len(face.check(shop_material, written, "").differing) == 2


def test_a_changed_sentence_is_told(shop_material, written):
    title = "休眠するリピーターの増加".encode()

    def change(name, data):
        return data.replace(title, "何の問題もありません".encode())

    rewritten(written / face.FILE, change)
    found = face.check(shop_material, written, "")
    assert {"所見", "金額"} <= {one.fact.split("!")[0] for one in found.differing}


def test_a_theme_changes_no_number(shop_material, tmp_path):
    from dataclasses import replace

    theme = replace(
        shop_material.theme,
        firm="例示経営研究所",
        colours={**shop_material.theme.colours, "accent": "#234567"},
    )
    face.write(replace(shop_material, theme=theme), tmp_path, "")
    assert face.check(shop_material, tmp_path, "").differing == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"no workbook"])
def test_a_broken_file_is_told(shop_material, tmp_path, data):
    (tmp_path / face.FILE).write_bytes(data)
    found = face.check(shop_material, tmp_path, "")
    assert found.checked == 0
    assert [one.fact for one in found.differing] == ["file"]
