"""Writing the files of a client: delimited text in a given encoding, and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


def write_rows(
    path: Path, rows: Iterable[Sequence[object]], encoding: str = "utf-8", end: str = "\n"
) -> None:
    """Write delimited text; None is a blank cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))


def write_expected(
    path: Path, facts: Mapping[str, float | None], statuses: Mapping[str, str]
) -> None:
    """Write what must come out: fact keys with a value and a tolerance, and rule statuses.

    Values are held to a relative tolerance of one in a million: they are arithmetic.
    """
    document: dict[str, Any] = {
        "facts": {key: {"value": value, "relative": 1e-6} for key, value in facts.items()},
        "statuses": dict(statuses),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def table(text: str) -> list[list[str]]:
    """The rows of a table written as lines with bars between the cells."""
    return [line.split("|") for line in text.strip().splitlines()]


def quantile(values: Iterable[float], share: float) -> float:
    """A quantile by linear interpolation."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
