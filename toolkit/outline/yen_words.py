"""The words of a yen: gap with its range, formula with its figures, effect, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import floor, log10
from typing import TYPE_CHECKING

from toolkit.diagnosis.amounts import PREFIX, amounts, moved_id
from toolkit.impact.formula import Part, Product, formula
from toolkit.impact.tree import Tree, build_tree
from toolkit.outline.blocks import Span, Text
from toolkit.outline.finding_words import need_name, title_text
from toolkit.outline.writer import Writer, plain_span
from toolkit.words import number_text

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.diagnosis.plan import Action
    from toolkit.facts import Fact
    from toolkit.rules.finding import Finding
    from toolkit.rules.yen import Yen

UNITS = {"closure": "share", "hours": "hours", "payback_months": "months"}
STATED = ("initial_yen", "monthly_yen", "margin", "cap")
DIGITS = 3  # of estimates, one less of small ones
SMALL = 100_000
LEAST = 100
MOST_NAMED = 2
MOST_PRODUCTS = 3


@lru_cache(maxsize=4)
def tree_of(diagnosis: Diagnosis) -> Tree:
    """The driver tree of a diagnosis, from its facts alone."""
    own = diagnosis.client.get("thresholds", {})
    return build_tree(diagnosis.facts, diagnosis.content, own)


@lru_cache(maxsize=4)
def _amounts(diagnosis: Diagnosis) -> dict[str, float]:
    return amounts(diagnosis)


def amount(pen: Writer, name: str, strong: bool = False) -> Text:
    """An amount by its id without the common first part; empty where there is none."""
    key = f"{PREFIX}{name}"
    value = _amounts(pen.diagnosis).get(key)
    if value is None:
        return ()
    unit = UNITS.get(name.rpartition(".")[2], "yen")
    text = whole(pen.number(shown(pen, name), unit))
    return (Span(text=text, fact=key, value=value, strong=strong),)


def shown(pen: Writer, name: str) -> float | None:
    """An amount as it is printed: an estimate without digits that it cannot bear."""
    value = _amounts(pen.diagnosis).get(f"{PREFIX}{name}")
    if value is None or _exact(pen, name, value):
        return value
    return rounded(value)


def _exact(pen: Writer, name: str, value: float) -> bool:
    """Whether an amount is a plain sum of the books, or was stated: printed to the yen."""
    of, _, what = name.rpartition(".")
    known = _amounts(pen.diagnosis)
    whole_gap = what == "gap" or value == known.get(f"{PREFIX}{of}.gap")
    return what in STATED or (whole_gap and f"{PREFIX}{of}.low" not in known)


def rounded(value: float) -> float:
    """An estimate without digits that it cannot bear.

    >>> rounded(13_848_374.0), rounded(71112.2), rounded(24.5), rounded(-342)
    (13800000.0, 71000.0, 24.5, -340)
    """
    if abs(value) < LEAST:
        return value
    digits = DIGITS if abs(value) >= SMALL else DIGITS - 1
    return round(value, digits - 1 - floor(log10(abs(value))))


def whole(text: str) -> str:
    """A percentage without a decimal that is nought.

    >>> whole("50.0%"), whole("37.5%")
    ('50%', '37.5%')
    """
    return text.replace(".0%", "%")


def range_text(pen: Writer, name: str, key: str = "report.yen.range") -> Text:
    """The 80 % interval of a gap; empty where all its inputs are exact."""
    low, high = amount(pen, f"{name}.low"), amount(pen, f"{name}.high")
    return pen.text(key, low=low, high=high) if low and high else ()


def gap_text(pen: Writer, finding: Finding) -> Text:
    """What a finding is worth, with its range and, where it overlaps others, its own part."""
    yen = finding.yen
    if yen is None or yen.gap is None:
        return ()
    said = pen.text(
        f"report.yen.gap.{yen.kind}",
        gap=amount(pen, f"{finding.id}.gap", strong=True),
        hours=amount(pen, f"{finding.id}.hours"),
        range=range_text(pen, finding.id),
    )
    if yen.share is None or not yen.overlaps:
        return said
    share = amount(pen, f"{finding.id}.share")
    named = _titles(pen, yen.overlaps)
    return (*said, *pen.text("report.yen.overlap", others=named, share=share))


def brief_gap(pen: Writer, finding: Finding) -> Text:
    """The gap in a cell of a table, or what is missing for it; empty where there is no yen."""
    yen = finding.yen
    if yen is None:
        return ()
    if yen.gap is None:
        return plain_span(why_text(pen, yen))
    gap = amount(pen, f"{finding.id}.gap")
    return pen.text(f"report.yen.brief.{yen.kind}", gap=gap, range=range_text(pen, finding.id))


def why_text(pen: Writer, yen: Yen) -> str:
    """Why there is no amount, and what to send or answer for it."""
    missing = pen.joined(need_name(pen, need) for need in yen.missing)
    reason = yen.reason or "no_input"
    key = f"report.yen.why.{reason if missing or reason == 'no_gain' else 'open'}"
    return pen.line(key, missing=missing)


def effect_text(pen: Writer, action: Action) -> Text:
    """What an action is assumed to bring, or why no amount stands there."""
    finding = pen.diagnosis.finding(action.findings[0])
    yen = finding.yen
    if yen is None:
        return plain_span("—")
    if yen.gap is None:
        return pen.text("report.yen.effect.open")
    if yen.kind == "risk" or action.yen is None:
        gap = amount(pen, f"{finding.id}.gap")
        return pen.text("report.yen.effect.risk" if yen.kind == "risk" else "report.yen.gap_only",
                        gap=gap)  # fmt: skip
    effect = amount(pen, f"{finding.id}.effect")
    return pen.text(f"report.yen.effect.{yen.kind}", effect=effect)


def formula_text(pen: Writer, finding: Finding) -> Text:
    """The formula of a gap with every figure in it; empty where there is no amount."""
    yen = finding.yen
    if yen is None or yen.gap is None:
        return ()
    deltas = {step.fact: step.target - step.now for step in yen.steps}
    found = formula(tree_of(pen.diagnosis), yen.kind, deltas)
    if not found:
        return _inputs_text(pen, finding, yen)
    said = _sum(pen, found[:MOST_PRODUCTS], finding)
    if len(found) > MOST_PRODUCTS:
        rest = str(len(found) - MOST_PRODUCTS)
        said = (*said, *pen.text("report.yen.and_more", count=rest))
    if len(found) == 1 and len(found[0]) == 1:
        return said
    return pen.text("report.yen.formula", formula=said, gap=amount(pen, f"{finding.id}.gap"))


def _inputs_text(pen: Writer, finding: Finding, yen: Yen) -> Text:
    """What is moved and what it is reckoned with, where the gap is no sum of products."""
    moves = [_move(pen, step.fact, place, finding) for place, step in enumerate(yen.steps)]
    inputs = [_fact(pen, key) for key in yen.inputs]
    return pen.text(
        "report.yen.joint",
        moves=_joined(moves, pen.line("report.list_separator")),
        inputs=_joined(inputs, pen.line("report.list_separator")),
    )


def _sum(pen: Writer, products: Iterable[Product], finding: Finding | None) -> Text:
    made = [
        _joined([_part(pen, part, finding) for part in one], pen.line("report.yen.times"))
        for one in products
    ]
    return _joined(made, pen.line("report.yen.plus"))


def _part(pen: Writer, part: Part, finding: Finding | None) -> Text:
    if part.kind == "sum":
        return pen.text("report.yen.group", inner=_sum(pen, part.of, finding))
    if part.kind == "move" and finding is not None and finding.yen is not None:
        keys = [step.fact for step in finding.yen.steps]
        return _move(pen, part.key, keys.index(part.key), finding)
    if part.kind == "number":
        word = f"report.yen.number.{part.value:g}"
        return plain_span(pen.line(word) if pen.has(word) else f"{part.value:g}")
    if part.kind == "constant":
        return pen.text(f"report.yen.constant.{part.key}", value=f"{part.value:g}")
    said = _fact(pen, part.key)
    return said if part.kind == "fact" else pen.text(f"report.yen.{part.kind}", fact=said)


def _fact(pen: Writer, key: str) -> Text:
    fact = pen.fact(key)
    return pen.text("report.yen.fact", name=_named(pen, fact), value=pen.value(fact))


def _named(pen: Writer, fact: Fact) -> str:
    """Name of a figure within a formula: short for an answer, its cell behind it."""
    short = f"report.yen.answer.{fact.id}"
    name = pen.line(short) if pen.has(short) else pen.name(fact.id)
    if not fact.by or fact.id.startswith("q."):
        return name
    return pen.line("report.yen.cell", name=name, cell=pen.cell(fact.id, fact.by))


def _move(pen: Writer, key: str, place: int, finding: Finding) -> Text:
    """How far a figure goes, from where to where; the figure alone where it goes to nothing."""
    assert finding.yen is not None
    step, fact = finding.yen.steps[place], pen.fact(key)
    if step.target == 0:
        return _fact(pen, key)
    away = abs(step.target - step.now)
    shown = number_text(away, "points" if fact.unit == "share" else fact.unit, pen.lang,
                        pen.currency).lstrip("+")  # fmt: skip
    if fact.unit != "share":
        shown += pen.mark("", fact.unit, away)
    return pen.text(
        "report.yen.move",
        name=_named(pen, fact),
        move=Span(text=shown, fact=moved_id(finding.id, place, "move"), value=away),
        now=pen.value(fact),
        target=Span(
            text=pen.number(step.target, fact.unit),
            fact=moved_id(finding.id, place, "target"),
            value=step.target,
        ),
    )


def _titles(pen: Writer, codes: tuple[str, ...]) -> str:
    titles = [
        "".join(span.text for span in title_text(pen, pen.diagnosis.finding(code)))
        for code in codes
    ]
    between = pen.line("report.yen.quoted_separator")
    quoted = between.join(pen.line("report.yen.quoted", title=one) for one in titles[:MOST_NAMED])
    more = len(titles) - MOST_NAMED
    return quoted + (pen.line("report.and_more", count=str(more)) if more > 0 else "")


def _joined(parts: list[Text], separator: str) -> Text:
    made: list[Span] = []
    for place, part in enumerate(parts):
        if place:
            made.append(Span(text=separator))
        made.extend(part)
    return tuple(made)
