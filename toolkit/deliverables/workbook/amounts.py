"""The yen: gaps with their formulas in words, and effects and nets that answer to changed cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isclose
from typing import TYPE_CHECKING

from toolkit.deliverables.workbook.desk import Desk
from toolkit.deliverables.workbook.looks import shown_width
from toolkit.deliverables.workbook.page import Page, cell
from toolkit.diagnosis.amounts import TOTALS
from toolkit.outline.blocks import plain
from toolkit.outline.finding_words import title_text
from toolkit.outline.yen_words import formula_text
from toolkit.rules.finding import Finding
from toolkit.rules.yen import KINDS, Yen

if TYPE_CHECKING:
    from toolkit.diagnosis.plan import Action

HEAD_ROW = 4
COLUMNS = (
    "code", "title", "kind", "formula", "gap", "low", "high", "share", "closure", "effect",
    "initial_yen", "monthly_yen", "net", "steady_net", "counted",
)  # fmt: skip
WIDTHS = [9, 27, 13, 52, 13, 13, 13, 13, 8, 13, 12, 12, 13, 13, 8]
KIND, GAP, LOW, HIGH, SHARE, CLOSURE, EFFECT = 2, 4, 5, 6, 7, 8, 9
INITIAL, MONTHLY, NET, STEADY, COUNTED = 10, 11, 12, 13, 14
MONEY = (GAP, LOW, HIGH, SHARE, EFFECT, INITIAL, MONTHLY, NET, STEADY)
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One finding with its yen and its action, on its row."""

    row: int
    finding: Finding
    yen: Yen
    action: Action | None


def write_amounts(desk: Desk) -> None:
    """The sheet of amounts; with nothing to show it says so."""
    found = list(_amounts(desk))
    page = desk.page("amounts", _widths(desk, found), HEAD_ROW)
    page.title()
    page.wide(1, (0, 6), desk.say("about.amounts"), "note")
    page.text(2, 0, "", "input")
    page.wide(2, (1, 6), desk.say("amounts.inputs"), "note")
    if not found:
        page.wide(HEAD_ROW, (0, 9), desk.say("amounts.none"))
        return
    page.heads(HEAD_ROW, [desk.say(f"column.amounts.{name}") for name in COLUMNS])
    for one in found:
        _row(desk, page, one)
    page.sheet.autofilter(HEAD_ROW, 0, found[-1].row, len(COLUMNS) - 1)
    page.sheet.freeze_panes(HEAD_ROW + 1, 2)
    _totals(desk, page, found)


def _widths(desk: Desk, found: Sequence[Amount]) -> list[float]:
    """Widths that hold the largest amount in every column of money."""
    money = desk.numbers.of("yen")
    totals = [getattr(desk.pen.diagnosis.totals, kind) for kind in TOTALS]
    values = [one.yen.high or one.yen.gap or 0.0 for one in found]
    values += [one.high or one.gap for one in totals if one is not None]
    least = max((shown_width(value, money) for value in values), default=0.0) + 1.0
    return [max(float(one), least) if number in MONEY else one for number, one in enumerate(WIDTHS)]


def _amounts(desk: Desk) -> Iterator[Amount]:
    """Findings with a gap, by kind and the largest first."""
    actions = {one.findings[0]: one for one in desk.pen.diagnosis.actions}
    row = HEAD_ROW
    for kind in KINDS:
        found = [(one, one.yen) for one in desk.pen.diagnosis.judged if one.yen is not None]
        priced = [(one, yen) for one, yen in found if yen.kind == kind and yen.gap is not None]
        for one, yen in sorted(priced, key=lambda pair: -(pair[1].gap or 0.0)):
            row += 1
            yield Amount(row=row, finding=one, yen=yen, action=actions.get(one.id))


def _row(desk: Desk, page: Page, one: Amount) -> None:
    row, yen, money = one.row, one.yen, desk.numbers.of("yen")
    page.text(row, 0, one.finding.id, "code")
    page.text(row, 1, plain(title_text(desk.pen, one.finding)), "strong")
    page.text(row, KIND, desk.say(f"kind.{yen.kind}"))
    page.text(row, KIND + 1, plain(formula_text(desk.pen, one.finding)))
    for column, value in ((GAP, yen.gap), (LOW, yen.low), (HIGH, yen.high), (SHARE, yen.share)):
        page.number(row, column, value, money)
    counted = yen.counted and yen.kind in TOTALS
    page.text(row, COUNTED, desk.say(f"counted.{'yes' if counted else 'no'}"), "aside")
    if yen.kind not in TOTALS or yen.share is None or yen.closure is None:
        for column in (CLOSURE, EFFECT, INITIAL, MONTHLY, NET, STEADY):
            page.text(row, column, "", "aside")
        return
    page.number(row, CLOSURE, yen.closure, "0%", "input")
    formula = f"={cell(row, SHARE)}*{cell(row, CLOSURE)}"
    page.live((row, EFFECT), formula, yen.share * yen.closure, money)
    _costs(desk, page, one)


def _costs(desk: Desk, page: Page, one: Amount) -> None:
    """Costs to write in, and what is left after them in the first year and in later ones."""
    row, action, money = one.row, one.action, desk.numbers.of("yen")
    page.number(row, INITIAL, action.initial_yen if action else None, money, "input")
    page.number(row, MONTHLY, action.monthly_yen if action else None, money, "input")
    effect, initial, monthly = (cell(row, column) for column in (EFFECT, INITIAL, MONTHLY))
    given = f'OR({initial}="",{monthly}="")'
    net = f'=IF({given},"",{effect}-{initial}-{MONTHS}*{monthly})'
    page.live((row, NET), net, action.net if action else None, money)
    if one.yen.kind == "cash":
        page.text(row, STEADY, "", "aside")
        return
    steady = f'=IF({given},"",{effect}-{MONTHS}*{monthly})'
    page.live((row, STEADY), steady, action.steady_net if action else None, money)


def _totals(desk: Desk, page: Page, found: Sequence[Amount]) -> None:
    """Sums by kind over the rows that count; profit, cash and hours are never added."""
    row = found[-1].row + 2
    page.wide(row, (0, 3), desk.say("amounts.totals"), "heading")
    totals = desk.pen.diagnosis.totals
    for kind in TOTALS:
        total = getattr(totals, kind)
        if total is None:
            continue
        row += 1
        for column in range(EFFECT + 1):
            page.text(row, column, "", "total_text")
        page.text(row, 1, desk.say(f"kind.{kind}"), "total_text")
        if kind == "profit" and totals.held:
            for column in (GAP, EFFECT):
                page.text(row, column, desk.pen.line("report.worth.held_cell"), "total")
        else:
            _total(desk, page, (row, kind), found)
    if totals.held:
        page.wide(row + 1, (0, 9), desk.say("amounts.held"), "note")


def _total(desk: Desk, page: Page, at: tuple[int, str], found: Sequence[Amount]) -> None:
    """The sum of one kind; its parts and effects add up live where they give the figure."""
    row, kind = at
    total = getattr(desk.pen.diagnosis.totals, kind)
    for column, value in ((GAP, total.gap), (LOW, total.low), (HIGH, total.high)):
        page.number(row, column, value, desk.numbers.of("yen"), "total")
    for column, name, value in ((SHARE, "share", total.gap), (EFFECT, "effect", total.effect)):
        formula = _sum(desk, kind, (column, HEAD_ROW + 1, found[-1].row))
        exact = isclose(_added(found, kind, name), value, rel_tol=1e-8, abs_tol=1e-6)
        _number_or_sum(desk, page, (row, column), (value, formula if exact else None))


def _sum(desk: Desk, kind: str, at: tuple[int, int, int]) -> str:
    column, first, last = at

    def whole(place: int) -> str:
        return f"{cell(first, place, 'both')}:{cell(last, place, 'both')}"

    yes, name = desk.say("counted.yes"), desk.say(f"kind.{kind}")
    return f'=SUMIFS({whole(column)},{whole(KIND)},"{name}",{whole(COUNTED)},"{yes}")'


def _added(found: Sequence[Amount], kind: str, name: str) -> float:
    counted = [one.yen for one in found if one.yen.kind == kind and one.yen.counted]
    if name == "share":
        return sum(one.share or 0.0 for one in counted)
    return sum((one.share or 0.0) * (one.closure or 0.0) for one in counted)


def _number_or_sum(
    desk: Desk, page: Page, at: tuple[int, int], found: tuple[float, str | None]
) -> None:
    """A live sum where it gives the figure, else the figure itself."""
    value, formula = found
    money = desk.numbers.of("yen")
    if formula is None:
        page.number(*at, value, money, "total")
    else:
        page.live(at, formula, value, money, "total")
