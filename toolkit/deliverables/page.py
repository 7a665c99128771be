"""The page: the outputs of an executed notebook in one file that asks for nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.fonts import Fonts, fonts
from toolkit.deliverables.html import (
    environment,
    lean_html,
    nav_html,
    rules,
    section_html,
    style,
    template_folder,
)
from toolkit.deliverables.prose import prose_html
from toolkit.deliverables.section import MARK, bare
from toolkit.deliverables.theme import Logo, Theme, standard
from toolkit.errors import OutputError
from toolkit.outline.blocks import Outline

if TYPE_CHECKING:
    from markupsafe import Markup
    from nbformat import NotebookNode

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
FONT_PLACE = "/* fonts */"
TAB_MARK = " | "
LINK = re.compile(r'<a\b[^>]*\shref="#([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
"""A link of our templates within the page; they never hold another."""


def page(
    notebook: NotebookNode,
    *,
    lang: str,
    title: str,
    chrome: Mapping[str, str],
    theme: Theme | None = None,
) -> str:
    """An executed notebook as one HTML file: sections, pictures and prose, no code.

    Args:
        notebook: nbformat 4, executed.
        lang: language of the page.
        title: of the document; what follows `` | `` in it is for the browser's tab alone.
        chrome: contents, appendix, skip, figure, table, top.
        theme: the firm's, or the standard one.

    Raises:
        OutputError: ``glyph_missing``, a word of ours cannot be set.
    """
    return page_and_fonts(notebook, lang=lang, title=title, chrome=chrome, theme=theme)[0]


def page_and_fonts(
    notebook: NotebookNode,
    *,
    lang: str,
    title: str,
    chrome: Mapping[str, str],
    theme: Theme | None = None,
) -> tuple[str, Fonts]:
    """As ``page``; the fonts name the characters that are left to the reader's system."""
    resources = {
        **_around(lang, title, chrome, theme),
        "short": False,
        "cover": _trusted("".join(map(_section, filter(_is_cover, _outputs(notebook))))),
        "nav": _trusted(nav_html(_contents(notebook), chrome)),
    }
    made, _ = exporter().from_notebook_node(notebook, {"page": resources})
    cut = fonts(made, "".join(chrome.values()))
    return made.replace(FONT_PLACE, cut.css, 1), cut


def page_of(document: Outline, theme: Theme | None = None) -> str:
    """A document as the same page, without a notebook; a short one without contents.

    Args:
        document: the sections in order; those without a number that are no appendix stand with
            the title. A link to what the document does not hold is left out, not its words.
        theme: the firm's, or the standard one.

    Raises:
        OutputError: ``glyph_missing``, a word of ours cannot be set.
    """
    title = f"{document.title}{TAB_MARK}{document.client}"
    covers = [one for one in document.sections if not one.number and not one.appendix]
    parts = [one for one in document.sections if one not in covers]
    shown = {
        one.id: _trusted(lean_html(section_html(one, document.lang, document.chrome, theme)))
        for one in document.sections
    }
    listed = [
        {"id": one.id, "title": one.title, "number": one.number, "appendix": one.appendix}
        for one in parts
    ]
    resources = {
        **_around(document.lang, title, document.chrome, theme),
        "frame": _frame("page.css", *(("short.css",) if document.short else ())),
        "short": document.short,
        "cover": _trusted("".join(shown[one.id] for one in covers)),
        "nav": "" if document.short else _trusted(nav_html(listed, document.chrome)),
        "sections": [shown[one.id] for one in parts],
    }
    template = environment().get_template("document.html.j2")
    made = _without_broken_links(template.render(resources={"page": resources}))
    cut = fonts(made, "".join(document.chrome.values()))
    return made.replace(FONT_PLACE, cut.css, 1)


def _around(
    lang: str, title: str, chrome: Mapping[str, str], theme: Theme | None
) -> dict[str, Any]:
    """What stands around the sections: the firm's marks, the title, styles, policy."""
    look = theme or standard()
    return {
        "lang": lang,
        "firm": look.firm,
        "logo": _address(look.logo),
        "said": look.cover.get(lang, ""),
        "closing": look.closing.get(lang, ""),
        "title": title,
        "heading": title.split(TAB_MARK, 1)[0],
        "chrome": chrome,
        "policy": _trusted(POLICY),
        "style": _trusted(style(theme)),
        "frame": _frame("page.css"),
    }


def _frame(*names: str) -> Markup:
    """The style of what stands around the sections."""
    return _trusted("".join(map(rules, names)))


def _without_broken_links(html: str) -> str:
    """A page whose links that lead nowhere are plain words."""
    broken = set(broken_links(html))
    if not broken:
        return html
    return LINK.sub(lambda found: found[2] if found[1] in broken else found[0], html)


def broken_links(html: str) -> tuple[str, ...]:
    """Addresses within a page that lead nowhere.

    >>> broken_links('<a href="#a"><b id="b">')
    ('a',)
    """
    there = set(re.findall(r'<[^>]*\sid="([^"]*)"', html))
    wanted = dict.fromkeys(re.findall(r'<a[^>]*\shref="#([^"]*)"', html))
    return tuple(name for name in wanted if name not in there)


def _address(logo: Logo | None) -> str:
    """A picture as an address that asks for nothing, empty for none."""
    if logo is None:
        return ""
    return f"data:{logo.media};base64,{base64.b64encode(logo.data).decode('ascii')}"


@lru_cache(maxsize=1)
def exporter() -> Any:
    """The template exporter of nbconvert with our folder, escaping on.

    Not ``HTMLExporter``: it rewrites the finished page through a parser, for pictures without
    alt text, of which ours has none.
    """
    from nbconvert.exporters.templateexporter import TemplateExporter

    made = TemplateExporter(  # type: ignore[no-untyped-call]
        extra_template_basedirs=[str(template_folder().parent)],
        template_name=template_folder().name,
        template_file="index.html.j2",
        template_extension="",
        file_extension=".html",
        filters={"shown": _shown, "prose": _prose},
        enabled=True,
        optimistic_validation=True,  # once, not after each step that changes nothing
    )
    made.environment.autoescape = True
    return made


def _contents(notebook: NotebookNode) -> list[Mapping[str, Any]]:
    """What the sections shown say of themselves, in reading order."""
    found = []
    for output in _outputs(notebook):
        about = _about(output)
        if about is not None and _html(output):
            found.append(about)
    return found


def _outputs(notebook: NotebookNode) -> list[Any]:
    return [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]


def _about(output: Any) -> Mapping[str, Any] | None:
    about = output.get("metadata", {}).get("text/html", {}).get(MARK)
    return about if isinstance(about, Mapping) else None


def _is_cover(output: Any) -> bool:
    """Whether an output is the section without a number that stands with the title."""
    about = _about(output)
    return about is not None and not about.get("number") and not about.get("appendix")


def _shown(output: Any) -> Markup:
    """An output as the page shows it: our sections, pictures, else its plain text."""
    data = output.get("data", {})
    if _about(output) is not None:
        return _trusted("" if _is_cover(output) else _section(output))
    for kind in ("image/png", "image/svg+xml"):
        if kind in data:
            return _image(kind, data)
    plain = output.get("text") if output.get("output_type") == "stream" else data.get("text/plain")
    if output.get("output_type") == "error" or plain is None:
        return _trusted("")
    return _markup('<pre class="bst plain">{}</pre>', _joined(plain))


def _section(output: Any) -> str:
    return lean_html(_html(output))


def _html(output: Any) -> str:
    """The section that an output shows; empty where there is nothing to show."""
    return bare(_joined(output.get("data", {}).get("text/html", "")))


def _image(kind: str, data: Mapping[str, Any]) -> Markup:
    text = _joined(data[kind])
    if kind == "image/png":
        coded = "".join(text.split())
        if not re.fullmatch(r"[A-Za-z0-9+/=]*", coded):
            raise OutputError("picture_broken")
    else:
        coded = base64.b64encode(text.encode("utf-8")).decode("ascii")
    alt = _joined(data.get("text/plain", ""))
    form = '<figure class="bst image"><img src="data:{};base64,{}" alt="{}"></figure>'
    return _markup(form, kind, coded, alt)


def _prose(source: str) -> Markup:
    return _trusted(prose_html(_joined(source)))


def _joined(text: Any) -> str:
    return text if isinstance(text, str) else "".join(text)


def _markup(form: str, *parts: str) -> Markup:
    from markupsafe import Markup

    return Markup(form).format(*parts)


def _trusted(html: str) -> Markup:
    """HTML that our own templates made, not to be escaped again."""
    from markupsafe import Markup

    return Markup(html)
