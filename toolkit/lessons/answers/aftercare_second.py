"""Answers on second orders: repeat rate, conversion by window, the latest months, who can still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.answers.aftercare_orders import LATEST, LONG, SHORT, History, history, rate
from toolkit.lessons.client_firm import ClientFirm
from toolkit.measures.months import month_label
from toolkit.measures.named_tests import BEFORE_COHORTS
from toolkit.words import Words, month_text, number_text

if TYPE_CHECKING:
    import pandas as pd

TWICE: Final = 2


def repeat_rate(firm: ClientFirm, book: Words) -> Answer | None:
    """customers.repeat_rate: customers with two orders or more ÷ all customers."""
    found = history(firm)
    if found is None:
        return None
    people, orders = found.people, len(found.orders)
    count, twice = len(people), people["orders"] >= TWICE
    hits = int(twice.sum())
    amount = float(people["amount"].sum())
    by_money = {"money": float(people.loc[twice, "amount"].sum()) / amount} if amount else {}
    return Answer(
        value=hits / count,
        wrong={
            "one_timers": 1 - hits / count,
            "later_orders": (orders - count) / orders,
            "per_order": hits / orders,
            "lines": float((people["lines"] >= TWICE).mean()),
            "per_customer": orders / count,
            "three": float((people["orders"] > TWICE).mean()),
            **by_money,
        },
        params={
            "hits": _count(hits, book),
            "count": _count(count, book),
            "orders": _count(orders, book),
            **_share("rate", hits / count, book),
        },
    )


def f2_short(firm: ClientFirm, book: Words) -> Answer | None:
    """customers.f2_conversion by 90 days, of customers who have had 90 days."""
    found = history(firm)
    if found is None or found.mature(SHORT).empty:
        return None
    people, mature = found.people, found.mature(SHORT)
    value, hits = rate(mature, SHORT), int((mature["wait"] <= SHORT).sum())
    whole = rate(people, SHORT)
    return Answer(
        value=value,
        wrong={
            "young_in": whole,
            "all_below": hits / len(people),
            "no_window": float(mature["wait"].notna().mean()),
            "repeat_rate": float(people["wait"].notna().mean()),
            "lines": float(((mature["wait"] <= SHORT) | (mature["first_lines"] >= TWICE)).mean()),
            "days_apart": float((_days_apart(found).reindex(mature.index) <= SHORT).mean()),
            "complement": 1 - value,
            **_of_repeaters(mature, hits),
            **_other_window(found),
        },
        params={
            **_window_params(found, book),
            "hits": _count(hits, book),
            "count": _count(len(mature), book),
            "young": _count(len(people) - len(mature), book),
            "people": _count(len(people), book),
            **_share("rate", value, book),
            **_share("whole", whole, book),
        },
    )


def f2_latest(firm: ClientFirm, book: Words) -> Answer | None:
    """customers.f2_conversion_t3 by 180 days: first orders of the latest three closed months."""
    found = history(firm)
    newest = None if found is None else found.newest(LONG)
    latest = None if found is None or newest is None else found.of_months(newest, LATEST)
    if found is None or newest is None or latest is None:
        return None
    value = rate(latest, LONG)
    before = found.of_months(newest - LATEST, BEFORE_COHORTS)
    return Answer(
        value=value,
        wrong={
            **_of_other_months(found, newest),
            "short_window": rate(latest, SHORT),
            "no_window": float(latest["wait"].notna().mean()),
            "all_time": rate(found.mature(LONG), LONG),
            "complement": 1 - value,
            **({} if before is None else {"before": rate(before, LONG)}),
        },
        params={
            **_window_params(found, book),
            **_month_params(newest, book),
            "hits": _count(int((latest["wait"] <= LONG).sum()), book),
            "count": _count(len(latest), book),
            **_share("rate", value, book),
            **_share("before", None if before is None else rate(before, LONG), book),
            **_share("all", rate(found.mature(LONG), LONG), book),
        },
    )


def still_open(firm: ClientFirm, book: Words) -> Answer | None:
    """Customers with one order whose 180 days are not yet over."""
    found = history(firm)
    if found is None:
        return None
    people = found.people
    once, young = people["wait"].isna(), people["age"] < LONG
    late = int((once & ~young).sum())
    return Answer(
        value=int((once & young).sum()),
        wrong={
            "closed_too": int(once.sum()),
            "closed_only": late,
            "second_too": int(young.sum()),
            "second_only": int((young & ~once).sum()),
            "short_window": int((once & (people["age"] < SHORT)).sum()),
            "everyone": len(people),
        },
        params={
            **_window_params(found, book),
            "open": _count(int((once & young).sum()), book),
            "young": _count(int(young.sum()), book),
            "second": _count(int((young & ~once).sum()), book),
            "late": _count(late, book),
            "once": _count(int(once.sum()), book),
        },
    )


def _of_repeaters(mature: pd.DataFrame, hits: int) -> dict[str, Given]:
    known = int(mature["wait"].notna().sum())
    return {"of_repeaters": hits / known} if known else {}


def _other_window(found: History) -> dict[str, Given]:
    older = found.mature(LONG)
    return {} if older.empty else {"other_window": rate(older, LONG)}


def _of_other_months(found: History, newest: int) -> dict[str, Given]:
    """The three months last seen, whose window is open, and the single newest closed one."""
    last = found.newest(0)
    seen, single = found.of_months(last, LATEST), found.of_months(newest, 1)
    wrong: dict[str, Given] = {}
    if seen is not None:
        wrong["young_months"] = rate(seen, LONG)
    if single is not None:
        wrong["one_month"] = rate(single, LONG)
    return wrong


def _days_apart(found: History) -> pd.Series[int]:
    """Days from the first day with an order to the second such day, by customer."""
    days = found.orders.assign(day=found.orders["order_date"].dt.normalize())
    days = days.drop_duplicates(["customer_id", "day"])
    second = days[days.groupby("customer_id").cumcount() == 1].set_index("customer_id")["day"]
    waited: pd.Series[int] = (second - found.people["first"].reindex(second.index)).dt.days
    return waited


def _window_params(found: History, book: Words) -> dict[str, str]:
    return {
        "as_of": found.as_of.isoformat(),
        "last": found.last_day.isoformat(),
        "short": str(SHORT),
        "long": str(LONG),
        "months": str(LATEST),
    }


def _month_params(newest: int, book: Words) -> dict[str, str]:
    first, last = month_label(newest - LATEST + 1), month_label(newest)
    return {
        "from": month_text(first, book.lang),
        "to": month_text(last, book.lang),
        "from_code": first,
        "to_code": last,
    }


def _share(name: str, value: float | None, book: Words) -> dict[str, str]:
    """A share as a decimal and in percent."""
    exact = "—" if value is None else f"{value:.3f}"
    return {name: exact, f"{name}_percent": number_text(value, "share", book.lang)}


def _count(number: int, book: Words) -> str:
    return number_text(number, "count", book.lang)
