"""The buyers of a file under reading, as matching takes them, and what is said of its result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from toolkit.intake.files.grid import as_text
from toolkit.intake.notes import Note
from toolkit.intake.persons.normal_forms import load_forms
from toolkit.intake.persons.persons import Matches
from toolkit.intake.persons.rows import person_rows
from toolkit.intake.rows.working import Working
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import is_blank

if TYPE_CHECKING:
    from pandas import DataFrame

CONTACTS = ("mail", "phone")
KEY = "customer_id"


def people_of(work: Working, setting: Setting) -> DataFrame | None:
    """Normal forms of the buyers in the live rows of a file, as ``match_persons`` takes them.

    A row is a guest's where the customer is known by an id and the id is blank. None where the
    file has no customer key or says nothing of the buyer.
    """
    import pyarrow as pa

    if KEY not in work.columns or not work.roles.buyer:
        return None
    live = pa.array(work.live())

    def column(at: int) -> list[str | None]:
        texts: list[str | None] = as_text(work.grid.columns[at]).take(live).to_pylist()
        return texts

    frame = person_rows(work.roles, column, load_forms(setting.method))
    frame.insert(0, "key", work.columns[KEY].take(live).to_pylist())
    frame.insert(1, "file", work.grid.file)
    frame.insert(2, "row", work.grid.rows[work.live()])
    frame.insert(3, "member", _members(work, column, len(frame)))
    return frame


def _members(work: Working, column: Callable[[int], Sequence[str | None]], rows: int) -> list[bool]:
    source = work.sources[KEY]
    at = work.position(source.headers[0]) if source.operation == "first" else None
    if at is None or work.roles.role_at(at) in CONTACTS:
        return [True] * rows
    return [not is_blank(text or "") for text in column(at)]


def person_notes(matches: Matches) -> tuple[Note, ...]:
    """What was joined, what waits for a decision, and what of the guests are members."""
    counts = matches.counts
    joined = counts["keys"] - counts["persons"]
    totals = {"keys": f"{counts['keys']:,}", "persons": f"{counts['persons']:,}"}
    guests = {"guests": f"{counts['guest_keys']:,}"}
    notes = (
        Note(code="persons_joined", count=joined, params=totals),
        Note(code="persons_held", count=counts["held"]),
        Note(code="persons_guests", count=counts["guest_keys_of_members"], params=guests),
        Note(code="persons_shared", count=counts["ignored_values"]),
    )
    return tuple(note for note in notes if note.count)
