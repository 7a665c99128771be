"""The three journeys of the documentation: their shell lines run as they are written.

With TOOLKIT_PICTURES a picture of what they lead to is kept, in both languages.
"""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the journeys are told for sh"),
]
PICTURES = os.environ.get("TOOLKIT_PICTURES")
LANGUAGES = ("en", "ja") if PICTURES else ("en",)
ENDINGS = {"en": ".md", "ja": ".ja.md"}
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TYPED = re.compile(r"^\$ (toolkit learn .*)$", re.MULTILINE)
SERVED = b"http://127.0.0.1:"


def text(root, name, lang):
    return (root / "docs" / f"tour-{name}{ENDINGS[lang]}").read_text(encoding="utf-8")


def shell(told):
    return "".join(BLOCK.findall(told))


@pytest.fixture
def place(tmp_path, root, monkeypatch):
    """A folder that looks like the repository's to the journeys, with the command in reach."""
    shutil.copytree(root / "datasets", tmp_path / "datasets", ignore=shutil.ignore_patterns("make"))
    programs = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", os.pathsep.join([programs, os.environ["PATH"]]))
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.setenv("BROWSER", "true")
    return tmp_path


def typed(lines, place):
    done = subprocess.run(
        ["bash", "-e", "-c", lines],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture
def pictured():
    """Function that keeps a picture of the top of a page where TOOLKIT_PICTURES names a folder."""

    def keep(path, name):
        if not PICTURES:
            return
        from playwright.sync_api import sync_playwright

        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1160, "height": 600})
            page.goto(path.resolve().as_uri())
            page.screenshot(path=Path(PICTURES) / f"{name}.png", animations="disabled")
            browser.close()

    return keep


def test_both_languages_tell_the_same_commands(root):
    for name in ("consultant", "learner", "operator"):
        told = [
            [
                line.replace(f"--lang {lang}", "--lang")
                for line in shell(text(root, name, lang)).splitlines()
                if line.startswith(("toolkit ", "cp ", "mkdir "))
            ]
            for lang in ENDINGS
        ]
        assert told[0] == told[1]
        assert len(told[0]) >= 3


def test_the_consultant_hands_over_a_report(root, place):
    said = typed(shell(text(root, "consultant", "en")), place)
    assert "all the same" in said
    report = place / "reports" / "aoba_shop"
    assert (report / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "The thank-you call ended in February 2026" in (report / "report.html").read_text(
        "utf-8"
    )
    assert (place / "request.xlsx").is_file()
    assert len(list((place / "clients" / "aoba_shop" / "mappings").glob("*.toml"))) == 3
    assert [path.name for path in (place / "clients/aoba_shop/history").iterdir()] == [
        "2026-10-31.json"
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_learner_comes_to_a_page_of_progress(lang, root, place):
    told = text(root, "learner", lang)
    (command,) = TYPED.findall(told)
    with subprocess.Popen(shlex.split(command), cwd=place, stderr=subprocess.PIPE) as lab:
        said = b""
        for line in lab.stderr:
            said += line
            if SERVED in line:
                lab.send_signal(signal.SIGINT)
        assert lab.wait(timeout=60) == 0, said.decode()
    assert SERVED in said
    typed(shell(told), place)
    assert (place / "course" / "progress.html").is_file()
    assert (place / "class-overview" / "overview.html").is_file()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_operator_mends_the_client_and_runs_the_same_line(lang, root, place, pictured):
    blocks = BLOCK.findall(text(root, "operator", lang))
    night = next(n for n, block in enumerate(blocks) if "toolkit batch" in block)
    said = typed("".join(blocks[: night + 1]), place)
    assert said.rstrip().endswith("exit 1")
    assert "client.yaml" in said
    pictured(place / "reports" / "index.html", f"morning_{lang}")
    typed("".join(blocks[night + 1 :]), place)
    with (place / "reports" / "outcomes.csv").open(encoding="utf-8-sig") as file:
        became = {row["client_id"]: row["status"] for row in csv.DictReader(file)}
    assert became == {
        "completejourney_store": "unchanged",
        "kitayama": "done",
        "minato_works": "unchanged",
    }
    assert (place / "reports" / "portfolio.html").is_file()
