"""The published page: one table a question, each beside its target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tables import Alarms, Coverage, Recall

FOUND, LEADING, HIGH, HELD = 0.95, 0.90, 0.05, (0.75, 0.85)


def page(found: dict[str, Any]) -> tuple[str, bool]:
    """Markdown of all tables, and whether every target is met."""
    full = [one for one in found["recall"] if one.strength == 1]
    met = [
        _share(full, "found") >= FOUND,
        _share(full, "leading") >= LEADING,
        _healthy(found["alarms"]),
        not found["small"]["of_few"],
        _within(found["coverage"]),
    ]
    lines = [
        "# Is the diagnosis right?",
        "",
        "Faults of known strength are planted in invented clients (`toolkit synth`), whose files",
        "are then diagnosed like any client's. Healthy clients are made by the same worlds without",
        "a fault. Made by `make quality`; the worlds and faults are in `toolkit/content/worlds`",
        "and `toolkit/content/faults`, and were set by what such firms are like, not by the rules.",
        "",
        *_summary(found, full),
        "",
        *_recall_table(found["recall"]),
        "",
        *_alarm_table(found["alarms"]),
        "",
        *_coverage_table(found["coverage"]),
        "",
        *_small_text(found["small"]),
    ]
    return "\n".join(lines).rstrip() + "\n", all(met)


def _share(rows: Iterable[Recall], what: str) -> float:
    rows = list(rows)
    trials = sum(one.trials for one in rows)
    return sum(getattr(one, what) for one in rows) / trials if trials else 1.0


def _healthy(rows: list[Alarms]) -> bool:
    return sum(one.with_high for one in rows) <= HIGH * sum(one.clients for one in rows)


def _within(rows: list[Coverage]) -> bool:
    trials = sum(one.trials for one in rows)
    return not trials or HELD[0] <= sum(one.held for one in rows) / trials <= HELD[1]


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _summary(found: dict[str, Any], full: list[Recall]) -> Iterator[str]:
    trials = sum(one.trials for one in full)
    clients = sum(one.clients for one in found["alarms"])
    high = sum(one.with_high for one in found["alarms"])
    held, all_held = (sum(getattr(o, n) for o in found["coverage"]) for n in ("held", "trials"))
    yield "| | target | measured | trials |"
    yield "|---|---|---|---|"
    share, leading = 100 * _share(full, "found"), 100 * _share(full, "leading")
    yield f"| fault at full strength found | ≥ 95 % | {share:.1f} % | {trials} |"
    yield f"| … and among the first three actions | ≥ 90 % | {leading:.1f} % | {trials} |"
    yield (
        f"| healthy clients with a high finding | ≤ 5 % | {100 * high / max(clients, 1):.1f} % "
        f"| {clients} |"
    )
    yield (
        "| 80 % intervals of the yen that hold the truth | 75–85 % "
        f"| {_percent(held, all_held)} | {all_held} |"
    )
    small = found["small"]
    yield (
        f"| small firms with a high finding of {small['few']} observations or fewer | 0 "
        f"| {small['of_few']} | {small['clients']} |"
    )


def _recall_table(rows: list[Recall]) -> Iterator[str]:
    strengths = sorted({one.strength for one in rows}, reverse=True)
    cells = {(one.code, one.model, one.strength): one for one in rows}
    yield "## Found, by rule and model"
    yield ""
    yield "Share of clients in which the planted fault was found; beside full strength the share in"
    yield "which its action was among the first three, the severity, and why it was not found."
    yield ""
    heads = "".join(f" {100 * one:.0f} % |" for one in strengths)
    yield f"| rule | model | trials |{heads} first three | severity | where not found |"
    yield f"|---|---|---|{'---|' * (len(strengths) + 3)}"
    for code, model in sorted({(one.code, one.model) for one in rows}):
        first = cells[code, model, strengths[0]]
        shares = "".join(
            f" {_percent(one.found, one.trials) if one else ''} |"
            for one in (cells.get((code, model, strength)) for strength in strengths)
        )
        yield (
            f"| {code} | {model} | {first.trials} |{shares}"
            f" {_percent(first.leading, first.trials)} | {', '.join(first.severities)} |"
            f" {', '.join(first.reasons)} |"
        )


def _alarm_table(rows: list[Alarms]) -> Iterator[str]:
    yield "## Healthy clients"
    yield ""
    yield "| model | clients | with a high finding | high, by rule | high or medium, by rule |"
    yield "|---|---|---|---|---|"
    for one in rows:
        high, red = (
            ", ".join(f"{code} {count}" for code, count in found.items())
            for found in (one.high, one.red)
        )
        yield f"| {one.model} | {one.clients} | {one.with_high} | {high} | {red} |"


def _coverage_table(rows: list[Coverage]) -> Iterator[str]:
    yield "## Intervals of the yen"
    yield ""
    yield "The truth is what clients ten times as large show, divided by ten."
    yield ""
    yield "| rule | model | trials | true yen | mean of the estimates | intervals that hold it |"
    yield "|---|---|---|---|---|---|"
    for one in rows:
        yield (
            f"| {one.code} | {one.model} | {one.trials} | {one.truth:,.0f} | {one.mean:,.0f} "
            f"| {_percent(one.held, one.trials)} |"
        )


def _small_text(small: dict[str, Any]) -> Iterator[str]:
    yield "## Small firms"
    yield ""
    least = ", ".join(f"{code} on {count}" for code, count in small["least"].items())
    yield (
        f"{small['clients']} firms of some {small['customers']:.0f} customers with the same faults."
        f" {small['of_few']} have a high finding that rests on {small['few']} observations or"
        " fewer."
        + (f" High findings there, and the fewest they rest on: {least}." if least else "")
    )
