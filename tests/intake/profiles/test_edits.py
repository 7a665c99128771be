"""edits.yaml: the consultant's words by finding; strict, with lines, every fault at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.intake.case import load_case
from toolkit.intake.profiles.edit import Edit
from toolkit.intake.profiles.edits import LONGEST, agreed_with, read_edits
from toolkit.intake.profiles.new_client import blank_edits
from toolkit.intake.profiles.profile_actions import Agreed
from toolkit.words import error_text, words


@pytest.fixture
def edits(tmp_path: Path, method):
    def reading(text: str | bytes) -> tuple[Edit, ...]:
        (tmp_path / "edits.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
        return read_edits(tmp_path, method)

    return reading


@pytest.fixture
def faults(edits):
    def reading(text: str | bytes) -> list[tuple[str, int | None, str | None]]:
        with pytest.raises(InputError) as raised:
            edits(text)
        assert {one.file for one in raised.value.problems} == {"edits.yaml"}
        return [(one.code, one.line, one.key) for one in raised.value.problems]

    return reading


def test_every_field_and_its_author(edits) -> None:
    first, second, verdict = edits(
        "by: 佐藤\non: 2026-11-20\n"
        "AFT006:\n  title: 見出し\n  finding: {ja: 文, en: words}\n  action: 手\n"
        "  comment: 添え書き\n  assignee: 田中\n  due: 2026-12-31\n  status: 進行中\n  reason: 訳\n"
        "  by: 鈴木\n  on: 2026-11-21\n"
        "SAL015: {status: Dropped, reason: later}\n"
        "verdict: {text: まず。}\n"
    )
    assert (first.id, first.line, first.by, first.on) == ("AFT006", 3, "鈴木", "2026-11-21")
    assert first.words("title", "ja") == first.words("title", "en") == "見出し"
    assert (first.words("finding", "ja"), first.words("finding", "en")) == ("文", "words")
    assert (first.words("action", "en"), first.words("comment", "en")) == ("手", "添え書き")
    assert (first.assignee, first.due, first.status, first.reason) == (
        "田中",
        "2026-12-31",
        "doing",
        "訳",
    )
    assert (second.by, second.on, second.status) == ("佐藤", "2026-11-20", "dropped")
    assert (verdict.id, verdict.words("text", "en"), verdict.by) == ("verdict", "まず。", "佐藤")


def test_a_map_by_language_leaves_the_other_language_to_us(edits) -> None:
    (one,) = edits("AFT006: {title: {en: Twice}}\n")
    assert one.words("title", "ja") is None
    assert one.words("title", "en") == "Twice"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{fact:customers.count} {x",
        "=cmd|' /C calc'!A0",
        "[a](b) `c` \\n",
    ],
)
def test_hostile_text_is_kept_as_it_is(edits, text: str) -> None:
    (one,) = edits(f"AFT006:\n  comment: |\n    {text}\n    二行目\n")
    assert one.words("comment", "ja") == f"{text}\n二行目"


@pytest.mark.parametrize("text", ["", "\n", "# by: 佐藤\n", "---\n", "{}\n", "by: 佐藤\n"])
def test_nothing_written_is_no_edit(edits, text: str) -> None:
    assert edits(text) == ()


@pytest.mark.parametrize("text", ["AFT006:\n", "AFT006:\n  title:\n  due: ''\n  by: 鈴木\n"])
def test_what_is_blank_is_no_edit(edits, text: str) -> None:
    assert edits(text) == ()


def test_no_file_is_no_edit(tmp_path: Path, method) -> None:
    assert read_edits(tmp_path, method) == ()


@pytest.mark.parametrize("code", ["AFT06", "XSAL99", "ZZZ"])
def test_a_code_the_method_does_not_have_is_no_fault(edits, code: str) -> None:
    (one,) = edits(f"{code}: {{title: 見出し}}\n")
    assert one.id == code


def test_all_faults_at_once_each_with_its_line(faults) -> None:
    assert faults(
        "on: 11月20日\n"
        "byy: 佐藤\n"
        "AFT006:\n"
        "  titel: 見出し\n"
        "  finding: [一, 二]\n"
        "  action: {jp: 手}\n"
        f"  comment: {'長' * (LONGEST + 1)}\n"
        "  due: 来月\n"
        "  status: だいたい\n"
        "SAL015: 見出し\n"
        "BIL010:\n"
        "  status: 見送り\n"
        "verdict: {title: 見出し}\n"
        f"TOB015: {{assignee: {'名' * 81}}}\n"
    ) == [
        ("field_date", 1, "on"),
        ("key_unknown", 2, "byy"),
        ("key_unknown", 4, "AFT006.titel"),
        ("field_no_scalar", 5, "AFT006.finding"),
        ("key_unknown", 6, "AFT006.action.jp"),
        ("edit_long", 7, "AFT006.comment"),
        ("field_date", 8, "AFT006.due"),
        ("field_choice", 9, "AFT006.status"),
        ("yaml_no_map_under", 10, "SAL015"),
        ("edit_reason", 12, "BIL010.reason"),
        ("key_unknown", 13, "verdict.title"),
        ("edit_long", 14, "TOB015.assignee"),
    ]


def test_a_text_of_the_greatest_length_is_taken(edits) -> None:
    (one,) = edits(f"AFT006: {{title: {'長' * LONGEST}}}\n")
    assert len(one.title["*"]) == LONGEST


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_misspelt_key_is_told_with_the_nearest_and_the_line(edits, method, lang: str) -> None:
    with pytest.raises(InputError) as raised:
        edits("AFT006:\n  asignee: 田中\n")
    said = error_text(raised.value, words(method, lang))
    assert "assignee" in said
    assert "edits.yaml" in said
    assert "2" in said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("AFT006: {title: &a x}\n", "yaml_anchor"),
        ("AFT006: {title: x}\nAFT006: {title: y}\n", "yaml_key_twice"),
        ("- AFT006\n", "yaml_no_map"),
        ("AFT006: {password: x}\n", "key_secret"),
        ("AFT006: {title: 'x\n", "yaml_syntax"),
    ],
)
def test_yaml_is_as_strict_as_that_of_the_profile(faults, text: str, code: str) -> None:
    assert code in [one[0] for one in faults(text)]


def test_edits_go_before_client_yaml_and_blank_takes_nothing_away() -> None:
    own = {"A": Agreed(assignee="社長", due=date(2026, 12, 1), initial_yen=5.0)}
    made = agreed_with(
        own,
        [
            Edit(id="A", assignee="田中", status="doing", line=1),
            Edit(id="B", due="2027-01-31", line=2),
            Edit(id="C", comment={"*": "x"}, line=3),
        ],
    )
    assert made == {
        "A": Agreed(assignee="田中", due=date(2026, 12, 1), initial_yen=5.0, status="doing"),
        "B": Agreed(due=date(2027, 1, 31)),
    }


def test_a_case_holds_the_edits_and_counts_the_file_among_its_inputs(make_client, method) -> None:
    case = load_case(make_client({"edits.yaml": "AFT006: {title: 見出し}\n"}), method=method)
    assert [one.id for one in case.edits] == ["AFT006"]
    assert "edits.yaml" in [one.file for one in case.inputs]
    assert len(next(one.sha256 for one in case.inputs if one.file == "edits.yaml")) == 64


def test_faults_of_profile_and_edits_are_told_together(make_client, method) -> None:
    folder = make_client({"edits.yaml": "AFT006: {titel: 見出し}\n"}, profile="industri: 通販\n")
    with pytest.raises(InputError) as raised:
        load_case(folder, method=method)
    assert {one.file for one in raised.value.problems} == {"client.yaml", "edits.yaml"}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_blank_file_is_empty_and_right_once_its_marks_are_taken_away(
    edits, method, lang: str
) -> None:
    blank = blank_edits(method, lang)
    assert edits(blank) == ()
    body = blank[blank.index("# by:") :]
    made = edits("".join(line[2:] + "\n" for line in body.splitlines()))
    assert [one.id for one in made] == ["AFT006", "verdict", "AFT005", "OWN1"]
    assert made[3].facts == ("customers.repeat_rate", "customers.aov")
    assert (made[0].status, made[0].due) == ("doing", "2026-06-30")
    assert made[2].words("title", "ja") != made[2].words("title", "en")
