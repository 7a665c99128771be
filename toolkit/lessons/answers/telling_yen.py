"""Answers on the yen of a plan: counted twice, held by the first three, low end, after costs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, Final

from toolkit import resources
from toolkit.diagnosis.plan import CONFIDENCES, LEADING, MONTHS, Action
from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import exact
from toolkit.lessons.client_words import title
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from toolkit.impact.totals import Total

LESSON: Final = "telling_the_president"
KIND: Final = "profit"
OVERLAPPING: Final = 2  # findings of which gaps can be counted twice
SPOKEN: Final = 2  # figures of an amount that is said, not printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Costed:
    """One action with its costs: as stated by the client, or as a quote to practise with."""

    action: Action
    effect: float
    share: float
    initial: float
    monthly: float
    stated: bool

    @property
    def steady(self) -> float:
        """What is left of the effect in a month."""
        return self.effect / MONTHS - self.monthly


def summed_twice(firm: ClientFirm, book: Words) -> Answer | None:
    """Yen by which the gaps added one by one exceed the joint sum."""
    total = firm.diagnosis.totals.profit
    if total is None or len(total.findings) < OVERLAPPING:
        return None
    alone = _alone(firm, total)
    effects = sum(action.yen or 0.0 for action in _profit(firm))
    wrong: dict[str, Given] = {
        "plain_sum": alone,
        "joint_sum": total.gap,
        "effects_taken": alone - effects,
        "halved": (alone - total.gap) * firm.diagnosis.totals.closure,
        "backwards": total.gap - alone,
    }
    capacity = firm.diagnosis.totals.capacity
    if capacity is not None:
        wrong["hours_in"] = alone + _alone(firm, capacity) - total.gap
    return Answer(value=alone - total.gap, wrong=wrong, params=yen_params(firm, book))


def first_three(firm: ClientFirm, book: Words) -> Answer | None:
    """Share of the profit effect that the first three actions hold."""
    profit = _profit(firm)
    total = sum(action.yen or 0.0 for action in profit)
    if total <= 0:
        return None
    leading = [action for action in profit if action.rank <= LEADING]
    largest = sorted((action.yen or 0.0 for action in profit), reverse=True)
    margin = firm.diagnosis.totals.margin
    wrong: dict[str, Given] = {
        "by_count": len(leading) / len(profit),
        "largest_three": sum(largest[:LEADING]) / total,
        "first_alone": (profit[0].yen or 0.0) / total,
        "rest": 1 - _sum(leading) / total,
    }
    if margin:
        wrong["of_margin"] = _sum(leading) / margin
    joint = firm.diagnosis.totals.profit
    if joint is not None:
        wrong["of_gap"] = _sum(leading) / joint.gap
    return Answer(value=_sum(leading) / total, wrong=wrong, params=yen_params(firm, book))


def low_end(firm: ClientFirm, book: Words) -> Answer | None:
    """What the plan brings at the low end of the interval, closing the assumed part of the gap."""
    totals = firm.diagnosis.totals
    total = totals.profit
    if total is None or total.low is None or total.high is None:
        return None
    return Answer(
        value=total.low * totals.closure,
        wrong={
            "whole_gap": total.low,
            "point": total.gap * totals.closure,
            "point_whole": total.gap,
            "high_end": total.high * totals.closure,
            "width": (total.high - total.low) * totals.closure,
            "a_month": total.low * totals.closure / MONTHS,
        },
        params=yen_params(firm, book),
    )


def payback(firm: ClientFirm, book: Words) -> Answer | None:
    """Months until what an action costs at first has come back."""
    one = costed(firm)
    if one is None or one.initial <= 0:
        return None
    return Answer(
        value=one.initial / one.steady,
        wrong={
            "no_monthly": one.initial / (one.effect / MONTHS),
            "whole_gap": one.initial / (one.share / MONTHS - one.monthly),
            "in_years": one.initial / (one.steady * MONTHS),
            "year_of_fees": (one.initial + MONTHS * one.monthly) / (one.effect / MONTHS),
        },
        params=cost_params(one, firm, book),
    )


def first_year(firm: ClientFirm, book: Words) -> Answer | None:
    """What is left of an action's effect in its first year."""
    one = costed(firm)
    if one is None:
        return None
    year = one.steady * MONTHS
    return Answer(
        value=year - one.initial,
        wrong={
            "later_year": year,
            "effect_only": one.effect,
            "one_month_of_fees": one.effect - one.initial - one.monthly,
            "whole_gap": one.share - MONTHS * one.monthly - one.initial,
            "costs_only": one.initial + MONTHS * one.monthly,
        },
        params=cost_params(one, firm, book),
    )


def costed(firm: ClientFirm) -> Costed | None:
    """The first action whose costs are stated and come back; else the first one with a quote."""
    profit = _profit(firm)
    stated = [one for one in profit if one.payback_months]
    for action in stated or profit:
        yen = firm.diagnosis.finding(action.findings[0]).yen
        if action.yen is None or yen is None or yen.share is None or action.yen <= 0:
            continue
        quote = _quote(action.yen)
        initial, monthly = (action.initial_yen, action.monthly_yen) if stated else quote
        return Costed(
            action=action,
            effect=action.yen,
            share=yen.share,
            initial=initial or 0.0,
            monthly=monthly or 0.0,
            stated=bool(stated),
        )
    return None


def yen_params(firm: ClientFirm, book: Words) -> dict[str, str]:
    """What fills words about the sums of a plan."""
    totals, profit = firm.diagnosis.totals, _profit(firm)
    total = totals.profit
    leading = [action for action in profit if action.rank <= LEADING]
    effects = sum(action.yen or 0.0 for action in profit)
    made = {
        "closure": f"{totals.closure:.0%}",
        "leading": str(len(leading)),
        "counted": str(len(profit)),
        "three_sum": exact(_sum(leading), firm, book),
        "three_terms": " + ".join(exact(one.yen or 0.0, firm, book) for one in leading),
        "three_share": number_text(_sum(leading) / effects if effects else 0.0, "share", book.lang),
        "effects": exact(effects, firm, book),
    }
    if total is None:
        return made
    return {**made, **_sum_params(total, firm, book)}


def _sum_params(total: Total, firm: ClientFirm, book: Words) -> dict[str, str]:
    alone, closure = _alone(firm, total), firm.diagnosis.totals.closure
    low, high = total.low or total.gap, total.high or total.gap
    return {
        "findings": str(len(total.findings)),
        "alone": exact(alone, firm, book),
        "joint": exact(total.gap, firm, book),
        "twice": exact(alone - total.gap, firm, book),
        "times": number_text(alone / total.gap, "ratio", book.lang),
        "low": exact(low, firm, book),
        "high": exact(high, firm, book),
        "low_effect": exact(low * closure, firm, book),
        "high_effect": exact(high * closure, firm, book),
        "effect": exact(total.effect, firm, book),
        "low_spoken": spoken(low * closure, firm, book),
        "high_spoken": spoken(high * closure, firm, book),
    }


def cost_params(one: Costed, firm: ClientFirm, book: Words) -> dict[str, str]:
    """What fills words about the costs of an action."""
    return {
        "code": one.action.findings[0],
        "title": title(firm.diagnosis, book, one.action.findings[0]),
        "whose": book.text(f"lessons.{LESSON}.quote.{'stated' if one.stated else 'practice'}"),
        "a_year": exact(one.effect, firm, book),
        "a_month": exact(one.effect / MONTHS, firm, book),
        "initial": exact(one.initial, firm, book),
        "monthly": exact(one.monthly, firm, book),
        "left": exact(one.steady, firm, book),
        "months": number_text(round(one.initial / one.steady, 1), "months", book.lang),
        "net": exact(one.steady * MONTHS - one.initial, firm, book),
        "net_later": exact(one.steady * MONTHS, firm, book),
    }


def spoken(value: float, firm: ClientFirm, book: Words) -> str:
    """Yen as one says it: no more figures than anyone remembers."""
    currency = str(firm.diagnosis.client["currency"])
    return number_text(_figures(value, SPOKEN), "yen", book.lang, currency)


def sureness(confidence: str | None) -> str:
    """A confidence, the lowest one where none is stated."""
    return confidence or CONFIDENCES[-1]


def _quote(effect: float) -> tuple[float, float]:
    """Costs to practise with, in two figures: once, and each month."""
    record = resources.content("lessons", f"{LESSON}.toml").read_text("utf-8")
    quote, month = tomllib.loads(record)["firm"]["quote"], effect / MONTHS
    costs = (month * quote["initial_months"], month * quote["monthly_share"])
    return _figures(costs[0], SPOKEN), _figures(costs[1], SPOKEN)


def _figures(value: float, count: int) -> float:
    return round(value, count - 1 - floor(log10(value))) if value > 0 else value


def _profit(firm: ClientFirm) -> list[Action]:
    """Actions that enter the sum of profit, in their order."""
    total = firm.diagnosis.totals.profit
    counted = total.findings if total is not None else ()
    actions = [one for one in firm.diagnosis.actions if one.findings[0] in counted]
    return [one for one in actions if one.kind == KIND and one.yen is not None]


def _alone(firm: ClientFirm, total: Total) -> float:
    """The gaps of the findings of a sum, each as if it were the only one, added up."""
    worth = [firm.diagnosis.finding(code).yen for code in total.findings]
    return sum(one.gap or 0.0 for one in worth if one is not None)


def _sum(actions: list[Action]) -> float:
    return sum(action.yen or 0.0 for action in actions)
