"""What a learner sees: the verdict on an answer, a hint, a solution."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Literal

Status = Literal["correct", "partial", "incorrect", "not_attempted", "cannot_check"]

# Left edge by verdict: readable on a light and on a dark notebook alike.
_EDGE = {
    "correct": "#2e8b57",
    "partial": "#c58b00",
    "incorrect": "#c0392b",
    "not_attempted": "#8a8f98",
    "cannot_check": "#8a8f98",
}
_QUIET = "#4a6fa5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The verdict on one answer; true only where the answer is correct.

    ``mistake`` is the code of the recognised mistake or of why nothing could be checked,
    None where there is none to name; ``reason`` says it in the lesson's language;
    ``credit`` is the share of the question earned, 0–1; ``notes`` are further lines, such
    as what a written answer still lacks.
    """

    status: Status
    mistake: str | None
    reason: str
    label: str
    credit: float = 0.0
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.status == "correct"

    def __repr__(self) -> str:
        return "\n".join((f"{self.label}: {self.reason}", *(f"- {note}" for note in self.notes)))

    def _repr_html_(self) -> str:
        lines = "\n".join((self.reason, *(f"- {note}" for note in self.notes)))
        return card(self.label, lines, _EDGE[self.status])


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One rung of the ladder of hints."""

    step: int
    steps: int
    label: str
    text: str

    def __repr__(self) -> str:
        return f"{self.label}: {self.text}"

    def _repr_html_(self) -> str:
        return card(self.label, self.text, _QUIET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The worked answer: how it is reached, and its value."""

    value: object
    label: str
    text: str

    def __repr__(self) -> str:
        return f"{self.label}: {self.text}"

    def _repr_html_(self) -> str:
        return card(self.label, self.text, _QUIET)


def card(label: str, text: str, edge: str = _QUIET, more: str = "") -> str:
    """A heading over some text, escaped; ``more`` is HTML that is safe already."""
    return (
        f'<div style="border-left:4px solid {edge};padding:.4em 0 .4em 1em;margin:.4em 0;'
        f'max-width:52em;line-height:1.7">'
        f"<strong>{html.escape(label)}</strong>{rich(text)}{more}</div>"
    )


def rich(text: str) -> str:
    r"""Plain text as HTML: a paragraph a line, ``- `` a list item, backticks code, ** strong.

    >>> rich("- a < b\n- `c`")
    '<ul style="margin:.3em 0"><li>a &lt; b</li><li><code>c</code></li></ul>'
    """
    blocks: list[str] = []
    items: list[str] = []
    for line in [*text.strip().split("\n"), ""]:
        if line.startswith("- "):
            items.append(f"<li>{_inline(line[2:])}</li>")
            continue
        if items:
            blocks.append(f'<ul style="margin:.3em 0">{"".join(items)}</ul>')
            items = []
        if line.strip():
            blocks.append(f'<p style="margin:.3em 0">{_inline(line)}</p>')
    return "".join(blocks)


def _inline(line: str) -> str:
    safe = html.escape(line)
    safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", safe)
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)
