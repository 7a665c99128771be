"""Measure a client: every card gets its fact, unknown with its reason where it must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact, unknown
from toolkit.measures.account_margin import account_margin_facts
from toolkit.measures.accounts import account_facts
from toolkit.measures.ad_payback import ad_payback_facts
from toolkit.measures.advertising import advertising_facts
from toolkit.measures.ageing import ageing_facts, ageing_series
from toolkit.measures.allowable_cpo import allowable_cpo_facts
from toolkit.measures.assortment import assortment_facts
from toolkit.measures.awake import awake_facts
from toolkit.measures.break_even import break_even_facts
from toolkit.measures.cash import cash_facts, cash_series
from toolkit.measures.causes import cause_facts
from toolkit.measures.collection import collection_facts
from toolkit.measures.contacts import contact_facts
from toolkit.measures.contract_payback import contract_payback_facts
from toolkit.measures.contract_stakes import contract_stake_facts
from toolkit.measures.contracts import contract_facts
from toolkit.measures.costs import cost_facts
from toolkit.measures.crm import crm_facts
from toolkit.measures.customer_base import customer_base_facts, customer_base_series
from toolkit.measures.customers import customer_facts
from toolkit.measures.delivery import delivery_facts
from toolkit.measures.delivery_payment import delivery_payment_facts
from toolkit.measures.discounts import discount_facts
from toolkit.measures.dormancy import dormancy_facts
from toolkit.measures.dormant_accounts import dormant_account_facts
from toolkit.measures.duplicates import duplicate_facts
from toolkit.measures.evidence import evidence
from toolkit.measures.excess import excess_facts
from toolkit.measures.existing import existing_facts
from toolkit.measures.first_entry import first_entry_facts
from toolkit.measures.funnel import funnel_facts
from toolkit.measures.goods import goods_facts
from toolkit.measures.health import health_facts
from toolkit.measures.invoice_lag import invoice_lag_facts
from toolkit.measures.jobs import job_facts
from toolkit.measures.lateness import lateness_facts
from toolkit.measures.later_sales import later_sales_facts
from toolkit.measures.leads import lead_facts
from toolkit.measures.lifetime_value import lifetime_value_facts
from toolkit.measures.logistics import logistics_facts
from toolkit.measures.loss_makers import loss_maker_facts
from toolkit.measures.lost_sales import lost_sales_facts
from toolkit.measures.margin_change import margin_change_facts
from toolkit.measures.marketplaces import marketplace_facts
from toolkit.measures.nrr_bridge import nrr_bridge_facts
from toolkit.measures.own_dispatch import own_dispatch_facts
from toolkit.measures.paid_share import paid_share_facts
from toolkit.measures.paid_wait import paid_wait_facts
from toolkit.measures.process import process_facts
from toolkit.measures.promotions import promotion_facts
from toolkit.measures.quotes import quote_facts
from toolkit.measures.realised_value import realised_value_facts, value_series
from toolkit.measures.receivables import receivable_facts
from toolkit.measures.record import Measured, Series
from toolkit.measures.renewals import renewal_facts
from toolkit.measures.requests import request_facts
from toolkit.measures.returns import return_facts
from toolkit.measures.rework import rework_facts
from toolkit.measures.rework_hours import rework_hour_facts
from toolkit.measures.sales_drivers import sales_driver_facts, sales_driver_series
from toolkit.measures.sales_split import sales_split_facts
from toolkit.measures.second_order import second_order_facts
from toolkit.measures.send_costs import send_cost_facts
from toolkit.measures.series import order_series
from toolkit.measures.series_of_accounts import account_series
from toolkit.measures.series_of_acquisition import acquisition_series
from toolkit.measures.series_of_assortment import assortment_series
from toolkit.measures.series_of_business import business_series
from toolkit.measures.series_of_delivery import delivery_series
from toolkit.measures.ship_hours import ship_hour_facts
from toolkit.measures.shipping import shipping_facts
from toolkit.measures.step_worth import step_worth_facts
from toolkit.measures.stock import stock_facts
from toolkit.measures.stockouts import stockout_facts
from toolkit.measures.stopped_accounts import stopped_account_facts
from toolkit.measures.subscriptions import subscription_facts, subscription_series
from toolkit.measures.summaries import Summaries, summarise
from toolkit.measures.survival import survival_facts
from toolkit.measures.targets import target_facts
from toolkit.measures.tob import tob_facts
from toolkit.measures.traffic import traffic_facts
from toolkit.measures.trials import trial_facts
from toolkit.measures.unprofitable import unprofitable_facts
from toolkit.measures.usage import usage_facts
from toolkit.measures.work import work_facts

if TYPE_CHECKING:
    from toolkit.intake.case import Case
    from toolkit.method import Method

__all__ = ["Measured", "Series", "measure"]

MEASURES = (
    customer_facts,
    second_order_facts,
    trial_facts,
    subscription_facts,
    target_facts,
    discount_facts,
    first_entry_facts,
    unprofitable_facts,
    existing_facts,
    sales_split_facts,
    sales_driver_facts,
    later_sales_facts,
    dormancy_facts,
    awake_facts,
    delivery_facts,
    shipping_facts,
    ship_hour_facts,
    lateness_facts,
    return_facts,
    logistics_facts,
    own_dispatch_facts,
    lifetime_value_facts,
    realised_value_facts,
    customer_base_facts,
    contract_facts,
    renewal_facts,
    nrr_bridge_facts,
    usage_facts,
    health_facts,
    contract_payback_facts,
    contract_stake_facts,
    request_facts,
    survival_facts,
    cost_facts,
    break_even_facts,
    excess_facts,
    loss_maker_facts,
    goods_facts,
    assortment_facts,
    stock_facts,
    stockout_facts,
    lost_sales_facts,
    marketplace_facts,
    margin_change_facts,
    work_facts,
    process_facts,
    rework_facts,
    rework_hour_facts,
    contact_facts,
    cause_facts,
    crm_facts,
    duplicate_facts,
    receivable_facts,
    ageing_facts,
    collection_facts,
    invoice_lag_facts,
    delivery_payment_facts,
    paid_wait_facts,
    cash_facts,
    account_facts,
    tob_facts,
    stopped_account_facts,
    dormant_account_facts,
    account_margin_facts,
    job_facts,
    advertising_facts,
    funnel_facts,
    step_worth_facts,
    lead_facts,
    quote_facts,
    paid_share_facts,
    promotion_facts,
    send_cost_facts,
    traffic_facts,
    ad_payback_facts,
    allowable_cpo_facts,
)
MADE_ELSEWHERE = ("answer", "derived")
OF_SEVERAL = ("share", "index")
"""Units that say nothing of a single customer: the share is all, or none."""


def measure(case: Case, method: Method) -> Measured:
    """Facts of all cards in the order of the cards, series, and the rows behind them.

    Pure: equal tables give equal facts, whatever the order of their rows.
    """
    summaries = summarise(case, method)
    stated: dict[str, list[Fact]] = {}
    for facts_of in MEASURES:
        for fact in facts_of(summaries):
            stated.setdefault(fact.id, []).append(fact)
    cards = {
        name: card
        for name, card in method.section("measures").items()
        if "made_by" not in card and card.get("kind") not in MADE_ELSEWHERE
    }
    return Measured(
        facts=tuple(_complete(cards, stated, summaries)),
        series=(
            *order_series(summaries),
            *sales_driver_series(summaries),
            *subscription_series(summaries),
            *business_series(summaries),
            *acquisition_series(summaries),
            *value_series(summaries),
            *delivery_series(summaries),
            *account_series(summaries),
            *ageing_series(summaries),
            *cash_series(summaries),
            *assortment_series(summaries),
            *customer_base_series(summaries),
        ),
        evidence=evidence(summaries),
    )


def _complete(
    cards: Mapping[str, Mapping[str, Any]],
    stated: Mapping[str, Iterable[Fact]],
    s: Summaries,
) -> Iterator[Fact]:
    for name, card in cards.items():
        found = list(stated.get(name, ()))
        yield from (_dressed(fact, card, s) for fact in found)
        keys = {fact.key for fact in found}
        for missing in _expected(name, card, found, s):
            if missing.key not in keys:
                yield _dressed(missing, card, s)


def _expected(
    name: str, card: Mapping[str, Any], found: list[Fact], s: Summaries
) -> Iterator[Fact]:
    """Facts that stand even where nothing could be measured: fixed cells, or the fact itself."""
    reason = _reason(card, s)
    cells = card.get("cells", {})
    for dimension, values in cells.items():
        for value in values:
            yield unknown(name, reason, by={dimension: value})
    if not found and not cells:
        yield unknown(name, reason)


def _reason(card: Mapping[str, Any], s: Summaries) -> str:
    """Why there is no figure: no table, no column, or no row."""
    if any(table not in s.tables for table in card.get("needs", ())):
        return "no_table"
    for column in card.get("columns", ()):
        table, _, name = column.partition(".")
        if not s.has(table, name):
            return "no_column"
    return "no_rows"


def _dressed(fact: Fact, card: Mapping[str, Any], s: Summaries) -> Fact:
    """The fact with unit, table and counts from its card; never NaN or infinite."""
    fact = _finite(fact)
    needs = tuple(card.get("needs", ()))
    table = fact.table or (needs[0] if needs and fact.basis == "measured" else None)
    frame = s.tables.get(table) if table else None
    dressed = replace(
        fact,
        unit=card["unit"],
        definition_id=fact.id,
        table=table,
        rows_total=None if frame is None else len(frame),
        needs=fact.needs or needs,
        sampled=fact.sampled or bool(card.get("sampled")),
    )
    return _of_one(dressed) if _alone(dressed) else dressed


def _alone(fact: Fact) -> bool:
    of_customers = fact.id.startswith("customers.") and fact.unit in OF_SEVERAL
    return of_customers and fact.known and fact.sampled and fact.n == 1


def _of_one(fact: Fact) -> Fact:
    """A share of one customer as what it is: not known."""
    named = replace(fact, low=None, high=None, low95=None, high95=None)
    return replace(named, value=None, state="unknown", reason="small_n")


def _finite(fact: Fact) -> Fact:
    if isinstance(fact.value, float) and not isfinite(fact.value):
        return unknown(fact.id, "zero_base", by=fact.by, n=fact.n, period=fact.period)
    bounds = (fact.low, fact.high, fact.low95, fact.high95)
    if all(bound is None or isfinite(bound) for bound in bounds):
        return fact
    return replace(fact, low=None, high=None, low95=None, high95=None)
