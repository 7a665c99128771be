"""What the lesson on another's business knows of it: facts by source, a map, ranges, practices."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from toolkit.errors import UsageError
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.handed_over import Row, amount, part, rows
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

SOURCES: Final = ("observed", "required", "stated", "advertised", "reported")
SURE: Final = frozenset({"observed", "required"})
"""Sources that make a thing known; all others make it inferred."""
MODULES: Final = ("planning", "procurement", "sales", "fulfillment", "aftercare")
FACTORS: Final = ("visits", "conversion", "order_yen")
YEAR: Final = 12
Range = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fact by its key: source and date, module, and a range where it tells a quantity."""

    key: str
    source: str
    date: str = ""
    module: str = ""
    about: str = ""
    span: Range | None = None

    @property
    def sure(self) -> bool:
        """Whether it was observed, or stated because the law demands it."""
        return self.source in SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Something to learn: the facts that speak for it, and whether we could do it."""

    name: str
    facts: tuple[Found, ...]
    able: bool

    @property
    def backed(self) -> bool:
        """At least two kinds of source, one of them sure."""
        kinds = {fact.source for fact in self.facts}
        return len(kinds) > 1 and any(fact.sure for fact in self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Another's business from outside; ``factors`` are ranges whose product is sales a month."""

    name: str = ""
    facts: tuple[Found, ...] = ()
    map: tuple[Row, ...] = ()
    factors: tuple[Range, ...] = ()
    numbers: tuple[float, int] | None = None
    practices: tuple[Practice, ...] = ()

    @property
    def low(self) -> float:
        """Product of the low ends."""
        return math.prod(low for low, _ in self.factors)

    @property
    def high(self) -> float:
        """Product of the high ends."""
        return math.prod(high for _, high in self.factors)

    def state(self, row: Row) -> str:
        """known, inferred or unknown: what the facts of a part of the map amount to."""
        wanted = {str(key) for key in row.get("facts") or ()}
        found = [fact for fact in self.facts if fact.key in wanted]
        if any(fact.sure for fact in found):
            return "known"
        return "inferred" if found else "unknown"

    def objects(self) -> Mapping[str, object]:
        """The dossier itself."""
        return {"dossier": self}


def dossier(source: Mapping[str, Any]) -> Dossier:
    """A dossier from plain rows, each table of which may be missing.

    Raises:
        UsageError: a row is not of the form told in the notebook.
    """
    facts = tuple(_found(number, row) for number, row in enumerate(rows(source, "facts"), 1))
    by_key = {fact.key: fact for fact in facts}
    practices = tuple(
        Practice(
            name=str(row.get("name", number)),
            facts=tuple(by_key[k] for k in map(str, row.get("facts") or ()) if k in by_key),
            able=row.get("able") is True,
        )
        for number, row in enumerate(rows(source, "practices"), start=1)
    )
    spans = [_span(source.get(name)) for name in FACTORS]
    known = tuple(span for span in spans if span is not None)
    return Dossier(
        name=str(source.get("name", "")),
        facts=facts,
        map=rows(source, "map"),
        factors=known if len(known) == len(spans) else (),
        numbers=_numbers(part(source.get("numbers"))),
        practices=practices,
    )


def _found(number: int, row: Row) -> Found:
    source = str(row.get("source"))
    if source not in SOURCES:
        raise UsageError("lesson_source", params={"type": source})
    low, high = amount(row, "low"), amount(row, "high")
    return Found(
        key=str(row.get("key", f"F{number}")),
        source=source,
        date=str(row.get("date", "")),
        module=str(row.get("module", "")),
        about=str(row.get("about", "")),
        span=None if low is None or high is None else (low, high),
    )


def _span(found: object) -> Range | None:
    if found is None:
        return None
    if not isinstance(found, list | tuple) or len(found) != len(("low", "high")):
        raise UsageError("lesson_source", params={"type": type(found).__name__})
    row = dict(zip(("low", "high"), found, strict=True))
    low, high = amount(row, "low"), amount(row, "high")
    if low is None or high is None or not 0 < low <= high:
        raise UsageError("lesson_source", params={"type": f"{low}, {high}"})
    return low, high


def _numbers(row: Row) -> tuple[float, int] | None:
    """Difference of two order numbers, and the days between them."""
    first, second = amount(row, "first"), amount(row, "second")
    if first is None or second is None:
        return None
    try:
        ends = [date.fromisoformat(str(row.get(name))) for name in ("first_on", "second_on")]
    except ValueError:
        raise UsageError("lesson_source", params={"type": "date"}) from None
    days = (ends[1] - ends[0]).days
    return (second - first, days) if days > 0 and second > first else None


def dossier_client(client: ClientFirm) -> Dossier:
    """One's own client as if from outside: ranges of its months, where the truth is known."""
    traffic, orders = client.rows("traffic"), client.rows("orders")
    if traffic is None or orders is None or not {"sessions", "orders"} <= set(traffic.columns):
        return Dossier()
    seen = traffic.groupby(_months(traffic["date"]))[["sessions", "orders"]].sum()
    taken = orders.groupby(_months(orders["order_date"])).agg(
        yen=("amount", "sum"), count=("order_id", "nunique")
    )
    both = seen.join(taken, how="inner").iloc[1:-1].tail(YEAR)  # the ends may be parts of months
    both = both[(both["sessions"] > 0) & (both["orders"] > 0) & (both["yen"] > 0)]
    if both.empty:
        return Dossier()
    monthly = (both["sessions"], both["orders"] / both["sessions"], both["yen"] / both["count"])
    return Dossier(factors=tuple((float(one.min()), float(one.max())) for one in monthly))


def _months(days: pd.Series) -> pd.Series:
    import pandas as pd

    return pd.to_datetime(days).dt.strftime("%Y-%m")


def facts_frame(firm: Dossier, book: Words) -> pd.DataFrame | None:
    """A row a fact: key, date, source, module, about, low, high."""
    import pandas as pd

    if not firm.facts:
        return None
    made = [
        (fact.key, fact.date, fact.source, fact.module, fact.about, *(fact.span or (None, None)))
        for fact in firm.facts
    ]
    names = ["key", "date", "source", "module", "about", "low", "high"]
    return pd.DataFrame(made, columns=names).convert_dtypes()


def labelled_code(book: Words, kind: str, code: object) -> str:
    """The label of a module or a part; the learner's own words where it is no code of ours."""
    key = f"lessons.another_business.{kind}.{code}"
    return book.text(key) if book.has(key) else str(code)


def map_frame(firm: Dossier, book: Words) -> pd.DataFrame | None:
    """A row a question to ask of a business: module, part, facts that speak of it."""
    import pandas as pd

    if not firm.map:
        return None
    made = [
        (
            labelled_code(book, "module", row.get("module")),
            labelled_code(book, "part", row.get("part")),
            ", ".join(map(str, row.get("facts") or ())),
        )
        for row in firm.map
    ]
    return pd.DataFrame(made, columns=["module", "part", "facts"])


def factors_frame(firm: Dossier, book: Words) -> pd.DataFrame | None:
    """A row a factor of sales: low and high."""
    import pandas as pd

    if not firm.factors:
        return None
    return pd.DataFrame(firm.factors, columns=["low", "high"], index=list(FACTORS))
