import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "deliverables"))

from sample_document.document import notebook, sample
from sample_document.hostile import hostile

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
    made = {"ja": sample("ja"), "en": sample("en"), "bad": hostile()}
    for name, outline in made.items():
        text = page(
            notebook(outline),
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
            notebook(document, theme),
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


RUN_SECONDS = 120
CELLS_DONE = """() => {
  const path = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell .jp-InputPrompt";
  const said = [...document.querySelectorAll(path)].map(one => one.textContent);
  return /[0-9]/.test(said[0] ?? "") && !said.some(text => text.includes("*"));
}"""
JUPYTER_FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
KERNEL_IDLE = """() => {
  const panel = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const bar = document.querySelector("#jp-bottom-panel, .jp-StatusBar-Widget");
  return panel && !panel.querySelector(".jp-Spinner") && /\\| Idle/.test(bar?.textContent ?? "");
}"""


@dataclass(frozen=True)
class Lab:
    """A JupyterLab on a copy of the notebooks; ``folder`` is what it shows."""

    folder: Path
    root: str
    token: str

    def open(self, page, notebook):
        """Open a notebook (path within ``folder``) in a page and wait for its kernel."""
        page.goto(f"{self.root}lab/tree/{notebook}?token={self.token}&reset")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
        self.idle(page)

    def run_all(self, page):
        """Run every cell from the menu and wait until none is at work or waits its turn."""
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        page.wait_for_function(CELLS_DONE, timeout=RUN_SECONDS * 1000)

    def idle(self, page):
        """Wait until the notebook is shown and its kernel has nothing to do."""
        page.wait_for_function(KERNEL_IDLE, timeout=RUN_SECONDS * 1000)


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """JupyterLab as the commands start it, on a copy of the notebooks, with nothing of the user's.

    Every notebook is at its path under ``notebooks/`` (``learn/ja/…``, ``diagnose/…``).
    """
    from toolkit import resources
    from toolkit.commands import jupyter

    home = tmp_path_factory.mktemp("lab")
    work = home / "work"
    ignored = shutil.ignore_patterns(".ipynb_checkpoints")
    shutil.copytree(resources.folder("notebooks"), work, ignore=ignored)
    with pytest.MonkeyPatch.context() as patch:
        for name, place in JUPYTER_FOLDERS.items():
            patch.setenv(name, str(home / place))
        settings = home / "defaults"
        settings.mkdir()
        jupyter.write_settings(settings, "en")
        overrides = settings / "overrides.json"
        said = json.loads(overrides.read_text("utf-8"))
        # All cells stay in the page, also those out of sight.
        said["@jupyterlab/notebook-extension:tracker"] = {"windowingMode": "none"}
        overrides.write_text(json.dumps(said), "utf-8")
        server = jupyter.Server(
            folder=work, notebook="", lang="ja", port=jupyter.free_port(), token="a" * 32
        )
        process = jupyter.start(server, settings, browser=False)
        try:
            jupyter.wait_until_ready(server, process)
            yield Lab(folder=work, root=server.root, token=server.token)
        finally:
            jupyter.stop(server, process)


@pytest.fixture
def page(chromium):
    """A page of JupyterLab that notes each address asked for outside this computer, each dialog."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1600})
    context.set_default_timeout(60_000)
    made = context.new_page()
    made.away, made.dialogs = [], []
    made.on("request", lambda one: made.away.append(one.url) if _away(one.url) else None)
    made.on("dialog", lambda one: (made.dialogs.append(one.message), one.dismiss()))
    yield made
    context.close()


def _away(url):
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


@pytest.fixture
def picture():
    """Function that keeps a picture of a part of a page where TOOLKIT_PICTURES names a folder."""

    def keep(locator, name):
        home = os.environ.get("TOOLKIT_PICTURES")
        if home:
            locator.screenshot(path=str(Path(home) / f"{name}.png"))

    return keep
