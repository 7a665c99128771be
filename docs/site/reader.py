"""The method as its reader sees it: names, values, conditions and links in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.deliverables.request_markdown import escaped
from toolkit.method import Entry, Method
from toolkit.words import Words, fact_name, number_text, words

FEW = 12
COMPARED = ("above", "below", "at_least", "at_most")
HOLE = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Named:
    """What ``fact_name`` needs of a figure."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A method and a language; every text it gives is Markdown."""

    method: Method
    book: Words

    def say(self, key: str, **params: Any) -> str:
        """A sentence of the words; its parameters are Markdown already."""
        return self.book.text(f"site.{key}", **params)

    def label(self, key: str, value: str) -> str:
        """What something is called, and what it is."""
        return self.say("labelled", label=self.say(key), value=value)

    def text(self, key: str) -> str:
        """A text of the content, with marks for what a diagnosis fills in."""
        return escaped(HOLE.sub(self.say("hole"), self.book.table[key]))

    def has(self, key: str) -> bool:
        """Whether there are words under the key."""
        return self.book.has(key)

    def name(self, fact: str) -> str:
        """Name of a figure or text of a question, with its cell."""
        source, _, cell = fact.partition("[")
        shown = escaped(fact_name(Named(source), self.book))  # type: ignore[arg-type]
        item = cell.removeprefix("item=").rstrip("]")
        label = f"questions.{source}.items.{item}"
        if self.has(label):
            return self.say("cell", name=shown, cell=escaped(self.book.text(label)))
        return self.say("cell", name=shown, cell=f"`{cell.rstrip(']')}`") if item else shown

    def fact(self, fact: str) -> str:
        """A figure or a question as a link to where it is defined."""
        source = fact.partition("[")[0]
        home = "question" if source.startswith("q.") else "figure"
        known = source in self.method.section(f"{home}s".replace("figures", "measures"))
        return f"[{self.name(fact)}](#{place(home, source)})" if known else f"`{fact}`"

    def rules(self, codes: Iterable[str], short: bool = False) -> str:
        """Rules as links, by code and title or, where there are many, by code alone or counted."""
        codes = list(codes)
        if short and len(codes) > FEW:
            return self.say("rules.many", count=len(codes))
        return self.joined(
            f"[{code if short else f'{code} ' + self.text(f'rules.{code}.title')}]"
            f"(#{place('rule', code)})"
            for code in codes
        )

    def facts(self, ids: Iterable[str]) -> str:
        """Figures and questions as links."""
        return self.joined(self.fact(one) for one in ids)

    def codes(self, ids: Iterable[str]) -> str:
        """Names that are the same in every language."""
        return self.joined(f"`{one}`" for one in ids)

    def needs(self, names: Iterable[str]) -> str:
        """What a figure is counted from: kinds of files, answers and other figures."""
        tables = {one: f"common.table.{one}" for one in names}
        return self.joined(
            self.text(key) if self.has(key) else self.fact(one) for one, key in tables.items()
        )

    def labels(self, question: Entry, kind: str) -> str:
        """The choices or the items of a question as it offers them."""
        table = f"questions.{question.id}.{kind}"
        return self.joined(
            self.text(f"{table}.{one}") if self.has(f"{table}.{one}") else f"`{one}`"
            for one in question[kind]
        )

    def keys(self, start: str) -> list[str]:
        """Keys of the words that begin so."""
        return [key for key in self.book.table if key.startswith(start)]

    def plain(self, text: str) -> str:
        """A text shown as it is."""
        return escaped(text)

    def sources(self, ids: Iterable[str]) -> str:
        """Statements of the sources as links to the page of the method."""
        return self.joined(f"[{one}](#{place('source', one)})" for one in ids)

    def joined(self, parts: Iterable[str]) -> str:
        """Parts of a list in one line."""
        return self.say("separator").join(parts)

    def number(self, value: Any, unit: str, currency: str = "JPY") -> str:
        """A value in its unit, as reports print it; shares of whole percents without a nought."""
        mark = {"index": "", "count": "", "ratio": self.say("times"), "yen": ""}.get(unit)
        if mark is None:
            mark = "" if unit in ("share", "points") else self.say(f"unit.{unit}")
        return number_text(value, unit, self.book.lang, currency).replace(".0%", "%") + mark

    def threshold(self, name: str) -> str:
        """A threshold as a link: its value, or whose target stands in for it."""
        entry = self.method.section("thresholds")[name]
        shown = self.value_of(entry)
        return self.say("condition.threshold", value=shown, place=place("threshold", name))

    def value_of(self, entry: Entry) -> str:
        """The value of a threshold; where it has none, that the client's target is taken."""
        if "value" not in entry:
            return self.say("condition.own_target")
        return self.number(entry["value"], entry["unit"], entry.get("currency", "JPY"))

    def origin(self, threshold: Entry) -> str:
        """Where the number comes from, with grade, source and the client's own target."""
        parts = [self.text(f"common.origin.{threshold.get('origin', 'house')}")]
        if "grade" in threshold:
            parts.append(self.say("thresholds.graded", grade=threshold["grade"]))
        if "source" in threshold:
            cited = str(threshold["source"])
            known = cited in self.method.section("sources")
            parts.append(self.sources([cited]) if known else escaped(cited))
        if "question" in threshold:
            parts.append(self.say("thresholds.asked", question=self.fact(threshold["question"])))
        return self.joined(parts)

    def benchmark(self, one: Entry) -> str:
        """The value of an outside figure, or its range."""
        currency = one.get("currency", "JPY")
        ends = [
            self.number(one[key], one["unit"], currency)
            for key in ("value", "low", "high")
            if key in one
        ]
        if "value" in one:
            return ends[0]
        kind = "range" if len(ends) > 1 else ("from" if "low" in one else "upto")
        return self.book.text(f"report.reference.{kind}", low=ends[0], high=ends[-1])

    def about(self, benchmark: Entry) -> str:
        """Country, year and sample of an outside figure."""
        year = benchmark.get("year")
        return self.joined(
            [
                self.text(f"report.reference.country.{benchmark['country']}"),
                *([self.book.text("report.reference.year", year=year)] if year else []),
                self.text(f"benchmarks.{benchmark.id}.sample"),
            ]
        )

    def impact(self, lever: Entry) -> str:
        """What yen a rule stands for: the figure that moves, and to where."""
        drivers = lever["driver"] if isinstance(lever["driver"], list) else [lever["driver"]]
        said = self.say(
            "impact.line",
            kind=self.say(f"impact.kind.{lever['kind']}"),
            driver=self.facts(one.removesuffix("[]") for one in drivers),
            target=self.say("or").join(self._target(one) for one in lever["toward"]),
        )
        if "within" in lever:
            said += self.say("impact.within", rule=self.rules([lever["within"]]))
        return said

    def _target(self, toward: Mapping[str, Any]) -> str:
        ((kind, value),) = toward.items()
        shown = {
            "back": lambda: self.fact(str(value).removesuffix("[]")),
            "fact": lambda: self.fact(str(value).removesuffix("[]")),
            "threshold": lambda: self.threshold(str(value)),
            "to": lambda: str(value),
        }[kind]()
        return self.say(f"impact.{kind}", value=shown)

    def applies(self, spec: Mapping[str, Any]) -> str:
        """The models and stages an entry is for, with further conditions."""
        parts = []
        for key, choices in (("model", "models"), ("stage", "stages")):
            codes = self._codes(choices, spec.get(key, ()))
            if codes:
                asked = f"questions.q.pla.{key}.choices"
                parts.append(self.joined(escaped(self.book.text(f"{asked}.{c}")) for c in codes))
        parts += [self._leaf(one) for one in spec.get("facts", ())]
        parts += [
            self.say("condition.unless", part=self._leaf(one)) for one in spec.get("unless", ())
        ]
        return self.say("both").join(parts) or self.say("everybody")

    def _codes(self, kind: str, wanted: Iterable[str]) -> list[str]:
        """Codes of client.yaml for tokens and groups of tokens; none where all are meant."""
        who = self.method.section("applies")
        tokens = {token for one in wanted for token in who["groups"].get(one, [one])}
        codes = [code for code, token in who[kind].items() if token in tokens]
        return codes if len(codes) < len(who[kind]) else []

    def condition(self, spec: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
        """A condition as the lines of a nested list."""
        indent = "  " * depth
        kind = next((key for key in ("all", "any", "of") if key in spec), None)
        if kind is None:
            yield f"{indent}- {self._leaf(spec)}"
            return
        least = spec.get("at_least_k", 0)
        yield f"{indent}- {self.say(f'condition.{kind}', least=least)}"
        for part in spec[kind]:
            yield from self.condition(part, depth + 1)

    def _leaf(self, spec: Mapping[str, Any]) -> str:
        if "statuses" in spec:
            rules = self.rules(spec["statuses"])
            return self.say("condition.statuses", least=spec["at_least_k"], rules=rules)
        fact = self.fact(spec["fact"])
        if "blank" in spec:
            return self.say("condition.blank", fact=fact)
        if "equals" in spec or "one_of" in spec:
            codes = spec.get("one_of", [spec.get("equals")])
            said = self.say("or").join(self.choice(spec["fact"], code) for code in codes)
            return self.say("condition.answer", fact=fact, answer=said)
        op = next(one for one in COMPARED if one in spec)
        line = self.say(f"condition.{op}", fact=fact, value=self._right(spec[op]))
        for more in ("floor", "sure"):
            if more in spec:
                size = self.threshold(spec[more]) if more == "floor" else ""
                line = self.say(f"condition.{more}", line=line, value=size)
        return line

    def _right(self, right: Any) -> str:
        if isinstance(right, str):
            return self.threshold(right)
        shown = self.fact(right["fact"])
        for sign in ("times", "plus"):
            if sign in right:
                shown = self.say(f"condition.{sign}", fact=shown, value=self.threshold(right[sign]))
        return shown

    def choice(self, question: str, code: Any) -> str:
        """An answer by its label."""
        labels = (
            f"questions.{question.partition('[')[0]}.choices.{code}",
            f"common.answer.{code}",
        )
        return escaped(next((self.book.text(one) for one in labels if self.has(one)), str(code)))


def reader(method: Method, lang: str) -> Reader:
    """A reader of a method in a language."""
    return Reader(method=method, book=words(method, lang))


def place(home: str, name: str) -> str:
    """The anchor of an entry on the site.

    >>> place("figure", "customers.repeat_rate")
    'figure-customers-repeat-rate'
    """
    return f"{home}-{re.sub('[^a-z0-9]+', '-', name.lower())}"
