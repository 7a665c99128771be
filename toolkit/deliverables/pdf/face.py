"""The PDF: what the client holds in hand, typeset by typst from the document and the theme.

Texts reach the templates as data, so that none is ever markup. A character that the vendored
font lacks is set as ``〓``, the printer's mark for a missing type: every character of the file
is in an embedded font, as PDF/UA asks.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit import resources
from toolkit.charts.typeset import font_path
from toolkit.deliverables.difference import Verification
from toolkit.deliverables.faces import Material, file_name
from toolkit.deliverables.pdf.document import document_data
from toolkit.deliverables.pdf.held import held
from toolkit.deliverables.pdf.packed import packed
from toolkit.store import write_bytes

if TYPE_CHECKING:
    import typst

FILE = "report.pdf"
STANDARD: Final = "ua-1"
KEPT_RUNS = 10


def write(material: Material, folder: Path, suffix: str) -> None:
    """Write the report as an accessible PDF of A4 pages; equal bytes on each run."""
    write_bytes(folder / file_name(FILE, suffix), made(material))


def check(material: Material, folder: Path, suffix: str) -> Verification:
    """Hold the figures a PDF prints, each within its text, against the document."""
    name = file_name(FILE, suffix)
    return held(material.document, (folder / name).read_bytes(), name)


def made(material: Material) -> bytes:
    """The PDF of a document."""
    day = date.fromisoformat(material.diagnosis.run_date)
    data = document_data(material.document, material.theme, day)
    try:
        return packed(_typeset(json.dumps(data, ensure_ascii=False), day))
    finally:
        _forget()


def _typeset(data: str, day: date) -> bytes:
    import typst

    template = resources.folder("templates") / "pdf" / "report.typ"
    compiler = typst.Compiler(template, root=template.parent, font_paths=_fonts())
    pdf = compiler.compile(
        sys_inputs={"document": data},
        pdf_standards=STANDARD,
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no bytes")
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The vendored pair of fonts and no other."""
    import typst

    folder = Path(font_path()).parent
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def _forget() -> None:
    """Let typst drop what it keeps of a document, about 100 MB; a batch makes hundreds.

    It forgets what its last ten runs did not need.
    """
    import typst

    for _ in range(KEPT_RUNS + 1):
        typst.Compiler(b"", font_paths=_fonts()).compile(format="svg")
