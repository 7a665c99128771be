"""The first sheet: what is where, how to read the marks, and how to check a number."""

from __future__ import annotations

from toolkit.deliverables.workbook.desk import Desk
from toolkit.deliverables.workbook.page import Page, place

WIDTHS = [24.0, 76.0, 18.0]
STEPS = ("find", "follow", "rows", "compare")
MARKS = ("high", "medium", "check", "good", "unknown")


def write_guide(desk: Desk) -> None:
    """The guide, with a link to each sheet."""
    page = desk.page("guide", WIDTHS, tall=1)
    document = desk.material.document
    page.sheet.set_portrait()
    page.sheet.set_row(0, 34)
    page.sheet.write_string(0, 0, document.title, desk.looks.of("title"))
    page.wide(1, (0, 1), desk.say("guide.client", client=document.client), "lead")
    page.wide(2, (0, 1), _about(desk), "note")
    firm = desk.material.theme.firm
    if firm:
        page.wide(3, (0, 1), firm, "note")
    row = _sheets(desk, page, 5)
    row = _steps(desk, page, row + 1)
    row = _marks(desk, page, row + 1)
    closing = desk.material.theme.closing.get(document.lang, "")
    if closing:
        page.wide(row + 1, (0, 1), closing, "note")


def _about(desk: Desk) -> str:
    d = desk.pen.diagnosis
    method = desk.pen.joined(str(one["name"]) for one in d.method)
    return desk.say(
        "guide.about",
        date=desk.material.document.date,
        as_of=desk.pen.date(d.as_of),
        method=method,
        version=d.toolkit_version,
    )


def _sheets(desk: Desk, page: Page, row: int) -> int:
    page.heads(row, [desk.say(f"guide.column.{name}") for name in ("sheet", "about", "rows")])
    for name, label in desk.names.items():
        if name == "guide":
            continue
        row += 1
        page.link(row, 0, label, place(label, 0))
        table = name.removeprefix("leaf.")
        leaf = desk.leaves.get(table) if name != table else None
        page.text(row, 1, _line(desk, name, table))
        page.number(row, 2, len(leaf.evidence.frame) if leaf else None, desk.numbers.of("count"))
    return row + 1


def _line(desk: Desk, name: str, table: str) -> str:
    if name == table:
        return desk.say(f"guide.sheet.{name}")
    key = f"about.leaf.{table}"
    return desk.say(key) if desk.pen.has(f"workbook.{key}") else desk.leaves[table].title


def _steps(desk: Desk, page: Page, row: int) -> int:
    page.wide(row, (0, 1), desk.say("guide.check"), "heading")
    for number, name in enumerate(STEPS, start=1):
        text = desk.say(f"guide.step.{name}", figures=desk.names["figures"])
        page.wide(row + number, (0, 1), f"{number}. {text}")
    return row + len(STEPS) + 1


def _marks(desk: Desk, page: Page, row: int) -> int:
    """The legend: tones of findings, live cells, values only, cells to change."""
    page.wide(row, (0, 1), desk.say("guide.marks"), "heading")
    for name in MARKS:
        row += 1
        page.text(row, 0, desk.say(f"guide.mark.{name}.name"), f"tone_{name}")
        page.text(row, 1, desk.say(f"guide.mark.{name}.text"))
    for name, look in (("live", "tone_plain"), ("value", "aside"), ("input", "input")):
        row += 1
        page.text(row, 0, desk.say(f"guide.mark.{name}.name"), look)
        page.text(row, 1, desk.say(f"guide.mark.{name}.text"))
    return row + 1
