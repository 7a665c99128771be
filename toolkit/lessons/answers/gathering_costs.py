"""Answers on what gathering costs, CPO and CAC, and how much of it hangs on advertising."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lessons.answer import Answer, Given, Table
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.sales_figures import share, sources, summaries, yen
from toolkit.measures.advertising import read_spend
from toolkit.measures.customer_sources import named, new_customers
from toolkit.measures.labels import folded
from toolkit.measures.months import MONTHS_A_YEAR
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

CAC = "acquisition.cac"
PARTS = ("advertising", "personnel")
MIN_CHANNELS = 2


def ads_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Advertising by month and channel, with the new customers its reports claim."""
    s = summaries(firm)
    spend = None if s is None else read_spend(s)
    if spend is None:
        return None
    return spend[["month", "channel", "amount", "new_customers"]].reset_index(drop=True)


def cpo(firm: ClientFirm, book: Words) -> Answer | None:
    """Advertising ÷ new customers it brought."""
    ads = ads_frame(firm, book)
    if ads is None or float(ads["new_customers"].sum()) <= 0:
        return None
    amount, won = float(ads["amount"].sum()), float(ads["new_customers"].sum())
    by = ads.groupby("channel")[["amount", "new_customers"]].sum()
    each = (by["amount"] / by["new_customers"]).dropna()
    rows = ads[ads["new_customers"] > 0]
    months = ads["month"].nunique()
    wrong: dict[str, Given] = {
        "mean_of_channels": float(each.mean()),
        "mean_of_rows": float((rows["amount"] / rows["new_customers"]).mean()),
        "upside_down": won / amount,
        "a_month": amount / months,
    }
    known = firm.number("acquisition.new_customers")
    if known:
        wrong["all_new"] = amount / known
    return Answer(
        value=amount / won,
        wrong=wrong,
        params={
            "amount": yen(firm, book, amount),
            "won": f"{won:,.0f}",
            "cpo": yen(firm, book, amount / won),
            "cheap": _channel(book, firm, each, "min"),
            "dear": _channel(book, firm, each, "max"),
            "mean": yen(firm, book, float(each.mean())),
        },
    )


def cpo_drill(firm: ClientFirm, book: Words) -> Answer | None:
    """CPO of the dearest channel over its latest twelve months."""
    ads = ads_frame(firm, book)
    if ads is None:
        return None
    months = sorted(ads["month"].unique())[-MONTHS_A_YEAR:]
    recent = ads[ads["month"].isin(months)]
    by = recent.groupby("channel")[["amount", "new_customers"]].sum()
    by = by[by["new_customers"] > 0]
    if len(by) < MIN_CHANNELS:
        return None
    name = str((by["amount"] / by["new_customers"]).idxmax())
    amount, won = float(by["amount"][name]), float(by["new_customers"][name])
    ever = ads.loc[ads["channel"] == name, ["amount", "new_customers"]].sum()
    every = by.sum()
    return Answer(
        value=amount / won,
        wrong={
            "all_time": float(ever["amount"] / ever["new_customers"]),
            "every_channel": float(every["amount"] / every["new_customers"]),
            "upside_down": won / amount,
            "a_month": amount / len(months),
            "of_all_new": amount / float(every["new_customers"]),
        },
        params={
            "channel": name,
            "from": str(months[0]),
            "to": str(months[-1]),
            "amount": yen(firm, book, amount),
            "won": f"{won:,.0f}",
            "cpo": yen(firm, book, amount / won),
            "ever": yen(firm, book, float(ever["amount"] / ever["new_customers"])),
        },
    )


def _channel(book: Words, firm: ClientFirm, each: pd.Series[float], end: str) -> str:
    name = str(each.idxmin() if end == "min" else each.idxmax())
    return f"{name} {yen(firm, book, float(each[name]))}"


def cac(firm: ClientFirm, book: Words) -> Answer | None:
    """Advertising and people ÷ all new customers."""
    fact = firm.diagnosis.facts.get(CAC)
    if fact is None or not fact.known or not fact.n or not fact.number:
        return None
    parts = {item.key: float(item.value or 0) for item in fact.items}
    ads, people = (parts.get(name, 0.0) for name in PARTS)
    return Answer(
        value=fact.number,
        wrong={
            "ads_only": ads / fact.n,
            "people_only": people / fact.n,
            "sum_only": ads + people,
            **_claimed(firm, ads, people),
        },
        params={
            "ads": yen(firm, book, ads),
            "people": yen(firm, book, people),
            "n": f"{fact.n:,}",
            "sum": yen(firm, book, ads + people),
            "cac": yen(firm, book, fact.number),
            "blended": yen(firm, book, ads / fact.n),
        },
        table=Table(
            columns=(*PARTS, "new_customers"),
            rows=((f"{ads:,.0f}", f"{people:,.0f}", f"{fact.n:,}"),),
        ),
    )


def _claimed(firm: ClientFirm, ads: float, people: float) -> dict[str, Given]:
    s = summaries(firm)
    spend = None if s is None else read_spend(s)
    won = 0.0 if spend is None else float(spend["new_customers"].sum())
    if won <= 0:
        return {}
    return {"paid_only": (ads + people) / won, "cpo_itself": ads / won}


def new_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """New customers by source, and whether money is spent on it."""
    s = summaries(firm)
    spend, customers = (None, None) if s is None else (read_spend(s), new_customers(s))
    if spend is None or customers is None:
        return None
    bringing = spend.groupby("channel")["new_customers"].sum()
    if not (bringing > 0).any() or not named(customers, bringing[bringing > 0].index):
        return None
    names = sources(firm)
    counts = customers.dropna(subset=["source", "day"])["source"].value_counts()
    made = counts.rename_axis("source").reset_index(name="customers")
    paid = made["source"].isin({folded(str(name)) for name in bringing.index})
    labels = [names.get(name, name) for name in made["source"]]
    return made.assign(paid=paid, source=labels)[["source", "paid", "customers"]]


def paid_share(firm: ClientFirm, book: Words) -> Answer | None:
    """New customers from sources money is spent on ÷ all new customers with a source."""
    new = new_frame(firm, book)
    if new is None:
        return None
    paid, n = int(new.loc[new["paid"], "customers"].sum()), int(new["customers"].sum())
    ads = ads_frame(firm, book)
    claimed = 0.0 if ads is None else float(ads["new_customers"].sum())
    return Answer(
        value=paid / n,
        wrong={
            "unpaid": 1 - paid / n,
            "sources_counted": float(new["paid"].mean()),
            "largest_alone": float(new.loc[new["paid"], "customers"].max()) / n,
            "against_unpaid": paid / (n - paid) if n > paid else 0.0,
            "reports_claim": claimed / n,
        },
        params={
            "paid": f"{paid:,}",
            "n": f"{n:,}",
            "share": f"{paid / n:.3f}",
            "percent": share(book, paid / n),
            "unpaid_percent": share(book, 1 - paid / n),
        },
    )
