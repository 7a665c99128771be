"""The client.yaml of a new client: every question as a comment that can be taken as it stands."""

from __future__ import annotations

import re

import pytest
import yaml

from toolkit.intake.profiles.new_client import blank_profile
from toolkit.intake.profiles.new_client_examples import KINDS
from toolkit.intake.profiles.profile import read_profile
from toolkit.method import load_method

METHOD = load_method()
LANGS = pytest.mark.parametrize("lang", ["ja", "en"])


def blank(lang: str) -> str:
    return blank_profile("aoyama", METHOD, lang).replace('company_name: ""', "company_name: A")


@LANGS
def test_with_every_comment_taken_away_it_still_reads_and_answers_nothing(lang, tmp_path) -> None:
    text = re.sub(r"^( *)# (?=(?:q\.[a-z]+\.\w+|L-\d+):)", r"\1", blank(lang), flags=re.MULTILINE)
    path = tmp_path / "client.yaml"
    path.write_text(text, encoding="utf-8")
    given = yaml.safe_load(text)
    above = {"q.pla.model", "q.pla.stage"}
    assert set(given["answers"]) == set(METHOD.section("questions")) - above
    assert set(given["compliance"]) == set(METHOD.section("legal"))
    profile = read_profile(path, METHOD)
    assert (profile.answers, profile.compliance) == ((), {})


@LANGS
def test_key_questions_first_and_the_others_by_module(lang) -> None:
    ids = re.findall(r"^  # (q\.[a-z]+\.\w+):", blank(lang), flags=re.MULTILINE)
    questions = METHOD.section("questions")
    keys = [one for one in ids if questions[one].get("key")]
    assert ids[: len(keys)] == keys
    assert [questions[one]["order"] for one in keys] == list(range(2, 21))
    modules = [questions[one]["module"] for one in ids[len(keys) :]]
    assert [m for at, m in enumerate(modules) if at == 0 or modules[at - 1] != m] == list(
        dict.fromkeys(modules)
    )


@LANGS
def test_the_examples_are_answers_that_read(lang, tmp_path) -> None:
    lines = re.findall(r"^#   \S.*? (q\.[a-z]+\.\w+: .*)$", blank(lang), flags=re.MULTILINE)
    assert len(lines) == len(KINDS) + 2
    values = []
    for at, line in enumerate(lines):
        path = tmp_path / f"{at}.yaml"
        path.write_text(f"client_id: a\ncompany_name: A\nanswers:\n  {line}\n", encoding="utf-8")
        profile = read_profile(path, METHOD)
        assert profile.answers
        values.append((profile.answers[0].value, len(profile.other_answers)))
    assert values[1][0] == 10
    assert [others for _, others in values] == [0] * (len(KINDS) + 1) + [1]
