"""Answers on the second visit: what was promised and realised, what may be said, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

from toolkit.frameworks import FitCell, Planning
from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.answers.capstone_rates import Z_95
from toolkit.lessons.answers.parts import chosen
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_words import title
from toolkit.lessons.days import months
from toolkit.lessons.evidence import record
from toolkit.lessons.planted_client import PlantedFirm
from toolkit.words import Words, month_text, number_text

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.diagnosis.changes.changes import Promise
    from toolkit.diagnosis.document import Diagnosis

WORDS: Final = "lessons.capstone"
EFFECTS: Final = {"a": "achieved", "b": "nothing", "c": "early", "d": "stop"}
LETTERS: Final = "abcd"
MONTHS_BEFORE: Final = 3  # months the month after the change is set against
FEWEST: Final = 2  # offers of which one can be chosen
SCORES: Final = ("reach", "need", "pay", "ability")


@dataclass(frozen=True, slots=True, kw_only=True)
class CartMonth:
    """The month after the change beside those before it: the share of visits with a cart."""

    name: str
    rate: float
    before: float
    band: float

    @property
    def beyond(self) -> bool:
        """Whether the month differs by more than chance."""
        return abs(self.rate - self.before) > self.band


def realised(firm: ClientFirm, book: Words) -> Answer | None:
    """How much of the promised effect the gap has shrunk by."""
    one = _promise(firm)
    if one is None or not one.promised or not one.gap_then or one.gap_now is None:
        return None
    gained = one.gap_then - one.gap_now
    return Answer(
        value=gained / one.promised,
        wrong={
            "gap_left": one.gap_now / one.gap_then,
            "of_gap": gained / one.gap_then,
            "left_over_promised": one.gap_now / one.promised,
            "closure": one.promised / one.gap_then,
        },
        params=_promise_params(one, firm, book),
    )


def say_effect(firm: ClientFirm, book: Words) -> Answer | None:
    """What may be said a month after: achieved, nothing seen, or an early sign only."""
    one, month = _promise(firm), cart_month(firm)
    if one is None or month is None or one.promised is None:
        return None
    seen = "early" if month.beyond else "nothing"
    right = "achieved" if one.direction == "better" else seen
    params = {**_promise_params(one, firm, book), **_month_params(month, book)}
    return chosen(
        EFFECTS,
        right,
        params={**params, "why": book.text(f"{WORDS}.say_effect.why.{right}", **params)},
    )


def next_offer(firm: ClientFirm, book: Words) -> Answer | None:
    """The pair of value and target with the best fit, against those that tempt."""
    plan = next_plan(firm, book)
    if len(plan.ranked) < FEWEST:
        return None
    cells = list(plan.ranked)[: len(LETTERS)]
    shown = [cell for cell in plan.fit or () if cell in cells]
    letters = {cell: letter for cell, letter in zip(shown, LETTERS, strict=False)}
    best = cells[0]
    tempting = max(cells[1:], key=_average)
    roles = [("runner_up", cells[1]), ("weakest", cells[-1]), ("other", cells[-2])]
    if _average(tempting) > _average(best):
        roles.insert(0, ("average_first", tempting))
    wrong: dict[str, Given] = {}
    for role, cell in roles:
        if cell != best and letters[cell] not in wrong.values():
            wrong[role] = letters[cell]
    return Answer(
        value=letters[best],
        wrong=wrong,
        params=_offer_params(cells, letters, tempting),
        options=tuple(sorted(letters.values())),
    )


def _offer_params(
    cells: list[FitCell], letters: dict[FitCell, str], tempting: FitCell
) -> dict[str, str]:
    best, second = cells[0], cells[1]
    worked = [f"- {_pair(cell)}: {_scores(cell)} → {cell.score:.2f}" for cell in cells]
    return {
        "options": "\n".join(f"- {letter}: {_pair(cell)}" for cell, letter in letters.items()),
        "worked": "\n".join(worked),
        "best": _pair(best),
        "best_fit": f"{best.score:.2f}",
        "second": _pair(second),
        "second_fit": f"{second.score:.2f}",
        "margin": f"{(best.score or 0) - (second.score or 0):.2f}",
        "tempting": _pair(tempting),
        "tempting_fit": f"{tempting.score:.2f}",
        "tempting_average": f"{_average(tempting):.2f}",
    }


def next_plan(firm: ClientFirm, book: Words) -> Planning:
    """What might be offered next: of the planted client as in the lesson, else the client's own."""
    if not isinstance(firm, PlantedFirm):
        found = firm.objects().get("planning")
        return found if isinstance(found, Planning) else Planning()
    label = f"{WORDS}.fit"
    return Planning(
        fit=[
            FitCell(
                **{
                    **cell,
                    "value": book.text(f"{label}.{cell['value']}"),
                    "target": book.text(f"{label}.{cell['target']}"),
                }
            )
            for cell in record()["fit"]
        ]
    )


def plan_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """The offers with their four scores, not yet ranked."""
    cells = next_plan(firm, book).fit or ()
    if not cells:
        return None
    import pandas as pd

    rows = [(cell.value, cell.target, *(getattr(cell, name) for name in SCORES)) for cell in cells]
    return pd.DataFrame(rows, columns=["value", "target", *SCORES])


def promises_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """What was promised at the first visit, and what the gaps are now.

    Returns:
        frame with code, title, promised, gap_then, gap_now and direction; None without changes.
    """
    import pandas as pd

    made = _after(firm)
    if made.changes is None or not made.changes.actions:
        return None
    rows = [
        (one.finding, title(made, book, one.finding), one.promised, one.gap_then, one.gap_now,
         one.direction)
        for one in made.changes.actions
    ]  # fmt: skip
    columns = ["code", "title", "promised", "gap_then", "gap_now", "direction"]
    return pd.DataFrame(rows, columns=columns)


def cart_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Visits and carts a month, the last half year of the second visit; None without traffic."""
    return _carts(firm)


def cart_month(firm: ClientFirm) -> CartMonth | None:
    """The last month beside the three before it; None where there is no second visit."""
    if not isinstance(firm, PlantedFirm):
        return None
    made = _carts(firm)
    if made is None or len(made) <= MONTHS_BEFORE:
        return None
    new, old = made.iloc[-1], made.iloc[-1 - MONTHS_BEFORE : -1][["sessions", "carts"]].sum()
    now, before = new["carts"] / new["sessions"], old["carts"] / old["sessions"]
    variance = now * (1 - now) / new["sessions"] + before * (1 - before) / old["sessions"]
    return CartMonth(
        name=str(new["month"]), rate=float(now), before=float(before), band=Z_95 * sqrt(variance)
    )


def _carts(firm: ClientFirm) -> pd.DataFrame | None:

    rows = _later(firm).rows("traffic")
    if rows is None or any(name not in rows for name in ("date", "sessions", "carts")):
        return None
    month = months(rows["date"])
    made = rows.assign(month=month).groupby("month")[["sessions", "carts"]].sum()
    return made.astype(int).tail(2 * MONTHS_BEFORE).reset_index()


def _later(firm: ClientFirm) -> ClientFirm:
    return firm.later if isinstance(firm, PlantedFirm) else firm


def _after(firm: ClientFirm) -> Diagnosis:
    return _later(firm).diagnosis


def _promise(firm: ClientFirm) -> Promise | None:
    """The action that is followed up: the lesson's own, else the first one promised in profit."""
    changes = _after(firm).changes
    if changes is None:
        return None
    usual = [one for one in changes.actions if one.kind == "profit" and one.realised is not None]
    if isinstance(firm, PlantedFirm):
        return next((one for one in usual if one.finding == firm.followed), None)
    return next(iter(usual), None)


def _promise_params(one: Promise, firm: ClientFirm, book: Words) -> dict[str, str]:
    currency = str(firm.diagnosis.client["currency"])

    def money(value: float | None) -> str:
        return number_text(value, "yen", book.lang, currency)

    gained = (one.gap_then or 0.0) - (one.gap_now or 0.0)
    return {
        "code": one.finding,
        "title": title(_after(firm), book, one.finding),
        "promised": money(one.promised),
        "gap_then": money(one.gap_then),
        "gap_now": money(one.gap_now),
        "gained": money(gained),
        "part": f"{gained / one.promised:.1%}" if one.promised else "",
        "closure": f"{one.closure:.0%}" if one.closure is not None else "",
    }


def _month_params(month: CartMonth, book: Words) -> dict[str, str]:
    return {
        "month": month_text(month.name, book.lang),
        "rate": f"{month.rate:.1%}",
        "rate_before": f"{month.before:.1%}",
        "moved": number_text(month.rate - month.before, "points", book.lang),
        "band": number_text(month.band, "points", book.lang).lstrip("+"),
    }


def _average(cell: FitCell) -> float:
    return float(sum(getattr(cell, name) for name in SCORES)) / len(SCORES)


def _pair(cell: FitCell) -> str:
    return f"{cell.value} × {cell.target}"


def _scores(cell: FitCell) -> str:
    return " × ".join(f"{getattr(cell, name):g}" for name in SCORES)
