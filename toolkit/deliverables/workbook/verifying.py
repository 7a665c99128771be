"""A workbook held against the one that should be there, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isclose

from toolkit.deliverables.difference import Difference, Verification
from toolkit.deliverables.workbook.reading import Sheets, Stored

NEAR = 1e-9
KEY = "R"  # the column in which the sheet of figures keeps the key of each
BLANK = Stored("", False, "")


def held_against(name: str, printed: Sheets | None, expected: Sheets | None) -> Verification:
    """Compare every cell; of the first sheet, which a firm's theme may change, the numbers alone.

    Args:
        name: the file's name.
        printed: what the file holds, None where it cannot be read.
        expected: what it should hold.
    """
    if printed is None or expected is None:
        broken = Difference(format=name, fact="file", printed="unreadable", recomputed=None)
        return Verification(checked=0, differing=(broken,))
    checked, differing = 0, []
    for number, sheet in enumerate(dict.fromkeys([*expected, *printed])):
        was, now = printed.get(sheet, {}), expected.get(sheet, {})
        places = dict.fromkeys([*now, *was])
        if number == 0:
            places = {place: None for place in places if _numeric(was, now, place)}
        checked += len(places)
        for place in _changed(was, now, places):
            differing.append(
                Difference(
                    format=name,
                    fact=_fact(sheet, place, now),
                    printed=_shown(was.get(place)),
                    recomputed=_shown(now.get(place)),
                )
            )
    return Verification(checked=checked, differing=tuple(differing))


def _changed(
    was: Mapping[str, Stored], now: Mapping[str, Stored], places: Mapping[str, None]
) -> Iterator[str]:
    return (one for one in places if not _same(was.get(one, BLANK), now.get(one, BLANK)))


def _numeric(was: Mapping[str, Stored], now: Mapping[str, Stored], place: str) -> bool:
    return any(cells.get(place, BLANK).numeric for cells in (was, now))


def _same(one: Stored, other: Stored) -> bool:
    if one == other:
        return True
    if one.formula != other.formula or one.numeric != other.numeric or not one.numeric:
        return False
    return isclose(float(one.value or 0), float(other.value or 0), rel_tol=NEAR, abs_tol=NEAR)


def _fact(sheet: str, place: str, cells: Mapping[str, Stored]) -> str:
    """The key of the figure on the row where there is one, else the cell."""
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    key = cells.get(f"{KEY}{row}", BLANK)
    if "." in key.value and not key.numeric and key.value.isascii():
        return key.value
    return f"{sheet}!{place}"


def _shown(stored: Stored | None) -> str | None:
    if stored is None:
        return None
    return f"{stored.formula} ({stored.value})" if stored.formula else stored.value
