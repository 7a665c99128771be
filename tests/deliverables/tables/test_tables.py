"""CSV files: opened by Excel as they are, guarded, and held against what should stand there."""

import csv
import io
from dataclasses import replace

import pytest

from toolkit.deliverables.faces import Material
from toolkit.deliverables.tables import face
from toolkit.deliverables.tables.listing import FINDINGS, actions, figures, findings
from toolkit.deliverables.theme import standard
from toolkit.outline.build import outline
from toolkit.outline.writer import writer

HOSTILE = ["=1+1", "+1 (81)", "-2+3", "@SUM(A1)", "\tx", "\rx", "'quoted", "＝1", "plain", "a,b\nc"]


@pytest.fixture(scope="module")
def material(shop):
    return Material(document=outline(shop, "ja"), diagnosis=shop, theme=standard())


def rows(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_files_are_written_for_a_double_click(material, tmp_path):
    face.write(material, tmp_path, "")
    for name in ("findings.csv", "actions.csv", "figures.csv", "evidence_orders.csv"):
        data = (tmp_path / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
    assert rows(tmp_path / "findings.csv")[0][:4] == ["コード", "機能", "診断項目", "判定"]


def test_a_further_language_adds_its_tables_but_no_second_evidence(material, tmp_path):
    face.write(material, tmp_path, ".en")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "actions.en.csv",
        "figures.en.csv",
        "findings.en.csv",
    ]


def test_numbers_are_raw_and_complete(shop, material, tmp_path):
    face.write(material, tmp_path, "")
    head, *body = rows(tmp_path / "figures.csv")
    by_key = {row[-1]: dict(zip(head, row, strict=True)) for row in body}
    assert float(by_key["customers.net_sales"]["値"]) == shop.facts["customers.net_sales"].value
    assert by_key["customers.repeat_rate"]["単位"] == "割合"
    assert all("E" not in row["値"] and "e" not in row["値"] for row in by_key.values())
    evidence = rows(tmp_path / "evidence_orders.csv")
    assert len(evidence) - 1 == len(shop.evidence["orders"])


def test_hostile_texts_are_guarded_and_come_back(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(face.csv_bytes([HOSTILE]))
    raw = rows(path)[0]
    assert not any(one.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for one in raw)
    assert face.read_csv(path) == [HOSTILE]


@pytest.mark.parametrize("text", ["-12.5", "0", "12", "-0.001"])
def test_numbers_are_not_guarded(text):
    assert face.guarded(text) == text


@pytest.mark.parametrize("text", ["-1-1", "+1", "-", "-1.2.3", "-１"])
def test_what_only_looks_like_a_number_is_guarded(text):
    assert face.guarded(text) == f"'{text}"
    assert face.bare(face.guarded(text)) == text


def test_files_of_their_own_stand_and_a_changed_cell_is_told(material, tmp_path):
    face.write(material, tmp_path, "")
    found = face.check(material, tmp_path, "")
    assert found.differing == ()
    assert found.checked > 1000
    path = tmp_path / "figures.csv"
    net = f"{int(material.diagnosis.facts['customers.net_sales'].value)}".encode()
    path.write_bytes(path.read_bytes().replace(net, b"1", 1))
    (tmp_path / "actions.csv").unlink()
    told = {
        (one.format, one.fact, one.printed) for one in face.check(material, tmp_path, "").differing
    }
    assert told == {("figures.csv", "customers.net_sales", "1"), ("actions.csv", "file", None)}


def test_a_row_too_many_is_told(material, tmp_path):
    face.write(material, tmp_path, "")
    with (tmp_path / "findings.csv").open("ab") as file:
        file.write(b"XXX999\r\n")
    assert [one.printed for one in face.check(material, tmp_path, "").differing] == ["XXX999"]


def test_more_rows_than_evidence_keeps_are_left_to_parquet(shop, material, tmp_path):
    import pandas as pd

    frame = shop.evidence["orders"]
    many = pd.concat([frame] * (face.MOST_ROWS // len(frame) + 1))
    face.write(replace(material, diagnosis=replace(shop, evidence={"orders": many})), tmp_path, "")
    assert not list(tmp_path.glob("evidence_*"))


def test_findings_stand_in_the_order_for_action(shop):
    listed = findings(writer(shop, "en"))
    statuses = [shop.finding(code).status for code in listed.keys]
    assert statuses == sorted(statuses, key=["fail", "unknown", "pass"].index)
    assert {len(row) for row in listed.rows} == {len(FINDINGS)}
    assert len(listed.rows) == sum(one.status != "not_applicable" for one in shop.judged)
    assert listed.keys[0] == shop.actions[0].findings[0]


def test_each_table_has_a_key_for_each_row(shop, material):
    pen = writer(shop, "ja")
    for listed in (findings(pen), actions(pen), figures(pen, material.document)):
        assert len(set(listed.keys)) == len(listed.rows) > 0
        assert all(len(row) == len(listed.columns) for row in listed.rows)


def test_the_same_material_gives_the_same_bytes(material, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        face.write(material, tmp_path / name, "")
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab"
    )
    assert first == second
