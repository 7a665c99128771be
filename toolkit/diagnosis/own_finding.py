"""A finding that a consultant adds by hand: words, and the figures it rests on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from toolkit.diagnosis.edits import applied
from toolkit.errors import UsageError
from toolkit.intake.profiles.edit import EVERY, OWN, Edit

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFinding:
    r"""What a consultant found beyond the rules; each of ``facts`` is a key of the diagnosis.

    ``by`` and ``on`` (ISO date) are who wrote it and when.

    >>> OwnFinding(title="t", finding="f", facts=["customers.aov"]).edits_yaml("OWN1")
    'OWN1:\n  title: "t"\n  finding: "f"\n  facts: ["customers.aov"]\n'
    """

    title: str
    finding: str
    facts: Sequence[str]
    action: str = ""
    by: str = ""
    on: str = ""

    def edits_yaml(self, code: str) -> str:
        """The lines for edits.yaml that bring it back next month; a JSON text is YAML."""
        lines = [f"{code}:"]
        for name in ("title", "finding", "action", "facts", "by", "on"):
            value = getattr(self, name)
            if value:
                shown = list(value) if name == "facts" else value
                lines.append(f"  {name}: {json.dumps(shown, ensure_ascii=False)}")
        return "\n".join(lines) + "\n"

    def as_edit(self, code: str) -> Edit:
        """The edit it is among the consultant's own words."""
        texts = {
            name: {EVERY: getattr(self, name)} if getattr(self, name) else {}
            for name in ("title", "finding", "action")
        }
        return Edit(
            id=code,
            line=0,
            facts=tuple(self.facts),
            title=texts["title"],
            finding=texts["finding"],
            action=texts["action"],
            by=self.by or None,
            on=self.on or None,
        )


def with_finding(diagnosis: Diagnosis, own: OwnFinding) -> Diagnosis:
    """The diagnosis with a finding of the consultant's own beside those of the rules.

    Raises:
        UsageError: it names no figure, or one that the diagnosis does not have or know.
    """
    if not own.facts:
        raise UsageError("own_finding_bare")
    for key in own.facts:
        if not diagnosis.fact(key).known:
            raise UsageError("own_finding_unknown", params={"fact": key})
    taken = {one.edit.id for one in diagnosis.edits}
    code = next(name for name in (f"{OWN}{n}" for n in count(1)) if name not in taken)
    (one,) = applied([own.as_edit(code)], diagnosis.judged, diagnosis.facts)
    return replace(diagnosis, edits=(*diagnosis.edits, one))
