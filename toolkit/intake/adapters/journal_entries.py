"""A journal (仕訳帳) entry by entry: which of its rows are about receivables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from toolkit.intake.mappings.columns import header_form, word_form
from toolkit.intake.values.cells import fault_of

Side = Literal["debit", "credit"]
SIDES: tuple[Side, Side] = ("debit", "credit")
NAMES = ("receivables", "reductions", "openings")
FAULTY = "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLayout:
    """How a system writes its journal: headers (alternatives) by role, and names of accounts.

    Roles are entry, date and, for debit and credit, ``<side>_account``, ``<side>_partner``,
    ``<side>_sub_account`` and ``<side>_amount``. ``reductions`` are accounts that take something
    off an invoice without money coming in; ``openings`` show a balance carried forward.
    """

    headers: Mapping[str, tuple[str, ...]]
    receivables: frozenset[str]
    reductions: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()


def journal_layout(entry: Mapping[str, Any]) -> JournalLayout:
    """The layout that an adapter's ``journal`` table describes."""
    headers = {
        role: (value,) if isinstance(value, str) else tuple(value)
        for role, value in entry["headers"].items()
    }
    accounts = {name: frozenset(word_form(word) for word in entry.get(name, ())) for name in NAMES}
    return JournalLayout(headers=headers, **accounts)


class Entries:
    """The columns of a journal by role, and the rows about receivables, entry by entry.

    ``parts`` says for each side and row what its account is: one of NAMES, FAULTY or nothing.
    Rows next to each other with the same number are one entry; an entry that stands in the
    journal twice, to the letter, counts once, and ``repeated`` counts the rows left out.

    Raises:
        KeyError: the number, date or account of a side has no column.
    """

    def __init__(self, columns: Mapping[str, Sequence[str]], layout: JournalLayout) -> None:
        forms = {header_form(header): header for header in reversed(list(columns))}
        self.headers: dict[str, str] = {}
        for role, names in layout.headers.items():
            found = [forms[header_form(name)] for name in names if header_form(name) in forms]
            self.headers[role] = found[0] if found else names[0]
        for role in ("entry", "date", *(f"{side}_account" for side in SIDES)):
            columns[self.headers[role]]
        self.rows = len(columns[self.headers["entry"]])
        blank = [""] * self.rows
        self.cells = {role: columns.get(head, blank) for role, head in self.headers.items()}
        self.parts = {side: _parts(self.cells[f"{side}_account"], layout) for side in SIDES}
        self.repeated = 0
        self.entries = [entry for entry in self._entries(list(columns.values())) if entry]
        self.relevant = [index for entry in self.entries for index in entry]

    def _entries(self, columns: Sequence[Sequence[str]]) -> Iterator[list[int]]:
        seen: set[tuple[tuple[str, ...], ...]] = set()
        numbers = self.cells["entry"]
        for number, group in groupby(range(self.rows), key=lambda index: numbers[index].strip()):
            indexes = list(group)
            for run in [indexes] if number else [[index] for index in indexes]:
                about = self._about(run)
                content = tuple(tuple(column[i] for column in columns) for i in run if about)
                if number and content in seen:
                    self.repeated += len(about)
                    continue
                seen |= {content} if about else set()
                yield about

    def _about(self, entry: Sequence[int]) -> list[int]:
        """The rows that raise, clear or reduce receivables, and those that cannot be told."""
        debit, credit = self.parts["debit"], self.parts["credit"]
        clears = any(credit[index] == "receivables" for index in entry)
        told = {"receivables", FAULTY}
        return [
            index
            for index in entry
            if debit[index] in told
            or credit[index] in told
            or (clears and debit[index] == "reductions")
        ]


def _parts(accounts: Sequence[str], layout: JournalLayout) -> list[str]:
    def part(text: str) -> str:
        if fault_of(text):
            return FAULTY
        form = word_form(text)
        return next((name for name in NAMES if form in getattr(layout, name)), "")

    known = {text: part(text) for text in set(accounts)}
    return [known[text] for text in accounts]
