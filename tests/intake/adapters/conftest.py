"""Adapters from the text of one content file, or what is wrong with it."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.errors import MethodError, Problem
from toolkit.intake.adapters.adapter import Adapter
from toolkit.intake.adapters.adapter_file import load_adapters
from toolkit.intake.mappings.columns import TableKind, table_kinds
from toolkit.method import Entry, Method, load_method

sys.path.insert(0, str(Path(__file__).parent))

from adapter_texts.texts import Load


@pytest.fixture(scope="module")
def kinds() -> dict[str, TableKind]:
    return table_kinds(load_method())


@pytest.fixture
def load(kinds: dict[str, TableKind]) -> Load:
    """Adapters from the text of one content file."""

    def loading(text: str) -> dict[str, Adapter]:
        entries = {
            name: Entry(id=name, values_=values, layers={}, file="shop.toml", line=2)
            for name, values in tomllib.loads(text).items()
        }
        method = Method(layers=(), sections={"adapters": entries}, words={})
        return {adapter.id: adapter for adapter in load_adapters(method, kinds)}

    return loading


@pytest.fixture
def faults(load: Load) -> Callable[[str], list[Problem]]:
    def loading(text: str) -> list[Problem]:
        with pytest.raises(MethodError) as caught:
            load(text)
        assert caught.value.code == "method_wrong"
        return list(caught.value.problems)

    return loading
