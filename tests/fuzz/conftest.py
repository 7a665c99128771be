"""The runner of the fuzz as a module, so that tests and ``make fuzz`` judge alike."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def fuzz() -> ModuleType:
    file = Path(__file__).with_name("fuzz.py")
    spec = spec_from_file_location("toolkit_fuzz", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
