"""The lesson on the hearing: said beside seen, what contradicts, and how to bring it up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from toolkit.lessons import client_firm
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.hearing_seen import (
    answers,
    existing_seen,
    parcels,
    returns_seen,
    said_share,
    year,
)
from toolkit.lessons.answers.parts import chosen, terms
from toolkit.lessons.claim import Claim, HearingFirm, claims
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import name, period_text
from toolkit.lessons.hearing_picture import compared_picture, said_picture
from toolkit.lessons.president import quote, said_text, seen_text, topic_name
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

WORDS: Final = "lessons.hearing"
TALK: Final = ("b", "c", "a", "d")  # thank, listen, show, agree
WAYS: Final = {"a": "press", "b": "together", "c": "blame", "d": "recount"}
SHARE_TOLERANCE, TOLERANCE = 0.0006, 0.06  # a figure quoted to one decimal, in percent or as such


def shipped(record: Mapping[str, Any], book: Words) -> HearingFirm:
    """The client of the lesson, whose president speaks the lesson's lines."""
    return _at_hearing(client_firm.shipped(record, book), scripted=True)


def own(source: object, book: Words) -> HearingFirm:
    """The learner's own client, speaking by its answers."""
    return _at_hearing(client_firm.own(source, book), scripted=False)


def _at_hearing(firm: ClientFirm, *, scripted: bool) -> HearingFirm:
    return HearingFirm(diagnosis=firm.diagnosis, case=firm.case, scripted=scripted)


def said(firm: HearingFirm, book: Words) -> pd.DataFrame | None:
    """A row a claim: its letter, topic, words, and what it comes to."""
    import pandas as pd

    rows = [
        (c.key, topic_name(c, book), quote(c, firm, book), c.relation, c.said) for c in claims(firm)
    ]
    return pd.DataFrame(rows, columns=["key", "topic", "words", "relation", "said"])


def seen(firm: HearingFirm, book: Words) -> pd.DataFrame | None:
    """A row a claim: what the data show, whether on too few cases, when."""
    import pandas as pd

    rows = [
        (c.key, name(c.seen, book), c.value, c.slack, c.few, period_text(c.seen, book))
        for c in claims(firm)
    ]
    return pd.DataFrame(rows, columns=["key", "what", "seen", "slack", "few", "period"])


def contradicted(firm: HearingFirm, book: Words) -> Answer | None:
    """Letters of the claims that the data contradict."""
    found = claims(firm)
    apart = tuple(c.key for c in found if c.contradicted)
    if not apart:
        return None
    above = tuple(c.key for c in found if c.value > c.said)
    below = tuple(c.key for c in found if c.value < c.said)
    wrong = {"only_below": below, "only_above": above, "all": tuple(c.key for c in found)}
    holds = tuple(c.key for c in found if not c.contradicted)
    wrong["holds"] = holds
    return Answer(
        value=apart,
        wrong={code: keys for code, keys in wrong.items() if len(keys) == len(apart)},
        params={
            "count": str(len(apart)),
            "claims": str(len(found)),
            "held": str(len(holds)),
            "worked": "\n".join(f"- {_worked(c, firm, book)}" for c in found),
        },
        options=tuple(c.key for c in found),
    )


def _worked(claim: Claim, firm: HearingFirm, book: Words) -> str:
    how = "apart" if claim.contradicted else "few" if claim.apart else "holds"
    return book.text(f"{WORDS}.compared.{how}", key=claim.key, **_params(claim, firm, book))


def _params(claim: Claim, firm: HearingFirm, book: Words) -> dict[str, str]:
    return {
        "topic": topic_name(claim, book),
        "said": said_text(claim, firm, book),
        "seen": seen_text(claim, firm, book),
        "relation": book.text(f"{WORDS}.relation.{claim.relation}"),
        "n": "—" if claim.seen.n is None else f"{claim.seen.n:,}",
        "period": period_text(claim.seen, book),
    }


def order_of_talk(firm: HearingFirm, book: Words) -> Answer | None:
    """Thank for what holds, let him tell, show the figure, agree on one thing to check."""
    topic = _topic(firm)
    if topic is None:
        return None
    held = next((c for c in claims(firm) if not c.apart), None)
    thanks = topic_name(held, book) if held else book.text(f"{WORDS}.thanks")
    return Answer(
        value=TALK,
        wrong={"figure_first": ("a",), "plan_first": ("d",), "story_first": ("c",)},
        params={**_params(topic, firm, book), "held": thanks},
        options=tuple(sorted(TALK)),
    )


def next_question(firm: HearingFirm, book: Words) -> Answer | None:
    """How to ask on: together; where the cases are few, look at the counting first."""
    topic = _topic(firm)
    if topic is None:
        return None
    way = "recount" if topic.few else "together"
    params = _params(topic, firm, book)
    return chosen(
        WAYS,
        way,
        params={**params, "why": book.text(f"{WORDS}.next_question.why.{way}", **params)},
    )


def say_it(firm: HearingFirm, book: Words) -> Answer | None:
    """Signs of a good word: what was said, what is seen, where from, and a question."""
    topic = _topic(firm)
    if topic is None:
        return None
    params = _params(topic, firm, book)
    model = book.text(f"{WORDS}.say_it.model", **params)
    tolerance = SHARE_TOLERANCE if topic.seen.unit == "share" else TOLERANCE
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(
                code="said",
                terms=terms(book, f"{WORDS}.terms.said"),
                figures=(topic.said,),
                tolerance=1e-9,
            ),
            Sign(code="seen", figures=(topic.value,), tolerance=tolerance),
            Sign(code="source", terms=terms(book, f"{WORDS}.terms.source")),
            Sign(code="ask", terms=terms(book, f"{WORDS}.terms.ask")),
        ),
    )


def _topic(firm: HearingFirm) -> Claim | None:
    """What to bring up: the first claim contradicted, else the first apart on few cases."""
    found = sorted((c for c in claims(firm) if c.apart), key=lambda c: c.few)
    return found[0] if found else None


ANSWERS: Final[Mapping[str, Callable[[HearingFirm, Words], Answer | None]]] = {
    "said_share": said_share,
    "existing_seen": existing_seen,
    "returns_seen": returns_seen,
    "contradicted": contradicted,
    "order_of_talk": order_of_talk,
    "next_question": next_question,
    "say_it": say_it,
}
FRAMES: Final = {
    "answers": answers,
    "said": said,
    "seen": seen,
    "orders": year,
    "parcels": parcels,
}
PICTURES: Final = {"said": said_picture, "compared": compared_picture}
