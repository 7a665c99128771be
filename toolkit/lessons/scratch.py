"""A folder that lives as long as the process: a notebook goes on reading what was written there."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path


def scratch_folder(name: str) -> Path:
    """A new folder of a name; it is removed when the process ends."""
    made = Path(tempfile.mkdtemp(prefix=f"toolkit-{name}-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
