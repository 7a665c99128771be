import os
import runpy
from pathlib import Path

import pytest

SAMPLE = runpy.run_path(str(Path(__file__).parents[1] / "deliverables" / "sample.py"))
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, headless; without it a failure in CI and a skip elsewhere."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing")
        pytest.skip("no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Files of the sample in both languages and of the hostile document."""
    from toolkit.deliverables.page import page

    folder = tmp_path_factory.mktemp("pages")
    made = {"ja": SAMPLE["sample"]("ja"), "en": SAMPLE["sample"]("en"), "bad": SAMPLE["hostile"]()}
    for name, outline in made.items():
        text = page(
            SAMPLE["notebook"](outline),
            lang=outline.lang,
            title=outline.title,
            chrome=outline.chrome,
        )
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def whole(pages, shop):
    """Adds the shop's report to the pages: ``whole`` as it is, ``themed`` in English for a firm."""
    from toolkit import resources
    from toolkit.deliverables.page import page
    from toolkit.deliverables.theme import load_theme
    from toolkit.outline.build import outline

    example = load_theme(resources.folder("templates") / "themes" / "example.toml")
    for name, lang, theme in (("whole", "ja", None), ("themed", "en", example)):
        document = outline(shop, lang)
        text = page(
            SAMPLE["notebook"](document, theme),
            lang=lang,
            title=f"{document.title} | {document.client}",
            chrome=document.chrome,
            theme=theme,
        )
        (pages / f"{name}.html").write_text(text, encoding="utf-8")
    return example


@pytest.fixture
def opened(chromium, pages):
    """Function that opens a page at a width and hears whatever it says or asks for."""
    contexts = []

    def open_page(name, width=1280):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.heard = []
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        page.on("dialog", lambda dialog: (page.heard.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: page.heard.append(request.url))
        address = (pages / f"{name}.html").as_uri()
        page.goto(address)
        page.evaluate("document.fonts.ready")
        page.heard = [said for said in page.heard if said != address and said[:5] != "data:"]
        return page

    yield open_page
    for context in contexts:
        context.close()
