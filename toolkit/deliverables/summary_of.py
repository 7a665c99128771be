"""What an index says of a report, read from its document without making anything of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.facts import fact_key

if TYPE_CHECKING:
    from toolkit.method import Method

RED = ("high", "medium")
WORSE = ("new", "worse", "reopened")
BETTER = ("better", "resolved")


CONSENT = "q.pla.share_figures"
"""The question whether a firm's figures may be compared with those of others; no answer is a no."""


def summary_of(document: Mapping[str, Any], leading: Collection[str] = ()) -> dict[str, Any]:
    """Counts, coverage, yen and change of a diagnosis.json.

    Args:
        document: a diagnosis as it is saved.
        leading: keys of the figures that are kept if the client lets them be compared.

    Returns:
        ``company_name``, ``coverage``, ``counts`` (act, check, unknown, pass), ``yen_base`` (the
        effect of the first year; None where no yen is told or it is held back), ``currency``,
        ``held``, ``health`` (share of rows accepted, None without rows), ``change`` (worse,
        better; None without an earlier month), ``model``, ``failing`` (ids), ``consent`` and,
        with it, ``figures`` (value and unit by key).
    """
    first = document["totals"]["first_year"] or {}
    held = bool(document["totals"]["held"])
    consent = _consents(document)
    return {
        "company_name": document["client"]["company_name"],
        "coverage": document["coverage"],
        "counts": _counts(document["findings"]),
        "yen_base": None if held else first.get("effect"),
        "held": held,
        "currency": document["client"]["currency"],
        "health": _health(document["health"]),
        "change": _change(document.get("changes")),
        "model": document["client"].get("model"),
        "failing": [
            one["id"]
            for one in document["findings"]
            if one["status"] == "fail" and one["suppressed"] is None
        ],
        "consent": consent,
        "figures": _figures(document["facts"], leading) if consent else {},
    }


def _consents(document: Mapping[str, Any]) -> bool:
    said = [one["value"] for one in document["facts"] if one["id"] == CONSENT and not one["by"]]
    return said == ["yes"]


def _figures(facts: Any, leading: Collection[str]) -> dict[str, Any]:
    """Those of the leading figures that are known numbers."""
    keyed = {fact_key(one["id"], one["by"]): one for one in facts}
    found = [(key, keyed[key]) for key in leading if key in keyed]
    return {
        key: [one["value"], one["unit"]]
        for key, one in found
        if one["state"] == "known" and isinstance(one["value"], int | float)
    }


def leading_figures(method: Method) -> tuple[str, ...]:
    """Keys of the figures that a report sets beside last month's, which suit a comparison best."""
    section = method.section("report").get("changes")
    blocks = section["blocks"] if section else ()
    return tuple(
        key for block in blocks if block["make"] == "changed_figures" for key in block["facts"]
    )


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
