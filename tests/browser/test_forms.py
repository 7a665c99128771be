"""The forms in JupyterLab in a real browser: filled in, checked, saved, diagnosed, opened."""

import json
import os
import shutil

import pytest

import toolkit as tk
from toolkit.commands.form import copy_notebooks
from toolkit.method import load_method
from toolkit.resources import folder
from toolkit.words import number_text

pytestmark = pytest.mark.browser
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make long")
SHOP = folder("datasets") / "aoba_shop"
WORDS = {
    "ja": {
        "company": "会社名（報告書にこのまま載ります）",
        "month": "期首の月（1から12）",
        "save": "保存",
        "key": "はじめの質問",
    },
    "en": {
        "company": "The company's name, as the report prints it",
        "month": "First month of the business year (1 to 12)",
        "save": "Save",
        "key": "First questions",
    },
}


NAMELESS = """() => [...document.querySelectorAll(
    ".tk-form input, .tk-form select, .tk-form textarea, .tk-form button")]
  .filter(one => !one.labels?.[0]?.textContent.trim() && !one.textContent.trim()
                 && !one.getAttribute("aria-label"))
  .map(one => one.outerHTML)"""
"""Controls that a screen reader could not name."""


@pytest.fixture
def client(tmp_path):
    """A copy of the shop."""
    made = tmp_path / "aoba_shop"
    shutil.copytree(SHOP, made)
    return made


@pytest.fixture
def shown(lab, page, client):
    """Function that opens one of the notebooks for the client in a language and runs it."""

    def show(name, lang):
        home = lab.folder / f"{client.parent.name}_{lang}"
        home.mkdir(exist_ok=True)
        copy_notebooks(home, client, lang)
        page.set_viewport_size({"width": 1400, "height": 5600})
        lab.open(page, f"{home.name}/{name}")
        lab.run_all(page)
        forms = page.locator(".tk-form")
        forms.first.wait_for()
        errors = page.locator('.jp-RenderedText[data-mime-type*="error"]')
        assert errors.count() == 0, errors.all_inner_texts()
        return forms

    return show


@pytest.mark.parametrize("lang", ["ja", pytest.param("en", marks=LONG)])
def test_a_hearing_is_filled_in_checked_saved_diagnosed_and_printed(
    lang, shown, page, picture, client, tmp_path
):
    said = WORDS[lang]
    file = client / "client.yaml"
    before = file.read_text("utf-8")
    forms = shown("form.ipynb", lang)
    assert forms.count() == 3
    assert page.evaluate(NAMELESS) == []
    hearing = forms.first
    name = hearing.get_by_label(said["company"], exact=True)
    assert name.input_value() == "株式会社あおば里山堂"
    name.fill("<img src=x onerror=alert(1)>里山")
    month = hearing.get_by_label(said["month"], exact=True)
    month.fill("13")
    own = page.get_by_label(said["month"], exact=True)
    problem = hearing.locator(".tk-question", has=own).get_by_role("alert")
    problem.wait_for()
    assert "13" in problem.inner_text()
    picture(hearing, f"hearing_{lang}")

    save = hearing.get_by_role("button", name=said["save"], exact=True)
    save.click()
    hearing.locator(".tk-problem").nth(1).wait_for()
    assert file.read_text("utf-8") == before

    month.fill("4")
    hearing.get_by_role("tab", name=said["key"]).click()
    question, words = "q.pay.system_cost", load_method().words[lang]
    cost = hearing.get_by_label(f"18. {words[f'questions.{question}.text']}", exact=True)
    cost.fill("150万円")
    strategy = hearing.get_by_label(f"13. {words['questions.q.crm.strategy.text']}", exact=True)
    strategy.select_option(words["questions.q.crm.strategy.choices.partly"])
    flow = hearing.get_by_label(f"9. {words['questions.q.jrn.flow.text']}", exact=True)
    flow.select_option(words["questions.q.jrn.flow.choices.no"])
    picture(hearing, f"hearing_key_{lang}")
    save.click()
    hearing.locator(".tk-done").wait_for()

    made = tk.diagnose(client)
    assert made.client["company_name"] == "<img src=x onerror=alert(1)>里山"
    answers = {one["question"]: one["value"] for one in made.answers}
    assert answers[question] == 1_500_000
    assert answers["q.crm.strategy"] == "partly"
    assert answers["q.jrn.flow"] == "no"
    assert "# 企画" in file.read_text("utf-8")
    picture(forms.nth(1), f"mapping_{lang}")
    picture(forms.nth(2), f"health_{lang}")
    made = tk.report(client, tmp_path / "out", lang=lang)
    printed = page.context.new_page()
    printed.on("dialog", lambda one: (page.dialogs.append(one.message), one.dismiss()))
    printed.goto(next(made.glob("report*.html")).as_uri())
    assert "<img src=x onerror=alert(1)>里山" in printed.locator("body").inner_text()
    assert page.dialogs == []
    assert page.away == []


@pytest.mark.parametrize("lang", [pytest.param("ja", marks=LONG), "en"])
def test_a_slider_moved_by_keyboard_equals_the_library_and_a_comment_is_saved(
    lang, shown, page, picture, client
):
    forms = shown("board.ipynb", lang)
    board = forms.first
    result = board.get_by_role("status").first
    before = result.inner_text()
    handle = board.locator(".noUi-handle").first
    handle.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    d = tk.diagnose(client)
    from toolkit.forms.board import BoardState

    state = BoardState(d)
    state.places[state.facts[0]] = 5
    wanted = tk.what_if(d, state.settings)
    profit = number_text(wanted.after["profit"], "yen", lang, "JPY")
    result.get_by_text(profit).first.wait_for()
    assert result.inner_text() != before
    picture(board, f"board_{lang}")
    picture(forms.nth(1), f"findings_{lang}")
    if lang == "ja":
        _comment(forms.nth(1), client)
    assert page.away == []


def _comment(findings, client):
    """Write a comment and a day for the first finding, the day wrongly at first."""
    findings.get_by_label("コメント", exact=True).fill("店長と<b>確認</b>済み")
    due = findings.get_by_label("期限（例：2026-04-01）", exact=True)
    due.fill("来週")
    findings.get_by_role("alert").wait_for()
    due.fill("2026-12-01")
    findings.get_by_role("button", name="保存", exact=True).click()
    findings.locator(".tk-done").wait_for()
    edit = tk.diagnose(client).edits[0].edit
    assert (edit.comment["*"], edit.due) == ("店長と<b>確認</b>済み", "2026-12-01")


def test_the_copies_hold_the_client_as_their_parameter(client, tmp_path):
    copy_notebooks(tmp_path, client, "en")
    book = json.loads((tmp_path / "form.ipynb").read_text("utf-8"))
    source = next(c for c in book["cells"] if "parameters" in c["metadata"].get("tags", []))
    given = {}
    exec(source["source"], given)
    assert (given["client"], given["lang"]) == (str(client), "en")
