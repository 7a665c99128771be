"""Build the site in both languages: ``python docs/site/build.py build/docs``.

A warning is an error, and so is a link that leads nowhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from check import broken_links, foreign_addresses
from content_pages import content_pages
from examples import Examples, examples
from staging import LANGUAGES, stage
from start import start_page

from toolkit.method import load_method
from toolkit.words import words

HERE = Path(__file__).parent
METHOD = load_method()


def build(out: Path, builder: str = "html") -> int:
    """Both languages and the page that lets a reader choose; the number of faults."""
    shutil.rmtree(out, ignore_errors=True)
    shown = examples()
    for lang in LANGUAGES:
        write_sources(lang, out / "sources" / lang, shown)
    faults = sum(_sphinx(lang, out, builder) != 0 for lang in LANGUAGES)
    if builder != "html":
        return faults
    (out / "index.html").write_text(start_page(METHOD), encoding="utf-8")
    shutil.rmtree(out / "sources")
    found = [*broken_links(out), *foreign_addresses(out)]
    sys.stderr.writelines(f"{one}\n" for one in found)
    return faults + len(found)


def write_sources(lang: str, into: Path, shown: Examples) -> None:
    """All sources of a language: pages of the repository, and those made of the content."""
    stage(lang, into, words(METHOD, lang).text("site.english_only"))
    commands = subprocess.run(
        [sys.executable, str(HERE / "command_pages.py"), lang],
        env=os.environ | {"TOOLKIT_LANG": lang, "PYTHONUTF8": "1"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    made = {"commands": commands, **content_pages(METHOD, lang, shown)}
    for name, text in made.items():
        (into / f"{name}.md").write_text(text, encoding="utf-8")


def _sphinx(lang: str, out: Path, builder: str) -> int:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder]
    source = out / "sources" / lang
    places = ["-c", str(HERE), "-d", str(out / "sources" / f"{lang}.read")]
    return subprocess.run(
        [*command, *places, str(source), str(out / lang)],
        env=os.environ | {"DOCS_LANG": lang},
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(min(build(*(Path(sys.argv[1]), *sys.argv[2:])), 1))
