"""What an index says of a report, read from its document without making anything of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

RED = ("high", "medium")
WORSE = ("new", "worse", "reopened")
BETTER = ("better", "resolved")


def summary_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Counts, coverage, yen and change of a diagnosis.json.

    Returns:
        ``company_name``, ``coverage``, ``counts`` (act, check, unknown, pass), ``yen_base`` (the
        effect of the first year; None where no yen is told or it is held back), ``currency``,
        ``held``, ``health`` (share of rows accepted, None without rows), ``change`` (worse,
        better; None without an earlier month).
    """
    first = document["totals"]["first_year"] or {}
    held = bool(document["totals"]["held"])
    return {
        "company_name": document["client"]["company_name"],
        "coverage": document["coverage"],
        "counts": _counts(document["findings"]),
        "yen_base": None if held else first.get("effect"),
        "held": held,
        "currency": document["client"]["currency"],
        "health": _health(document["health"]),
        "change": _change(document.get("changes")),
    }


def _counts(findings: Any) -> dict[str, int]:
    judged = [one for one in findings if one["suppressed"] is None]
    failed = Counter(one["severity"] for one in judged if one["status"] == "fail")
    other = Counter(one["status"] for one in judged)
    return {
        "act": sum(failed[name] for name in RED),
        "check": failed["check"],
        "unknown": other["unknown"],
        "pass": other["pass"],
    }


def _health(tables: Any) -> float | None:
    total = sum(one.get("rows_total") or 0 for one in tables)
    aside = sum(one.get("rows_quarantined") or 0 for one in tables)
    return (total - aside) / total if total else None


def _change(changes: Any) -> dict[str, int] | None:
    if not changes:
        return None
    states = Counter(one["state"] for one in changes["findings"])
    return {
        "worse": sum(states[name] for name in WORSE),
        "better": sum(states[name] for name in BETTER),
    }
