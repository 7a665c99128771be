"""The index of a batch in a browser: ordered by keyboard, told to a screen reader, on a phone."""

from __future__ import annotations

import pytest

from toolkit.batch.index import SORTS, write_index
from toolkit.batch.outcome import Outcome
from toolkit.words import screen_words

pytestmark = pytest.mark.browser
SEEN = """() => [...document.querySelectorAll('.list tbody tr')]
  .map(row => [row.getBoundingClientRect().top, row.dataset.clientId])
  .sort((a, b) => a[0] - b[0]).map(one => one[1]).join('')"""
READ = """() => [...document.querySelectorAll('.list tbody tr')].map(row => row.dataset.clientId)
  .join('')"""
SORTED = """() => [...document.querySelectorAll('.list th[aria-sort]')]
  .map(head => [head.dataset.by, head.ariaSort])"""
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(params=["ja", "en"])
def address(request, tmp_path):
    """The index of a failure, an unchanged client and two done, in one language."""
    counts = {"act": 0, "check": 2, "unknown": 3}
    page = "a/report.html"
    made = [
        Outcome(client_id="b", status="done", page=page, company_name="い", yen_base=9e6,
                counts={**counts, "act": 3}, health=0.5, seconds=2.0,
                change={"worse": 2, "better": 1}),
        Outcome(client_id="a", status="done", page=page, company_name="う", yen_base=2e6,
                counts={**counts, "act": 1}, health=0.9, seconds=3.0),
        Outcome(client_id="c", status="unchanged", page=page, company_name="え", counts=counts,
                health=1.0),
        Outcome(client_id="d", status="failed", company_name="あ", reason=f"{HOSTILE}\nx" * 9),
    ]  # fmt: skip
    write_index(tmp_path, made, screen_words(request.param), "2026-11-23")
    return (tmp_path / "index.html").as_uri()


@pytest.fixture
def shown(chromium, address):
    """Function that opens the index; the page hears all that it says or asks for."""
    contexts = []

    def show(width=1280, **how):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **how)
        contexts.append(context)
        page = context.new_page()
        page.heard = []
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("dialog", lambda dialog: (page.heard.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: page.heard.append(request.url))
        page.goto(address)
        page.heard = [one for one in page.heard if one != address and one[:5] != "data:"]
        return page

    yield show
    for context in contexts:
        context.close()


def test_it_is_ordered_by_keyboard_and_says_by_what(shown):
    page = shown()
    assert page.heard == []
    assert page.evaluate(SORTED) == [["state", "other"]]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "by-state"
    told = {}
    for name in ("name", "yen", "act", "worse", "health", "seconds"):
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == f"by-{name}"
        assert page.evaluate(SORTED) == [list(one) for one in SORTS.values() if one[0] == name]
        told[name] = page.evaluate(READ)
        assert page.evaluate(SEEN) == told[name]  # read as it is seen
    assert told == {
        "name": "dbac",
        "yen": "badc",
        "act": "bacd",
        "worse": "bdac",
        "health": "bacd",
        "seconds": "abdc",
    }


def test_only_what_has_no_report_is_shown_when_asked(shown):
    page = shown()
    page.locator("#show-open").check(force=True)
    rows = page.locator(".list tbody tr")
    assert [rows.nth(n).is_visible() for n in range(4)] == [True, False, False, False]


def test_without_scripts_any_order_is_had_all_the_same(shown):
    page = shown(java_script_enabled=False)
    page.locator("#by-yen").check(force=True)
    tops = {row: page.locator(f"tr[data-client-id={row}]").bounding_box()["y"] for row in "abcd"}
    assert sorted(tops, key=tops.get)[:2] == ["b", "a"]


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_sticks_out_and_nothing_runs(shown, width):
    page = shown(width)
    assert page.heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("main img, main table script").count() == 0
    assert HOSTILE in page.locator(".why").inner_text()
