"""Whether somebody has a client's files open in Excel, which on Windows nobody else may replace."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from toolkit.batch.hashes import files_below
from toolkit.batch.key import INPUTS
from toolkit.errors import InputError

OWNER = "~$"
"""How the name of the file begins that Excel keeps beside an open workbook."""
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".pptx", ".csv", ".pdf")


def check_closed(client: Path, final: Path) -> None:
    """Refuse a client whose files somebody has open; only Windows keeps others from them.

    Raises:
        InputError: an input is being edited, or an output cannot be replaced.
    """
    if sys.platform != "win32":
        return
    for path in (*edited(client), *held(final)):
        raise InputError("file_open", params={"file": path.name})


def edited(client: Path) -> Iterator[Path]:
    """Inputs beside which an owner file stands."""
    for path in (*sorted(client.glob(f"{OWNER}*")), *files_below(client, INPUTS)):
        if path.name.startswith(OWNER):
            yield path.with_name(path.name.removeprefix(OWNER))


def held(final: Path) -> Iterator[Path]:
    """Outputs that cannot even be renamed to their own name."""
    for path in sorted(final.glob("*")):
        if path.suffix in WORKBOOKS:
            try:
                os.rename(path, path)
            except PermissionError:
                yield path
