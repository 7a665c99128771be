import re
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.browser
NAMES = ("ja", "en", "bad")

OUTSIDE = """() => [...document.querySelectorAll('svg.picture text')].filter(t => {
  const box = t.getBoundingClientRect(), sheet = t.ownerSVGElement.getBoundingClientRect();
  return box.left < sheet.left - 2 || box.right > sheet.right + 2;
}).map(t => t.textContent)"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", NAMES)
def test_page_asks_for_nothing_says_nothing_and_fits(opened, name, width):
    page = opened(name, width)
    page.wait_for_timeout(100)
    assert page.heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", NAMES)
def test_no_script_and_no_handler_came_in(opened, name):
    page = opened(name)
    assert page.locator("script, iframe, object, form, base").count() == 0
    assert page.locator("[onerror], [onload], [onmouseover], [onclick]").count() == 0
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_our_font_is_used(opened, lang):
    page = opened(lang)
    loaded = "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.weight).sort()"
    assert page.evaluate(loaded) == ["400", "700"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_words_in_pictures_stay_on_their_sheet(opened, lang):
    assert opened(lang).evaluate(OUTSIDE) == []


def test_a_number_is_one_click_from_its_definition(opened):
    page = opened("ja")
    link = page.locator('a[href^="#def-"]').first
    target = link.get_attribute("href")
    link.click()
    assert page.evaluate("location.hash") == target
    assert page.locator(":target").count() == 1
    assert page.locator(":target").is_visible()


def test_the_first_tab_skips_to_the_content(opened):
    page = opened("ja")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@pytest.mark.parametrize(("width", "columns"), [(1280, 4), (390, 2)])
def test_tiles_stand_four_or_two_by_two(opened, width, columns):
    tops = opened("ja", width).evaluate(
        "[...document.querySelectorAll('.tile')].map(t => t.getBoundingClientRect().top | 0)"
    )
    assert [tops.count(top) for top in dict.fromkeys(tops)] == [columns] * (4 // columns)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_print_is_a4_numbered_and_embeds_its_fonts(opened, lang, tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("no poppler here")
    path = tmp_path / "page.pdf"
    opened(lang).pdf(path=path, prefer_css_page_size=True, print_background=True)
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = text.split("\f")[:-1]
    assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, start=1))
    about = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "A4" in about
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    fonts = [line for line in listed.splitlines()[2:] if line]
    assert fonts
    assert all("Shindan" in line for line in fonts)


def test_print_strands_no_heading_and_no_row(opened, tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("no poppler here")
    path = tmp_path / "page.pdf"
    opened("en").pdf(path=path, prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    for page in text.split("\f")[:-1]:
        lines = [line for line in page.splitlines() if line.strip()][:-1]
        rows = [line for line in lines if re.match(r" *AFT\d{3} +(fine|data)", line)]
        assert len(rows) != 1
        assert not lines[-1].strip().startswith(("Figure", "Table"))
