"""A whole report as its readers meet it: by eye, by keyboard, by screen reader, phone, on paper."""

from __future__ import annotations

import shutil
import subprocess

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("whole")]
NAMES = ("whole", "themed", "bad")

FAINT = """() => {
  const rgba = c => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const lum = c => c.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => {
    const [p, q] = [lum(a), lum(b)].sort((x, y) => x - y);
    return (q + .05) / (p + .05);
  };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = rgba(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const behind = t => {
    const box = t.getBBox(), svg = t.ownerSVGElement, at = svg.createSVGPoint();
    at.x = box.x + box.width / 2; at.y = box.y + box.height / 2;
    const seen = at.matrixTransform(t.getScreenCTM());
    let found = ground(svg);
    for (const s of svg.querySelectorAll('path, circle, rect')) {
      const fill = getComputedStyle(s).fill;
      if (s.closest('defs') || fill === 'none' || fill.startsWith('url')) continue;
      if (!(s.compareDocumentPosition(t) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      if (s.isPointInFill(seen.matrixTransform(s.getScreenCTM().inverse()))) found = rgba(fill);
    }
    return found;
  };
  const faults = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.localName === 'title') continue;
    const drawn = e.localName === 'text', look = getComputedStyle(e);
    const text = rgba(drawn ? look.fill : look.color);
    const measured = ratio(text, drawn ? behind(e) : ground(e));
    const told = `${measured.toFixed(2)} ${e.localName} ${e.textContent.slice(0, 30)}`;
    if (measured < 4.5) faults.push(told);
  }
  return [...new Set(faults)];
}"""

UNSOUND = """() => {
  const faults = [], all = s => [...document.querySelectorAll(s)];
  const ids = all('[id]').map(e => e.id);
  for (const id of ids.filter((id, i) => ids.indexOf(id) !== i)) faults.push('twice #' + id);
  for (const name of ['aria-labelledby', 'aria-describedby'])
    for (const e of all(`[${name}]`))
      for (const id of e.getAttribute(name).split(' '))
        if (!document.getElementById(id)) faults.push(`${name} ${id}`);
  for (const a of all('a'))
    if (!a.textContent.trim() || !document.getElementById(decodeURIComponent(a.hash.slice(1))))
      faults.push('link ' + a.outerHTML.slice(0, 80));
  for (const s of ['h1', 'main', 'nav[aria-label]', 'body > header', 'body > footer'])
    if (all(s).length !== 1) faults.push(s);
  let level = 0;
  for (const h of all('h1, h2, h3, h4, h5, h6')) {
    const own = Number(h.localName[1]);
    if (own > level + 1 || !h.textContent.trim()) faults.push(`${h.localName} after h${level}`);
    level = own;
  }
  for (const t of all('table')) {
    if (!t.tHead || t.tHead.rows.length !== 1) faults.push('table without head');
    if (!t.caption && !t.closest('[aria-label]')) faults.push('table without name');
    for (const r of t.rows)
      if (r.cells.length !== t.tHead.rows[0].cells.length) faults.push('uneven row');
  }
  for (const h of all('th'))
    if (!['row', 'col'].includes(h.scope)) faults.push('th ' + h.textContent);
  for (const r of all('.scroll'))
    if (r.tabIndex !== 0 || !r.role || !(r.ariaLabel || r.hasAttribute('aria-labelledby')))
      faults.push('scroll region');
  for (const s of all('svg')) {
    const title = document.getElementById(s.getAttribute('aria-labelledby'));
    if (s.getAttribute('role') !== 'img' || !title || !title.textContent.trim()) faults.push('svg');
  }
  for (const i of all('img')) if (!i.alt.trim() || !i.naturalWidth) faults.push('img');
  for (const c of all('dl > *, dl > div > *'))
    if (!['DT', 'DD', 'DIV'].includes(c.tagName)) faults.push('dl ' + c.tagName);
  return faults;
}"""

ACTIVE = "document.activeElement"


def tab_to(page, condition, most=80):
    """Press Tab until the focused element meets a condition; the outlines seen on the way."""
    outlines = []
    for _ in range(most):
        page.keyboard.press("Tab")
        outlines.append(page.evaluate(f"getComputedStyle({ACTIVE}).outlineStyle"))
        if page.evaluate(f"(e => {condition})({ACTIVE})"):
            return outlines
    pytest.fail(f"no {condition} within {most} tabs")


@pytest.mark.parametrize("name", NAMES)
def test_every_text_holds_aa_on_what_is_behind_it(opened, name):
    assert opened(name).evaluate(FAINT) == []


@pytest.mark.parametrize("name", ["whole", "themed"])
def test_structure_is_sound_to_a_screen_reader(opened, name):
    assert opened(name).evaluate(UNSOUND) == []


@pytest.mark.parametrize(("name", "lang"), [("whole", "ja"), ("themed", "en")])
def test_language_and_title_are_told(opened, name, lang):
    page = opened(name)
    assert page.evaluate("document.documentElement.lang") == lang
    assert page.title().split(" | ")[0] == page.inner_text("h1")


@pytest.mark.parametrize(
    ("name", "width"), [("whole", 1280), ("themed", 768), ("whole", 390), ("themed", 320)]
)
def test_nothing_is_asked_for_and_nothing_sticks_out(opened, name, width):
    page = opened(name, width)
    assert page.heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_policy_holds_against_what_is_put_in_later(opened):
    page = opened("whole")
    page.evaluate("""() => new Promise(done => {
      document.addEventListener('securitypolicyviolation', done, {once: true});
      document.body.append(Object.assign(new Image(), {src: 'https://a.invalid/x.png'}));
    })""")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), "
                  "{textContent: 'window.ran = 1'}))")  # fmt: skip
    assert page.evaluate("window.ran") is None


def test_by_keyboard_to_a_number_its_definition_and_back(opened):
    page = opened("whole")
    tab_to(page, "e.className === 'skip'", most=1)
    assert page.evaluate(f"{ACTIVE}.getBoundingClientRect().top") >= 0
    links = page.locator("nav.contents a").count()
    seen = tab_to(page, "e.hash.startsWith('#def-')", most=links + 5)
    assert len(seen) >= links + 1
    assert "none" not in seen
    target = page.evaluate(f"{ACTIVE}.hash")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == target
    assert page.locator(":target h3").is_visible()
    tab_to(page, "e.hash.startsWith('#at-')", most=6)
    assert page.evaluate(f"{ACTIVE}.closest(':target') !== null")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == target.replace("#def-", "#at-")
    assert page.evaluate(f"{ACTIVE}.hash") == target
    assert page.evaluate(f"{ACTIVE}.matches('main a')")


def test_every_link_and_scroll_region_is_in_the_order_of_the_page(opened):
    page = opened("whole")
    assert page.locator("[tabindex]:not([tabindex='0'])").count() == 0
    assert page.locator("a:not([href])").count() == 0
    hidden = page.evaluate(
        "[...document.querySelectorAll('main a')].filter(a => !a.getClientRects().length).length"
    )
    assert hidden == 0


@pytest.mark.parametrize("name", ["whole", "themed"])
def test_each_card_of_a_definition_leads_on_and_back(opened, name):
    told = opened(name).evaluate("""() => [...document.querySelectorAll('.definitions > section')]
      .map(s => [...s.querySelectorAll('a')].map(a => a.getAttribute('href')))""")
    assert len(told) > 50
    assert all(any(link.startswith(("#at-", "#fig-")) for link in links) for links in told)
    assert sum(any(link.startswith("#rule-") for link in links) for links in told) > 20


def test_wide_tables_of_words_stack_on_a_phone(opened):
    page = opened("whole", 390)
    cells = page.evaluate("""() => [...document.querySelectorAll('.stack tbody tr > *')].map(c => {
      const box = c.getBoundingClientRect(), label = getComputedStyle(c, '::before').content;
      return [box.left >= 0 && box.right <= 390, c.dataset.l, label];
    })""")
    assert len(cells) > 100
    assert all(within for within, *_ in cells)
    labelled = [(name, shown) for _, name, shown in cells if name]
    assert len(labelled) >= 18
    assert all(shown == f'"{name}"' for name, shown in labelled)
    assert opened("whole").evaluate(
        "getComputedStyle(document.querySelector('.stack [data-l]'), '::before').content"
    ) in ("none", "normal")


def test_what_is_wider_scrolls_within_its_own_region(opened):
    page = opened("whole", 390)
    wide = page.evaluate("""() => [...document.querySelectorAll('main *')]
      .filter(e => e.getBoundingClientRect().right > 391 && !e.closest('.scroll')).length""")
    assert wide == 0
    captions = page.evaluate("""() => [...document.querySelectorAll('caption')]
      .filter(c => c.getBoundingClientRect().right > 391).length""")
    assert captions == 0


def test_a_firms_page_has_its_logo_accent_and_closing_note(opened, whole):
    page = opened("themed")
    logo = page.locator(".mast img")
    assert logo.is_visible()
    assert logo.get_attribute("alt") == whole.firm
    accent = tuple(int(whole.colours["accent"][place : place + 2], 16) for place in (1, 3, 5))
    number = page.evaluate("getComputedStyle(document.querySelector('main h2 .no')).color")
    assert number == f"rgb{accent}"
    drawn = page.locator(f'svg.picture [fill="{whole.colours["accent"]}"]')
    assert drawn.count() > 5
    assert whole.cover["en"] in page.inner_text(".mast")
    closing = page.locator("footer .closing")
    assert closing.is_visible()
    assert whole.closing["en"].splitlines()[0] in closing.inner_text()
    assert whole.firm in closing.inner_text()


def test_paper_shows_four_tiles_in_a_row_and_no_underlined_links(opened):
    page = opened("themed", 660)
    page.emulate_media(media="print")
    tops = page.evaluate(
        "[...document.querySelectorAll('.tile')].map(t => t.getBoundingClientRect().top | 0)"
    )
    assert len(tops) == 4
    assert len(set(tops)) == 1
    lines = page.evaluate("""() => [...document.querySelectorAll('main a')]
      .map(a => getComputedStyle(a).textDecorationLine)""")
    assert set(lines) == {"none"}
    assert page.locator(".closing").is_visible()
    assert not page.locator(".foot .up").is_visible()


def test_nothing_is_missing_on_paper(opened, tmp_path, whole):
    if not shutil.which("pdftotext"):
        pytest.skip("no poppler here")
    page = opened("themed")
    path = tmp_path / "page.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    pages = text.split("\f")[:-1]
    assert all(f"{n} / {len(pages)}" in one for n, one in enumerate(pages, start=1))
    told = "".join(text.split())
    parts = page.evaluate("""() => [...document.querySelectorAll(
      'main h2 span:last-child, main h3, figcaption strong, caption .bold, .closing p'
    )].map(e => e.textContent)""")
    missing = [part for part in parts if "".join(part.split())[:12] not in told]
    assert missing == []
    assert "".join(whole.closing["en"].split())[:40] in told
