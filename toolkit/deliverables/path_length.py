"""How long the paths of a report become: Windows takes 259 characters unless told otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

from toolkit.errors import OutputError

MOST = 259
"""Characters of a path on Windows where long paths are not allowed."""
LONGEST = 64
"""Characters that the names of a report's files may have below its folder while being written."""
STAGED = len(".staging--00000000")
"""Characters that a folder's name has beside the client's id while the report is made."""
LONGEST_ID = 64
"""Characters a client's id may have."""
PLACE = r"SYSTEM\CurrentControlSet\Control\FileSystem"


def check_length(out: Path, client_id: str) -> None:
    """Refuse a place where the files of a report could not all be written.

    Raises:
        OutputError: on Windows, paths would be longer than it allows.
    """
    if sys.platform != "win32":
        return
    longest = len(str(out.absolute())) + len(client_id) + STAGED + LONGEST + 2
    if longest > MOST and not long_paths_allowed():
        params = {"folder": str(out), "longest": str(longest), "most": str(MOST)}
        raise OutputError("path_too_long", params=params)


def long_paths_allowed() -> bool:
    """Whether Windows is set to take long paths (``LongPathsEnabled``); True elsewhere."""
    if sys.platform != "win32":
        return True
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, PLACE) as key:
            return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])
    except OSError:
        return False
