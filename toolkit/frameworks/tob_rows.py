"""What a To-B lifecycle shows of itself, part by part in the order of the method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.frameworks import customer_case, customer_success, decision_chain, demand, pre_sale
from toolkit.frameworks import tob_method as method
from toolkit.frameworks.framework import UNKNOWN, Row, listed
from toolkit.frameworks.survey import survey_rows
from toolkit.frameworks.tob_facts import DOCUMENTS, LIFECYCLE, USAGE
from toolkit.frameworks.tob_metric import ACCOUNTS, GOAL_FACTS, figure_rows

if TYPE_CHECKING:
    from toolkit.frameworks.tob import ToBLifecycle

LINK_STATES = {True: "passed", False: "open", None: UNKNOWN}


def lifecycle_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    """The stage of growth, who operates, the stages with their assignees, the three values."""
    return (
        Row(part="growth_stage", value=tob.growth_stage, unit="count"),
        *_next_stage(tob),
        *_given("purposes", method.PURPOSES, tob.purposes, "purpose"),
        *listed("operations", method.OPERATIONS, tob.operations, items="operations", said="have"),
        *listed("assignees", LIFECYCLE, tob.assignees, items="lifecycle", said="have"),
        *listed("values", method.ACTIVITIES, tob.values, items="value_activity", said="doing"),
        *_value_rows(tob),
    )


def product_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    """V1 easy to use: research, monitoring, demand, tests and documents."""
    return (
        *survey_rows(tob.survey),
        *_portrait_rows(tob),
        *listed("feedback", demand.KINDS, tob.feedback, items="feedback", said="doing"),
        *listed("usage_targets", USAGE, tob.usage_targets, items="usage", said="have"),
        *figure_rows("usage", USAGE, tob.usage),
        *figure_rows("usage_goals", tuple(GOAL_FACTS)[:2], tob.goals, "usage"),
        *_met_rows("usage_met", USAGE, tob.met),
        *_demand_rows(tob),
        *listed("knowledge", method.KNOWLEDGE, tob.knowledge, items="knowledge", said="have"),
        Row(part="operations_tests", value=tob.operations_tests, codes="doing"),
        *listed("documents", DOCUMENTS, tob.documents, items="doc", said="have"),
        *_doc_rows(tob),
    )


def sales_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    """V2 easy to sell: order before reach, links before the sale, cases, decision chain."""
    gap = pre_sale.broken_link(tob.assignees)
    skipped = pre_sale.skipped(tob.reach_order)
    return (
        *listed("reach_order", pre_sale.ORDER, tob.reach_order, items="reach_order", said="have"),
        *((Row(part="reach_skipped", value=skipped, codes="reach_order"),) if skipped else ()),
        *((Row(part="pre_sale_gap", value=gap, codes="pre_sale"),) if gap else ()),
        *_given("routes", pre_sale.ROUTES, tob.routes, "reach_route"),
        *_given("allies", method.ALLIES, tob.allies, "ally"),
        Row(part="referral", value=tob.referral, codes="doing"),
        *figure_rows("business", method.BUSINESS, tob.business),
        *_met_rows("business_met", ("renewal_rate",), tob.met, "business"),
        Row(part="business_review", value=tob.business_review, codes="doing"),
        *_case_rows(tob),
        *_chain_rows(tob),
    )


def recognition_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    """V3 recognised: work with customers, the five links, content, what is told, accounts."""
    together = customer_success.WITH_CUSTOMER
    gap = customer_success.first_gap(tob.success)
    return (
        *listed("with_customer", together, tob.with_customer, items="with_customer", said="doing"),
        *listed("success", customer_success.SEQUENCE, tob.success, items="success", said="have"),
        *((Row(part="success_gap", value=gap, codes="success"),) if gap else ()),
        Row(part="precondition", value=tob.precondition, codes="precondition"),
        *(
            Row(
                part="satisfaction",
                item=level,
                value=state,
                items="satisfaction",
                codes="satisfaction_state",
            )
            for level, state in tob.satisfaction.items()
        ),
        *listed("telling", customer_success.TOLD, tob.telling, items="telling", said="doing"),
        *_given("circle", customer_success.CIRCLE, tob.circle, "circle"),
        Row(part="end_customer", value=tob.end_customer),
        *figure_rows("accounts", ACCOUNTS, tob.accounts, "account_figure"),
    )


def _next_stage(tob: ToBLifecycle) -> tuple[Row, ...]:
    if tob.next_stage is None or tob.customers is None:
        return ()
    return (
        Row(part="next_stage", value=tob.next_stage, unit="count"),
        Row(part="to_next_stage", value=tob.next_stage - tob.customers, unit="count"),
    )


def _value_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    """Each value with the share of its activities done, where any of them is known."""
    return tuple(
        Row(
            part="value_share",
            item=value,
            value=share,
            unit="share",
            items="value",
            note=method.AREAS[value],
            notes="area",
        )
        for value, share in tob.value_shares.items()
        if share is not None
    )


def _portrait_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    if not tob.portraits:
        return (Row(part="portraits", value=tob.portrait_state, codes="have"),)
    return tuple(
        Row(part="portraits", item=one.name, value=one.filled_share, unit="share")
        for one in tob.portraits
    )


def _demand_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    scored = Row(part="requests_scored_share", value=tob.requests_scored_share, unit="share")
    process = Row(part="demand_process", value=tob.demand_process, codes="doing")
    if not tob.demands:
        return (process, scored)
    ranked = sorted(tob.demands, key=lambda one: -(one.ratio or 0.0))
    return (
        *(Row(part="demands", item=one.name, value=one.ratio, unit="ratio") for one in ranked),
        *(
            Row(part="pipeline", item=step, value=share, unit="share", items="pipeline")
            for step, share in demand.pipeline(tob.demands).items()
        ),
        *(
            Row(part="demand_kinds", item=kind, value=count, unit="count", items="feedback")
            for kind, count in demand.by_kind(tob.demands).items()
        ),
        Row(part="long_share", value=demand.long_share(tob.demands), unit="share"),
        process,
        scored,
    )


def _case_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    if not tob.cases:
        return (Row(part="cases", value=tob.cases_state, codes="have"),)
    told = tuple(
        Row(part="cases", item=case.title, value=case.reached or UNKNOWN, codes="case_effect")
        for case in tob.cases
    )
    open_ = customer_case.uncovered(tob.segments or (), tob.cases)
    return (*told, *(Row(part="uncovered_segments", value=segment) for segment in open_))


def _chain_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    if not tob.stakeholders:
        return (Row(part="stakeholders", value=tob.stakeholders_known, codes="doing"),)
    return (
        *(
            Row(
                part="stakeholders",
                item=person.name,
                value=LINK_STATES[person.passed],
                codes="link_state",
                note=person.role,
                notes="buying_role",
            )
            for person in tob.stakeholders
        ),
        *(
            Row(part="missing_roles", value=role, codes="buying_role")
            for role in decision_chain.missing_roles(tob.stakeholders)
        ),
    )


def _met_rows(
    part: str, names: tuple[str, ...], states: Mapping[str, str], items: str = "usage"
) -> tuple[Row, ...]:
    return tuple(
        Row(part=part, item=name, value=states[name], items=items, codes="met")
        for name in names
        if name in states
    )


def _doc_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    """Share of the documents in place for each task they serve, where all of them are known."""
    points = {"yes": 1.0, "partly": 0.5, "no": 0.0}
    said = tob.documents or {}
    return tuple(
        Row(
            part="doc_tasks",
            item=task,
            value=sum(points[said[name]] for name in names) / len(names),
            unit="share",
            items="doc_task",
        )
        for task, names in method.DOC_TASKS.items()
        if all(said.get(name) in points for name in names)
    )


def _given(
    part: str, names: tuple[str, ...], said: Mapping[str, str] | None, items: str
) -> tuple[Row, ...]:
    """Rows of a list only where something was said of it."""
    return listed(part, names, said, items=items, said="doing") if said else ()
