"""Answers that count what was said, and work out what the rows show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import period_text
from toolkit.lessons.delivered import kept
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

EXISTING, RETURNED = "customers.existing_sales_share", "delivery.return_rate_12m"
WINDOW: Final = "return_window_days"


def answers(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row an answer that is not “unknown”: question, item, who, when, said or seen."""
    import pandas as pd

    columns = ["question", "item", "by", "on", "basis", "evidence"]
    rows = [
        [answer[name] for name in columns]
        for answer in firm.diagnosis.answers
        if answer["used"] and answer["value"] not in (None, "unknown")
    ]
    return pd.DataFrame(rows, columns=columns) if rows else None


def said_share(firm: ClientFirm, book: Words) -> Answer | None:
    """Questions of which no answer was seen ÷ questions answered."""
    frame = answers(firm, book)
    if frame is None:
        return None
    seen = frame.assign(seen=frame["basis"] == "seen").groupby("question")["seen"].any()
    right = float((~seen).mean())
    wrong: dict[str, Given] = {
        "rows": float((frame["basis"] == "said").mean()),
        "seen": float(seen.mean()),
        "no_evidence": float(frame.groupby("question")["evidence"].count().eq(0).mean()),
        "heads": float((~seen).sum()),
        "per_row": float((~seen).sum() / len(frame)),
    }
    params = {
        "questions": str(len(seen)),
        "said": str(int((~seen).sum())),
        "rows": str(len(frame)),
        "share": f"{right:.3f}",
        "percent": number_text(right, "share", book.lang),
    }
    return Answer(value=right, wrong=wrong, params=params)


def year(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row an order of the latest twelve months; ``first`` marks a customer's first ever."""
    lines, fact = kept(firm), firm.diagnosis.facts.get(EXISTING)
    if lines is None or fact is None or fact.number is None or fact.period is None:
        return None
    found = _by_order(lines)
    start, end = fact.period
    days = found["order_date"].dt.date.astype(str)
    recent: pd.DataFrame = found[(days >= start) & (days <= end)].reset_index(drop=True)
    return recent


def _by_order(lines: pd.DataFrame) -> pd.DataFrame:
    found = (
        lines.groupby("order_id", sort=False)
        .agg(
            customer_id=("customer_id", "first"),
            order_date=("order_date", "min"),
            amount=("amount", "sum"),
        )
        .reset_index()
        .sort_values(["order_date", "order_id"], kind="stable")
    )
    again = found["customer_id"].notna() & found.duplicated("customer_id")
    return found.assign(first=~again)


def existing_seen(firm: ClientFirm, book: Words) -> Answer | None:
    """Sales after a customer's first order ÷ sales: ``customers.existing_sales_share``."""
    recent, lines, right = year(firm, book), kept(firm), firm.number(EXISTING)
    if recent is None or lines is None or right is None:
        return None
    whole, total = _by_order(lines), float(recent["amount"].sum())
    before = whole[whole["order_date"] < recent["order_date"].min()]["customer_id"]
    known = recent["customer_id"].isin(before.dropna())
    fact = firm.diagnosis.facts[EXISTING]
    counts = recent.groupby("customer_id")["order_id"].nunique()
    return Answer(
        value=right,
        wrong={
            "orders": float((~recent["first"]).mean()),
            "customers": float(known.groupby(recent["customer_id"]).any().mean()),
            "from_before": float(recent.loc[known, "amount"].sum()) / total,
            "all_years": float(whole.loc[~whole["first"], "amount"].sum() / whole["amount"].sum()),
            "new": 1 - right,
            "within_year": float((counts > 1).mean()),
        },
        params={
            "period": period_text(fact, book),
            "sales": f"{total:,.0f}",
            "existing": f"{recent.loc[~recent['first'], 'amount'].sum():,.0f}",
            "share": f"{right:.3f}",
            "percent": number_text(right, "share", book.lang),
        },
    )


def parcels(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a shipped order; ``judged`` marks the year whose time for returns has passed."""
    import pandas as pd

    rows, fact = firm.rows("orders"), firm.diagnosis.facts.get(RETURNED)
    if rows is None or fact is None or fact.number is None or fact.period is None:
        return None
    dates = rows.groupby("order_id", sort=False)[["shipped_at", "returned_at"]].min().reset_index()
    sent = dates[dates["shipped_at"].notna()].reset_index(drop=True)
    window = float(firm.diagnosis.content.section("thresholds")[WINDOW]["value"])
    days = sent["shipped_at"].dt.date.astype(str)
    start, end = fact.period
    late = sent["returned_at"] - sent["shipped_at"] >= pd.Timedelta(days=window + 1)
    return sent.assign(
        returned=sent["returned_at"].notna() & ~late, judged=(days >= start) & (days <= end)
    )


def returns_seen(firm: ClientFirm, book: Words) -> Answer | None:
    """Returned ÷ shipped in the year that can be judged: ``delivery.return_rate_12m``."""
    frame, right = parcels(firm, book), firm.number(RETURNED)
    if frame is None or right is None:
        return None
    judged = frame[frame["judged"]]
    back = float(judged["returned"].sum())
    return Answer(
        value=right,
        wrong={
            "all_years": float(frame["returned"].mean()),
            "mixed": back / len(frame),
            "of_all_returns": back / max(float(frame["returned"].sum()), 1),
            "kept": 1 - right,
            "heads": back,
        },
        params={
            "period": period_text(firm.diagnosis.facts[RETURNED], book),
            "back": f"{back:,.0f}",
            "sent": f"{len(judged):,}",
            "share": f"{right:.3f}",
            "percent": number_text(right, "share", book.lang),
            "all_years": number_text(float(frame["returned"].mean()), "share", book.lang),
        },
    )
