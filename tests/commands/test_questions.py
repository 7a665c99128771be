"""questions: of a client, what to ask next, and the sheet with its hypotheses."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from toolkit.cli import toolkit

HEAD = "client_id: aoyama\ncompany_name: A\nlang: ja\nmodel: general\n"


@pytest.fixture
def asked(client_of):
    folder = client_of("aoyama", **{"client.yaml": HEAD})

    def run(*options):
        done = CliRunner().invoke(toolkit, ["questions", str(folder), *options])
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_of_a_client_what_to_ask_next_comes_by_its_value(asked):
    listed = json.loads(asked("--json"))
    values = [one["value"] for one in listed]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0
    assert all(one["how"] and one["text"] and one["change"] for one in listed)
    assert not [one for one in listed if one["id"].startswith("q.tob.")]


def test_the_sheet_of_a_client_begins_with_hypotheses_and_a_blank_one_has_none(asked, tmp_path):
    asked("--out", str(tmp_path / "own.xlsx"))
    CliRunner().invoke(toolkit, ["questions", "--out", str(tmp_path / "blank.xlsx")])
    names = [openpyxl.load_workbook(tmp_path / f"{n}.xlsx").sheetnames for n in ("own", "blank")]
    assert names[0][1] == "3つの仮説"
    assert [names[0][0], *names[0][2:]] == names[1]
