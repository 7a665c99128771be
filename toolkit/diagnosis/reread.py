"""Edits that want reading again: the same words over figures that have changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.diagnosis.edits import AppliedEdit, edit_from
from toolkit.facts import Fact, fact_key
from toolkit.intake.profiles.edit import WORDS, Edit
from toolkit.words import number_text

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

SAID = (*WORDS, "comment")
PRINTED_IN = "en"
"""Figures are compared as printed; which language they are printed in makes no difference."""

Figures = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The edits of one month, and by rule code the figures, as printed, that they stood over."""

    edits: tuple[AppliedEdit, ...]
    figures: Figures


def written_now(diagnosis: Diagnosis) -> Written:
    """The edits of a diagnosis in memory."""
    shown = _printed(diagnosis.facts.values(), str(diagnosis.client["currency"]))
    codes = {one.id: one.evidence.facts for one in diagnosis.judged} | _own(diagnosis.edits)
    return Written(edits=diagnosis.edits, figures=_figures(codes, shown))


def written_then(document: Mapping[str, Any]) -> Written:
    """The edits of a saved diagnosis; none where the version that saved it had none.

    Raises:
        KeyError, TypeError: it is no diagnosis.
    """
    names = ("id", "value", "unit", "by", "state")
    facts = (Fact(**{name: one[name] for name in names}) for one in document["facts"])
    shown = _printed(facts, str(document["client"]["currency"]))
    codes = {one["id"]: one["evidence"]["facts"] for one in document["findings"]}
    edits = tuple(edit_from(one) for one in document.get("edits", ()))
    return Written(edits=edits, figures=_figures(codes | _own(edits), shown))


def _own(edits: Iterable[AppliedEdit]) -> dict[str, tuple[str, ...]]:
    """The figures that findings of the consultant's own rest on."""
    return {one.edit.id: one.edit.facts for one in edits if one.edit.own}


def reread(now: Written, kept: Iterable[Written]) -> tuple[AppliedEdit, ...]:
    """The edits of now, those marked ``figure_changed`` that want reading again.

    Args:
        now: of the diagnosis to be printed.
        kept: of earlier months, the oldest first. Words are held against the first month that
            had them, so that an edit stays marked until it is read again: a new date (``on``) or
            new words say that it was.
    """
    months = tuple(kept)
    return tuple(_reread(one, now, months) for one in now.edits)


def _reread(one: AppliedEdit, now: Written, months: tuple[Written, ...]) -> AppliedEdit:
    if not one.fits:
        return one
    then = next((month for month in months if _has(one.edit, month)), None)
    changed = then is not None and stale(one.edit, now, then)
    return replace(one, reason="figure_changed" if changed else None)


def stale(edit: Edit, now: Written, then: Written) -> bool:
    """Whether the same words stood over other figures then.

    True where ``then`` had the same texts of the same date, and a figure behind the finding is
    printed differently now. An edit without words is never stale, nor is the verdict's, which
    names no finding.
    """
    if not any(getattr(edit, name) for name in SAID) or not _has(edit, then):
        return False
    ours = now.figures.get(edit.id, {})
    return bool(ours) and ours != then.figures.get(edit.id, {})


def _has(edit: Edit, month: Written) -> bool:
    """Whether a month had the same words of the same date for the same finding."""
    return any(
        one.edit.id == edit.id
        and one.edit.on == edit.on
        and all(dict(getattr(one.edit, name)) == dict(getattr(edit, name)) for name in SAID)
        for one in month.edits
    )


def _printed(facts: Iterable[Fact], currency: str) -> dict[str, str]:
    """Measured figures as a reader sees them, by key."""
    return {
        fact_key(fact.id, fact.by): number_text(fact.number, fact.unit, PRINTED_IN, currency)
        for fact in facts
        if fact.number is not None and not fact.id.startswith("q.")
    }


def _figures(codes: Mapping[str, Iterable[str]], shown: Mapping[str, str]) -> Figures:
    return {code: {key: shown[key] for key in keys if key in shown} for code, keys in codes.items()}
