"""Writer: sentences of content filled with facts, each number keeping the key of its fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from toolkit.diagnosis.edits import own_words
from toolkit.facts import Fact
from toolkit.outline.blocks import Span, Text
from toolkit.words import Words, date_text, month_text, number_text, words

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

Param = str | Span | Text
SIGNED = ("_yoy", "_change", "_t3v9", "_t3v12")
"""Ends of the ids of figures that say how another one moved."""

TO_FIRMS = ("made_to_order", "saas")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes for one diagnosis in one language.

    Placeholders of a sentence are names given by the caller, or one of ``{fact:KEY}``,
    ``{n:KEY}``, ``{period:KEY}``, ``{interval:KEY}``, ``{name:ID}`` which read the facts.
    """

    diagnosis: Diagnosis
    book: Words

    @property
    def lang(self) -> str:
        """Language of the reader."""
        return self.book.lang

    @property
    def currency(self) -> str:
        """Currency of the client's money."""
        return str(self.diagnosis.client["currency"])

    def text(self, key: str, /, **params: Param) -> Text:
        """The sentence under a key as spans."""
        return self.fill(self.book.table.get(key, key), params)

    def line(self, key: str, /, **params: Param) -> str:
        """The sentence under a key as bare characters, for labels and captions."""
        return "".join(span.text for span in self.text(key, **params))

    def has(self, key: str) -> bool:
        """Whether there is a sentence under the key."""
        return self.book.has(key)

    def fill(self, template: str, params: Mapping[str, Param]) -> Text:
        """A template of content with its placeholders filled; params are never templates."""
        spans: list[Span] = []
        for literal, name, detail, _ in Formatter().parse(template):
            if literal:
                spans.append(Span(text=literal))
            if name is not None:
                spans.extend(self._param(name, detail or "", params))
        return tuple(spans)

    def _param(self, name: str, detail: str, params: Mapping[str, Param]) -> Iterable[Span]:
        if detail:
            return self._read(name, detail)
        value = params.get(name, "")
        if isinstance(value, str):
            return (Span(text=value),)
        return (value,) if isinstance(value, Span) else value

    def _read(self, name: str, key: str) -> Iterable[Span]:
        if name == "name":
            return (Span(text=self.name(key)),)
        fact = self.fact(key)
        if name == "fact":
            return (self.value(fact),)
        read = {"n": self.n, "period": self.period, "interval": self.interval}[name]
        return (Span(text=read(fact)),)

    def fact(self, key: str) -> Fact:
        """The fact under a key; unknown where it was never stated."""
        facts = self.diagnosis.facts
        return facts.get(key) or facts.find(key)

    def value(self, fact: Fact, strong: bool = False) -> Span:
        """A fact's value as printed, or the reason why there is none."""
        if not fact.known:
            return Span(text=self.book.text(f"common.reason.{fact.reason or 'not_stated'}"))
        if isinstance(fact.value, str | bool):
            return Span(text=self.answer(fact), fact=fact.key, value=str(fact.value), strong=strong)
        shown = number_text(fact.value, fact.unit, self.lang, self.currency)
        if fact.id.endswith(SIGNED) and (fact.number or 0) > 0 and shown[0] != "+":
            shown = f"+{shown}"
        mark = self.mark(fact.id, fact.unit, fact.number)
        return Span(text=shown + mark, fact=fact.key, value=fact.value, strong=strong)

    def mark(self, fact_id: str, unit: str, value: float | None = None) -> str:
        """What follows a number: the counter of this very figure, else that of its unit.

        ``one|more`` in the words tells a singular from a plural.
        """
        to_firms = ("tob.",) if self.diagnosis.client.get("model") in TO_FIRMS else ()
        own = [f"marks.{prefix}{fact_id}" for prefix in (*to_firms, "")]
        for key in (*own, f"marks.unit.{unit}"):
            if self.has(key):
                one, _, more = self.book.text(key).partition("|")
                return one if value == 1 or not more else more
        return ""

    def number(self, value: float | int | None, unit: str) -> str:
        """A bare number as printed."""
        shown = number_text(value, unit, self.lang, self.currency)
        return shown if value is None else shown + self.mark("", unit, value)

    def answer(self, fact: Fact) -> str:
        """An answer in the reader's words: the label of its code, or the text as given."""
        item = fact.by.get("item")
        labels = (f"questions.{fact.id}.choices.{fact.value}", f"common.answer.{fact.value}")
        said = next((self.book.text(one) for one in labels if self.has(one)), str(fact.value))
        if item is None:
            return said
        return self.line("report.item_answer", item=self.item(fact.id, str(item)), answer=said)

    def item(self, source: str, key: str, label: str = "") -> str:
        """Label of an item of a question, of a rule, or of the method; else the client's own."""
        for prefix in (f"questions.{source}.items", "frameworks.item", "common.item"):
            if self.has(f"{prefix}.{key}"):
                return self.book.text(f"{prefix}.{key}")
        rule = f"rules.{key}.title"
        own = own_words(self.diagnosis, key, "title", self.lang)
        return own or (self.book.text(rule) if self.has(rule) else label or key)

    def cell(self, fact_id: str, by: Mapping[str, str | int]) -> str:
        """Which cell of a breakdown: its dimensions in words."""
        return self.joined(
            self.line(f"common.by.{dimension}", value=self._place(fact_id, dimension, str(value)))
            for dimension, value in by.items()
        )

    def _place(self, fact_id: str, dimension: str, value: str) -> str:
        """A value of a dimension: by its own word where it is one of a fixed few."""
        if dimension == "item":
            return self.item(fact_id, value)
        word = f"common.{dimension}.{value}"
        return self.book.text(word) if self.has(word) else value

    def n(self, fact: Fact) -> str:
        """The sample size as printed, a dash where it means nothing."""
        return "—" if fact.n is None else f"{fact.n:,}"

    def period(self, fact: Fact) -> str:
        """The period of a fact, by months where it runs over some."""
        if fact.period is None:
            return self.date(self.diagnosis.as_of)
        start, end = fact.period
        if start == end:
            return self.date(start)
        if start[:7] == end[:7]:
            return month_text(start, self.lang)
        return self.line(
            "report.period",
            start=month_text(start, self.lang),
            end=month_text(end, self.lang),
        )

    def interval(self, fact: Fact) -> str:
        """The 80 % interval as printed after a value; empty for an exact figure."""
        found = self.range(fact)
        return self.line("report.interval", range=found) if found else ""

    def range(self, fact: Fact) -> str:
        """The ends of the 80 % interval; empty for an exact figure."""
        if fact.low is None or fact.high is None:
            return ""
        low, high = (
            number_text(end, fact.unit, self.lang, self.currency) for end in (fact.low, fact.high)
        )
        return self.line("report.range", low=low, high=high)

    def counted(self, fact: Fact) -> bool:
        """Whether n tells a reader something: for samples, and for sums over single orders."""
        return fact.n is not None and (fact.sampled or fact.unit in ("count", "yen"))

    def name(self, fact_id: str) -> str:
        """The name of a figure, or the text of a question."""
        last = "text" if fact_id.startswith("q.") else "name"
        return self.book.text(f"{self.words_of_card(fact_id)}.{last}")

    def words_of_card(self, fact_id: str) -> str:
        """Prefix of the name and definition of a figure in the words."""
        if fact_id.startswith("q."):
            return f"questions.{fact_id}"
        card = self.diagnosis.content.section("measures").get(fact_id)
        prefix = str(card.get("words", "definitions")) if card is not None else "definitions"
        return f"{prefix}.{fact_id}"

    def date(self, day: str) -> str:
        """A date as printed."""
        return date_text(day, self.lang)

    def joined(self, parts: Iterable[str]) -> str:
        """A list in running text."""
        return self.book.text("report.list_separator").join(parts)


def writer(diagnosis: Diagnosis, lang: str) -> Writer:
    """A writer for a diagnosis in a language."""
    return Writer(diagnosis=diagnosis, book=words(diagnosis.content, lang))


def plain_span(text: str, strong: bool = False) -> Text:
    """A text of one span without a fact."""
    return (Span(text=text, strong=strong),)
