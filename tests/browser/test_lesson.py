"""Lesson 1 in JupyterLab in a real browser: answered wrongly, the reason read, answered rightly."""

import json
import os

import pytest

from toolkit.commands.learning import progress
from toolkit.commands.speech import Speech
from toolkit.lessons.course import start_course
from toolkit.method import load_method
from toolkit.words import words

pytestmark = pytest.mark.browser
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make long")
NOTEBOOK = "01_business_system.ipynb"
RIGHT = '(edges[edges["record"] != "unknown"]["record"] == "yes").mean()'
WRONG = '(edges["record"] == "yes").mean()'


def _answer(page, cell, source):
    """Put a source into a cell, run it, and read what it shows."""
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")
    cell.locator(".jp-InputPrompt", has_text="*").wait_for(state="detached")
    shown = cell.locator(".jp-OutputArea-output")
    shown.first.wait_for()
    return shown.first.inner_text()


@pytest.mark.parametrize("lang", ["ja", pytest.param("en", marks=LONG)])
def test_lesson_1_is_answered_wrongly_then_rightly(lang, lab, page, picture):
    book = words(load_method(), lang)
    home = lab.folder / f"course_{lang}"
    start_course(home, lang)
    lab.open(page, f"{home.name}/learn/{lang}/{NOTEBOOK}")
    lab.run_all(page)
    errors = page.locator('.jp-RenderedText[data-mime-type*="error"]')
    assert errors.count() == 0, errors.all_inner_texts()
    texts = page.locator(".jp-CodeCell").all_inner_texts()
    number = next(n for n, text in enumerate(texts) if "q1.check(live)" in text)
    assert book.text("lessons.common.status.not_attempted") in texts[number]
    cell = page.locator(".jp-CodeCell").nth(number)

    told = _answer(page, cell, f"live = {WRONG}\nq1.check(live)")
    assert book.text("lessons.common.status.incorrect") in told
    reason = book.table["lessons.business_system.live_share.mistake.all_edges"].split("{")[0][:12]
    assert reason.replace("`", "") in told
    picture(cell, f"lesson_wrong_{lang}")

    told = _answer(page, cell, f"live = {RIGHT}\nq1.check(live)")
    assert book.text("lessons.common.status.correct") in told
    kept = json.loads((home / "progress.json").read_text("utf-8"))["lessons"]["business_system"]
    (record,) = kept["shipped"].values()
    assert (record["credit"], record["attempts"], record["mistakes"]) == (1.0, 2, {"all_edges": 1})
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer')?.scrollTo(0, 0)")
    picture(page, f"lesson_{lang}")

    progress(home, None, Speech(lang=lang))
    seen = page.context.new_page()
    seen.set_viewport_size({"width": 1000, "height": 620})
    seen.goto((home / "progress.html").as_uri())
    assert book.text("course.progress.state.begun") in seen.locator("body").inner_text()
    picture(seen, f"progress_{lang}")
    assert page.away == []
