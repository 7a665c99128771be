"""What-if as a notebook shows it: before, after, difference, and what moves the profit most."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.method import load_method
from toolkit.words import Words, fact_name, number_text, words

if TYPE_CHECKING:
    from toolkit.diagnosis.what_if import WhatIf

UNITS = {"hours": "hours", "margin": "share"}
DIFFERENCES = {**UNITS, "margin": "points"}
ALWAYS = ("profit", "sales", "margin")
BARS = 5
_RIGHT = ' style="text-align:right"'


def nodes(made: WhatIf) -> Iterator[str]:
    """The nodes worth showing: the leading ones that are known, and all that move."""
    for node, before in made.before.items():
        if before is not None and (made.delta[node] or node in ALWAYS):
            yield node


def what_if_html(made: WhatIf) -> str:
    """Two small tables in ``tk.language``, everything escaped."""
    book = words(load_method())

    def cell(value: float | None, unit: str) -> str:
        return f"<td{_RIGHT}>{html.escape(number_text(value, unit, book.lang, made.currency))}</td>"

    levels = "".join(
        f"<tr><th>{html.escape(book.text(f'cli.whatif.node.{node}'))}</th>"
        f"{cell(made.before[node], UNITS.get(node, 'yen'))}"
        f"{cell(made.after[node], UNITS.get(node, 'yen'))}"
        f"{cell(made.delta[node], DIFFERENCES.get(node, 'yen'))}</tr>"
        for node in nodes(made)
    )
    bars = "".join(
        f"<tr><th>{html.escape(_named(bar.fact, book))}</th>"
        f"{cell(bar.profit_low, 'yen')}{cell(bar.profit_high, 'yen')}</tr>"
        for bar in made.tornado[:BARS]
    )
    heads = "".join(
        f"<th>{html.escape(book.text(f'common.what_if.{name}'))}</th>"
        for name in ("before", "after", "delta")
    )
    tornado = html.escape(book.text("cli.whatif.tornado"))
    return (
        f'<div lang="{html.escape(book.lang)}"><table><tr><td></td>{heads}</tr>{levels}</table>'
        f"<p>{tornado}</p><table>{bars}</table></div>"
    )


def _named(key: str, book: Words) -> str:
    """Name of a figure with its cell, as the key has it."""
    name, bracket, cell = key.partition("[")
    shown = fact_name(Fact(id=name, value=0.0), book)
    return f"{shown} [{cell}" if bracket else shown
