"""Answers on the shop: how many carts become orders, what a point brings, what a send leaves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Given, Table
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import currency
from toolkit.lessons.sales_figures import share, summaries, yen
from toolkit.lessons.two_clients import TwoClients
from toolkit.measures.traffic import STEPS, TRAFFIC
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

MIN_SOURCES: Final = 2
POINTS: Final = 0.05  # more of the carts that go on to the checkout: the what-if of the question


def traffic_frame(firm: TwoClients, book: Words) -> pd.DataFrame | None:
    """Visits, carts, checkouts and orders, a row a week and source."""
    traffic = firm.shop.rows(TRAFFIC)
    if traffic is None or not {"date", *STEPS} <= set(traffic.columns):
        return None
    names = [name for name in ("date", "channel") if name in traffic]
    made = traffic.dropna(subset=list(STEPS))[[*names, *STEPS]].reset_index(drop=True)
    return made if float(made["carts"].sum()) > 0 else None


def steps_of(firm: TwoClients, book: Words) -> dict[str, float] | None:
    """Sums of the four steps; None where they are not all counted, or grow on the way."""
    traffic = traffic_frame(firm, book)
    if traffic is None:
        return None
    made = {name: float(traffic[name].sum()) for name in STEPS}
    falling = all(made[a] >= made[b] > 0 for a, b in pairwise(STEPS))
    return made if falling else None


def cart_to_order(firm: TwoClients, book: Words) -> Answer | None:
    """Orders ÷ carts."""
    steps = steps_of(firm, book)
    if steps is None:
        return None
    visits, carts, checkouts, orders = (steps[name] for name in STEPS)
    rate = orders / carts
    return Answer(
        value=rate,
        wrong={
            "left_behind": 1 - rate,
            "of_visits": orders / visits,
            "last_step": orders / checkouts,
            "first_step": checkouts / carts,
            "visits_to_carts": carts / visits,
            "upside_down": carts / orders,
        },
        params={
            **{name: f"{value:,.0f}" for name, value in steps.items()},
            "rate": f"{rate:.3f}",
            "percent": share(book, rate),
            "left": share(book, 1 - rate),
            "first": share(book, checkouts / carts),
            "second": share(book, orders / checkouts),
            "overall": share(book, orders / visits),
        },
    )


def source_rate(firm: TwoClients, book: Words) -> Answer | None:
    """Orders ÷ carts of the source with the fewest carts."""
    traffic, steps = traffic_frame(firm, book), steps_of(firm, book)
    if traffic is None or steps is None or "channel" not in traffic:
        return None
    by = traffic.groupby("channel")[list(STEPS)].sum()
    by = by[(by > 0).all(axis=1)]
    if len(by) < MIN_SOURCES:
        return None
    name = str(by["carts"].idxmin())
    visits, carts, checkouts, orders = (float(by[step][name]) for step in STEPS)
    return Answer(
        value=orders / carts,
        wrong={
            "every_source": steps["orders"] / steps["carts"],
            "left_behind": 1 - orders / carts,
            "of_visits": orders / visits,
            "last_step": orders / checkouts,
            "part_of_all": orders / steps["orders"],
        },
        params={
            "source": name,
            "carts": f"{carts:,.0f}",
            "orders": f"{orders:,.0f}",
            "rate": f"{orders / carts:.3f}",
            "percent": share(book, orders / carts),
            "lowest": share(book, float((by["orders"] / by["carts"]).min())),
            "highest": share(book, float((by["orders"] / by["carts"]).max())),
        },
    )


def extra_orders(firm: TwoClients, book: Words) -> Answer | None:
    """Orders gained if some points more of the carts went on to the checkout."""
    steps = steps_of(firm, book)
    if steps is None or steps["checkouts"] / steps["carts"] + POINTS > 1:
        return None
    visits, carts, checkouts, orders = (steps[name] for name in STEPS)
    more, last = carts * POINTS, orders / checkouts
    return Answer(
        value=more * last,
        wrong={
            "not_carried_on": more,
            "share_of_orders": orders * POINTS,
            "from_visits": visits * POINTS * last,
            "all_orders": orders + more * last,
        },
        params={
            "points": share(book, POINTS).replace(".0%", ""),
            "step": f"{POINTS:g}",
            "carts": f"{carts:,.0f}",
            "more": f"{more:,.1f}",
            "last": f"{last:.3f}",
            "extra": f"{more * last:,.0f}",
            "orders": f"{orders:,.0f}",
            "percent": share(book, more * last / orders),
        },
        table=Table(
            columns=("step", "count"),
            rows=tuple((name, f"{steps[name]:,.0f}") for name in STEPS),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One kind of promotion over twelve months, and the margin of an order in that time."""

    kind: str
    sends: float
    cost: float
    responses: float
    margin: float
    order: float

    @property
    def net(self) -> float:
        """What it left after its cost."""
        return self.responses * self.margin - self.cost


def promotions_frame(firm: TwoClients, book: Words) -> pd.DataFrame | None:
    """Kinds of promotion over twelve months: rounds, sends, cost, responses."""
    rows = _promotions(firm.shop)
    if rows is None:
        return None
    made = rows.groupby("kind", as_index=False)[["sends", "cost", "responses"]].sum()
    made.insert(1, "rounds", rows.groupby("kind").size().to_numpy())
    return made


def _promotions(firm: ClientFirm) -> pd.DataFrame | None:
    from toolkit.measures.compare import within
    from toolkit.measures.months import MONTHS_A_YEAR, months_before
    from toolkit.measures.rows import day_numbers

    s, names = summaries(firm), ["date", "kind", "sends", "cost", "responses"]
    if s is None or not s.has("promotions", *names):
        return None
    rows = s.tables["promotions"].dropna(subset=names)
    start = months_before(s.as_of, MONTHS_A_YEAR)
    recent: pd.DataFrame = rows[within(day_numbers(rows["date"]), start, s.as_of)]
    return recent if float(recent["sends"].sum()) > 0 else None


def sent(firm: TwoClients) -> Sent | None:
    """The kind that left least by the fact ``promotions.net_yen``; None where it is not known."""
    shop = firm.shop
    known = {
        str(fact.by["kind"]): fact.number
        for fact in shop.diagnosis.facts.values()
        if fact.id == "promotions.net_yen" and fact.known and "kind" in fact.by
    }
    rows, rate = _promotions(shop), shop.number("costs.contribution_margin_rate")
    order = shop.number("customers.order_value_12m") or _order_value(shop)
    if rows is None or not known or rate is None or order is None:
        return None
    kind = min(known, key=lambda name: known[name] or 0.0)
    mine = rows[rows["kind"] == kind]
    sends, cost, responses = (float(mine[name].sum()) for name in ("sends", "cost", "responses"))
    if sends <= 0:
        return None
    margin = ((known[kind] or 0.0) + cost) / responses if responses else order * rate
    margin = float(round(margin, 0 if currency(shop) == "JPY" else 2))  # as it is printed
    return Sent(
        kind=kind, sends=sends, cost=cost, responses=responses, margin=margin, order=margin / rate
    )


def _order_value(firm: ClientFirm) -> float | None:
    return firm.number("customers.aov")


def net_per_send(firm: TwoClients, book: Words) -> Answer | None:
    """(Responses × margin of an order − cost) ÷ sends."""
    one = sent(firm)
    if one is None:
        return None
    shop = firm.shop
    wrong: dict[str, Given] = {
        "sales_counted": (one.responses * one.order - one.cost) / one.sends,
        "cost_left_out": one.responses * one.margin / one.sends,
        "cost_only": -one.cost / one.sends,
        "not_per_send": one.net,
    }
    if one.responses:
        wrong["per_response"] = one.net / one.responses
    needed = one.cost / one.sends / one.margin if one.margin > 0 else 0.0
    return Answer(
        value=one.net / one.sends,
        wrong=wrong,
        params={
            "kind": one.kind,
            "sends": f"{one.sends:,.0f}",
            "cost": yen(shop, book, one.cost),
            "responses": f"{one.responses:,.0f}",
            "margin": yen(shop, book, one.margin),
            "brought": yen(shop, book, one.responses * one.margin),
            "net": yen(shop, book, one.net),
            "each": f"{one.net / one.sends:,.1f}".replace("-", "−"),
            "response": _fine(one.responses / one.sends),
            "needed": _fine(needed),
        },
    )


def _fine(value: float) -> str:
    """A small share in percent, to two decimals."""
    return f"{value * 100:.2f}%"
