"""A diagnosis as a notebook shows it: verdict counts and the first findings."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from toolkit.diagnosis.edits import own_words
from toolkit.words import Words, words

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.rules.finding import Finding

FIRST = 5


def counts(diagnosis: Diagnosis) -> dict[str, int]:
    """How many findings call for action, for a check, and how many wait for material."""
    judged = [finding for finding in diagnosis.judged if finding.suppressed is None]
    failed = [finding for finding in judged if finding.status == "fail"]
    return {
        "act": sum(finding.red for finding in judged),
        "check": sum(finding.severity == "check" for finding in failed),
        "unknown": sum(finding.status == "unknown" for finding in judged),
        "pass": sum(finding.status == "pass" for finding in judged),
    }


def diagnosis_html(diagnosis: Diagnosis) -> str:
    """The diagnosis in ``tk.language``, everything escaped."""
    book = words(diagnosis.content)
    shown = "".join(
        f"<li><b>{html.escape(book.text(f'common.severity.{finding.severity}'))}</b> "
        f"{html.escape(_title(diagnosis, finding, book))} "
        f"<small>{finding.id}</small></li>"
        for finding in _first(diagnosis)
    )
    name = html.escape(str(diagnosis.client["company_name"]))
    return (
        f"<div><h3>{name}</h3><p>{html.escape(_counts_line(diagnosis, book))}</p>"
        f"<ol>{shown}</ol></div>"
    )


def _title(diagnosis: Diagnosis, finding: Finding, book: Words) -> str:
    own = own_words(diagnosis, finding.id, "title", book.lang)
    return own or book.text(f"rules.{finding.id}.title")


def _counts_line(diagnosis: Diagnosis, book: Words) -> str:
    return book.text("report.counts_line", **{k: str(v) for k, v in counts(diagnosis).items()})


def _first(diagnosis: Diagnosis) -> list[Finding]:
    ranked = [action.findings[0] for action in diagnosis.actions[:FIRST]]
    return [diagnosis.finding(code) for code in ranked]
