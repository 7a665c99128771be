"""The map of a flow of seven steps."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from toolkit.frameworks import JourneyMap

sys.path.insert(0, str(Path(__file__).parent))

from mapped.flow import FLOW


@pytest.fixture
def flow():
    return JourneyMap(steps=FLOW)
