"""The method as shipped, and the shared folder where there is one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.method import Method, load_method


@pytest.fixture(scope="session")
def method() -> Method:
    return load_method()


@pytest.fixture(scope="session")
def words_of(method: Method) -> Callable[[str, str], dict[str, str]]:
    """Words of a language below a prefix, the prefix taken off."""

    def found(lang: str, prefix: str) -> dict[str, str]:
        start = f"{prefix}."
        table = method.words[lang]
        return {key[len(start) :]: text for key, text in table.items() if key.startswith(start)}

    return found


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the domain notes; a checkout without it skips."""
    checkout = Path(__file__).resolve().parents[2]
    named = os.environ.get("TOOLKIT_TEST_DATA")
    folder = Path(named) if named else checkout.parent / "shared"
    if not (folder / "domain" / "acceptance.csv").is_file():
        pytest.skip("no shared folder")
    return folder
