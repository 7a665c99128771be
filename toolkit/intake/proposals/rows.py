"""How the rows of an unknown table seem to count: orders or lines, cancelled, guests, gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.intake.files.grid import Grid
from toolkit.intake.mappings.columns import TableKind, word_form
from toolkit.intake.mappings.mapping import Condition, FillDown, RowRules, TableMapping
from toolkit.intake.mappings.shaping import shaped
from toolkit.intake.proposals.evidence import Evidence, Text, evidence_of
from toolkit.intake.proposals.likeness import Likeness, ideas_of
from toolkit.intake.proposals.sources import KEY, Filled
from toolkit.intake.setting import Setting

ORDERS = "orders"
FEW_ORDERS = 3
DIFFERING = 0.05
_LEAST_CONTINUED = 0.03
_ALIKE = 0.6
_FEW_VALUES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Whether a row is an order or a line of one, and the code of what shows it."""

    model: str | None
    reason: str


def with_continued_rows(
    grid: Grid, kind: TableKind, like: Likeness, setting: Setting
) -> tuple[Grid, FillDown | None]:
    """The grid with rows completed that leave out what the row above says, as kintone writes them.

    They are told by a blank record id below a filled one, where other cells of the row are filled.
    """
    ids = [
        column
        for column in kind.columns.values()
        if column.type == "id" and column.required and column.name != KEY
    ]
    evidence = evidence_of(grid, kind, setting)
    for column in ids:
        alike = {at: like.of(grid.header[at], column) for at in evidence.positions}
        at = max(alike, key=lambda place: alike[place], default=None)
        headers = _continued(evidence, at) if at is not None and alike[at] >= _ALIKE else ()
        if at is not None and headers:
            rule = FillDown(by=grid.header[at], columns=headers)
            mapping = TableMapping(name="", table=kind.name, rows=RowRules(fill_down=rule))
            return shaped(grid, mapping), rule
    return grid, None


def _continued(evidence: Evidence, at: int) -> tuple[str, ...]:
    """Headers that are blank wherever the id is, a date among them, where other cells are not."""
    import numpy as np

    blank = evidence.text(at).blank
    if not len(blank) or blank[0] or blank.mean() < _LEAST_CONTINUED or blank.all():
        return ()
    with_it, others = [], np.zeros(len(blank), dtype=np.int64)
    for place in evidence.positions:
        own = evidence.text(place).blank
        if own[blank].all() and not own[~blank].all():
            with_it.append(place)
        else:
            others += ~own
    dated = any(evidence.reads_as(place, "date") for place in with_it)
    if not dated or not (others[blank] > 0).all():
        return ()
    return tuple(evidence.header[place] for place in with_it)


def rows_of(
    evidence: Evidence, filled: Mapping[str, Filled], like: Likeness, down: FillDown | None
) -> tuple[RowRules, str]:
    """Row rules, and the code of what shows the row model (empty where the kind has none)."""
    model, cancelled = Model(model=None, reason=""), tuple[Condition, ...]()
    if evidence.kind.name == ORDERS:
        model = _model(evidence, filled)
        cancelled = tuple(_cancelled(evidence, filled, like))
    key = filled.get(KEY)
    used = {header for one in filled.values() for header in one.source.named}
    used |= {test.column for test in cancelled}
    rules = RowRules(
        model=model.model,
        cancelled=cancelled,
        guests="keep" if _has_guests(evidence, filled) else "quarantine",
        fill_down=_of_used(down, used, key),
        persons="match" if key and key.reason == "id_or_contact" else "keep",
    )
    return rules, model.reason


def _of_used(down: FillDown | None, used: set[str], key: Filled | None) -> FillDown | None:
    """Only columns that are used; the customer's key too, for no order has two customers."""
    if down is None:
        return None
    columns = [text for text in down.columns if text in used or text == down.by]
    of_key = key.source.named if key else ()
    return FillDown(by=down.by, columns=tuple(dict.fromkeys((*columns, *of_key))))


def _has_guests(evidence: Evidence, filled: Mapping[str, Filled]) -> bool:
    """Whether a key that must be there is blank in some rows that are whole otherwise."""
    required = [filled[name] for name in evidence.kind.required if name in filled and name != KEY]
    if KEY not in evidence.kind.required or KEY not in filled:
        return False
    without = _blank(evidence, filled[KEY], all)
    lacking = [_blank(evidence, one, any) for one in required]
    return any(guest and not any(others) for guest, *others in zip(without, *lacking, strict=True))


def _blank(
    evidence: Evidence, one: Filled, together: Callable[[Iterable[bool]], bool]
) -> list[bool]:
    """In which rows all, or any, of the cells that fill a column are blank."""
    blank = (evidence.text(at).blank for at in one.positions)
    return [together(of_row) for of_row in zip(*blank, strict=True)]


def _model(evidence: Evidence, filled: Mapping[str, Filled]) -> Model:
    """Equal amounts on all rows of an order are its total; different ones are its lines."""
    order, amount = filled.get("order_id"), filled.get("amount")
    if order is None or amount is None:
        return Model(model=None, reason="")
    if amount.reason == "multiplied":
        return Model(model="lines", reason="multiplied")
    repeated = _amounts_of_repeated(evidence, order.positions[0], amount.positions[0])
    if not repeated:
        return Model(model="orders", reason="one_row_each")
    differing = sum(len(amounts) > 1 for amounts in repeated)
    if differing > DIFFERING * len(repeated):
        return Model(model="lines", reason="amounts_differ")
    return Model(model="orders", reason="total_repeated" if len(repeated) >= FEW_ORDERS else "few")


def _amounts_of_repeated(evidence: Evidence, order: int, amount: int) -> list[set[str]]:
    """For each order on several rows, the different amounts there."""
    import pyarrow.compute as pc

    ids = pc.utf8_trim_whitespace(evidence.text(order).cells).to_pylist()
    found: dict[str, list[str]] = {}
    for key, value in zip(ids, evidence.text(amount).cells.to_pylist(), strict=True):
        if key:
            found.setdefault(key, []).append(value.strip())
    return [set(values) for values in found.values() if len(values) > 1]


def _cancelled(
    evidence: Evidence, filled: Mapping[str, Filled], like: Likeness
) -> Iterator[Condition]:
    """Tests of cancelled rows: by the words of the status, else by a column that speaks of it."""
    status = filled.get("status")
    used = {at for one in filled.values() for at in one.positions}
    places = [status.positions[0]] if status else []
    free = [at for at in evidence.positions if at not in used and not evidence.private(at)]
    places += [at for at in free if "cancel" in ideas_of(evidence.header[at], like.known)]
    for at in places:
        found = _tests(evidence, at, like)
        if found:
            yield from found
            return
    words = evidence.setting.words.cancelled
    for at in free:
        if any(word_form(word) in words for word in evidence.text(at).distinct):
            yield from _tests(evidence, at, like)
            return


def _tests(evidence: Evidence, at: int, like: Likeness) -> list[Condition]:
    header, text = evidence.header[at], evidence.text(at)
    named = "cancel" in ideas_of(header, like.known)
    if named and text.filled and evidence.reads_as(at, "date"):
        return [Condition(column=header, operator="blank", operand=False)]
    if len(text.distinct) > _FEW_VALUES:
        return []
    if named and evidence.reads_as(at, "flag"):
        yes = tuple(word for word in text.distinct if word_form(word) in evidence.setting.words.yes)
        return [Condition(column=header, operator="one_of", operand=yes)] if yes else []
    return _of_words(header, text, evidence, like)


def _of_words(header: str, text: Text, evidence: Evidence, like: Likeness) -> list[Condition]:
    """Tests for the words that speak of cancelling: by a part of them where no other has it."""
    words = evidence.setting.words
    known = [word for word in text.distinct if word_form(word) in words.cancelled]
    hinted = [word for word in text.distinct if _cancels(word, words.cancel_hints, like)]
    meant = [word for word in text.distinct if word in known or word in hinted]
    if not meant:
        return []
    others = [word_form(word) for word in text.distinct if word not in meant]
    parts = []
    for hint in words.cancel_hints:
        fresh = [word for word in meant if hint in word_form(word)]
        if fresh and not any(hint in word for word in others):
            parts.append(hint)
            meant = [word for word in meant if word not in fresh]
    tests = [Condition(column=header, operator="contains", operand=part) for part in parts]
    if meant:
        tests.append(Condition(column=header, operator="one_of", operand=tuple(meant)))
    return tests


def _cancels(word: str, hints: Sequence[str], like: Likeness) -> bool:
    form = word_form(word)
    return any(hint in form for hint in hints) and not any(
        part in form for part in like.known.not_cancelled
    )
