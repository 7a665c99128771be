"""A section of the document as a notebook shows it, and as the page takes it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.html import NO_CHROME, section_html, style
from toolkit.deliverables.theme import Theme, load_theme
from toolkit.errors import UsageError
from toolkit.outline.blocks import Outline, Section

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

MARK = "toolkit_section"
"""Key of the metadata by which the page knows an output as a section of ours."""

STYLE_END = "</style>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section that shows itself: styled in JupyterLab, and known to the page by its metadata."""

    section: Section
    lang: str
    theme: Theme | None = None
    chrome: Mapping[str, str] = field(default_factory=lambda: NO_CHROME)

    def _repr_html_(self) -> str:
        """The section with its style, which is scoped to the class ``bst``."""
        shown = section_html(self.section, self.lang, self.chrome, self.theme)
        return f'<style>{style(self.theme)}{STYLE_END}<div class="bst notebook">{shown}</div>'

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        about = {
            "id": self.section.id,
            "title": self.section.title,
            "number": self.section.number,
            "appendix": self.section.appendix,
        }
        shown = {"text/html": self._repr_html_(), "text/plain": self.section.title}
        return shown, {"text/html": {MARK: about}}


def bare(html: str) -> str:
    r"""What ``SectionView`` made, without its style: the page carries that once.

    >>> bare('<style>p{}</style>\n<div class="bst notebook"><section></section></div>')
    '<section></section>'
    """
    _, _, shown = html.partition(STYLE_END)
    return shown.removeprefix('<div class="bst notebook">').removesuffix("</div>")


def section(
    diagnosis: Diagnosis, section_id: str, lang: str | None = None, theme: str = ""
) -> SectionView:
    """A section of a diagnosis; without blocks where the client gave nothing for it.

    Args:
        diagnosis: what was found.
        section_id: name of an entry of ``content/report.toml``.
        lang: by default ``tk.language``.
        theme: path of a theme's file, by default the standard look.

    Raises:
        UsageError: ``section_missing``, the report has no such section.
    """
    from toolkit.words import language

    known = diagnosis.content.section("report")
    if section_id not in known:
        given = {"section": section_id, "known": ", ".join(known)}
        raise UsageError("section_missing", params=given)
    document = _document(diagnosis, lang or language.get())
    found = next((one for one in document.sections if one.id == section_id), None)
    return SectionView(
        section=found or Section(id=section_id, title="", blocks=()),
        lang=document.lang,
        theme=load_theme(theme),
        chrome=document.chrome,
    )


@lru_cache(maxsize=4)
def _document(diagnosis: Diagnosis, lang: str) -> Outline:
    """The whole document, kept while a notebook asks for it section by section."""
    from toolkit.outline.build import outline

    return outline(diagnosis, lang)
