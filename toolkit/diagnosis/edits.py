"""The consultant's edits held against what was judged now: which of them fit, and why not."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.intake.profiles.edit import VERDICT, Edit

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.facts import Facts
    from toolkit.rules.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedEdit:
    """An edit, and whether the report takes it up.

    ``reason`` says why it does not fit: ``no_rule`` (``near`` is the nearest code),
    ``suppressed``, ``not_failing`` (``now`` is how the rule stands), or ``no_fact`` (a finding of
    the consultant's own rests on a figure that is not known: ``near``). An edit that fits may
    carry ``figure_changed``: its words were written for other figures and want reading again
    (``toolkit.diagnosis.reread``).
    """

    edit: Edit
    fits: bool
    reason: str | None = None
    now: str | None = None
    near: str | None = None


def applied(
    edits: Iterable[Edit], judged: Iterable[Finding], facts: Facts
) -> tuple[AppliedEdit, ...]:
    """Every edit with whether it fits what was judged; none is left out."""
    by_code = {finding.id: finding for finding in judged}
    return tuple(_own(edit, facts) if edit.own else _applied(edit, by_code) for edit in edits)


def _own(edit: Edit, facts: Facts) -> AppliedEdit:
    """A finding of the consultant's own stands while each figure it rests on is known."""
    for key in edit.facts:
        fact = facts.get(key)
        if fact is None or not fact.known:
            return AppliedEdit(edit=edit, fits=False, reason="no_fact", near=key)
    return AppliedEdit(edit=edit, fits=True)


def _applied(edit: Edit, judged: Mapping[str, Finding]) -> AppliedEdit:
    if edit.id == VERDICT:
        return AppliedEdit(edit=edit, fits=True)
    finding = judged.get(edit.id)
    if finding is None:
        near = difflib.get_close_matches(edit.id, judged, n=1, cutoff=0.0)
        return AppliedEdit(edit=edit, fits=False, reason="no_rule", near=next(iter(near), None))
    if finding.suppressed is not None:
        return AppliedEdit(edit=edit, fits=False, reason="suppressed")
    if finding.status != "fail":
        return AppliedEdit(edit=edit, fits=False, reason="not_failing", now=finding.status)
    return AppliedEdit(edit=edit, fits=True)


def edit_from(record: Mapping[str, Any]) -> AppliedEdit:
    """An edit as it was saved."""
    written = {**record["edit"], "facts": tuple(record["edit"].get("facts", ()))}
    return AppliedEdit(**{**record, "edit": Edit(**written)})


def taken(diagnosis: Diagnosis, code: str) -> Edit | None:
    """The edit of a finding that the report takes up."""
    return next((one.edit for one in diagnosis.edits if one.fits and one.edit.id == code), None)


def own_words(diagnosis: Diagnosis, code: str, name: str, lang: str) -> str | None:
    """The consultant's text in place of ours: title, finding or action, or the verdict's text."""
    edit = taken(diagnosis, code)
    return edit.words(name, lang) if edit is not None else None
