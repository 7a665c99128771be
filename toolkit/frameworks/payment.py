"""Payment system (決済・システム): what share of sales running it costs, and how it is linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Facts
from toolkit.frameworks.answers import number, numbers_by_item, said, said_by_item
from toolkit.frameworks.check import code, each_within, refuse, settled, within
from toolkit.frameworks.edge import GOODS, MODELS
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed
from toolkit.frameworks.payment_axes import (
    AXES,
    CHECKS,
    Axis,
    as_state,
    axes_of,
    axis_rows,
    methods_met,
)
from toolkit.frameworks.payment_rows import COSTS, contract_rows, own_items, share_rows
from toolkit.frameworks.setting import setting

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.method import Method

YES_NO = ("yes", "partly", "no")
LINKS = ("auto", "manual")
FEES = ("excluded", "included")
PARTS = ("cart", "payment", "orders", "shipping", "stock", "mail")
"""What a system is made of: the cart is one part of it (S4-12); the list is ours and open."""
TOLERANCE_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSystem(Framework):
    """The composition of cost with sales = 1; system and payment fees apart, both recurring.

    A cart is handy at the start, but it is not the system (S4-11, S4-12). ``guide_share`` is
    the article's planning share of the system (S4-06), from the method; it is one of mail order
    and left out for another ``model``.

    >>> pay = PaymentSystem(cost_shares={"cogs": 0.3, "system": 0.08, "payment_fee": 0.03})
    >>> round(pay.system_share_with_fees, 2), pay.over_guide, round(pay.rest_share, 2)
    (0.11, True, 0.59)
    """

    NAME: ClassVar[str] = "payment"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "cost_item": COSTS,
        "axis": AXES,
        "axis_check": tuple(check for checks in CHECKS.values() for check in checks),
        "system_part": PARTS,
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "linkage": ("S4-02", "S4-04"),
        "two_axes": ("S4-07",),
        "saved_for_ads": ("S4-05",),
        "plain_but_weighty": ("S4-08",),
        "recurring": ("S4-09", "S4-10"),
        "cart_at_start": ("S1-42", "S4-11"),
        "cart_is_not_system": ("S4-12",),
    }

    model: str | None = None
    cost_shares: Mapping[str, float] | None = None
    planned_shares: Mapping[str, float] | None = None
    system_cost_yen: float | None = None
    system_cost_fees: str | None = None
    contracts: Mapping[str, float] | None = None
    tools: Mapping[str, str] | None = None
    methods: Mapping[str, str] | None = None
    linkage: str | None = None
    yearly_review: str | None = None
    cart_compared: str | None = None
    checkout_steps: float | None = None
    reentry: str | None = None
    guide_share: float | None = None

    def __post_init__(self) -> None:
        settled(self, "cost_shares", "planned_shares", "contracts", "tools", "methods")
        code("model", self.model, MODELS)
        if self.guide_share is None and self.guide_applies:
            object.__setattr__(self, "guide_share", setting("system_cost_guide"))
        each_within("cost_shares", self.cost_shares, 0 if not self._profit_given else -1)
        each_within("contracts", self.contracts, 0)
        code("linkage", self.linkage, LINKS)
        code("yearly_review", self.yearly_review, YES_NO)
        code("cart_compared", self.cart_compared, YES_NO)
        code("reentry", self.reentry, ("yes", "no"))
        code("system_cost_fees", self.system_cost_fees, FEES)
        within("system_cost_yen", self.system_cost_yen, 0)
        total = round(sum((self.cost_shares or {}).values()), TOLERANCE_DIGITS)
        if self._profit_given and total != 1:
            raise refuse("object_sum", "cost_shares", f"{total:g}")

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the measured composition of cost and the answers on payment."""
        model = said(facts, "q.pla.model")
        return cls(
            model=model,
            cost_shares=_shares((series or {}).get("cost_composition"), facts),
            planned_shares=numbers_by_item(facts, "q.pla.cost_plan"),
            system_cost_yen=number(facts, "q.pay.system_cost"),
            system_cost_fees=said(facts, "q.pay.system_cost_fees"),
            contracts=_contracts(facts),
            tools=said_by_item(facts, "q.pay.tools"),
            methods=said_by_item(facts, "q.bil.methods"),
            linkage=said(facts, "q.pay.linkage"),
            yearly_review=said(facts, "q.pay.yearly_review"),
            cart_compared=said(facts, "q.pay.cart_compare"),
            checkout_steps=number(facts, "q.pay.checkout_steps"),
            reentry=said(facts, "q.pay.reentry"),
            guide_share=setting("system_cost_guide", method) if _guided(model) else None,
        )

    @property
    def guide_applies(self) -> bool:
        """Whether the article's guide holds: it speaks of mail order, not of other models."""
        return _guided(self.model)

    @property
    def _profit_given(self) -> bool:
        return "profit" in (self.cost_shares or {})

    @property
    def system_share(self) -> float | None:
        """System cost ÷ sales, payment fees left out."""
        return (self.cost_shares or {}).get("system")

    @property
    def system_share_with_fees(self) -> float | None:
        """System cost and payment fees ÷ sales; None unless both are known."""
        shares = self.cost_shares or {}
        if "system" not in shares or "payment_fee" not in shares:
            return None
        return shares["system"] + shares["payment_fee"]

    @property
    def over_guide(self) -> bool | None:
        """Whether the system alone is above the guide; a guide of mail order, not a verdict."""
        if self.system_share is None or self.guide_share is None:
            return None
        return self.system_share > self.guide_share

    @property
    def guide_reading(self) -> str | None:
        """How both readings lie to the guide: ``under``, ``over``, or ``between`` the two.

        None unless system and payment fees are both known.
        """
        if self.over_guide is None or self.system_share_with_fees is None:
            return None
        if self.over_guide:
            return "over"
        return "between" if self.system_share_with_fees > (self.guide_share or 0) else "under"

    @property
    def contracts_year_yen(self) -> float | None:
        """Yearly cost of the contracts that can be cancelled or merged; 0 where there is none."""
        return None if self.contracts is None else sum(self.contracts.values())

    @property
    def axes(self) -> dict[str, Axis]:
        """Efficiency and convenience, each scored by the checks that are known."""
        steps, limit = self.checkout_steps, setting("checkout_steps_limit")
        within_guide = None if self.over_guide is None else not self.over_guide
        guide = {"share_in_guide": as_state(within_guide)} if self.guide_applies else {}
        return axes_of(
            {
                **guide,
                "linked": {"auto": "yes", "manual": "no"}.get(self.linkage or ""),
                "reviewed": None if self.yearly_review == UNKNOWN else self.yearly_review,
                "nothing_to_cancel": as_state(
                    None if self.contracts is None else not self.contracts
                ),
                "methods_met": methods_met(self.methods),
                "no_retyping": {"yes": "no", "no": "yes"}.get(self.reentry or ""),
                "few_screens": as_state(None if steps is None else steps <= limit),
            }
        )

    @property
    def rest_share(self) -> float | None:
        """What the listed costs leave of sales; None where no cost is known."""
        if not self.cost_shares:
            return None
        return 1 - sum(share for item, share in self.cost_shares.items() if item != "profit")

    def rows(self) -> tuple[Row, ...]:
        """Composition, the two readings of the system share, linkage, yearly review."""
        return (
            *share_rows(self.cost_shares or {}),
            Row(part="system_share", value=self.system_share, unit="share"),
            Row(part="system_share_with_fees", value=self.system_share_with_fees, unit="share"),
            *self._guide_rows(),
            Row(
                part="planned_system_share",
                value=(self.planned_shares or {}).get("system"),
                unit="share",
            ),
            Row(part="system_cost_yen", value=self.system_cost_yen, unit="yen"),
            Row(part="system_cost_fees", value=self.system_cost_fees, codes="fees"),
            *contract_rows(self.contracts),
            Row(part="contracts_year_yen", value=self.contracts_year_yen, unit="yen"),
            Row(part="linkage", value=self.linkage, codes="link"),
            Row(part="yearly_review", value=self.yearly_review, codes="doing"),
            *listed("tools", PARTS, self.tools, items="system_part", said=""),
            Row(part="cart_compared", value=self.cart_compared, codes="doing"),
            Row(part="checkout_steps", value=self.checkout_steps, unit="count"),
            Row(part="reentry", value=self.reentry, codes="yesno"),
            *axis_rows(self.axes),
        )

    def _guide_rows(self) -> tuple[Row, ...]:
        if not self.guide_applies:
            return ()
        return (
            Row(part="guide_share", value=self.guide_share, unit="share"),
            Row(part="guide_reading", value=self.guide_reading, codes="guide_reading"),
        )

    def to_frame(self) -> pd.DataFrame:
        """One row a cost item: item, share of sales, planned share."""
        import pandas as pd

        shares, plan = self.cost_shares or {}, self.planned_shares or {}
        items = [i for i in (*COSTS, "profit", *own_items(shares)) if i in shares or i in plan]
        return pd.DataFrame(
            {
                "item": pd.Series(items, dtype="str"),
                "share": pd.Series([shares.get(i) for i in items], dtype="float64"),
                "planned": pd.Series([plan.get(i) for i in items], dtype="float64"),
            }
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """Sales = 100 % down to what is left, the system share beside the guide."""
        from toolkit.frameworks.picture import cost_waterfall

        return cost_waterfall(self, ax)


def _guided(model: str | None) -> bool:
    return model is None or model in GOODS


def _shares(composition: Any, facts: Facts) -> dict[str, float] | None:
    if composition is not None and composition.rows:
        place = {name: n for n, name in enumerate(composition.columns)}
        return {
            str(row[place["item"]]): float(row[place["share"]])
            for row in composition.rows
            if row[place["share"]] is not None
            and row[place["item"]] not in ("sales", "profit", "rest")
            and row[place["share"]] >= 0
        } or None
    ids = {"system": "costs.system_cost_ratio", "payment_fee": "costs.payment_fee_ratio"}
    found = {item: number(facts, fact_id) for item, fact_id in ids.items()}
    return {item: share for item, share in found.items() if share is not None} or None


def _contracts(facts: Facts) -> Mapping[str, float] | None:
    """Contracts by name; none at all where that was the answer."""
    found = numbers_by_item(facts, "q.pay.contracts")
    return {} if found is None and said(facts, "q.pay.contracts") == "none" else found
