"""Answers on the money of offers: margin, who keeps the value, orders a discount needs, months."""

from __future__ import annotations

from typing import Final

from toolkit.lessons.answer import Answer, Given, Table
from toolkit.lessons.answers.parts import grouped
from toolkit.lessons.offer_firm import OfferFirm, Plan
from toolkit.words import Words, number_text

WORDS: Final = "lessons.offer"
TRIED: Final = 0.1  # the discount asked about where a firm proposes none
PAIRED: Final = 2


def margin(firm: OfferFirm, book: Words) -> Answer | None:
    """Price − costs − add-ons of the proposal with add-ons, else of what is sold today."""
    plan = firm.first_of("bonus") or firm.now
    if plan is None:
        return None
    costs = list(plan.costs.items())
    wrong: dict[str, Given] = {
        "no_add_ons": plan.margin + plan.add_ons,
        "cost_only": plan.cost,
        "rate": plan.margin / plan.price,
        "worth_less_cost": (plan.worth or plan.price) - plan.cost,
        **{f"without_{name}": plan.margin + value for name, value in costs if len(costs) > 1},
        "added": plan.price + plan.cost,
    }
    parts = [plan.price, *(value for _, value in costs)]
    worked = " − ".join(grouped(value) for value in (*parts, *_single(plan)))
    return Answer(
        value=plan.margin,
        wrong=wrong,
        params={"plan": plan.name, "worked": worked, "margin": grouped(plan.margin)},
        table=_table(plan, book),
    )


def _single(plan: Plan) -> list[float]:
    return [add_on.cost_yen or 0.0 for add_on in plan.offer.add_ons or ()]


def _table(plan: Plan, book: Words) -> Table:
    rows = [("price", plan.price), *plan.costs.items()]
    named = [(book.text(f"{WORDS}.column.{name}"), grouped(value)) for name, value in rows]
    extra = [(add_on.name, grouped(add_on.cost_yen or 0)) for add_on in plan.offer.add_ons or ()]
    return Table(columns=("item", "yen"), rows=(*named, *extra))


def customer_share(firm: OfferFirm, book: Words) -> Answer | None:
    """(Worth − price) ÷ (worth − cost): who keeps what the exchange creates."""
    plan = firm.first_of("bonus") or firm.now
    if plan is None or firm.now is None or plan.worth is None or plan.worth <= plan.cost:
        return None
    theirs, made = plan.worth - plan.price, plan.worth - plan.cost
    bare = made + plan.add_ons
    wrong: dict[str, Given] = {
        "of_worth": theirs / plan.worth,
        "of_price": theirs / plan.price,
        "supplier": plan.margin / made,
        "add_ons_forgotten": theirs / bare if bare else 0.0,
        "to_supplier": theirs / plan.margin if plan.margin else 0.0,
    }
    if firm.now.worth is not None:
        before = firm.now.worth - plan.price
        wrong["old_worth"] = before / (firm.now.worth - plan.cost)
    return Answer(
        value=theirs / made,
        wrong=wrong,
        params={
            "plan": plan.name,
            "worth": grouped(plan.worth),
            "price": grouped(plan.price),
            "cost": grouped(plan.cost),
            "theirs": grouped(theirs),
            "ours": grouped(plan.margin),
            "made": grouped(made),
            "share": f"{theirs / made:.3f}",
            "percent": number_text(theirs / made, "share", book.lang),
            **_each_yen(firm, plan, book),
        },
    )


def _each_yen(firm: OfferFirm, plan: Plan, book: Words) -> dict[str, str]:
    """What a yen given away gives the customer: by add-ons, and by a lower price."""
    now = firm.now
    raised = (plan.worth or 0) - ((now.worth if now else 0) or 0)
    if not plan.add_ons:
        return {"more": book.text(f"{WORDS}.customer_share.more.plain")}
    params = {
        "raised": grouped(raised),
        "spent": grouped(plan.add_ons),
        "by_bonus": f"{raised / plan.add_ons:.1f}",
    }
    return {"more": book.text(f"{WORDS}.customer_share.more.bonus", **params)}


def discount_orders(firm: OfferFirm, book: Words) -> Answer | None:
    """Orders × margin today ÷ margin after the discount."""
    now = firm.now
    if now is None or not now.orders:
        return None
    found = firm.first_of("discount")
    price = found.price if found else now.price * (1 - TRIED)
    cost = found.cost if found else now.cost
    after, share = price - cost, 1 - price / now.price
    if after <= 0 or now.margin <= 0:
        return None
    needed = now.left() / after
    return Answer(
        value=needed,
        wrong={
            "times_share": now.orders * (1 + share),
            "same_sales": now.orders / (1 - share),
            "by_share_of_margin": now.orders * (1 + share * now.price / now.margin),
            "extra_only": needed - now.orders,
            "unchanged": now.orders,
            "backwards": now.orders * after / now.margin,
            "times_only": needed / now.orders,
        },
        params={
            "orders": grouped(now.orders),
            "price": grouped(now.price),
            "margin": grouped(now.margin),
            "left": grouped(now.left()),
            "discount": number_text(share, "share", book.lang).replace(".0%", "%"),
            "new_price": grouped(price),
            "after": grouped(after),
            "needed": f"{needed:,.1f}",
            "times": f"{needed / now.orders:.2f}",
            "lost": number_text(1 - after / now.margin, "share", book.lang),
            "same_sales": f"{now.orders / (1 - share):,.1f}",
        },
    )


def best_month(firm: OfferFirm, book: Words) -> Answer | None:
    """Proposals by what they leave over, best first."""
    plans = [plan for plan in firm.proposals if plan.orders]
    if len(plans) < PAIRED:
        return None
    ranked = sorted(plans, key=lambda plan: -plan.left())
    wrong = {
        "by_sales": max(plans, key=lambda plan: plan.sales),
        "by_price_margin": max(plans, key=lambda plan: plan.margin),
        "by_main_alone": max(plans, key=lambda plan: (plan.orders or 0) * plan.margin),
    }
    worked = "\n".join(f"- {_month(plan)}" for plan in ranked)
    return Answer(
        value=tuple(plan.key for plan in ranked),
        wrong={code: (plan.key,) for code, plan in wrong.items() if plan.key != ranked[0].key},
        params={
            "count": str(len(ranked)),
            "worked": worked,
            "now": grouped(firm.now.left()) if firm.now else "—",
            "best": ranked[0].name,
            "best_left": grouped(ranked[0].left()),
            "sales_key": wrong["by_sales"].key,
            "sales": grouped(wrong["by_sales"].sales),
            "sales_left": grouped(wrong["by_sales"].left()),
        },
        options=tuple(plan.key for plan in plans),
    )


def _month(plan: Plan) -> str:
    main = f"{grouped(plan.orders or 0)} × {grouped(plan.margin)}"
    trial = f" + {grouped(plan.trials)} × ({grouped(plan.trial_margin)})" if plan.trials else ""
    return f"{plan.key}: {main}{trial} = {grouped(plan.left())}"
