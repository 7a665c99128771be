"""CRM (顧客との関係づくり): a strategy first, then process and people, IT last."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts, Item, unknown
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.check import code, codes, settled, within
from toolkit.frameworks.derive import count_of
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed
from toolkit.frameworks.setting import setting

if TYPE_CHECKING:
    from toolkit.method import Method

MATURITY = ("strategy", "process", "it")
DATABASES = ("sales", "customer", "product", "receivable", "history", "promotion")
OBTAINABLE = ("obtainable", "partly", "not_obtainable")
DATA_TOOLS = ("spreadsheet", "cart", "dedicated_db")
COUNTING = ("by_order", "by_row", "not_counted")
PREMISES = ("life", "own_product", "both")
COUNT_STEPS = ("per_customer", "duplicates", "descending")
YES_NO = ("yes", "partly", "no")
CURRENCY = "JPY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crm(Framework):
    """A management strategy that optimises customers' long-term value; the KEY is the member ID.

    ``line_yen`` is the yearly sales at which the article asks for a dedicated database, and
    ``migration_months`` how long moving to it takes; both come from the method. ``sales_gap`` is
    why sales are not known.

    >>> crm = Crm(sales_12m_yen=250e6, growth_share=1.0, line_yen=500e6)
    >>> crm.months_to_line
    12.0
    """

    NAME: ClassVar[str] = "crm"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "maturity": MATURITY,
        "database": DATABASES,
        "count_step": COUNT_STEPS,
    }

    strategy: str | None = None
    tool: str | None = None
    data_tool: str | None = None
    slow_signs: str | None = None
    migration_plan: str | None = None
    count_method: str | None = None
    databases: Mapping[str, str] | None = None
    premise: str | None = None
    key_share: float | None = None
    duplicate_share: float | None = None
    sales_12m_yen: float | None = None
    sales_gap: str | None = None
    growth_share: float | None = None
    line_yen: float | None = None
    migration_months: float | None = None

    def __post_init__(self) -> None:
        settled(self, "databases")
        for name, entry in (("line_yen", "dedicated_db_sales"), ("migration_months",) * 2):
            if getattr(self, name) is None:
                object.__setattr__(self, name, setting(entry))
        codes("databases", self.databases, OBTAINABLE)
        code("data_tool", self.data_tool, DATA_TOOLS)
        code("count_method", self.count_method, COUNTING)
        code("premise", self.premise, PREMISES)
        for name in ("strategy", "tool", "slow_signs", "migration_plan"):
            code(name, getattr(self, name), YES_NO)
        within("key_share", self.key_share, 0, 1)
        within("duplicate_share", self.duplicate_share, 0, 1)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers on CRM, sales of twelve months and their growth on the year."""
        sales, growth = _sales(facts, (series or {}).get("orders_by_month"))
        return cls(
            strategy=said(facts, "q.crm.strategy"),
            tool=said(facts, "q.crm.tool"),
            data_tool=said(facts, "q.crm.data_tool"),
            slow_signs=said(facts, "q.crm.slow_signs"),
            migration_plan=said(facts, "q.crm.migration_plan"),
            count_method=said(facts, "q.crm.count_method"),
            databases=said_by_item(facts, "q.crm.databases"),
            premise=said(facts, "q.crm.premise"),
            key_share=number(facts, "crm.key_match_share"),
            sales_12m_yen=sales,
            sales_gap=facts.find("customers.sales_12m").reason,
            growth_share=growth,
            line_yen=setting("dedicated_db_sales", method),
            migration_months=setting("migration_months", method),
        )

    @property
    def months_to_line(self) -> float | None:
        """Months until yearly sales reach the line at the present growth; None if never."""
        sales, growth, line = self.sales_12m_yen, self.growth_share, self.line_yen or 0.0
        if not sales or growth is None or growth <= 0 or sales >= line:
            return None
        return 12 * math.log(line / sales) / math.log1p(growth)

    @property
    def maturity(self) -> str | None:
        """How far strategy → process and people → IT is come in its order, or None."""
        if self.strategy in (None, UNKNOWN):
            return None
        if self.strategy == "no":
            return "tool_first" if self.tool == "yes" else "none"
        return "it" if self.tool == "yes" and self.strategy == "yes" else "strategy"

    def rows(self) -> tuple[Row, ...]:
        """Strategy before tool, the data sets and their KEY, the size of the business."""
        return (
            Row(part="strategy", value=self.strategy, codes="have"),
            Row(part="tool", value=self.tool, codes="have"),
            Row(part="maturity", value=self.maturity, codes="maturity"),
            Row(part="data_tool", value=self.data_tool, codes="data_tool"),
            *listed("databases", DATABASES, self.databases, items="database", said="obtainable"),
            Row(part="key_share", value=self.key_share, unit="share"),
            Row(part="duplicate_share", value=self.duplicate_share, unit="share"),
            Row(part="count_method", value=self.count_method, codes="count_method"),
            Row(part="slow_signs", value=self.slow_signs, codes="yesno"),
            Row(part="migration_plan", value=self.migration_plan, codes="have"),
            Row(part="premise", value=self.premise, codes="premise"),
            Row(part="sales_12m_yen", value=self.sales_12m_yen, unit="yen"),
            Row(part="growth_share", value=self.growth_share, unit="share"),
        )

    def facts(self) -> tuple[Fact, ...]:
        """crm.months_to_500m and crm.missing_databases_count."""
        return (
            self._months(),
            count_of(
                "crm.missing_databases_count",
                self.databases,
                ("not_obtainable",),
                expected=DATABASES,
                needs=("q.crm.databases",),
            ),
        )

    def _months(self) -> Fact:
        """No growth, or a line already passed, leaves nothing to wait for: not applicable."""
        fact_id, needs = "crm.months_to_500m", ("orders",)
        passed = self.sales_12m_yen is not None and self.sales_12m_yen >= (self.line_yen or 0.0)
        shrinking = self.growth_share is not None and self.growth_share <= 0
        months = self.months_to_line
        if months is not None:
            items = (
                Item(key="sales_12m", label="sales_12m", value=self.sales_12m_yen),
                Item(key="growth", label="growth", value=self.growth_share),
            )
            return Fact(
                id=fact_id,
                value=months,
                unit="months",
                needs=needs,
                basis="derived",
                table="orders",
                items=items,
            )
        if passed or shrinking:
            return Fact(
                id=fact_id,
                unit="months",
                state="not_applicable",
                reason="not_applicable",
                needs=needs,
                basis="derived",
            )
        reason = self.sales_gap or ("immature" if self.sales_12m_yen else "not_stated")
        return unknown(fact_id, reason, unit="months", needs=needs, basis="derived")


def _sales(facts: Facts, months: Any) -> tuple[float | None, float | None]:
    """Sales of the last twelve whole months and their growth over the twelve before."""
    return number(facts, "customers.sales_12m"), _growth(months)


def _growth(months: Any) -> float | None:
    """Growth from the series of months, its last month left out as it may be part of one."""
    if months is None:
        return None
    values = [row[list(months.columns).index("sales")] for row in months.rows][:-1]
    if len(values) < 24:
        return None
    before, after = (sum(v or 0.0 for v in part) for part in (values[-24:-12], values[-12:]))
    return after / before - 1 if before > 0 else None
