"""meeting: where the papers are, and the tracker read back without touching the client's folder."""

from __future__ import annotations

import openpyxl
import pytest
from click.testing import CliRunner

from toolkit.cli import toolkit

HEAD = ("番号", "担当", "期日", "状況", "理由")


def run(*arguments):
    return CliRunner().invoke(toolkit, ["meeting", *map(str, arguments)])


@pytest.fixture
def tracker(tmp_path):
    def make(*rows):
        book = openpyxl.Workbook()
        for row in (HEAD, *rows):
            book.active.append(row)
        book.save(tmp_path / "tracker.xlsx")
        return tmp_path / "tracker.xlsx"

    return make


@pytest.mark.parametrize(
    ("name", "folder", "count"), [("first", "first_meeting", 4), ("follow-up", "follow_up", 3)]
)
def test_the_files_are_told(name, folder, count, client_of, tmp_path):
    client = client_of("aoyama")
    before = sorted(client.rglob("*"))
    done = run(name, client, "--out", tmp_path / "out", "--as-of", "2026-11-01", "--lang", "en")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert len(lines) == count
    assert all(str(tmp_path / "out" / "aoyama" / folder) in line for line in lines)
    assert "Papers:" in done.stderr
    assert sorted(client.rglob("*")) == before


def test_the_tracker_is_printed_as_lines_to_paste(tracker, client_of):
    client = client_of("aoyama", **{"edits.yaml": "AFT006:\n  assignee: 店長\n"})
    path = tracker(
        ("AFT006", "店長", "2026-12-01", "進行中", None), ("PAY001", "経理", None, None, None)
    )
    done = run("read", path, "--client", client)
    assert done.exit_code == 0, done.output
    assert done.stdout == (
        'AFT006:\n  assignee: "店長"\n  due: 2026-12-01\n  status: doing\n'
        'PAY001:\n  assignee: "経理"\n'
    )
    assert "2件" in done.stderr
    assert "AFT006" in done.stderr
    assert "PAY001" not in done.stderr


def test_a_tracker_that_says_nothing(tracker):
    done = run("read", tracker(("AFT006", None, None, "未着手", None)))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "ありません" in done.stderr


def test_faults_of_the_tracker_end_in_an_error(tracker):
    done = run("read", tracker(("AFT006", None, "いつか", "未着手", None)))
    assert done.exit_code == 1
    assert done.exception.problems[0].code == "field_date"


def test_each_command_tells_what_it_makes():
    assert "follow-up" in run("--help").stdout
    for name in ("first", "follow-up", "read"):
        done = run(name, "--help")
        assert done.exit_code == 0
        assert "--lang" in done.stdout
