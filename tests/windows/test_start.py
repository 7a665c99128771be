"""start.bat and nightly.bat, as far as they can be held without Windows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from toolkit.cli import toolkit

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "windows"
FILES = ("start.bat", "windows/nightly.bat")
PLACES = (
    *("HERE", "TOOLKIT_HOME", "TOOLKIT_REPORTS", "VENV", "PYTHON", "LOCALAPPDATA"),
    *("USERPROFILE", "WHAT"),
)
MADE = ("toolkit doctor", "toolkit demo", "toolkit learn")


def script(name):
    return (ROOT / name).read_bytes().decode("ascii")


def commands(text):
    """What is run of the product, each as a list of arguments."""
    for line in re.findall(r"-m toolkit ([^\r\n>]*)", text):
        plain = re.sub(r"%[A-Z_]+%", "x", line).replace("%*", "").replace("\\", "/")
        yield shlex.split(plain)


@pytest.mark.parametrize("name", [*FILES, *(str(p.relative_to(ROOT)) for p in TEXTS.glob("*/*"))])
def test_lines_end_as_cmd_wants_them(name):
    data = (ROOT / name).read_bytes()
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert not data.startswith(b"\xef\xbb\xbf")


def test_they_are_kept_so_by_the_repository():
    rules = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert {"* -text", "*.bat text eol=crlf", "windows/*/*.txt text eol=crlf"} <= set(rules)


@pytest.mark.parametrize("name", FILES)
def test_every_path_stands_in_quotes(name):
    """Users are named 山田 太郎, folders "OneDrive - 青山商店 (2)"."""
    for line in script(name).splitlines():
        if line.startswith("rem "):
            continue
        outside = "".join(line.split('"')[::2])
        assert not [place for place in PLACES if f"%{place}%" in outside], line
        assert "%~" not in outside
        assert line.count('"') % 2 == 0


@pytest.mark.parametrize("name", FILES)
def test_labels_that_are_gone_to_are_there(name):
    text = script(name)
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    wanted = set(re.findall(r"(?:goto |call :)(\w+)", text))
    assert wanted == labels - {"try"} | (wanted & {"try"})


def test_each_text_that_is_said_is_there_in_both_languages():
    said = set(re.findall(r"call :say (\w+)", script("start.bat")))
    for lang in ("ja", "en"):
        assert {path.stem for path in (TEXTS / lang).iterdir()} == said
        assert all(path.read_text(encoding="utf-8").strip() for path in (TEXTS / lang).iterdir())


@pytest.mark.parametrize("name", FILES)
def test_the_commands_are_those_of_the_product(name):
    found = list(commands(script(name)))
    assert found
    for first, *rest in found:
        command = toolkit.commands[first]
        context = command.make_context(first, rest)
        assert isinstance(context, click.Context)


def test_the_steps_in_their_order():
    text = script("start.bat")
    steps = [f"-m {one}" for one in ("venv", "pip install", *MADE)]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    for step in steps[:-1]:
        after = text[text.index(step) :].split("\r\n")[1]
        assert after.startswith("if errorlevel 1"), step


def test_a_night_ends_with_the_code_of_the_batch():
    lines = script("windows/nightly.bat").splitlines()
    batch = next(n for n, line in enumerate(lines) if "-m toolkit batch" in line)
    assert lines[batch + 1] == 'set "CODE=%ERRORLEVEL%"'
    assert lines[-1] == "exit /b %CODE%"


@pytest.mark.parametrize("name", ["docs/windows.md", "docs/windows.ja.md"])
def test_the_page_names_what_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for wanted in ("start.bat", "nightly.bat", "update", "TOOLKIT_HOME", "TOOLKIT_REPORTS"):
        assert wanted in text
    for first, *_ in (one.split() for one in re.findall(r"-m toolkit ([a-z][^`\n]*)", text)):
        assert first in toolkit.commands
