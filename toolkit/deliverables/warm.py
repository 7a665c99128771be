"""What making any report needs and no client changes, made once in the process they are made in.

Nothing here starts a thread or keeps a word of a client: children are forked from that process.
"""

from __future__ import annotations

from toolkit.charts.lettering import SIZE, width
from toolkit.charts.palette import INK

TEMPLATES = ("section", "nav", "document", "blocks", "frame")
"""Templates of a page, besides the one that the exporter fills."""
MARKERS = "o^v>DX|"
"""Marks of the charts."""


def warm() -> None:
    """Prepare fonts, templates, the exporter, the schemas of notebooks, words of languages."""
    from IPython.core.inputtransformer2 import TransformerManager

    from toolkit.deliverables.font_file import source
    from toolkit.deliverables.html import environment, style
    from toolkit.deliverables.page import exporter
    from toolkit.deliverables.prose import prose_html
    from toolkit.method import LANGUAGES

    ours = {ord(mark) for lang in LANGUAGES for mark in _characters(lang)}
    for bold in (False, True):
        font = source(bold)
        font.learn(font.codes[code] for code in sorted(ours & font.codes.keys()))
    for name in TEMPLATES:
        environment().get_template(f"{name}.html.j2")
    exporter().template  # noqa: B018 — made and kept when it is first asked for
    exporter().environment.get_template("frame.html.j2")
    _schemas()
    _languages()
    style()
    prose_html("")
    TransformerManager().transform_cell("a = (\n    1\n)\n")  # type: ignore[no-untyped-call]


def _schemas() -> None:
    """The schemas of notebooks: as they are read and written, and as they are exported."""
    from nbformat.validator import get_validator

    for minor in (None, 4, 5):
        for relaxed in (False, True):
            get_validator(4, minor, relax_add_props=relaxed)  # type: ignore[no-untyped-call]


def _languages() -> None:
    """How numbers and dates are written, and how far the characters of our words reach."""
    from toolkit.charts.marks import marker
    from toolkit.charts.typeset import words as set_words
    from toolkit.method import LANGUAGES
    from toolkit.words import date_text, month_text, number_text

    for kind in MARKERS:
        marker(kind)
    for lang in LANGUAGES:
        date_text("2026-01-01", lang)
        month_text("2026-01", lang)
        for unit in ("share", "points", "yen", "exact_yen", "ratio", "count"):
            number_text(1234.5, unit, lang)
        used = "".join(sorted(_characters(lang)))
        for bold in (False, True):
            width(used, bold=bold)
            set_words(used, (0, 0), (0, 0), size=SIZE, bold=bold, colour=INK,
                      at=("left", "top"), share=False)  # fmt: skip


def _characters(lang: str) -> set[str]:
    """What our words are written with; of a client's own, a page learns the glyphs itself."""
    from toolkit.method import load_method

    return set("".join(load_method().words[lang].values())) - {"\n"}
