"""Whether the evidence of a written finding stands: what is wrong with it, or nothing."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit import resources
from toolkit.facts import Fact
from toolkit.lessons.written_finding import WrittenFinding

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

SINCE = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def record() -> Mapping[str, Any]:
    """The capstone's record: what evidence needs, and its points."""
    return tomllib.loads(resources.content("lessons", "capstone.toml").read_text("utf-8"))


def fault_of(written: WrittenFinding, diagnosis: Diagnosis) -> tuple[str, dict[str, str]] | None:
    """The first thing its evidence lacks, as a code with what fills its words; None if it stands.

    Codes: no_statement, no_evidence, no_fact, fact_unknown, figure_differs, no_figure,
    no_definition, too_few, no_since.
    """
    if not written.statement.strip():
        return "no_statement", {}
    if written.facts:
        return _facts_fault(written, diagnosis)
    if written.figure is None and written.rows is None and not written.definition:
        return "no_evidence", {}
    return _count_fault(written)


def _facts_fault(
    written: WrittenFinding, diagnosis: Diagnosis
) -> tuple[str, dict[str, str]] | None:
    facts: list[Fact] = []
    for key in written.facts:
        fact = diagnosis.facts.get(key)
        if fact is None:
            near = difflib.get_close_matches(key, list(diagnosis.facts), n=1, cutoff=0.0)
            return "no_fact", {"key": key, "near": near[0] if near else ""}
        if not fact.known:
            return "fact_unknown", {"key": key}
        facts.append(fact)
    if written.figure is not None and not any(agrees(written.figure, one) for one in facts):
        quoted = facts[0].value if facts[0].number is None else f"{facts[0].number:.4g}"
        return "figure_differs", {"figure": f"{written.figure:g}", "fact": str(quoted)}
    dated = any(one.period is not None for one in facts) or SINCE.fullmatch(written.since)
    return None if dated else ("no_since", {})


def _count_fault(written: WrittenFinding) -> tuple[str, dict[str, str]] | None:
    if written.figure is None:
        return "no_figure", {}
    if not written.definition.strip():
        return "no_definition", {}
    fewest = int(record()["evidence"]["fewest"])
    if (written.counted or 0) < fewest:
        return "too_few", {"rows": str(written.counted or 0), "fewest": str(fewest)}
    return None if SINCE.fullmatch(written.since) else ("no_since", {})


def agrees(figure: float, fact: Fact) -> bool:
    """Whether a quoted figure is a fact's, rounded; either sign of a change will do."""
    if fact.number is None:
        return False
    near = float(record()["evidence"]["tolerance"]) * abs(fact.number)
    return abs(abs(figure) - abs(fact.number)) <= near
