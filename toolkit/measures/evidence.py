"""Rows behind the figures: one per customer, account, step or cost; no personal column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.measures.contracts import lost_accounts, mrr_by_account
from toolkit.measures.costs import monthly_costs
from toolkit.measures.evidence_of_accounts import account_evidence
from toolkit.measures.evidence_of_acquisition import acquisition_evidence
from toolkit.measures.evidence_of_assortment import assortment_evidence
from toolkit.measures.evidence_of_work import work_evidence
from toolkit.measures.months import EPOCH, month_label
from toolkit.measures.owed import owed_on

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

MOST_ROWS = 20_000
STEPS = ("step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day")


def evidence(s: Summaries) -> dict[str, pandas.DataFrame]:
    """Frames by table, at most 20,000 rows each: of customers the largest by amount."""
    made = {
        "orders": _customers(s),
        "guests": _guests(s),
        "contracts": _accounts(s),
        "journey": _steps(s),
        "costs": _costs(s),
        **account_evidence(s),
        **work_evidence(s),
        **acquisition_evidence(s),
        **assortment_evidence(s),
        "receivables": _invoices(s),
    }
    return {
        table: frame.head(MOST_ROWS)
        for table, frame in made.items()
        if frame is not None and len(frame)
    }


def _customers(s: Summaries) -> pandas.DataFrame | None:
    if s.customers is None:
        return None
    found = s.customers.sort_values(
        ["amount", "customer_id"], ascending=[False, True], kind="stable"
    )
    found = found.head(MOST_ROWS).sort_values("customer_id", kind="stable")
    for name in ("first", "second", "last"):
        found[f"{name}_order"] = _days(found[f"{name}_day"])
    columns = ["customer_id", "orders", "amount", "first_order", "second_order", "last_order"]
    columns += ["median_interval_days", "first_order_id", "file", "row"]
    names = {
        "order_count": "orders",
        "median_interval": "median_interval_days",
        "file_name": "file",
        "row_no": "row",
    }
    return found.rename(columns=names)[columns].reset_index(drop=True)


def _guests(s: Summaries) -> pandas.DataFrame | None:
    """A row per month of orders without a customer: they count as orders and sales alone."""
    if s.orders is None:
        return None
    found = s.orders[s.orders["customer_id"].isna()]
    made = found.groupby("month_no").agg(orders=("order_id", "count"), amount=("amount", "sum"))
    made.insert(0, "month", [month_label(int(month)) for month in made.index])
    return made.reset_index(drop=True).head(MOST_ROWS)


def _days(numbers: pandas.Series[float]) -> pandas.Series[str]:
    """Day numbers as ISO dates in text: a sheet shows them alike everywhere."""
    import pandas as pd

    dates = pd.to_datetime(numbers // 1, unit="D", origin=pd.Timestamp(EPOCH))
    return dates.dt.strftime("%Y-%m-%d")


def _accounts(s: Summaries) -> pandas.DataFrame | None:
    lost = lost_accounts(s)
    if lost is None:
        return None
    if s.contracts is None or s.contracts.empty:
        frame = s.tables["contracts"].loc[lost.index]
        place = {"file": frame["_file"], "row": frame["_row"]}
        made = lost.assign(account_id=frame.get("account_id"), **place)
    else:
        groups = s.contracts.groupby("account_id")
        first = groups.agg(
            first_day=("first_day", "min"), file=("file_name", "first"), row=("row_no", "min")
        )
        made = lost.join(first).assign(mrr=mrr_by_account(s.contracts, s.as_of))
        made = made.assign(start=_days(made["first_day"])).reset_index()
    names = ("account_id", "plan", "start", "months", "lost", "mrr", "file", "row")
    columns = [name for name in names if name in made]
    return made[columns].head(MOST_ROWS).reset_index(drop=True)


def _steps(s: Summaries) -> pandas.DataFrame | None:
    if s.steps is None:
        return None
    places = {"file_name": "file", "row_no": "row"}
    made: pandas.DataFrame = s.steps[[*STEPS, *places]].rename(columns=places)
    return made.head(MOST_ROWS)


def _costs(s: Summaries) -> pandas.DataFrame | None:
    costs = monthly_costs(s)
    if costs is None:
        return None
    made = costs.items.rename_axis(columns=None).assign(net_sales=costs.sales)
    made.insert(0, "month", [month_label(month) for month in costs.months])
    return made.reset_index(drop=True).head(MOST_ROWS)


def _invoices(s: Summaries) -> pandas.DataFrame | None:
    """A row per invoice, the largest open ones first where there are too many."""
    found = owed_on(s, s.as_of)
    if found is None:
        return None
    found = found.sort_values(["open_amount", "invoice_id"], ascending=[False, True], kind="stable")
    found = found.head(MOST_ROWS).sort_values("invoice_id", kind="stable")
    for name in ("invoiced", "due", "paid"):
        found[name] = _days(found[f"{name}_day"])
    columns = ["invoice_id", "customer_id", "invoiced", "due", "amount", "paid", "paid_amount"]
    columns += ["open_amount", "overdue_days", "file", "row"]
    names = {"file_name": "file", "row_no": "row"}
    return found.rename(columns=names)[columns].reset_index(drop=True)
