"""Answers on use and requests: accounts that use the product, and what to build first."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Given, Table
from toolkit.lessons.answers.to_b_contracts import share_text
from toolkit.lessons.answers.to_b_firm import contracts_of, summaries
from toolkit.lessons.client_firm import ClientFirm
from toolkit.measures.requests import SCORES, ranked_requests
from toolkit.measures.usage import LAUNCH_DAYS, last_day, usage_coverage, use_by_account
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

FIRST: Final = 3  # requests to name
LISTED: Final = 6  # requests to choose from
SCORED: Final = ("request_id", *SCORES, "effort")


def usage_frame(firm: ClientFirm, book: object) -> pd.DataFrame | None:
    """A row per account under contract: seats, users, minutes and core uses of 30 days."""
    found, held = summaries(firm), contracts_of(firm)
    covered = None if found is None else usage_coverage(found)
    if found is None or held is None or covered is None or not found.has("usage", "active_users"):
        return None
    day = last_day(found, covered)
    begun = day - timedelta(days=LAUNCH_DAYS)
    used = use_by_account(found, held[0], begun, day)
    frame = found.tables["usage"]
    recent = frame[(frame["date"].dt.date > begun) & (frame["date"].dt.date <= day)]
    seats = (
        recent.groupby("account_id")["licensed_users"].max() if "licensed_users" in recent else 0
    )
    shown = used[["users", "minutes", "core_events"]].assign(seats=seats)
    return shown.fillna(0.0).rename_axis("account_id").reset_index()


def active(firm: ClientFirm, book: Words) -> Answer | None:
    """contracts.active_account_rate: accounts with a user in 30 days ÷ accounts under contract."""
    usage, held = usage_frame(firm, book), contracts_of(firm)
    if usage is None or usage.empty or held is None:
        return None
    hits, n = int((usage["users"] >= 1).sum()), len(usage)
    seated = usage[usage["seats"] > 0]
    wrong: dict[str, Given] = {
        "all_accounts": hits / held[0]["account_id"].nunique(),
        "idle": 1 - hits / n,
        "core": float((usage["core_events"] >= 1).mean()),
    }
    if len(seated):
        wrong["seats"] = float(seated["users"].sum() / seated["seats"].sum())
        wrong["mean_of_rates"] = float((seated["users"] / seated["seats"]).mean())
    return Answer(
        value=hits / n,
        wrong=wrong,
        params={
            "days": str(LAUNCH_DAYS),
            "hits": number_text(hits, "count", book.lang),
            "count": number_text(n, "count", book.lang),
            "idle": number_text(n - hits, "count", book.lang),
            **share_text("rate", hits / n, book),
            "seats": _percent(wrong.get("seats"), book),
            "mean": _percent(wrong.get("mean_of_rates"), book),
        },
    )


def requests_frame(firm: ClientFirm, book: object) -> pd.DataFrame | None:
    """Open requests with their scores: the best by output ÷ effort, the loudest, the smallest."""
    import pandas as pd

    found = summaries(firm)
    ranked = None if found is None else ranked_requests(found)
    if found is None or ranked is None or len(ranked) <= FIRST:
        return None
    best = ranked.sort_values(["ratio", "request_id"], ascending=[False, True])
    loud = best.sort_values(["output", "effort"], ascending=False).head(2)
    light = best.iloc[::-1].sort_values("effort", kind="stable").head(1)
    chosen = pd.concat([best.drop_duplicates("ratio").head(FIRST), loud, light])
    wanted = chosen.drop_duplicates("request_id").head(LISTED)["request_id"]
    table = found.tables["requests"].drop_duplicates("request_id")
    shown = table[table["request_id"].isin(set(wanted))].sort_values("request_id")
    return shown[list(SCORED)].reset_index(drop=True)


def first_requests(firm: ClientFirm, book: Words) -> Answer | None:
    """The requests to build first, by output (three scores) ÷ effort."""
    frame = requests_frame(firm, book)
    if frame is None or len(frame) <= FIRST:
        return None
    keys = [f"R{place}" for place in range(1, len(frame) + 1)]
    output, effort = _output(frame).set_axis(keys), frame["effort"].astype(float).set_axis(keys)
    ratio = output / effort
    order = tuple(ratio.sort_values(ascending=False, kind="stable").index[:FIRST])
    loud = keys[int(output.argmax())]
    first = {"loudest": loud, "smallest": keys[int(effort.argmin())]}
    return Answer(
        value=order,
        also=_equal(order, ratio),
        wrong={code: (key,) for code, key in first.items() if key != order[0]},
        params={
            "count": str(FIRST),
            "worked": "\n".join(
                f"- {key}: {output[key]:g} ÷ {effort[key]:g} = {ratio[key]:.2f}" for key in keys
            ),
            "first": order[0],
            "loud": loud,
            "loud_output": f"{output[loud]:g}",
            "loud_ratio": f"{ratio[loud]:.2f}",
        },
        options=tuple(keys),
        table=_table(keys, frame),
    )


def _output(frame: pd.DataFrame) -> pd.Series[float]:
    return frame[list(SCORES)].astype(float).sum(axis=1)


def _equal(order: tuple[str, ...], ratio: pd.Series[float]) -> tuple[tuple[str, ...], ...]:
    """Other orders that are as good, where ratios are equal."""
    wanted = [ratio[key] for key in order]
    tied = ratio[ratio >= wanted[-1]].index.tolist()
    made = permutations(tied, FIRST)
    return tuple(x for x in made if x != order and [ratio[key] for key in x] == wanted)


def _table(keys: list[str], frame: pd.DataFrame) -> Table:
    rows = zip(keys, *(frame[name].astype(float) for name in (*SCORES, "effort")), strict=True)
    return Table(columns=("key", *SCORES, "effort"), rows=tuple(rows))


def _percent(value: object, book: Words) -> str:
    return number_text(value if isinstance(value, float) else None, "share", book.lang)
