"""What the READMEs say about commands is what the command line offers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit.cli import toolkit
from toolkit.commands.listing import command_list

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"<!-- commands -->\n(.*?)\n<!-- /commands -->", re.DOTALL)


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.ja.md", "ja")])
def test_command_list(name, lang):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert BLOCK.search(text)[1] == command_list(toolkit, lang)


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_links_and_pictures_are_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (ROOT / target).exists(), target


def test_both_tell_the_two_commands():
    for name in ("README.md", "README.ja.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "make demo" in text
        assert "make test" in text
