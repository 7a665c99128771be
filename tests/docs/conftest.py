"""The programs that build the site; they are no package, so they are found by their folder."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest


@pytest.fixture(scope="session")
def site(root):
    """Function that gives a module of docs/site by its name."""
    folder = str(root / "docs" / "site")
    before = set(sys.modules)
    sys.path.insert(0, folder)
    yield import_module
    sys.path.remove(folder)
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(folder):
            del sys.modules[name]
