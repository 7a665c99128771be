"""The whole workbook as bytes: the same material gives the same bytes."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.sheet import FONT
from toolkit.deliverables.workbook.amounts import write_amounts
from toolkit.deliverables.workbook.charts import write_charts
from toolkit.deliverables.workbook.desk import Desk, desk
from toolkit.deliverables.workbook.figures import figure_rows, write_figures
from toolkit.deliverables.workbook.findings import write_actions, write_findings
from toolkit.deliverables.workbook.grid import write_section
from toolkit.deliverables.workbook.guide import write_guide
from toolkit.deliverables.workbook.leaves import write_leaf
from toolkit.deliverables.workbook.looks import SIZE

if TYPE_CHECKING:
    from toolkit.deliverables.faces import Material

SECTIONS = ("summary", "health", "answers")


def workbook_bytes(material: Material) -> bytes:
    """The workbook of a diagnosis in the language of its document."""
    import xlsxwriter

    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, _options())
    document = material.document
    workbook.set_properties(
        {
            "title": document.title,
            "subject": document.client,
            "author": material.theme.firm,
            "created": datetime.fromisoformat(material.diagnosis.run_date),
        }
    )
    workbook.set_calc_mode("auto")
    _sheets(desk(material, workbook))
    workbook.close()
    return file.getvalue()


def _options() -> dict[str, Any]:
    """Options that keep a client's text text; made anew, for the library writes into them."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": SIZE, "valign": "top"},
    }


def _sheets(made: Desk) -> None:
    write_guide(made)
    links = figure_rows(made)
    sections = {one.id: one for one in made.material.document.sections}
    for name in SECTIONS:
        write_section(made, name, sections.get(name), links)
    write_findings(made)
    write_actions(made)
    write_figures(made)
    write_amounts(made)
    write_charts(made)
    for table in made.leaves:
        write_leaf(made, table)
