"""What comes along at run time: no GPL, no AGPL, and all of it on the page."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@cache
def script():
    spec = importlib.util.spec_from_file_location("make_licences", DOCS / "make_licences.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def found():
    return script().licences(script().at_run_time())


def test_nothing_under_the_gpl():
    assert {"pandas", "jupyterlab", "nbconvert", "jinja2", "tornado"} <= set(found())
    assert not {"pytest", "mypy", "ruff", "sphinx", "business-system-toolkit"} & set(found())
    assert [name for name, licence in found().items() if script().refused(licence)] == []


def test_no_licence_is_unknown():
    assert [name for name, licence in found().items() if licence in ("", "UNKNOWN")] == []


@pytest.mark.parametrize("page", ["licences.md", "licences.ja.md"])
def test_the_page_lists_them(page):
    assert script().differing(DOCS / page, found()) == []


def test_a_page_that_is_behind_is_found(tmp_path):
    page = tmp_path / "licences.md"
    page.write_text("<!-- licences -->\n<!-- /licences -->\n", encoding="utf-8")
    script().write(page, {"a": "MIT", "b": "BSD"})
    assert script().differing(page, {"a": "MIT"}) == []
    assert script().differing(page, {"a": "GPL", "c": "MIT"}) == [
        "licences.md: | a | GPL |",
        "licences.md: | c | MIT |",
    ]


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("GNU General Public License v3 (GPLv3)", True),
        ("GPL-2.0-or-later", True),
        ("GNU Affero General Public License v3 or later (AGPLv3+)", True),
        ("AGPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("GNU Library or Lesser General Public License (LGPL)", False),
        ("MIT OR GPL-2.0", False),
        ("GNU General Public License (GPL); MIT License", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", False),
    ],
)
def test_which_licences_are_refused(licence, refused):
    assert script().refused(licence) == refused
