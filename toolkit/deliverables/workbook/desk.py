"""The desk a workbook is written at: the material, the words, and where everything will stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.tables.listing import Cell, Listing, Quantity
from toolkit.deliverables.workbook.leaves import Leaf, leaves, sheet_name
from toolkit.deliverables.workbook.looks import Looks, Numbers, shown_width
from toolkit.deliverables.workbook.page import Page
from toolkit.outline.blocks import Chart
from toolkit.outline.writer import Writer, writer

if TYPE_CHECKING:
    from toolkit.deliverables.faces import Material

SHEETS = (
    "guide", "summary", "findings", "actions", "figures", "amounts", "charts", "cohort", "health",
    "answers",
)  # fmt: skip
TABS = {
    "guide": "accent", "summary": "accent", "findings": "high", "actions": "high",
    "figures": "good", "amounts": "good", "charts": "good", "cohort": "good",
    "health": "soft", "answers": "soft",
}  # fmt: skip
LEAF_TAB = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every sheet is written from; ``names`` are the sheets' names by id."""

    material: Material
    pen: Writer
    workbook: Any
    looks: Looks
    numbers: Numbers
    names: Mapping[str, str]
    leaves: Mapping[str, Leaf]

    def say(self, key: str, **params: str) -> str:
        """A sentence or label of the workbook's own."""
        return self.pen.line(f"workbook.{key}", **params)

    def page(
        self, name: str, widths: list[float], repeat: int | None = None, tall: int = 0
    ) -> Page:
        """The sheet of an id, made ready."""
        tab = self.looks.colours[TABS.get(name, LEAF_TAB)]
        sheet = self.workbook.get_worksheet_by_name(self.names[name])
        made = Page(name=self.names[name], sheet=sheet, looks=self.looks, widths=widths)
        made.open(repeat=repeat, tab=tab, tall=tall)
        return made

    def format_of(self, found: Quantity) -> str:
        """The number format of a quantity, with the counter the page prints."""
        mark = self.pen.mark(found.fact, found.unit, float(found.value))
        return self.numbers.of(found.unit, found.value, mark)

    def fitted(self, listed: Listing, widths: Mapping[str, float]) -> list[float]:
        """Widths of columns, wider where a number would not fit its own."""
        made = dict(widths)
        for row in listed.rows:
            for name, found in zip(listed.columns, row, strict=True):
                if name in made and isinstance(found, Quantity):
                    made[name] = max(made[name], shown_width(found.value, self.format_of(found)))
        return list(made.values())

    def put(self, page: Page, at: tuple[int, int], found: Cell, look: str = "cell") -> None:
        """A cell of a listing in its own type."""
        row, column = at
        if found is None:
            page.sheet.write_blank(row, column, None, page.looks.of(look))
        elif isinstance(found, Quantity):
            page.number(row, column, found.value, self.format_of(found))
        elif isinstance(found, date):
            page.sheet.write_datetime(row, column, found, page.looks.of("day"))
        elif isinstance(found, int):
            page.number(row, column, found, self.numbers.of("count"))
        else:
            page.text(row, column, found, look)


def desk(material: Material, workbook: Any) -> Desk:
    """A desk with all sheets laid out in their order, empty."""
    pen = writer(material.diagnosis, material.document.lang)
    looks = Looks(workbook=workbook, colours=material.theme.colours)
    taken: set[str] = set()
    wanted = [name for name in SHEETS if name != "cohort" or _has_cohorts(material)]
    names = {name: sheet_name(pen.line(f"workbook.sheet.{name}"), taken) for name in wanted}
    found = leaves(material.diagnosis, pen, taken)
    names.update({f"leaf.{table}": leaf.sheet for table, leaf in found.items()})
    for name in names.values():
        workbook.add_worksheet(name)
    numbers = Numbers(lang=pen.lang, currency=pen.currency)
    return Desk(
        material=material,
        pen=pen,
        workbook=workbook,
        looks=looks,
        numbers=numbers,
        names=names,
        leaves=found,
    )


def _has_cohorts(material: Material) -> bool:
    return any(
        isinstance(block, Chart) and block.kind == "cohort"
        for section in material.document.sections
        for block in section.blocks
    )
