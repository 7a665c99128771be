"""A president to talk to: what he says depends on how he is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from toolkit.errors import UsageError
from toolkit.lessons.claim import Claim, HearingFirm, claims
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import shown
from toolkit.lessons.lesson import Lesson
from toolkit.lessons.result import card
from toolkit.words import Words, date_text

WORDS: Final = "lessons.hearing"
WAYS: Final = ("open", "press", "together")
"""Ways of asking: an open question, holding a figure against him, looking at it together."""
_EDGE: Final = "#8a6400"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something said, as a notebook shows it."""

    label: str
    text: str

    def __repr__(self) -> str:
        return f"{self.label}: {self.text}"

    def _repr_html_(self) -> str:
        return card(self.label, self.text, _EDGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class President:
    """The president of a lesson's firm; of a learner's own client, what he answered."""

    firm: ClientFirm = field(repr=False)
    book: Words = field(repr=False)

    def ask(self, topic: str, how: str = "open") -> Utterance:
        """What he says about a topic.

        Args:
            topic: letter of a claim, such as ``"A"``.
            how: ``open``, ``press`` or ``together``; what a client has answered stays as it is.

        Raises:
            UsageError: there is no such topic, or no such way of asking.
        """
        found = {claim.key: claim for claim in claims(self.firm)}
        claim = found.get(topic.strip().upper())
        if claim is None:
            raise UsageError("lesson_topic", params={"name": topic, "names": ", ".join(found)})
        if how not in WAYS:
            raise UsageError("lesson_topic", params={"name": how, "names": ", ".join(WAYS)})
        label = self.book.text(f"{WORDS}.asked.{how}", topic=topic_name(claim, self.book))
        return Utterance(label=label, text=quote(claim, self.firm, self.book, how))


def president_of(lesson: Lesson) -> President:
    """The president of the firm a lesson is about.

    Raises:
        UsageError: the lesson's firm is no client.
    """
    if not isinstance(lesson.firm, ClientFirm):
        raise UsageError("lesson_source_client", params={"type": type(lesson.firm).__name__})
    return President(firm=lesson.firm, book=lesson.book)


def topic_name(claim: Claim, book: Words) -> str:
    """What a claim is about."""
    return book.text(f"{WORDS}.topic.{claim.id}")


def quote(claim: Claim, firm: ClientFirm, book: Words, how: str = "open") -> str:
    """The words in which a claim was said; an answer at the hearing by what it comes to."""
    said, seen = said_text(claim, firm, book), seen_text(claim, firm, book)
    if isinstance(firm, HearingFirm) and firm.scripted:
        return book.text(f"{WORDS}.spoken.{claim.id}.{how}", said=said, seen=seen)
    on = date_text(claim.on, book.lang) if claim.on else "—"
    text = book.text(f"{WORDS}.answered.{claim.id}", said=said)
    return book.text(f"{WORDS}.recorded", text=text, by=claim.by or "—", on=on)


def said_text(claim: Claim, firm: ClientFirm, book: Words) -> str:
    """What was said, as people say it: whole percent without a decimal, days named."""
    return _amount(claim.said, claim.seen.unit, firm, book).replace(".0%", "%")


def seen_text(claim: Claim, firm: ClientFirm, book: Words) -> str:
    """What the data show, with its unit."""
    return _amount(claim.value, claim.seen.unit, firm, book)


def _amount(value: float, unit: str, firm: ClientFirm, book: Words) -> str:
    text, name = shown(value, unit, firm, book), f"{WORDS}.unit.{unit}"
    return book.text(name, value=text) if book.has(name) else text
