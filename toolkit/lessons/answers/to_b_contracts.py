"""Answers on contracts: renewals, net retention, its monthly rate, a point's worth, those due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.answers.to_b_firm import contracts_of, dates_of
from toolkit.lessons.client_firm import ClientFirm
from toolkit.measures.contracts import mrr_by_account, running
from toolkit.measures.months import DAYS_A_YEAR, MONTHS_A_YEAR, day_number, months_before
from toolkit.measures.renewals import PENDING_DAYS, renewed
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

POINT: Final = 0.01
SHOWN: Final = ("account_id", "plan", "start", "end", "mrr", "renewed")


def contracts_frame(firm: ClientFirm, book: object) -> pd.DataFrame | None:
    """A row per contract; ``renewed`` is empty while that is still open."""
    import pandas as pd

    found = contracts_of(firm)
    if found is None:
        return None
    contracts, as_of = found
    today, kept = day_number(as_of), renewed(contracts)
    settled = kept | (contracts["end_day"] <= today) | (contracts["churned_at_day"] <= today)
    made = contracts.assign(
        start=dates_of(contracts["start_day"]),
        end=dates_of(contracts["end_day"]),
        renewed=kept.astype("boolean").where(settled, pd.NA),
    )
    return made[list(SHOWN)].reset_index(drop=True)


def accounts_frame(firm: ClientFirm, book: object) -> pd.DataFrame | None:
    """A row per account with a contract a year ago or today: its monthly amount on both days."""
    import pandas as pd

    found = contracts_of(firm)
    if found is None:
        return None
    contracts, as_of = found
    year_ago = months_before(as_of, MONTHS_A_YEAR)
    amounts = {
        "before": mrr_by_account(contracts, year_ago),
        "now": mrr_by_account(contracts, as_of),
    }
    frame = pd.DataFrame(amounts).fillna(0.0)
    frame.insert(0, "due", frame.index.isin(set(_ended(contracts, as_of)["account_id"])))
    return frame.rename_axis("account_id").reset_index()


def renewal(firm: ClientFirm, book: Words) -> Answer | None:
    """contracts.renewal_rate: renewed ÷ contracts that fell due in 365 days."""
    found = contracts_of(firm)
    due = None if found is None else _ended(*found)
    if found is None or due is None or due.empty:
        return None
    contracts, as_of = found
    hits, n, today = int(due["renewed"].sum()), len(due), day_number(as_of)
    ever = contracts[contracts["end_day"] <= today]
    value, amount = hits / n, float(due["mrr"].sum())
    by_money = {"money": float(due.loc[due["renewed"], "mrr"].sum()) / amount} if amount else {}
    return Answer(
        value=value,
        wrong={
            "all_contracts": hits / len(contracts),
            "running": hits / max(len(running(contracts, as_of)), 1),
            "pending_in": hits / (n + len(_pending(contracts, today))),
            "ever": float(renewed(contracts)[ever.index].mean()),
            "lost": 1 - value,
            **by_money,
        },
        params={
            **_dates(as_of),
            "hits": number_text(hits, "count", book.lang),
            "count": number_text(n, "count", book.lang),
            "all": number_text(len(contracts), "count", book.lang),
            **share_text("rate", value, book),
        },
    )


def nrr(firm: ClientFirm, book: Words) -> Answer | None:
    """contracts.nrr: MRR now ÷ MRR a year ago of the accounts of a year ago."""
    accounts = accounts_frame(firm, book)
    old = None if accounts is None else accounts[accounts["before"] > 0]
    if accounts is None or old is None or old.empty:
        return None
    before, now = old["before"], old["now"]
    start, stayed = float(before.sum()), old[old["now"] > 0]
    value, gross = float(now.sum()) / start, float(now.clip(upper=before).sum()) / start
    wrong: dict[str, Given] = {
        "new_in": float(accounts["now"].sum()) / start,
        "gross": gross,
        "logos": len(stayed) / len(old),
        "mean_of_rates": float((now / before).mean()),
        "churn_only": float(stayed["before"].sum()) / start,
        "change": value - 1,
    }
    if len(stayed):
        wrong["stayed_only"] = float(stayed["now"].sum() / stayed["before"].sum())
    return Answer(
        value=value,
        wrong=wrong,
        params=_kept_params(accounts, {"rate": value, "gross": gross}, book),
    )


def monthly_loss(firm: ClientFirm, book: Words) -> Answer | None:
    """The loss of every month that comes to the gross retention of a year (contracts.grr)."""
    gross, net = firm.number("contracts.grr"), firm.number("contracts.nrr")
    if gross is None or not 0 < gross < 1:
        return None
    value = 1 - gross ** (1 / MONTHS_A_YEAR)
    twelfth = (1 - gross) / MONTHS_A_YEAR
    wrong: dict[str, Given] = {
        "twelfth": twelfth,
        "year": 1 - gross,
        "root_of_loss": (1 - gross) ** (1 / MONTHS_A_YEAR),
        "kept": gross ** (1 / MONTHS_A_YEAR),
    }
    if net is not None and net > 0:
        wrong["net"] = 1 - net ** (1 / MONTHS_A_YEAR)
    return Answer(
        value=value,
        wrong=wrong,
        params={
            "months": str(MONTHS_A_YEAR),
            **share_text("gross", gross, book),
            **share_text("loss", 1 - gross, book),
            "rate": f"{value:.4f}",
            "rate_percent": f"{value * 100:.2f}%",
            "twelfth_percent": f"{twelfth * 100:.2f}%",
            "times_percent": number_text(value * MONTHS_A_YEAR, "share", book.lang),
        },
    )


def point_worth(firm: ClientFirm, book: Words) -> Answer | None:
    """One point of what fell due in a year (contracts.due_arr_12m), in yen a year."""
    accounts = accounts_frame(firm, book)
    found = contracts_of(firm)
    if accounts is None or found is None:
        return None
    due = float(accounts.loc[accounts["due"], "before"].sum())
    if due <= 0:
        return None
    pending = float(_pending(found[0], day_number(found[1]))["mrr"].sum())
    value = due * MONTHS_A_YEAR * POINT
    return Answer(
        value=value,
        wrong={
            "month": due * POINT,
            "everybody_now": float(accounts["now"].sum()) * MONTHS_A_YEAR * POINT,
            "pending": pending * MONTHS_A_YEAR * POINT,
            "whole": due * MONTHS_A_YEAR,
            "tenth": value * 10,
        },
        params={
            "due": money(due, book),
            "due_exact": number_text(due, "count", book.lang),
            "due_year": money(due * MONTHS_A_YEAR, book),
            "worth": money(value, book),
            "exact": number_text(value, "count", book.lang),
        },
    )


def pending(firm: ClientFirm, book: Words) -> Answer | None:
    """contracts.pending_renewals_90d: contracts ending in 90 days, not settled yet."""
    found = contracts_of(firm)
    if found is None:
        return None
    contracts, as_of = found
    today = day_number(as_of)
    waiting, end = _pending(contracts, today), contracts["end_day"]
    span = end.between(today - PENDING_DAYS + 1, today)
    open_ = ~renewed(contracts) & ~(contracts["churned_at_day"] <= today)
    return Answer(
        value=len(waiting),
        wrong={
            "settled_in": int(end.between(today + 1, today + PENDING_DAYS).sum()),
            "past": int(span.sum()),
            "month": int((end.between(today + 1, today + PENDING_DAYS // 3) & open_).sum()),
            "all_open": int(((end > today) & open_).sum()),
        },
        params={
            **_dates(as_of),
            "until": (as_of + timedelta(days=PENDING_DAYS)).isoformat(),
            "days": str(PENDING_DAYS),
            "count": number_text(len(waiting), "count", book.lang),
            "yearly": money(float(waiting["mrr"].sum()) * MONTHS_A_YEAR, book),
        },
    )


def share_text(name: str, value: float, book: Words) -> dict[str, str]:
    """A share as a decimal and in percent."""
    return {name: f"{value:.3f}", f"{name}_percent": number_text(value, "share", book.lang)}


def money(value: float, book: Words) -> str:
    """An amount as the report prints it."""
    return number_text(value, "yen", book.lang)


def _kept_params(accounts: pd.DataFrame, shares: dict[str, float], book: Words) -> dict[str, str]:
    """What fills words about the accounts of a year ago and those that came since."""
    old, new = accounts[accounts["before"] > 0], accounts[accounts["before"] <= 0]
    stayed, start, now = int((old["now"] > 0).sum()), old["before"].sum(), accounts["now"].sum()
    shares = {**shares, "logos": stayed / len(old), "new_in": float(now / start)}
    texts = [share_text(name, value, book) for name, value in shares.items()]
    return {
        "count": number_text(len(old), "count", book.lang),
        "stayed": number_text(stayed, "count", book.lang),
        "start": money(float(start), book),
        "end": money(float(old["now"].sum()), book),
        "new": money(float(new["now"].sum()), book),
        **{name: text for made in texts for name, text in made.items()},
    }


def _ended(contracts: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Contracts that fell due in the 365 days up to a day, and whether they were renewed."""
    today = day_number(as_of)
    ended = contracts["end_day"].between(today - DAYS_A_YEAR + 1, today)
    return contracts[ended].assign(renewed=renewed(contracts)[ended])


def _pending(contracts: pd.DataFrame, today: int) -> pd.DataFrame:
    ahead = contracts["end_day"].between(today + 1, today + PENDING_DAYS)
    gone = contracts["churned_at_day"] <= today
    found: pd.DataFrame = contracts[ahead & ~renewed(contracts) & ~gone]
    return found


def _dates(as_of: date) -> dict[str, str]:
    return {
        "as_of": as_of.isoformat(),
        "since": (as_of - timedelta(days=DAYS_A_YEAR - 1)).isoformat(),
    }
