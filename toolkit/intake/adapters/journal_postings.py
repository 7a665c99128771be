"""The entries of a journal as amounts raised and cleared, with the faults of their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from decimal import Decimal
from typing import Any

from toolkit.intake.adapters.fifo import NOTHING, Cleared, Raised
from toolkit.intake.adapters.journal_entries import SIDES, Entries, Side
from toolkit.intake.notes import Note
from toolkit.intake.values.cells import Parser, Unreadable, fault_of, is_blank, parse_id
from toolkit.intake.values.converting import Reader, convert


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalReaders:
    """How amounts and dates are read: the parsers of the client's currency and run date."""

    money: Parser
    date: Parser


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a row of the journal cannot be used: its index, header, canonical column and code."""

    index: int
    header: str
    field: str
    code: str
    params: Mapping[str, str] = made_by(default_factory=dict)


class Postings:
    """What the sound rows of a journal raise and clear; ``faults`` holds the others by row.

    The place of a posting is twice the index of its row, and one more on the credit side.
    """

    def __init__(self, journal: Entries, readers: JournalReaders) -> None:
        self.journal = journal
        self.faults: dict[int, Fault] = {}
        self.notes: list[Note] = []
        self.raised: list[Raised] = []
        self.cleared: list[Cleared] = []
        self.openings = 0
        self._refuse_faulty_accounts()
        self.days = self._days(readers)
        self.amounts = {side: self._amounts(side, readers) for side in SIDES}
        self.customers = {side: self._customers(side) for side in SIDES}
        for entry in journal.entries:
            self._post([index for index in entry if index not in self.faults])

    def _refuse_faulty_accounts(self) -> None:
        for side in SIDES:
            texts = self.journal.cells[f"{side}_account"]
            for index in self.journal.relevant:
                if fault := fault_of(texts[index]):
                    self._fault(index, f"{side}_account", fault[0])

    def _fault(
        self, index: int, role: str, code: str, params: Mapping[str, str] | None = None
    ) -> None:
        """Keep the first fault of a row."""
        name = {"date": "invoiced_at", "partner": "customer_id", "sub_account": "customer_id"}
        part = role.partition("_")[2] or role
        fault = Fault(
            index=index,
            header=self.journal.headers[role],
            field=name.get(part, "amount"),
            code=code,
            params=params or {},
        )
        self.faults.setdefault(index, fault)

    def _read(self, role: str, cells: Mapping[int, str], parse: Parser) -> dict[int, Any]:
        """Values of one column by row; a blank or unreadable cell is a fault of its row."""
        import pyarrow as pa

        indexes = list(cells)
        reader = Reader(type="date" if role == "date" else "money", parse=parse)
        done = convert(pa.array(cells.values(), pa.string()), reader)
        if done.normalised:
            params = {"column": self.journal.headers[role].strip()}
            code = "dates" if role == "date" else "amounts"
            self.notes.append(Note(code=code, count=done.normalised, params=params))
        for bad in done.bad:
            self._fault(indexes[bad.index], role, bad.code, bad.params)
        values = dict(zip(indexes, done.values.to_pylist(), strict=True))
        for index in [index for index, value in values.items() if value is None]:
            self._fault(index, role, "value_missing")
        return values

    def _days(self, readers: JournalReaders) -> dict[int, Any]:
        """The day of each row; a further row of an entry may leave it to the first."""
        texts = self.journal.cells["date"]
        cells: dict[int, str] = {}
        for entry in self.journal.entries:
            first = next((texts[index] for index in entry if not is_blank(texts[index])), "")
            cells |= {i: first if is_blank(texts[i]) else texts[i] for i in entry}
        return self._read("date", cells, readers.date)

    def _amounts(self, side: Side, readers: JournalReaders) -> dict[int, Any]:
        parts = self.journal.parts[side]
        wanted = ("receivables", "reductions") if side == "debit" else ("receivables",)
        texts = self.journal.cells[f"{side}_amount"]
        cells = {index: texts[index] for index in self.journal.relevant if parts[index] in wanted}
        return self._read(f"{side}_amount", cells, readers.money)

    def _customers(self, side: Side) -> dict[int, str]:
        """Who owes: the partner, else the sub-account, of the side that is a receivable."""
        found: dict[int, str] = {}
        for index in self.journal.relevant:
            if self.journal.parts[side][index] != "receivables":
                continue
            roles = (f"{side}_partner", f"{side}_sub_account")
            filled = [role for role in roles if not is_blank(self.journal.cells[role][index])]
            if not filled:
                self._fault(index, roles[0], "journal_no_customer")
                continue
            try:
                found[index] = str(parse_id(self.journal.cells[filled[0]][index])[0])
            except Unreadable as fault:
                self._fault(index, filled[0], fault.code, fault.params)
        return found

    def _post(self, rows: Sequence[int]) -> None:
        """Raise and clear what the sound rows of one entry say, its reductions first."""
        debit, credit = self.journal.parts["debit"], self.journal.parts["credit"]
        carried = any("openings" in (debit[index], credit[index]) for index in rows)
        reduced = sum((self._amount("debit", i) for i in rows if debit[i] == "reductions"), NOTHING)
        for index in rows:
            if debit[index] == "receivables":
                amount = self._amount("debit", index)
                self.openings += carried and amount > 0
                self._owe(index, "debit", amount)
        for index in sorted(rows, key=lambda i: debit[i] != "reductions"):
            if credit[index] == "receivables":
                amount = self._amount("credit", index)
                part = max(min(reduced, amount), NOTHING)
                reduced -= part
                self._owe(index, "credit", -part)
                self._pay(index, amount - part)

    def _amount(self, side: Side, index: int) -> Decimal:
        return Decimal(str(self.amounts[side][index]))

    def _owe(self, index: int, side: Side, amount: Decimal) -> None:
        """Owe more, or with a negative amount (a red slip, a discount) less."""
        place = 2 * index + (side == "credit")
        who, day = self.customers[side][index], self.days[index]
        if amount > 0:
            self.raised.append(Raised(customer=who, day=day, amount=amount, place=place))
        elif amount < 0:
            less = Cleared(customer=who, day=day, amount=-amount, place=place, reduces=True)
            self.cleared.append(less)

    def _pay(self, index: int, amount: Decimal) -> None:
        """Take money in; a negative amount, taken back, is owed again."""
        if amount < 0:
            self._owe(index, "credit", -amount)
        elif amount > 0:
            who, day = self.customers["credit"][index], self.days[index]
            place = 2 * index + 1
            self.cleared.append(Cleared(customer=who, day=day, amount=amount, place=place))

    def ids(self) -> dict[int, str]:
        """The invoice id of each place: day and number of the entry, further ones numbered."""
        found: dict[int, str] = {}
        times: dict[str, int] = {}
        for item in sorted(self.raised, key=_place):
            index = item.place // 2
            number = self.journal.cells["entry"][index].strip() or f"#{index + 1}"
            stem = f"{item.day:%Y%m%d}-{number}"
            times[stem] = times.get(stem, 0) + 1
            found[item.place] = stem if times[stem] == 1 else f"{stem}-{times[stem]}"
        return found


def _place(item: Raised) -> int:
    return item.place
