"""The firm of the lesson on To-B business: a client with contracts, another that makes to order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toolkit.lessons.client_firm import ClientFirm, dataset
from toolkit.lessons.client_firm import own as own
from toolkit.measures.summaries import Summaries, summarise
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ToBFirm(ClientFirm):
    """A client with contracts; ``maker`` is the one whose quotes and jobs the lesson looks at."""

    maker: ClientFirm = field(repr=False)


def shipped(record: Mapping[str, Any], book: Words) -> ClientFirm:
    """The two clients a lesson names: ``dataset`` and ``maker``."""
    return _pair(record["dataset"], record["maker"])


@lru_cache(maxsize=1)
def _pair(name: str, maker: str) -> ToBFirm:
    one, other = dataset(name), dataset(maker)
    return ToBFirm(diagnosis=one.diagnosis, case=one.case, maker=other)


def maker_of(firm: ClientFirm) -> ClientFirm:
    """Whose quotes and jobs are looked at: a learner's client is both in one."""
    return firm.maker if isinstance(firm, ToBFirm) else firm


@lru_cache(maxsize=6)
def summaries(firm: ClientFirm) -> Summaries | None:
    """The summaries that the figures of a client are made from; None without its rows."""
    return None if firm.case is None else summarise(firm.case)


def contracts_of(firm: ClientFirm) -> tuple[pd.DataFrame, date] | None:
    """Dated contracts with their amounts, and the day the figures are of."""
    found = summaries(firm)
    if found is None or found.contracts is None or found.contracts.empty:
        return None
    return (found.contracts, found.as_of) if found.has("contracts", "mrr", "end") else None


def dates_of(days: pd.Series[float]) -> pd.Series[Any]:
    """Day numbers as dates, empty where missing."""
    import pandas as pd

    made: pd.Series[Any] = pd.to_datetime(days, unit="D")
    return made
