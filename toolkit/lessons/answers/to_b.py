"""The lesson on business with firms: contracts, use, made-to-order work, the first step, a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from toolkit.charts.waterfall import waterfall
from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.parts import chosen, terms
from toolkit.lessons.answers.to_b_contracts import (
    accounts_frame,
    contracts_frame,
    monthly_loss,
    nrr,
    pending,
    point_worth,
    renewal,
)
from toolkit.lessons.answers.to_b_firm import own, shipped
from toolkit.lessons.answers.to_b_made import job_overrun, jobs_frame, quotes_frame, win_rate
from toolkit.lessons.answers.to_b_use import (
    active,
    first_requests,
    requests_frame,
    usage_frame,
)
from toolkit.lessons.client_firm import ClientFirm
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

WORDS: Final = "lessons.to_b"
RENEWAL, NET, GROSS = "contracts.renewal_rate", "contracts.nrr", "contracts.grr"
WAITING, SCORED = "contracts.pending_renewals_90d", "requests.scored_share"
STEPS: Final = {"a": "win", "b": "keep", "c": "expand", "d": "score"}
PARTS: Final = ("churned", "reduced", "expanded")
FIGURE_TOLERANCE: Final = 0.006


def first_step(firm: ClientFirm, book: Words) -> Answer | None:
    """What comes first: keeping accounts, growing with them, scoring requests, or winning new."""
    params = _params(firm, book)
    if params is None:
        return None
    step = _step(firm)
    return chosen(
        STEPS,
        step,
        params={**params, "why": book.text(f"{WORDS}.first_step.why.{step}", **params)},
    )


def note(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of a note: a figure, who is in charge, by when, and a target of use or renewal."""
    params = _params(firm, book)
    if params is None:
        return None
    known = (firm.number(one) for one in (RENEWAL, NET, GROSS))
    model = book.text(f"{WORDS}.note.model.{_step(firm)}", **params)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(
                code="figure",
                figures=tuple(one for one in known if one is not None),
                tolerance=FIGURE_TOLERANCE,
            ),
            *(
                Sign(code=name, terms=terms(book, f"{WORDS}.terms.{name}"))
                for name in ("person", "time", "target")
            ),
        ),
    )


def bridge_frame(firm: ClientFirm, book: object) -> pd.DataFrame | None:
    """What became of the monthly amount of a year ago: lost, reduced, added; as shares."""
    import pandas as pd

    found = firm.diagnosis.series.get("nrr_bridge")
    if found is None or not found.rows:
        return None
    return pd.DataFrame(list(found.rows), columns=list(found.columns))


def bridge_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """From the monthly amount of a year ago to today's of the same accounts."""
    frame = bridge_frame(firm, book)
    if frame is None:
        return None
    labels = {f"item.{part}": book.text(f"{WORDS}.picture.{part}") for part in PARTS}
    ends = {end: book.text(f"{WORDS}.picture.{end}") for end in ("start", "end")}
    return waterfall(frame, labels={**labels, **ends}, lang=book.lang)


ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "renewal": renewal,
    "nrr": nrr,
    "monthly_loss": monthly_loss,
    "point_worth": point_worth,
    "pending": pending,
    "active": active,
    "first_requests": first_requests,
    "first_step": first_step,
    "win_rate": win_rate,
    "job_overrun": job_overrun,
    "note": note,
}
FRAMES: Final = {
    "contracts": contracts_frame,
    "accounts": accounts_frame,
    "bridge": bridge_frame,
    "usage": usage_frame,
    "requests": requests_frame,
    "quotes": quotes_frame,
    "jobs": jobs_frame,
}
PICTURES: Final = {"bridge": bridge_picture}


def _step(firm: ClientFirm) -> str:
    scored = firm.number(SCORED)
    if (firm.number(RENEWAL) or 0.0) < setting("renewal_floor"):
        return "keep"
    if (firm.number(NET) or 0.0) < setting("whole"):
        return "expand"
    return "score" if scored is not None and scored < setting("requests_scored_floor") else "win"


def _params(firm: ClientFirm, book: Words) -> dict[str, str] | None:
    """What fills words about the first step; None where contracts do not tell."""
    known = {name: firm.number(one) for name, one in (("renewal", RENEWAL), ("nrr", NET))}
    if None in known.values():
        return None
    floors = {"renewal_floor": "renewal_floor", "scored_floor": "requests_scored_floor"}
    shares = {**known, "grr": firm.number(GROSS), "scored": firm.number(SCORED)}
    shares |= {name: setting(one) for name, one in floors.items()}
    shown = {name: number_text(value, "share", book.lang) for name, value in shares.items()}
    shown |= {name: shown[name].replace(".0%", "%") for name in floors}
    return {**shown, "pending": number_text(firm.number(WAITING), "count", book.lang)}
