"""What the thirteen objects share: rows of parts, from which frame, page and gaps are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts, Value

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.method import Method

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One part of an object, one item of it, one value.

    ``value`` is None where it was never asked, the code ``unknown`` where the answer was
    「わからない」. ``items``, ``codes`` and ``notes`` name the sets of codes that item, value and
    note belong to; what is in no set is the client's own text. ``open`` marks what the source
    names and does not give: nobody at the client can answer it.
    """

    part: str
    item: str = ""
    value: Value = None
    unit: str = ""
    items: str = ""
    codes: str = ""
    note: str = ""
    notes: str = ""
    open: bool = False

    @property
    def known(self) -> bool:
        """Whether there is something to show."""
        return not self.open and self.value is not None and self.value != UNKNOWN


class Framework:
    """Base of the objects: each names itself and lists its rows; the rest follows.

    ``STANDARD`` holds the lists the method gives, by the name of their code set in the words;
    ``SAYS`` what the method states of the object, each with its statements in the sources;
    ``OPEN`` what a source names for it and does not give.
    """

    __slots__ = ()
    NAME: ClassVar[str] = ""
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    OPEN: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """The object as far as facts and series tell; what they do not tell stays unknown."""
        raise NotImplementedError

    def rows(self) -> tuple[Row, ...]:
        """All parts of the object in reading order, unknown ones included."""
        raise NotImplementedError

    def facts(self) -> tuple[Fact, ...]:
        """Facts that follow from the object, unknown ones with what they need."""
        return ()

    @classmethod
    def standard(cls) -> pd.DataFrame:
        """The lists the method itself gives, in their order: list, place from 1, code."""
        import pandas as pd

        rows = [
            (name, place, code)
            for name, codes in cls.STANDARD.items()
            for place, code in enumerate(codes, start=1)
        ]
        return pd.DataFrame(rows, columns=["list", "place", "code"])

    @classmethod
    def statements(cls) -> pd.DataFrame:
        """What the method states of the object: code, source, text in ``tk.language``."""
        import pandas as pd

        from toolkit.frameworks.display import said_text

        rows = [
            (code, source, said_text(cls.NAME, code))
            for code, sources in cls.SAYS.items()
            for source in sources
        ]
        return pd.DataFrame(rows, columns=["code", "source", "text"])

    @classmethod
    def open_rows(cls) -> tuple[Row, ...]:
        """What the source leaves open, with the standard reference used in its place."""
        return tuple(
            Row(
                part="open_slots",
                item=code,
                items="open_slot",
                note=code,
                notes="reference",
                open=True,
            )
            for code in cls.OPEN
        )

    def to_frame(self) -> pd.DataFrame:
        """The object as a tidy frame of codes, no labels.

        Returns:
            frame with part, item, value, unit, note, known, open.
        """
        import pandas as pd

        columns = ["part", "item", "value", "unit", "note", "known", "open"]
        cells = [[getattr(row, name) for name in columns] for row in self.rows()]
        frame = pd.DataFrame(cells, columns=columns, dtype=object)
        texts = dict.fromkeys(("part", "item", "unit", "note"), "str")
        return frame.astype({**texts, "known": bool, "open": bool})

    def unknown_parts(self) -> tuple[str, ...]:
        """Names of parts wholly unknown, and ``part.item`` where only an item of it is."""
        by_part: dict[str, list[Row]] = {}
        for row in self.rows():
            by_part.setdefault(row.part, []).append(row)
        return tuple(name for part, rows in by_part.items() for name in _gaps(part, rows))

    def _repr_html_(self) -> str:
        from toolkit.frameworks.display import object_html

        return object_html(self)


def _gaps(part: str, rows: list[Row]) -> list[str]:
    if not any(row.known for row in rows):
        return [part]
    return [f"{part}.{row.item}" for row in rows if not row.known]


def listed(
    part: str, codes: Iterable[str], values: Mapping[str, str] | None, *, items: str, said: str
) -> tuple[Row, ...]:
    """A row for each item of a standard list, and for each the client added to it.

    Args:
        part: field of the object.
        codes: the standard list, in its order.
        values: answers by item; an item without one was not asked.
        items: code set of the items.
        said: code set of the answers.
    """
    given = dict(values or {})
    names = [*codes, *(name for name in given if name not in set(codes))]
    return tuple(
        Row(part=part, item=name, value=given.get(name), items=items, codes=said) for name in names
    )
