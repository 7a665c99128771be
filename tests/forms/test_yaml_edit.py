import pytest
import yaml

from toolkit.forms.yaml_edit import with_values
from toolkit.intake.profiles.new_client import blank_profile

TEXT = """# head
company_name: 青山  # the name
answers:
  # first
  q.a: yes   # said
  q.b:
    value: {x: 1}
    by: 社長

  # last
  q.c: |
    two
    lines
other: {k: v}
"""


def test_only_the_value_changes_and_each_comment_stays():
    made = with_values(TEXT, {("answers", "q.a"): "no", ("company_name",): '"赤"'})
    assert made == TEXT.replace("q.a: yes", "q.a: no").replace("青山", '"赤"')


def test_a_block_gives_way_as_a_whole_and_its_neighbours_stay():
    made = with_values(TEXT, {("answers", "q.b"): "no", ("answers", "q.c"): '"z"'})
    assert yaml.safe_load(made)["answers"] == {"q.a": True, "q.b": False, "q.c": "z"}
    assert "  # last\n" in made
    assert yaml.safe_load(made)["other"] == {"k": "v"}


def test_a_new_answer_stands_among_the_answers():
    made = with_values(TEXT, {("answers", "q.d"): "[a, b]"})
    assert yaml.safe_load(made)["answers"]["q.d"] == ["a", "b"]
    assert made.replace("  q.d: [a, b]\n", "") == TEXT


def test_blank_takes_a_value_away_and_leaves_its_key():
    made = with_values(TEXT, {("answers", "q.b"): ""})
    assert yaml.safe_load(made)["answers"]["q.b"] is None
    assert with_values(TEXT, {("answers", "q.d"): ""}) == TEXT


@pytest.mark.parametrize(
    "text",
    ["", "# only a comment\n", "a: 1", "answers:\n", "answers: {}\n", "answers: {q.x: 1}\n"],
)
def test_a_list_is_made_where_there_is_none(text):
    made = with_values(text, {("answers", "q.y"): "2"})
    before = yaml.safe_load(text) or {}
    inner = {**(before.get("answers") or {}), "q.y": 2}
    assert yaml.safe_load(made) == {**before, "answers": inner}
    assert text.startswith("#") <= made.startswith("# only a comment\n")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_explanations_of_a_new_client_stay(lang, method):
    text = blank_profile("abc", method, lang)
    values = {("industry",): "retail", ("answers", "q.val.promise"): '"x"'}
    made = with_values(text, values)
    added = [line for line in made.splitlines() if line not in text.splitlines()]
    assert added == ["industry: retail", '  q.val.promise: "x"']
    assert set(text.splitlines()) <= set(made.splitlines())
