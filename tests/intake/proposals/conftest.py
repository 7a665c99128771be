"""A file written for one test, and the mapping that is proposed for it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from toolkit.intake.proposals.proposal import Proposal, propose
from toolkit.intake.setting import Setting

sys.path.insert(0, str(Path(__file__).parent))

from proposed.answers import Look


@pytest.fixture
def look(setting: Setting, tmp_path: Path) -> Look:
    """Write a file and propose its mapping."""

    def looking(text: str | bytes, kind: str = "orders", name: str = "file.csv") -> Proposal:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return propose(path, name, setting.kinds[kind], setting)

    return looking
