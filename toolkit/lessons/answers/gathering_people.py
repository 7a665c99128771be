"""Answers on who is gathered: sales to those known, channels, contacts kept, consent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.frameworks.channel import CHANNELS
from toolkit.frameworks.framework import UNKNOWN
from toolkit.frameworks.sales import Sales
from toolkit.lessons.answer import Answer, Given, Table
from toolkit.lessons.answers.parts import chosen
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.sales_figures import share, summaries, yen
from toolkit.measures.months import MONTHS_A_YEAR, months_before
from toolkit.measures.orders import between, order_coverage
from toolkit.words import Words, date_text

if TYPE_CHECKING:
    import pandas as pd

WORDS: Final = "lessons.gathering"
NEEDS: Final = {"a": "build", "b": "keep", "c": "optional", "d": "ask"}
SHOWN: Final = {True: "yes", False: "no", None: "blank"}


def orders_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Orders of the last twelve months: date, amount, whether it is a customer's first."""
    import pandas as pd

    made = _recent(firm)
    if made is None:
        return None
    days = pd.to_datetime(made["day_no"] // 1, unit="D")
    return made.assign(date=days)[["date", "amount", "first"]].reset_index(drop=True)


def _recent(firm: ClientFirm) -> pd.DataFrame | None:
    every = _orders(firm)
    s = summaries(firm)
    covered = None if s is None else order_coverage(s)
    if every is None or covered is None:
        return None
    made = between(every, months_before(covered.last, MONTHS_A_YEAR), covered.last)
    return made if float(made["amount"].sum()) > 0 else None


def _orders(firm: ClientFirm) -> pd.DataFrame | None:
    """Orders; a guest's counts as first, for nobody can say that he came back."""
    s = summaries(firm)
    if s is None or s.orders is None or s.customers is None or s.customers.empty:
        return None
    first = s.orders["order_id"].isin(s.customers["first_order_id"])
    return s.orders.assign(first=first | s.orders["customer_id"].isna())


def both_sides(firm: ClientFirm, book: Words) -> Answer | None:
    """Sales of orders that are not a customer's first ÷ all sales of twelve months."""
    recent, every = _recent(firm), _orders(firm)
    if recent is None or every is None:
        return None
    known = recent[~recent["first"]]
    total, value = float(recent["amount"].sum()), float(known["amount"].sum())
    buyers = recent["customer_id"].nunique()
    return Answer(
        value=value / total,
        wrong={
            "new_side": 1 - value / total,
            "orders_counted": len(known) / len(recent),
            "people_counted": known["customer_id"].nunique() / buyers if buyers else 0.0,
            "amount_only": value,
            "all_time": float(every.loc[~every["first"], "amount"].sum() / every["amount"].sum()),
        },
        params={
            "existing": yen(firm, book, value),
            "total": yen(firm, book, total),
            "new": yen(firm, book, total - value),
            "share": f"{value / total:.3f}",
            "percent": share(book, value / total),
            "new_percent": share(book, 1 - value / total),
        },
    )


def channels_fit(firm: ClientFirm, book: Words) -> Answer | None:
    """Channels that reach the target and can be afforded now."""
    sales = firm.objects().get("sales")
    if not isinstance(sales, Sales):
        return None
    found = {one.code: one for one in sales.channels or () if one.code in CHANNELS}
    right = tuple(code for code in CHANNELS if code in found and found[code].fit == "fits")
    if not right or len(right) == len(found):
        return None
    rows = tuple(
        (code, *(SHOWN[x] for x in (found[code].used, found[code].reach, found[code].affordable)))
        for code in CHANNELS
        if code in found
    )
    return Answer(
        value=right,
        wrong=_tempting(sales, right),
        params={
            "count": str(len(right)),
            "chosen": _names(book, right),
            "left": _left(sales, book),
        },
        options=CHANNELS,
        table=Table(columns=("channel", "used", "reach", "affordable"), rows=rows),
    )


def _tempting(sales: Sales, right: tuple[str, ...]) -> dict[str, Given]:
    """One that fails a condition, or is not used, taken in place of the last that meets both."""
    codes = {"not_affordable": "too_dear", "not_reached": "out_of_reach", "not_used": "unused"}
    return {
        codes[fit]: (*right[:-1], code)
        for code, fit in reversed(list(sales.fits.items()))
        if fit in codes and code in CHANNELS
    }


def _names(book: Words, codes: tuple[str, ...]) -> str:
    return book.text(f"{WORDS}.separator").join(book.text(f"{WORDS}.code.{code}") for code in codes)


def _left(sales: Sales, book: Words) -> str:
    known = tuple(
        code for code in CHANNELS if sales.fits.get(code) in ("not_reached", "not_affordable")
    )
    return _names(book, known) if known else book.text(f"{WORDS}.none")


def capture_need(firm: ClientFirm, book: Words) -> Answer | None:
    """Whether contacts must be taken, and whether they are."""
    sales = firm.objects().get("sales")
    if not isinstance(sales, Sales) or sales.negotiation is None:
        return None
    need = _need(sales)
    params = {
        "negotiation": book.text(f"{WORDS}.said.{sales.negotiation}"),
        "capture": book.text(f"{WORDS}.said.{sales.capture or UNKNOWN}"),
    }
    return chosen(
        NEEDS,
        need,
        params={**params, "why": book.text(f"{WORDS}.capture_need.why.{need}", **params)},
    )


def _need(sales: Sales) -> str:
    if sales.capture_required is None:
        return "ask"
    if not sales.capture_required:
        return "optional"
    if sales.capture in (None, UNKNOWN):
        return "ask"
    return "keep" if sales.capture == "yes" else "build"


def people_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """The customer list: first day, source, day of consent."""
    people = _people(firm)
    if people is None:
        return None
    names = ("first_date", "channel", "opt_in_at")
    return people[[name for name in names if name in people]]


def _people(firm: ClientFirm) -> pd.DataFrame | None:
    people = firm.rows("customers")
    if people is None or "opt_in_at" not in people or people.empty:
        return None
    return people.drop_duplicates("customer_id").reset_index(drop=True)


def opt_in(firm: ClientFirm, book: Words) -> Answer | None:
    """Customers whose consent is on record ÷ all on the list."""
    people = _people(firm)
    if people is None:
        return None
    agreed, n = int(people["opt_in_at"].notna().sum()), len(people)
    return Answer(
        value=agreed / n,
        wrong={"without": 1 - agreed / n, "agreed_count": agreed, **_part(people, firm, agreed)},
        params={
            "agreed": f"{agreed:,}",
            "n": f"{n:,}",
            "silent": f"{n - agreed:,}",
            "share": f"{agreed / n:.3f}",
            "percent": share(book, agreed / n),
            "since": date_text("2008-12-01", book.lang),
        },
    )


def _part(people: pd.DataFrame, firm: ClientFirm, agreed: int) -> dict[str, Given]:
    """What comes out where only those of the last year, or all as agreed, are looked at."""
    made: dict[str, Given] = {"everyone": 1.0}
    if "first_date" in people:
        turn = months_before(firm.case.as_of, MONTHS_A_YEAR) if firm.case else None
        recent = people[people["first_date"].dt.date > turn]
        if len(recent):
            made["latest_year"] = float(recent["opt_in_at"].notna().mean())
            made["over_recent"] = agreed / len(recent)
    return made
