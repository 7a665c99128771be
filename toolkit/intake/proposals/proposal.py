"""A mapping proposed for a file whose layout nobody has told: from its headers and its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.intake.files.grid import ReadOptions
from toolkit.intake.mappings.columns import Column, TableKind, header_form
from toolkit.intake.mappings.headers import missing_columns
from toolkit.intake.mappings.mapping import RowRules, Source
from toolkit.intake.notes import HIDDEN, shown
from toolkit.intake.proposals.choice import Chosen, choose
from toolkit.intake.proposals.evidence import Evidence, evidence_of
from toolkit.intake.proposals.layout import find_layout
from toolkit.intake.proposals.likeness import Likeness
from toolkit.intake.proposals.rows import rows_of, with_continued_rows
from toolkit.intake.proposals.sources import Filled, sources_of
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import fault_of

SAMPLES = 3
MOST_NEAR = 4
_CONTACT = re.compile(r"@|＠|様|さん|殿|(?<!\d)0\d{1,4}-?\d{1,4}-?\d{3,4}(?!\d)")
_SHOWN_WHOLE = ("date", "month", "year", "money", "number", "minutes", "flag", "choice")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedColumn:
    """What is to fill a column: ``confidence`` from 0 to 1, ``reason`` a code, three samples.

    Samples are texts as the file shows them; ``***`` where they may show a person.
    """

    column: str
    source: Source
    confidence: float
    reason: str
    samples: tuple[str, ...]

    @property
    def header(self) -> str:
        """The header, or the headers joined by `` + ``."""
        return " + ".join(text.strip() for text in self.source.headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """What must be asked: a column, or ``rows.model``; why, and the headers that come near.

    ``reason`` is ``none`` (no column fits), ``tie`` (several fit equally), ``twice`` (one header
    over different columns), ``date_order`` (day and month cannot be told) or ``few`` (too few
    orders of several rows).
    """

    column: str
    reason: str
    headers: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A mapping to be confirmed. ``model_reason`` is the code of what shows the row model."""

    name: str
    kind: str
    read: ReadOptions
    columns: tuple[ProposedColumn, ...]
    unclear: tuple[Unclear, ...]
    rows: RowRules = field(default_factory=RowRules)
    model_reason: str = ""

    @property
    def ready(self) -> bool:
        """Whether nothing is unclear that the table cannot do without."""
        return not any(one.required for one in self.unclear)

    @property
    def sources(self) -> dict[str, Source]:
        """What fills each column."""
        return {one.column: one.source for one in self.columns}


def propose(path: Path, name: str, kind: TableKind, setting: Setting) -> Proposal:
    """Propose a mapping for a file from its headers and its first 1,000 rows.

    Args:
        path: delimited text, a workbook or a Parquet file.
        name: how messages name it.
        kind: the table it is to become.
        setting: the client's zone, currency and run date, the vocabulary, the method's synonyms.

    Returns:
        The likeliest column for each of the table's, each used once; what cannot be told stays
        out and is in ``unclear``. No personal column is used but mail or phone as customer key.

    Raises:
        InputError: the file cannot be read at all.
    """
    like = Likeness(kind, setting)
    layout = find_layout(path, name, kind, like, setting)
    grid, down = with_continued_rows(layout.grid, kind, like, setting)
    evidence = evidence_of(grid, kind, setting)
    chosen = choose(evidence, like)
    filled = sources_of(evidence, chosen)
    rows, model_reason = rows_of(evidence, filled, like, down)
    return Proposal(
        name=name,
        kind=kind.name,
        read=layout.options,
        columns=tuple(_column(evidence, column, one) for column, one in filled.items()),
        unclear=tuple(_unclear(evidence, chosen, filled, model_reason)),
        rows=rows,
        model_reason=model_reason,
    )


def _column(evidence: Evidence, name: str, filled: Filled) -> ProposedColumn:
    return ProposedColumn(
        column=name,
        source=filled.source,
        confidence=filled.confidence,
        reason=filled.reason,
        samples=_samples(evidence, name, filled),
    )


def _samples(evidence: Evidence, name: str, filled: Filled) -> tuple[str, ...]:
    """The first different texts of a column; none of a personal, hidden or staff column."""
    column = evidence.kind.columns[name]
    texts = [evidence.text(at).distinct for at in filled.positions]
    first = [
        " + ".join(shown(_plain(text)) for text in together)
        for together in zip(*(found[:SAMPLES] for found in texts), strict=False)
    ]
    private = any(evidence.private(at) for at in filled.positions)
    if private or column.hidden or column.staff:
        return (HIDDEN,) * len(first)
    if column.type in _SHOWN_WHOLE:
        return tuple(first)
    return tuple(HIDDEN if _CONTACT.search(text) else text for text in first)


def shown_cell(text: str, column: Column) -> str:
    """A value of a column as a preview may show it: ``***`` where it may show a person."""
    if column.hidden or column.staff:
        return HIDDEN if text else ""
    if column.type not in _SHOWN_WHOLE and _CONTACT.search(text):
        return HIDDEN
    return shown(text)


def _plain(text: str) -> str:
    """A cell as it is shown, one without a usable value too."""
    fault = fault_of(text)
    return fault[1] if fault else text


def _unclear(
    evidence: Evidence, chosen: Chosen, filled: Mapping[str, Filled], model_reason: str
) -> Iterator[Unclear]:
    """What is to be asked: required columns first, then ties and what a reading would trip over."""
    missing = [name for name, _ in missing_columns(evidence.header, evidence.kind, filled)]
    for name in missing:
        yield _missing(evidence, chosen, name)
    for name, tie in chosen.ties.items():
        if name not in missing and name not in filled:
            yield Unclear(column=name, reason="tie", headers=_headers(evidence, tie))
    if model_reason == "few":
        yield Unclear(column="rows.model", reason="few")


def _missing(evidence: Evidence, chosen: Chosen, name: str) -> Unclear:
    """Why a column that the table needs has none."""
    if name in chosen.ties:
        headers = _headers(evidence, chosen.ties[name])
        return Unclear(column=name, reason="tie", headers=headers, required=True)
    near = chosen.near(name)
    column = evidence.kind.columns[name]
    named = {header_form(alias) for alias in (column.name, *column.aliases)}
    twice = tuple(text for text in evidence.twice if header_form(text) in named)
    if twice:
        return Unclear(column=name, reason="twice", headers=twice, required=True)
    undated = [at for at in near if evidence.read(at, column).code == "date_ambiguous"]
    if undated:
        headers = _headers(evidence, undated[:1])
        return Unclear(column=name, reason="date_order", headers=headers, required=True)
    headers = _headers(evidence, near[:MOST_NEAR])
    return Unclear(column=name, reason="none", headers=headers, required=True)


def _headers(evidence: Evidence, positions: Iterable[int]) -> tuple[str, ...]:
    return tuple(evidence.header[at].strip() for at in positions)
