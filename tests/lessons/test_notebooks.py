"""The lesson notebooks, run for real: as shipped, solved, and answered wrongly."""

import nbformat
import pytest
from nbclient import NotebookClient

from toolkit import resources
from toolkit.method import LANGUAGES, load_method

LEARN = resources.folder("notebooks") / "learn"
NAME = "02_value_and_target.ipynb"
pytestmark = pytest.mark.slow

ADVICE = {
    "ja": "A1の味噌玉を、共働きの家庭に届けることを軸に考えます。次点はC2の木樽味噌です。"
    "適合点は3.66と3.46で、1点の付け違いで入れ替わります。両方を4週間だけ試し、"
    "2回目のご購入が多いほうに絞ります。",
    "en": "I would build on miso balls for working parents. Cask miso for keen cooks comes "
    "second. The fits are 3.66 and 3.46, so a single point would turn them round. Try both "
    "for four weeks and back the one that brings more second orders.",
}
SOLVED = {
    "share": '(canvas["importance"] * canvas["covered"]).sum() / canvas["importance"].sum()',
    "gaps": '["P2", "G1"]',
    "share_after": "(16 + 3 * 1 + 5 * 0.5) / 27",
    "fit": "(1 * 5 * 5 * 5) ** (1 / 4)",
    "best": '["A1", "C2", "C3"]',
    "margin": "(4 * 5 * 3 * 3) ** (1 / 4) - (3 * 3 * 4 * 4) ** (1 / 4)",
    "move": '"c"',
    "my_share": "(5 * 0.5 + 3 * 1 + 2 * 0 + 4 * 1 + 3 * 0.5) / 17",
}
WRONG = {
    "share": ('canvas["covered"].mean()', "unweighted"),
    "gaps": ('["P1", "G1"]', "by_importance"),
    "share_after": ("(16 + 3 + 5) / 27", "full_importance"),
    "fit": ("(1 + 5 + 5 + 5) / 4", "average"),
    "best": ('["C3", "A1", "C2"]', "average_first"),
    "margin": ("4.0 - 3.75", "averages"),
    "move": ('"a"', "grow"),
}


def _run(lang: str, answers: dict[str, str]) -> dict[str, str]:
    """What each answer cell shows, by its variable, after the whole notebook has run."""
    book = nbformat.read(LEARN / lang / NAME, as_version=4)
    cells = {}
    for cell in book.cells:
        name = cell.source.split(" = ")[0]
        if cell.cell_type == "code" and cell.source.startswith(f"{name} = ____\n"):
            cells[name] = cell
            if name in answers:
                cell.source = cell.source.replace("____", answers[name], 1)
    place = {"metadata": {"path": str(LEARN / lang)}}
    NotebookClient(book, kernel_name="python3", timeout=120, resources=place).execute()
    for cell in book.cells:
        for output in cell.get("outputs", []):
            assert "lessons." not in "".join(output.get("data", {}).values())
    return {name: cell.outputs[-1]["data"]["text/plain"] for name, cell in cells.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_as_shipped_nothing_is_attempted_and_nothing_fails(lang):
    words = load_method().words[lang]
    shown = _run(lang, {})
    assert set(shown) == {*SOLVED, "advice"}
    label = words["lessons.common.status.not_attempted"]
    assert {text.split(": ")[0] for text in shown.values()} == {label}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_own_solutions_pass(lang):
    shown = _run(lang, SOLVED | {"advice": repr(ADVICE[lang])})
    label = load_method().words[lang]["lessons.common.status.correct"]
    assert {name: text.split(": ")[0] for name, text in shown.items()} == dict.fromkeys(
        shown, label
    )


def test_listed_wrong_answers_fail_with_their_reason():
    words = load_method().words["ja"]
    shown = _run("ja", {name: code for name, (code, _) in WRONG.items()})
    ids = dict(
        share="canvas_share",
        gaps="heaviest_gaps",
        share_after="share_after",
        fit="fit_score",
        best="best_pairs",
        margin="margin",
        move="first_move",
    )
    for name, (_, mistake) in WRONG.items():
        reason = words[f"lessons.value_and_target.{ids[name]}.mistake.{mistake}"]
        assert reason.split("{")[0][:12] in shown[name]
        assert not shown[name].startswith(words["lessons.common.status.correct"])


def test_every_lesson_has_a_notebook_in_every_language():
    named = {lang: {path.name for path in (LEARN / lang).glob("*.ipynb")} for lang in LANGUAGES}
    assert NAME in named["ja"]
    assert named["ja"] == named["en"]
