"""Invented clients, each made once."""

from __future__ import annotations

from functools import lru_cache

import pytest

from toolkit.synth.synth import synth


@pytest.fixture(scope="session")
def invented():
    """A client by model, seed, codes and strength; not to be changed."""
    return lru_cache(maxsize=12)(synth)
