"""Cases built by hand: tables as intake gives them, without a file."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit.facts import Facts
from toolkit.measures import Measured, measure
from toolkit.measures.summaries import Summaries, summarise
from toolkit.method import load_method

DATES = (
    "order_date",
    "start",
    "end",
    "churned_at",
    "date",
    "resolved_at",
    "returned_at",
    "shipped_at",
    "promised_at",
    "delivered_at",
    "timestamp",
    "created_at",
    "won_at",
    "lost_at",
    "first_date",
    "invoiced_at",
    "due_at",
    "paid_at",
    "closed_on",
    "finished_at",
)


@dataclass(frozen=True)
class Answer:
    question: str
    item: str | None
    value: Any


@dataclass(frozen=True)
class Profile:
    model: str | None = "general"
    answers: tuple[Answer, ...] = ()
    staff_names: str = "show"
    thresholds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    kind: str
    frame: pd.DataFrame
    timed: bool = False


@dataclass(frozen=True)
class Case:
    tables: dict[str, Table]
    as_of: date
    run_date: date
    profile: Profile = field(default_factory=Profile)
    personal_columns: int = 0
    matches: Any = None


NUMBERS = (
    "amount",
    "mrr",
    "minutes",
    "per_day",
    "active_users",
    "tenure_months",
    "cost",
    "quantity",
    "discount",
    "coupon",
    "subscription_count",
    "sessions",
    "carts",
    "checkouts",
    "orders",
    "sends",
    "responses",
    "new_customers",
    "paid_amount",
    "licensed_users",
    "core_events",
    "estimated_cost",
    "actual_cost",
    "importance",
    "urgency",
    "value",
    "effort",
)
FLAGS = (
    "renewed",
    "churned",
    "result_fed_back",
    "trial",
    "wrong_item",
    "to_development",
    "paid",
    "fixed",
)


def _typed(name: str, cells: pd.Series) -> pd.Series:
    if name in DATES:
        return pd.to_datetime(cells, format="ISO8601").astype("datetime64[us]")
    if name in NUMBERS:
        return cells.astype("float64")
    return cells.astype("boolean" if name in FLAGS else "str")


def _table(kind: str, rows: list[dict[str, Any]] | pd.DataFrame) -> Table:
    given = pd.DataFrame(rows).reset_index(drop=True)
    frame = given.assign(**{n: _typed(n, given[n]) for n in given.columns if not n.startswith("_")})
    added = {"_file": f"data/{kind}.csv", "_row": range(2, len(frame) + 2)}
    if kind == "orders":
        added |= {"_cancelled": False, "_repeated": False}
    frame = frame.assign(**{name: value for name, value in added.items() if name not in frame})
    stamps = [frame[name].dropna() for name in frame.columns if name in DATES]
    timed = any(bool((stamp != stamp.dt.normalize()).any()) for stamp in stamps)
    return Table(kind=kind, frame=frame, timed=timed)


@pytest.fixture(scope="session")
def make_case() -> Callable[..., Case]:
    def make(
        as_of: str,
        *,
        model: str | None = "general",
        answers: dict[Any, Any] | None = None,
        run_date: str | None = None,
        staff_names: str = "show",
        matches: Any = None,
        thresholds: dict[str, float] | None = None,
        **tables: Any,
    ) -> Case:
        pairs = [(k if isinstance(k, tuple) else (k, None), v) for k, v in (answers or {}).items()]
        said = tuple(Answer(question, item, value) for (question, item), value in pairs)
        return Case(
            tables={kind: _table(kind, rows) for kind, rows in tables.items()},
            as_of=date.fromisoformat(as_of),
            run_date=date.fromisoformat(run_date or as_of),
            profile=Profile(
                model=model, answers=said, staff_names=staff_names, thresholds=thresholds or {}
            ),
            matches=matches,
        )

    return make


@pytest.fixture(scope="session")
def measured(make_case) -> Callable[..., Measured]:
    def run(as_of: str, **fields: Any) -> Measured:
        return measure(make_case(as_of, **fields), load_method())

    return run


@pytest.fixture(scope="session")
def facts(measured) -> Callable[..., Facts]:
    return lambda as_of, **fields: Facts(measured(as_of, **fields).facts)


@pytest.fixture(scope="session")
def summed(make_case) -> Callable[..., Summaries]:
    """What the measures read, without measuring."""
    return lambda as_of, **fields: summarise(make_case(as_of, **fields))


@pytest.fixture(scope="session")
def facts_of(summed) -> Callable[..., Facts]:
    """Facts of one measure alone: as it states them, before the cards."""
    return lambda one, as_of, **fields: Facts(one(summed(as_of, **fields)))


@pytest.fixture(scope="session")
def daily() -> Callable[..., list[dict[str, Any]]]:
    """A row a day from a first day on, each with the same cells."""

    def rows(start: str, days: int, **cells: Any) -> list[dict[str, Any]]:
        stamps = pd.date_range(start, periods=days).strftime("%Y-%m-%d")
        return [{"date": day, **cells} for day in stamps]

    return rows


@pytest.fixture(scope="session")
def orders() -> Callable[..., list[dict[str, Any]]]:
    """Orders from lines of ``customer date amount``; ids follow from the place in the text."""

    def read(text: str, **columns: Any) -> list[dict[str, Any]]:
        cells = [line.split() for line in text.splitlines() if line.strip()]
        return [
            {
                "order_id": f"o{number:03d}",
                "customer_id": None if customer == "-" else customer,
                "order_date": day,
                "amount": amount,
                **columns,
            }
            for number, (customer, day, amount) in enumerate(cells, start=1)
        ]

    return read


@pytest.fixture(scope="session")
def shared() -> Path:
    here = Path(__file__).resolve().parents[3] / "shared"
    folder = Path(os.environ.get("TOOLKIT_TEST_DATA", here))
    if not (folder / "data").is_dir():
        pytest.skip("the folder of test data is not here")
    return folder / "data"
