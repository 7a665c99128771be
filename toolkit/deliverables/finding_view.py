"""One finding as a notebook shows it: the card of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.deliverables.section import SectionView
from toolkit.outline.blocks import Section, plain
from toolkit.outline.build import frame
from toolkit.outline.judged import card
from toolkit.outline.writer import writer
from toolkit.words import language

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis


def finding(diagnosis: Diagnosis, code: str, lang: str | None = None) -> SectionView:
    """The card of a finding: what was found, its basis, threshold, worth and action.

    Args:
        diagnosis: what was found.
        code: the rule's.
        lang: by default ``tk.language``.

    Raises:
        KeyError: no rule has this code.
    """
    pen = writer(diagnosis, lang or language.get())
    made = card(pen, diagnosis.finding(code))
    section = Section(id=f"finding-{code}", title=plain(made.title), blocks=(made,))
    return SectionView(section=section, lang=pen.lang, chrome=frame(pen.book, "").chrome)
