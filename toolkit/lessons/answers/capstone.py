"""The capstone: a planted client diagnosed by the learner, then met again a month later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from toolkit.lessons.answer import Answer, Given, Sign
from toolkit.lessons.answers.capstone_after import (
    cart_frame,
    next_offer,
    plan_frame,
    promises_frame,
    realised,
    say_effect,
)
from toolkit.lessons.answers.capstone_rates import (
    Side,
    noise_band,
    orders_frame,
    return_rate,
    return_rise,
    returns_frame,
    side_params,
    sides_of,
)
from toolkit.lessons.answers.parts import terms
from toolkit.lessons.client_firm import ClientFirm, own
from toolkit.lessons.client_words import action, sentence, title
from toolkit.lessons.monthly import monthly_frame
from toolkit.lessons.monthly_picture import monthly_picture
from toolkit.lessons.planted_client import PlantedFirm, planted_client
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

WORDS: Final = "lessons.capstone"
RETURNS: Final = "FUL007"
NEAR: Final = 0.0006  # a share quoted in percent to one decimal


def shipped(record: Mapping[str, Any], book: Words) -> ClientFirm:
    """The client with faults planted, made once a process."""
    return planted_client(record)


def recall(firm: ClientFirm, book: Words) -> Answer | None:
    """Share of the planted faults that the program found."""
    if not isinstance(firm, PlantedFirm) or not firm.planted:
        return None
    judged = firm.diagnosis.judged
    failed = [one.id for one in judged if one.status == "fail"]
    found = [code for code in firm.planted if code in failed]
    missed = [code for code in firm.planted if code not in failed]
    wrong: dict[str, Given] = {
        "missed": len(missed) / len(firm.planted),
        "of_all_rules": len(found) / len(judged),
        "count": float(len(found)),
    }
    if failed:
        wrong["precision"] = len(found) / len(failed)
    return Answer(
        value=len(found) / len(firm.planted),
        wrong=wrong,
        params={
            "planted": _listed(firm, book, firm.planted),
            "planted_count": str(len(firm.planted)),
            "failed": _listed(firm, book, failed),
            "failed_count": str(len(failed)),
            "found_count": str(len(found)),
            "missed": book.text("report.list_separator").join(missed),
            "recall": f"{len(found) / len(firm.planted):.2f}",
            "precision": f"{len(found) / len(failed):.2f}" if failed else "",
        },
    )


def findings(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of a finding in four parts: claim, measure, comparison, action."""
    red = [one.id for one in firm.diagnosis.judged if one.red]
    sides = sides_of(firm)
    if not red:
        return None
    returns = sides is not None and RETURNS in red
    code = RETURNS if returns else red[0]
    params = {
        **side_params(firm, book),
        "code": code,
        "title": title(firm.diagnosis, book, code),
        "sentence": sentence(firm.diagnosis, book, code),
        "action": action(firm.diagnosis, book, code),
    }
    model = book.text(f"{WORDS}.findings.{'model' if returns else 'model_other'}", **params)
    figures = Sign(
        code="measure",
        terms=terms(book, f"{WORDS}.terms.measure"),
        figures=_figures(firm, red, sides or ()),
        tolerance=NEAR,
    )
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="claim", terms=(*red, *terms(book, f"{WORDS}.terms.claim"))),
            figures,
            Sign(code="comparison", terms=terms(book, f"{WORDS}.terms.comparison")),
            Sign(code="action", terms=terms(book, f"{WORDS}.terms.action")),
        ),
    )


def _figures(firm: ClientFirm, red: list[str], sides: tuple[Side, ...]) -> tuple[float, ...]:
    """Figures a finding may quote: the rates counted again, and those behind the red findings."""
    facts = firm.diagnosis.facts
    shown = {key for code in red for key in firm.diagnosis.finding(code).evidence.facts}
    behind = [abs(facts[key].number or 0.0) for key in sorted(shown) if key in facts]
    return tuple(value for value in (*(one.rate for one in sides), *behind) if value)


def program_frame(firm: ClientFirm, book: Words) -> pd.DataFrame:
    """What the program found, with its sentence: to be opened after one's own."""
    import pandas as pd

    made = firm.diagnosis
    rows = [
        (one.id, title(made, book, one.id), one.severity, sentence(made, book, one.id))
        for one in made.judged
        if one.status == "fail"
    ]
    return pd.DataFrame(rows, columns=["code", "title", "severity", "sentence"])


def contacts_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Contacts of customers as recorded: day, type and why."""
    rows = firm.rows("contacts")
    if rows is None:
        return None
    return rows[[name for name in ("date", "type", "why") if name in rows]]


def facts_frame(firm: ClientFirm, book: Words) -> pd.DataFrame:
    """Measured facts by key, with value, n and period: what evidence may rest on."""
    import pandas as pd

    rows = [
        (key, fact.value, fact.n, " – ".join(fact.period or ()))
        for key, fact in firm.diagnosis.facts.items()
        if fact.known and fact.basis == "measured" and fact.number is not None
    ]
    return pd.DataFrame(rows, columns=["key", "value", "n", "period"])


ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "return_rate": return_rate,
    "return_rise": return_rise,
    "noise_band": noise_band,
    "recall": recall,
    "findings": findings,
    "realised": realised,
    "say_effect": say_effect,
    "next_offer": next_offer,
}
FRAMES: Final = {
    "monthly": monthly_frame,
    "orders": orders_frame,
    "returns": returns_frame,
    "contacts": contacts_frame,
    "facts": facts_frame,
    "program": program_frame,
    "promises": promises_frame,
    "carts": cart_frame,
    "next_plan": plan_frame,
}
PICTURES: Final = {"monthly": monthly_picture}


def _listed(firm: ClientFirm, book: Words, codes: tuple[str, ...] | list[str]) -> str:
    return "\n".join(f"- {code} {title(firm.diagnosis, book, code)}" for code in codes)
