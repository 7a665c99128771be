"""Payment system (決済・システム): what share of sales running it costs, and how it is linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Facts
from toolkit.frameworks.answers import number, numbers_by_item, said
from toolkit.frameworks.check import code, each_within, refuse, settled, within
from toolkit.frameworks.framework import Framework, Row
from toolkit.frameworks.planning import COST_ITEMS
from toolkit.frameworks.setting import setting

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.method import Method

YES_NO = ("yes", "partly", "no")
LINKS = ("auto", "manual")
FEES = ("excluded", "included")
COSTS = tuple(item for item in COST_ITEMS if item != "profit")
AXES = ("efficiency", "convenience")
"""Strategy is efficiency, the role is convenience (S4-07)."""
TOLERANCE_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSystem(Framework):
    """The composition of cost with sales = 1; system and payment fees apart, both recurring.

    A cart is handy at the start, but it is not the system (S4-11, S4-12). ``guide_share`` is
    the article's planning share of the system (S4-06), from the method.

    >>> pay = PaymentSystem(cost_shares={"cogs": 0.3, "system": 0.08, "payment_fee": 0.03})
    >>> round(pay.system_share_with_fees, 2), pay.over_guide, round(pay.rest_share, 2)
    (0.11, True, 0.59)
    """

    NAME: ClassVar[str] = "payment"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "cost_item": COSTS,
        "axis": AXES,
    }

    cost_shares: Mapping[str, float] | None = None
    planned_shares: Mapping[str, float] | None = None
    system_cost_yen: float | None = None
    system_cost_fees: str | None = None
    contracts: Mapping[str, float] | None = None
    linkage: str | None = None
    yearly_review: str | None = None
    cart_compared: str | None = None
    checkout_steps: float | None = None
    reentry: str | None = None
    guide_share: float | None = None

    def __post_init__(self) -> None:
        settled(self, "cost_shares", "planned_shares", "contracts")
        if self.guide_share is None:
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
        return cls(
            cost_shares=_shares((series or {}).get("cost_composition"), facts),
            planned_shares=numbers_by_item(facts, "q.pla.cost_plan"),
            system_cost_yen=number(facts, "q.pay.system_cost"),
            system_cost_fees=said(facts, "q.pay.system_cost_fees"),
            contracts=numbers_by_item(facts, "q.pay.contracts"),
            linkage=said(facts, "q.pay.linkage"),
            yearly_review=said(facts, "q.pay.yearly_review"),
            cart_compared=said(facts, "q.pay.cart_compare"),
            checkout_steps=number(facts, "q.pay.checkout_steps"),
            reentry=said(facts, "q.pay.reentry"),
            guide_share=setting("system_cost_guide", method),
        )

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
    def rest_share(self) -> float | None:
        """What the listed costs leave of sales; None where no cost is known."""
        if not self.cost_shares:
            return None
        return 1 - sum(share for item, share in self.cost_shares.items() if item != "profit")

    def rows(self) -> tuple[Row, ...]:
        """Composition, the two readings of the system share, linkage, yearly review."""
        shares = self.cost_shares or {}
        return (
            *(
                Row(
                    part="cost_shares",
                    item=item,
                    value=shares[item],
                    unit="share",
                    items="cost_item",
                )
                for item in (*COSTS, "profit", *_own(shares))
                if item in shares
            ),
            *(() if shares else (Row(part="cost_shares"),)),
            Row(part="system_share", value=self.system_share, unit="share"),
            Row(part="system_share_with_fees", value=self.system_share_with_fees, unit="share"),
            Row(part="guide_share", value=self.guide_share, unit="share"),
            Row(part="system_cost_yen", value=self.system_cost_yen, unit="yen"),
            Row(part="system_cost_fees", value=self.system_cost_fees, codes="fees"),
            *_contract_rows(self.contracts),
            Row(part="linkage", value=self.linkage, codes="link"),
            Row(part="yearly_review", value=self.yearly_review, codes="doing"),
            Row(part="cart_compared", value=self.cart_compared, codes="doing"),
            Row(part="checkout_steps", value=self.checkout_steps, unit="count"),
            Row(part="reentry", value=self.reentry, codes="yesno"),
        )

    def to_frame(self) -> pd.DataFrame:
        """One row a cost item: item, share of sales, planned share."""
        import pandas as pd

        shares, plan = self.cost_shares or {}, self.planned_shares or {}
        items = [i for i in (*COSTS, "profit", *_own(shares)) if i in shares or i in plan]
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


def _own(shares: Mapping[str, float]) -> tuple[str, ...]:
    """Items the client added to the list."""
    return tuple(item for item in shares if item not in COST_ITEMS)


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


def _contract_rows(contracts: Mapping[str, float] | None) -> tuple[Row, ...]:
    if not contracts:
        return (Row(part="contracts"),)
    return tuple(
        Row(part="contracts", item=name, value=cost, unit="yen") for name, cost in contracts.items()
    )
