"""The lesson on telling a president: its tables, the first thing to tell, the opening."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from toolkit.diagnosis.plan import CONFIDENCES, Action
from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.parts import terms
from toolkit.lessons.answers.telling_causes import (
    cause_first,
    run_of,
    run_params,
    say_cause,
)
from toolkit.lessons.answers.telling_yen import (
    first_three,
    first_year,
    low_end,
    payback,
    summed_twice,
    sureness,
    yen_params,
)
from toolkit.lessons.client_firm import ClientFirm, own, shipped
from toolkit.lessons.client_text import exact
from toolkit.lessons.client_words import sentence, strength, title
from toolkit.lessons.telling_picture import sums_picture
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

WORDS: Final = "lessons.telling_the_president"
ROLES: Final = ("biggest", "unsure", "no_yen")
LETTERS: Final = "abcd"
NEAR: Final = 5.0  # ten thousand yen by which a figure is still the same one, rounded
TEN_THOUSAND: Final = 1e4
MILLION: Final = 1e6
COUNTED: Final = re.compile(r"\s*[（(][^（）()]*n=[^（）()]*[）)]")


def tell_first(firm: ClientFirm, book: Words) -> Answer | None:
    """The finding to tell first: yen × confidence ÷ effort, as the plan ranks it."""
    plan = {action.findings[0]: action for action in firm.diagnosis.actions}
    chosen = _candidates(firm)
    if not chosen or len(chosen) < len(("first", "another")):
        return None
    placed = sorted(chosen, key=lambda role: chosen[role][::-1])  # by the digits of the code
    letters = dict(zip(placed, LETTERS, strict=False))
    first = chosen["first"]
    params = {
        **_told(firm, book, first),
        **{f"weight_{name}": f"{setting(f'rank_{name}'):g}" for name in CONFIDENCES},
        "options": "\n".join(
            f"- {letter}: {_option(firm, book, plan[chosen[role]])}"
            for role, letter in letters.items()
        ),
        **{f"{role}_title": title(firm.diagnosis, book, code) for role, code in chosen.items()},
    }
    return Answer(
        value=letters["first"],
        wrong={role: letter for role, letter in letters.items() if role != "first"},
        params=params,
        options=tuple(letters.values()),
    )


def opening(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of the two minutes that open a meeting: strength, fact, range, condition, question."""
    made, run = firm.diagnosis, run_of(firm)
    total = made.totals.profit
    if total is None or not made.strengths or not made.actions:
        return None
    first = made.actions[0].findings[0]
    params = {**yen_params(firm, book), **_told(firm, book, first)}
    params |= run_params(run, firm, book) if run is not None else {}
    params |= {"strength": said(strength(made, book, made.strengths[0].rule))}
    model = book.text(f"{WORDS}.opening.model", **params)
    ends = [total.low or total.gap, total.high or total.gap]
    yen = [part * value for value in (*ends, total.gap) for part in (1.0, made.totals.closure)]
    figures = Sign(code="figure", terms=(first, *_written(firm, book, yen)), tolerance=NEAR)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="strength", terms=terms(book, f"{WORDS}.terms.strength")),
            replace(figures, figures=tuple(value / TEN_THOUSAND for value in yen)),
            Sign(code="range", terms=terms(book, f"{WORDS}.terms.range")),
            Sign(code="condition", terms=terms(book, f"{WORDS}.terms.condition")),
            Sign(code="question", terms=terms(book, f"{WORDS}.terms.question")),
        ),
    )


def strengths_frame(firm: ClientFirm, book: Words) -> pd.DataFrame:
    """What works and is worth protecting, with the sentence that shows it."""
    import pandas as pd

    made = firm.diagnosis
    rows = [(one.rule, strength(made, book, one.rule)) for one in made.strengths]
    return pd.DataFrame(rows, columns=["code", "sentence"])


def actions_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Actions in their order: what each would bring, how sure it is, what it takes.

    Returns:
        frame with rank, code, title, kind, alone, share, effect (yen a year), confidence, effort
        and days; None without an action.
    """
    import pandas as pd

    columns = [
        "rank", "code", "title", "kind", "alone", "share", "effect", "confidence", "effort", "days",
    ]  # fmt: skip
    rows = [_row(firm, book, action) for action in firm.diagnosis.actions]
    return pd.DataFrame(rows, columns=columns) if rows else None


def chain_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """The findings of the longest chain, in no order, each with what the report says of it."""
    import pandas as pd

    run = run_of(firm)
    if run is None:
        return None
    made = firm.diagnosis
    rows = [
        (code, title(made, book, code), sureness(made.finding(code).confidence),
         sentence(made, book, code))
        for code in run.shuffled
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["code", "title", "confidence", "sentence"])


ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "summed_twice": summed_twice,
    "first_three": first_three,
    "low_end": low_end,
    "payback": payback,
    "first_year": first_year,
    "cause_first": cause_first,
    "say_cause": say_cause,
    "tell_first": tell_first,
    "opening": opening,
}
FRAMES: Final = {"strengths": strengths_frame, "actions": actions_frame, "chain": chain_frame}
PICTURES: Final = {"sums": sums_picture}


def _row(firm: ClientFirm, book: Words, action: Action) -> tuple[object, ...]:
    code = action.findings[0]
    finding = firm.diagnosis.finding(code)
    yen = finding.yen
    counted = yen is not None and yen.counted and yen.kind != "risk"
    return (
        action.rank,
        code,
        title(firm.diagnosis, book, code),
        yen.kind if yen is not None and counted else None,
        yen.gap if yen is not None and counted else None,
        yen.share if yen is not None and counted else None,
        action.yen,
        sureness(finding.confidence),
        action.effort,
        setting(f"effort_days_{action.effort}"),
    )


def _candidates(firm: ClientFirm) -> dict[str, str]:
    """The first action, and findings one might be tempted to tell before it, each once."""
    made = firm.diagnosis
    if not made.actions or made.actions[0].yen is None:
        return {}
    chosen = {"first": made.actions[0].findings[0]}
    rest = [made.finding(one.findings[0]) for one in made.actions[1:]]
    big = [f for f in rest if f.yen is not None and f.yen.gap and f.yen.kind == "profit"]
    biggest = max(big, key=lambda f: (f.yen.gap or 0.0) if f.yen else 0.0, default=None)
    tempting = {
        "biggest": biggest,
        "unsure": next((f for f in rest if f.confidence == "low"), None),
        "no_yen": next((f for f in rest if f.red and (f.yen is None or not f.yen.effect)), None),
    }
    for role in ROLES:
        found = tempting[role]
        if found is not None and found.id not in chosen.values():
            chosen[role] = found.id
    return chosen


def _told(firm: ClientFirm, book: Words, code: str) -> dict[str, str]:
    action = next(one for one in firm.diagnosis.actions if one.findings[0] == code)
    days = setting(f"effort_days_{action.effort}")
    sure = setting(f"rank_{sureness(firm.diagnosis.finding(code).confidence)}")
    worth = action.yen or 0.0
    return {
        "told": code,
        "told_title": title(firm.diagnosis, book, code),
        "told_sentence": said(sentence(firm.diagnosis, book, code)),
        "told_yen": exact(worth, firm, book),
        "told_days": f"{days:g}",
        "told_sure": f"{sure:g}",
        "per_day": exact(worth * sure / days, firm, book),
    }


def _option(firm: ClientFirm, book: Words, action: Action) -> str:
    code = action.findings[0]
    yen = action.yen
    unknown = book.text(f"{WORDS}.tell_first.unknown_yen")
    return book.text(
        f"{WORDS}.tell_first.option",
        code=code,
        title=title(firm.diagnosis, book, code),
        yen=unknown if yen is None else exact(yen, firm, book),
        days=f"{setting(f'effort_days_{action.effort}'):g}",
        sure=book.text(f"common.confidence.{sureness(firm.diagnosis.finding(code).confidence)}"),
    )


def said(sentence: str) -> str:
    """A sentence of the report without the counts and periods nobody says aloud.

    >>> said("三人に一人です（n=120、2026年4月）。")
    '三人に一人です。'
    """
    return COUNTED.sub("", sentence)


def _written(firm: ClientFirm, book: Words, amounts: list[float]) -> tuple[str, ...]:
    """Amounts as people write them: every digit, or rounded to millions."""
    full = [exact(value, firm, book) for value in amounts]
    millions = [f"{value / MILLION:.1f} million" for value in amounts]
    return (*full, *(f"{value:.0f}" for value in amounts), *millions)
