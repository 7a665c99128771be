"""CRM (顧客との関係づくり): a strategy first, then process and people, IT last."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts, Item, not_applicable, unknown
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.applicability import GOODS, MODELS
from toolkit.frameworks.check import code, codes, settled, within
from toolkit.frameworks.crm_rows import DATABASES, crm_rows
from toolkit.frameworks.customer_selection import SELECTED, Chosen, selection
from toolkit.frameworks.derive import count_of
from toolkit.frameworks.framework import UNKNOWN, Framework, Row
from toolkit.frameworks.migration import PHASES, Migration
from toolkit.frameworks.setting import setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.method import Method

SENSES = ("strategy", "software")
"""CRM is the strategy; what many call CRM is the software, named 顧客管理システム here."""
MATURITY = ("strategy", "process", "it")
OBTAINABLE = ("obtainable", "partly", "not_obtainable")
DATA_TOOLS = ("spreadsheet", "cart", "dedicated_db")
COUNTING = ("by_order", "by_row", "not_counted")
PREMISES = ("life", "own_product", "both")
COUNT_STEPS = ("per_customer", "duplicates", "descending")
YES_NO = ("yes", "partly", "no")
LINE, HORIZON = "dedicated_db_sales", "line_horizon_months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crm(Framework):
    """A management strategy that optimises customers' long-term value; the KEY is the member ID.

    ``line_yen`` is the yearly sales at which the article asks for a dedicated database, and
    ``phase_months`` how long each phase of moving to it takes; both come from the method.
    ``keyed`` says by data set whether it carries the KEY, ``sales_gap`` why sales are not known,
    ``as_of`` the day of the figures; dates are told up to ``horizon_months`` ahead.

    >>> crm = Crm(sales_12m_yen=250e6, growth_share=1.0, line_yen=500e6, as_of="2026-03-31")
    >>> crm.months_to_line, crm.migration.latest_start
    (12.0, '2026-03-31')
    """

    NAME: ClassVar[str] = "crm"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "crm_sense": SENSES,
        "maturity": MATURITY,
        "database": DATABASES,
        "count_step": COUNT_STEPS,
        "migration_phase": tuple(PHASES),
        "selection": tuple(SELECTED),
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "sense": ("S4-13", "S4-14", "S4-15", "S4-29"),
        "order": ("S4-16",),
        "key": ("S4-20", "S4-21"),
        "spreadsheet": ("S4-22", "S4-26"),
    }
    OPEN: ClassVar[tuple[str, ...]] = ("analysis_template", "phase_split")

    model: str | None = None
    strategy: str | None = None
    process: str | None = None
    tool: str | None = None
    data_tool: str | None = None
    slow_signs: str | None = None
    migration_plan: str | None = None
    count_method: str | None = None
    databases: Mapping[str, str] | None = None
    keyed: Mapping[str, str] | None = None
    selection: Sequence[Chosen] | None = None
    premise: str | None = None
    key_share: float | None = None
    duplicate_share: float | None = None
    sales_12m_yen: float | None = None
    sales_gap: str | None = None
    growth_share: float | None = None
    as_of: str | None = None
    horizon_months: float | None = None
    line_yen: float | None = None
    phase_months: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        settled(self, "databases", "keyed", "selection", "phase_months")
        for name, entry in (("line_yen", LINE), ("horizon_months", HORIZON)):
            if getattr(self, name) is None:
                object.__setattr__(self, name, setting(entry))
        if self.phase_months is None:
            object.__setattr__(self, "phase_months", _phase_months())
        code("model", self.model, MODELS)
        codes("databases", self.databases, OBTAINABLE)
        codes("keyed", self.keyed, YES_NO)
        code("data_tool", self.data_tool, DATA_TOOLS)
        code("count_method", self.count_method, COUNTING)
        code("premise", self.premise, PREMISES)
        for name in ("strategy", "process", "tool", "slow_signs", "migration_plan"):
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
        sales, model = facts.find("customers.sales_12m"), said(facts, "q.pla.model")
        return cls(
            model=model,
            strategy=said(facts, "q.crm.strategy"),
            process=said(facts, "q.crm.process"),
            tool=said(facts, "q.crm.tool"),
            data_tool=said(facts, "q.crm.data_tool"),
            slow_signs=said(facts, "q.crm.slow_signs"),
            migration_plan=said(facts, "q.crm.migration_plan"),
            count_method=said(facts, "q.crm.count_method"),
            databases=said_by_item(facts, "q.crm.databases"),
            selection=selection(facts, model) or None,
            premise=said(facts, "q.crm.premise"),
            key_share=number(facts, "crm.key_match_share"),
            duplicate_share=number(facts, "crm.duplicate_share"),
            sales_12m_yen=sales.number,
            sales_gap=sales.reason,
            growth_share=_growth((series or {}).get("orders_by_month")),
            as_of=sales.period[1] if sales.period else None,
            line_yen=setting(LINE, method),
            horizon_months=setting(HORIZON, method),
            phase_months=_phase_months(method),
        )

    @property
    def months_to_line(self) -> float | None:
        """Months until yearly sales reach the line at the present growth; None if never."""
        sales, growth, line = self.sales_12m_yen, self.growth_share, self.line_yen or 0.0
        if not sales or growth is None or growth <= 0 or sales >= line:
            return None
        return 12 * math.log(line / sales) / math.log1p(growth)

    @property
    def migration(self) -> Migration | None:
        """The move dated from the day of the figures; None where the line is not in sight.

        The line is said of mail order: another model has no such move.
        """
        months = self.months_to_line
        if months is None or self.as_of is None or months > (self.horizon_months or 0.0):
            return None
        if self.model in MODELS and self.model not in GOODS:
            return None
        return Migration(as_of=self.as_of, months_to_line=months, lengths=self.phase_months or {})

    @property
    def line_state(self) -> str | None:
        """Where sales stand to the line: passed, in sight, far, shrinking; None if not known."""
        if self.sales_12m_yen is not None and self.sales_12m_yen >= (self.line_yen or 0.0):
            return "passed"
        if self.growth_share is not None and self.growth_share <= 0:
            return "shrinking"
        if self.growth_share is None or self.sales_12m_yen is None:
            return None
        return "in_sight" if (self.months_to_line or 0.0) <= (self.horizon_months or 0.0) else "far"

    @property
    def maturity(self) -> str | None:
        """How far strategy → process and people → IT is come in its order, or None."""
        if self.strategy in (None, UNKNOWN):
            return None
        if self.strategy == "no":
            return "tool_first" if self.tool == "yes" else "none"
        if self.strategy == "yes" and self.process == "yes":
            return "it" if self.tool == "yes" else "process"
        skipped = self.tool == "yes" and self.process == "no"
        return "process_skipped" if skipped else "strategy"

    def rows(self) -> tuple[Row, ...]:
        """Strategy, process, tool; the data sets and their KEY; the line; whom to court."""
        return (*crm_rows(self), *self.open_rows())

    def plot(self, ax: Axes | None = None) -> Axes:
        """The phases of moving to a database where the line is in sight; else the data sets."""
        from toolkit.frameworks.picture_of_care import road_to_database

        return road_to_database(self, ax)

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
        nothing_to_wait_for = self.line_state in ("passed", "shrinking")
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
        if nothing_to_wait_for:
            return not_applicable(fact_id, unit="months", needs=needs, basis="derived")
        reason = self.sales_gap or ("immature" if self.sales_12m_yen else "not_stated")
        return unknown(fact_id, reason, unit="months", needs=needs, basis="derived")


def _phase_months(method: Method | None = None) -> dict[str, float]:
    return {phase: setting(entry, method) for phase, entry in PHASES.items()}


def _growth(months: Any) -> float | None:
    """Growth from the series of months, its last month left out as it may be part of one."""
    if months is None:
        return None
    values = [row[list(months.columns).index("sales")] for row in months.rows][:-1]
    if len(values) < 24:
        return None
    before, after = (sum(v or 0.0 for v in part) for part in (values[-24:-12], values[-12:]))
    return after / before - 1 if before > 0 else None
