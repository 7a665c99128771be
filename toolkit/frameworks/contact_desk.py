"""The contact desk (お客様窓口): two sources by three types, and who answers each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.frameworks.framework import UNKNOWN, Row

if TYPE_CHECKING:
    import pandas as pd

SOURCES = ("phone", "online")
"""The method counts two sources without naming them here; these two names are ours."""
TYPES = ("order", "complaint", "inquiry")
DESK = tuple(f"{source}_{kind}" for source in SOURCES for kind in TYPES)
NOBODY = "no"


def desk_rows(
    desk: Mapping[str, str] | None, counts: Mapping[str, float] | None
) -> tuple[Row, ...]:
    """Who answers each of the six, and how many came in a month where that is known."""
    given, number = desk or {}, counts or {}
    assigned = tuple(
        Row(part="desk", item=cell, value=given.get(cell), items="desk", codes="desk_state")
        for cell in DESK
    )
    if not number:
        return assigned
    return (
        *assigned,
        *(
            Row(part="desk_counts", item=cell, value=number.get(cell), unit="count", items="desk")
            for cell in DESK
        ),
    )


def unanswered(desk: Mapping[str, str] | None) -> tuple[str, ...]:
    """The cells said to have nobody.

    >>> unanswered({"phone_order": "Sato", "online_complaint": "no"})
    ('online_complaint',)
    """
    return tuple(cell for cell in DESK if (desk or {}).get(cell) == NOBODY)


def desk_frame(desk: Mapping[str, str] | None) -> pd.DataFrame:
    """Two sources by three types with who answers; blank where it is not known."""
    import pandas as pd

    given = desk or {}
    cells = [[_shown(given.get(f"{source}_{kind}")) for kind in TYPES] for source in SOURCES]
    return pd.DataFrame(cells, index=list(SOURCES), columns=list(TYPES), dtype=object)


def _shown(who: str | None) -> str | None:
    return None if who == UNKNOWN else who
