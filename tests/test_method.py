"""The method is data: our content, and a firm's folder laid over it key by key."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from toolkit.errors import MethodError
from toolkit.method import load_method


def firm(tmp_path: Path, files: dict[str, str]) -> Path:
    folder = tmp_path / "firm"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_one_changed_threshold_keeps_the_other_keys_and_names_its_layer(tmp_path):
    folder = firm(tmp_path, {"thresholds.toml": "[system_cost_guide]\nvalue = 0.04\n"})
    ours = load_method().section("thresholds")["system_cost_guide"]
    entry = load_method(folder).section("thresholds")["system_cost_guide"]
    assert entry["value"] == 0.04
    assert entry["origin"] == ours["origin"]
    assert entry.layers["value"] == "method:firm"
    assert entry.layers["origin"] == "toolkit"


def test_unknown_entry_is_refused_with_line_and_suggestion(tmp_path):
    folder = firm(tmp_path, {"thresholds.toml": "# ours\n\n[system_cost_gide]\nvalue = 0.04\n"})
    with pytest.raises(MethodError) as caught:
        load_method(folder)
    problem = caught.value.problems[0]
    assert (problem.code, problem.line) == ("method_unknown_entry", 3)
    assert problem.params["near"] == "system_cost_guide"


def test_new_adds_and_off_removes(tmp_path):
    folder = firm(
        tmp_path,
        {"thresholds.toml": "[x_own]\nnew = true\nvalue = 1\n\n[system_cost_guide]\noff = true\n"},
    )
    found = load_method(folder).section("thresholds")
    assert found["x_own"]["value"] == 1
    assert "new" not in found["x_own"]
    assert "system_cost_guide" not in found


def test_all_faults_of_a_folder_are_told_at_once(tmp_path):
    folder = firm(
        tmp_path, {"thresholds.toml": "[nope]\nvalue = 1\n", "rules/sales.toml": "[SAL001\n"}
    )
    with pytest.raises(MethodError) as caught:
        load_method(folder)
    codes = sorted(problem.code for problem in caught.value.problems)
    assert codes == ["method_not_toml", "method_unknown_entry"]


def test_a_firm_changes_one_sentence(tmp_path):
    folder = firm(tmp_path, {"words/ja/report.toml": 'title = "経営健康診断"\n'})
    words = load_method(folder).words["ja"]
    assert words["report.title"] == "経営健康診断"
    assert words["report.counts_line"] == load_method().words["ja"]["report.counts_line"]


@pytest.mark.parametrize(
    ("file", "same"),
    [
        ("words/ja/report.toml", True),
        ("lessons/stock.toml", True),
        ("invented/goods.toml", True),
        ("thresholds.toml", False),
    ],
)
def test_only_what_judges_is_in_the_hash_of_a_layer(tmp_path, file, same):
    value = "[system_cost_guide]\nvalue = 0.0{}\n"
    then = {"thresholds.toml": value.format(4)}
    folders = (
        firm(tmp_path / "then", then),
        firm(tmp_path / "now", then | {file: value.format(5)}),
    )
    first, second = (load_method(folder).layers[-1].sha256 for folder in folders)
    assert (first == second) is same


def test_missing_folder_is_an_error(tmp_path):
    with pytest.raises(MethodError):
        load_method(tmp_path / "none")


def placeholders(text):
    return sorted(
        f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name is not None
    )


def test_both_languages_have_the_same_sentences_with_the_same_placeholders():
    words = load_method().words
    assert set(words["ja"]) == set(words["en"])
    for key, text in words["ja"].items():
        assert set(placeholders(text)) == set(placeholders(words["en"][key])), key


def test_no_sentence_is_empty_or_left_in_the_other_language():
    words = load_method().words
    for lang in ("ja", "en"):
        empty = [key for key, text in words[lang].items() if not text.strip()]
        # English sets nothing between list items of some kinds, nor after a scaled amount.
        idle = [key for key in empty if not key.endswith("separator")]
        assert [key for key in idle if not key.startswith("deck.scale_")] == []
    japanese = [
        key
        for key, text in words["en"].items()
        if any("぀" <= character <= "ヿ" for character in text)
    ]
    # An English sentence may quote a Japanese form (an era, a header); it is then marked by quotes.
    quoted = ("frameworks.read.",)  # words looked for in an answer, whatever its language
    plain = [key for key in japanese if not key.startswith(quoted)]
    assert [key for key in plain if "“" not in words["en"][key]] == []


def test_the_word_owner_is_never_printed():
    words = load_method().words
    assert [key for key, text in words["ja"].items() if "オーナー" in text] == []
    assert [key for key, text in words["en"].items() if "owner" in text.lower().split()] == []
