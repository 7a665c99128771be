"""All clients together: sums, findings that recur, and standings among peers who agreed to it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from toolkit.batch.outcome import ORDER, Outcome
from toolkit.batch.pages import filled, with_font
from toolkit.words import Words, number_text, printable, words

if TYPE_CHECKING:
    from toolkit.method import Method

FILE = "portfolio.html"
LEAST_PEERS = 5
"""A standing among fewer others would give their figures away; no firm's method lowers it."""
MOST_FINDINGS = 20
MARK = '<meta name="made-of" content="{}">'
MARK_WITHIN = 2000
"""Characters from the start of the page in which its mark stands."""

Group = tuple[str, str]
"""Model and currency: firms within can be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A client's own figure and the share of its peers below it (half of those equal)."""

    value: float
    unit: str
    below: float | None
    peers: int


def standings(outcomes: Iterable[Outcome]) -> dict[Group, dict[str, dict[str, Standing]]]:
    """Standings by group, client and key of figure, of those who consent.

    ``below`` is None where fewer than ``LEAST_PEERS`` other firms of the group, consenting too,
    have the figure.

    >>> one = Outcome(client_id="a", status="done", model="saas", figures={"x": [1.0, "share"]})
    >>> standings([one])  # it did not consent
    {}
    """
    groups: dict[Group, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if one.well and one.consent and one.model:
            groups[one.model, one.currency].append(one)
    return {
        group: {one.client_id: _standing(one, members) for one in members}
        for group, members in sorted(groups.items())
    }


def _standing(one: Outcome, members: Sequence[Outcome]) -> dict[str, Standing]:
    found = {}
    for key, (value, unit) in one.figures.items():
        peers = [
            other.figures[key][0] for other in members if other is not one and key in other.figures
        ]
        share = None
        if len(peers) >= LEAST_PEERS:
            lower = sum(peer < value for peer in peers)
            share = (lower + sum(peer == value for peer in peers) / 2) / len(peers)
        found[key] = Standing(value=value, unit=unit, below=share, peers=len(peers))
    return found


def write_portfolio(
    out: Path, outcomes: list[Outcome], lang: str, made_by: tuple[str, Callable[[], Method]]
) -> None:
    """Write portfolio.html unless the one that stands was made of the very same.

    Args:
        out: folder of the reports.
        outcomes: what became of each client.
        lang: language of the page.
        made_by: the key of all that the batch's reports have in common, and what gives the method
            (asked for only if the page is made).
    """
    settings, method = made_by
    mark = _mark(outcomes, settings, lang)
    path = out / FILE
    try:
        if mark in path.read_text(encoding="utf-8")[:MARK_WITHIN]:
            return
    except (OSError, ValueError):
        pass
    book = words(method(), lang)
    with_font(
        {path: filled("portfolio.html.j2", {**_values(outcomes, book), "mark": mark})},
        out,
        "portfolio",
    )


def _mark(outcomes: list[Outcome], settings: str, lang: str) -> str:
    """A hash of all the page shows; a report made anew or left alone is the same to it."""
    shown = [
        {
            "client": printable(one.client_id),
            "state": "well" if one.well else one.status,
            "sums": [one.model, one.coverage, one.yen_base, one.held, one.currency, one.failing],
            "figures": [one.consent, sorted(one.figures.items())],
        }
        for one in outcomes
    ]
    text = json.dumps([settings, lang, shown], ensure_ascii=True)
    return MARK.format(hashlib.sha256(text.encode("ascii")).hexdigest())


def _values(outcomes: list[Outcome], book: Words) -> dict[str, Any]:
    well = [one for one in outcomes if one.well]
    names = (
        "title",
        "back",
        "clients",
        "coverage",
        "yen",
        "recurring",
        "peers",
        "finding",
        "firms",
    )
    text = {name: book.text(f"portfolio.{name}") for name in (*names, "client", "no_findings")}
    return {
        "lang": book.lang,
        "text": text,
        "lead": book.text("portfolio.lead", total=len(outcomes), done=len(well)),
        "states": _states(outcomes, book),
        "models": _models(well, book),
        "coverage": _coverage(well, book),
        "yen": _yen(well, book),
        "recurring": _recurring(well, book),
        "rule": book.text("portfolio.rule", least=LEAST_PEERS),
        "consent": book.text("portfolio.consent", n=sum(one.consent for one in well), of=len(well)),
        "groups": [_group(name, rows, book) for name, rows in standings(well).items()],
    }


def _states(outcomes: list[Outcome], book: Words) -> list[tuple[str, int]]:
    number = Counter("well" if one.well else one.status for one in outcomes)
    return [(book.text(f"portfolio.state.{name}"), number[name]) for name in ("well", *ORDER[:3])]


def _models(well: list[Outcome], book: Words) -> list[tuple[str, int]]:
    number = Counter(one.model or "" for one in well)
    return [(_model(name, book), n) for name, n in number.most_common()]


def _model(name: str, book: Words) -> str:
    key = f"questions.q.pla.model.choices.{name or 'unknown'}"
    return book.text(key) if name and book.has(key) else name or book.text("portfolio.no_model")


def _coverage(well: list[Outcome], book: Words) -> str:
    known = [one.coverage for one in well if one.coverage is not None]
    if not known:
        return book.text("portfolio.no_reports")
    low, mid, high = (
        number_text(one, "share", book.lang) for one in (min(known), median(known), max(known))
    )
    return book.text("portfolio.coverage_line", low=low, mid=mid, high=high, n=len(known))


def _yen(well: list[Outcome], book: Words) -> list[str]:
    """A sum a currency, and how many firms are in none."""
    sums: dict[str, list[float]] = defaultdict(list)
    for one in well:
        if one.yen_base is not None:
            sums[one.currency].append(one.yen_base)
    lines = [
        book.text(
            "portfolio.yen_line",
            yen=number_text(sum(each), "yen", book.lang, currency),
            n=len(each),
        )
        for currency, each in sorted(sums.items())
    ]
    held = sum(one.held for one in well)
    none = sum(one.yen_base is None and not one.held for one in well)
    return [*lines, book.text("portfolio.yen_none", held=held, none=none)]


def _recurring(well: list[Outcome], book: Words) -> list[tuple[str, str, int]]:
    number = Counter(found for one in well for found in set(one.failing))
    listed = sorted(number.items(), key=lambda one: (-one[1], one[0]))[:MOST_FINDINGS]
    return [(name, _title(name, book), n) for name, n in listed]


def _title(rule: str, book: Words) -> str:
    """A finding's title; the id where it is a client's own or its title holds figures."""
    key = f"rules.{rule}.title"
    title = book.table.get(key, rule)
    return rule if "{" in title else title


def _group(group: Group, rows: Mapping[str, Mapping[str, Standing]], book: Words) -> dict[str, Any]:
    model, currency = group
    shown = sorted(
        {key for row in rows.values() for key, one in row.items() if one.below is not None}
    )
    return {
        "name": _model(model, book),
        "firms": book.text("portfolio.group", n=len(rows), currency=currency),
        "small": "" if shown else book.text("portfolio.small", n=len(rows), least=LEAST_PEERS + 1),
        "figures": [_figure(key, book) for key in shown],
        "rows": [
            {
                "client_id": printable(client),
                "cells": [_cell(row.get(key), currency, book) for key in shown],
            }
            for client, row in sorted(rows.items())
        ],
    }


def _figure(key: str, book: Words) -> str:
    """Name of a figure, with what it is broken down by."""
    name, _, by = key.rstrip("]").partition("[")
    cut, _, value = by.partition("=")
    text = book.text(f"definitions.{name}.name")
    return f"{text} ({book.text(f'common.by.{cut}', value=value)})" if by else text


def _cell(one: Standing | None, currency: str, book: Words) -> tuple[str, str]:
    """A figure as printed, and where it stands."""
    if one is None:
        return "—", ""
    value = number_text(one.value, one.unit, book.lang, currency)
    if one.below is None:
        return value, ""
    return value, book.text("portfolio.standing", percent=f"{one.below * 100:.0f}", n=one.peers)
