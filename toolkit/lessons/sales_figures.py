"""What the lessons on sales reckon from a client's rows, by the definitions of its facts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import exact
from toolkit.measures.labels import folded
from toolkit.method import load_method
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries


@lru_cache(maxsize=8)
def summaries(firm: ClientFirm) -> Summaries | None:
    """The summaries of a client's tables; None where only its result is at hand."""
    from toolkit.measures.summaries import summarise

    return None if firm.case is None else summarise(firm.case, load_method())


def sources(firm: ClientFirm) -> dict[str, str]:
    """Names of sources as the client writes them, by the folded name."""
    tables = [firm.rows(kind) for kind in ("customers", "ad_spend")]
    found = [
        table["channel"].dropna() for table in tables if table is not None and "channel" in table
    ]
    return {folded(str(name)): str(name) for names in found for name in names.unique()}


def yen(firm: ClientFirm, book: Words, amount: float) -> str:
    """Money to the whole unit: a learner adds and divides what is printed."""
    return exact(amount, firm, book)


def share(book: Words, value: float) -> str:
    """A share as it is read, in percent."""
    return number_text(value, "share", book.lang)
