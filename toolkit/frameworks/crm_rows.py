"""What customer relations show of themselves: the order, the data and their KEY, the line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.frameworks.applicability import GOODS, MODELS, fitted
from toolkit.frameworks.customer_selection import absent_groups, selection_rows
from toolkit.frameworks.framework import Row, listed

if TYPE_CHECKING:
    from toolkit.frameworks.crm import Crm
    from toolkit.frameworks.migration import Migration

DATABASES = ("sales", "customer", "product", "receivable", "history", "promotion")
GOODS_ONLY = frozenset({"databases", "slow_signs", "migration_plan", "line", "premise"})
"""The line of ¥500M, the six data sets and the premise are said of mail order alone."""


def crm_rows(crm: Crm) -> tuple[Row, ...]:
    """Strategy, process, tool; the data sets and their KEY; the line; whom to court."""
    rows = (
        Row(part="strategy", value=crm.strategy, codes="have"),
        Row(part="process", value=crm.process, codes="have"),
        Row(part="tool", value=crm.tool, codes="have"),
        Row(part="maturity", value=crm.maturity, codes="maturity"),
        Row(part="data_tool", value=crm.data_tool, codes="data_tool"),
        *listed("databases", DATABASES, crm.databases, items="database", said="obtainable"),
        *_keyed_rows(crm.keyed),
        Row(part="key_share", value=crm.key_share, unit="share"),
        Row(part="duplicate_share", value=crm.duplicate_share, unit="share"),
        Row(
            part="count_method",
            value=crm.count_method,
            codes="count_method",
            note="rows_are_not_orders" if crm.count_method == "by_row" else "",
            notes="count_trap",
        ),
        Row(part="slow_signs", value=crm.slow_signs, codes="yesno"),
        Row(part="migration_plan", value=crm.migration_plan, codes="have"),
        Row(part="sales_12m_yen", value=crm.sales_12m_yen, unit="yen"),
        Row(part="growth_share", value=crm.growth_share, unit="share"),
        *_line_rows(crm),
        *selection_rows(tuple(crm.selection or ())),
        Row(part="premise", value=crm.premise, codes="premise"),
    )
    return fitted(rows, _absent(crm.model))


def _absent(model: str | None) -> frozenset[str]:
    groups = frozenset(f"selection.{group}" for group in absent_groups(model))
    return groups if model in GOODS or model not in MODELS else groups | GOODS_ONLY


def _keyed_rows(keyed: Mapping[str, str] | None) -> tuple[Row, ...]:
    return listed("keyed", DATABASES, keyed, items="database", said="keyed") if keyed else ()


def _line_rows(crm: Crm) -> tuple[Row, ...]:
    """The day of the line and the latest start; passed or out of sight, that alone."""
    move = crm.migration
    if move is None:
        state = None if "line" in _absent(crm.model) else crm.line_state
        return (Row(part="line", value=state, codes="line_state"),)
    return (
        Row(part="line", item="line_date", value=move.line_date, items="line_point"),
        Row(
            part="line",
            item="latest_start",
            value=move.latest_start,
            items="line_point",
            note="overdue" if move.overdue else "",
            notes="start_state",
        ),
        *_phase_rows(move),
    )


def _phase_rows(move: Migration) -> tuple[Row, ...]:
    return tuple(
        Row(
            part="phases",
            item=phase.code,
            value=phase.months,
            unit="months",
            items="migration_phase",
            note=f"{phase.start} – {phase.end}",
            notes="dates",
        )
        for phase in move.phases
    )
