"""Blocks as HTML by templates that escape everything they are given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit import resources
from toolkit.deliverables.chart import chart_id, chart_svg
from toolkit.errors import OutputError
from toolkit.outline.blocks import Block, Chart, Section, Table
from toolkit.outline.definitions import anchor_of
from toolkit.store import significant

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

NO_CHROME: Mapping[str, str] = MappingProxyType({})
STANDARD = "standard"
IDLE_BREAK = re.compile(
    r"(</?(?:t[hrd]|tbody|thead|d[tdl]|[uo]l|li|div|section|p|h3)[^>]*>)\n+(?=<)"
)
"""A line break between blocks, which shows nothing; a text never holds a tag."""


def section_html(section: Section, lang: str, chrome: Mapping[str, str] = NO_CHROME) -> str:
    """A section as one ``<section>``, its blocks in order, every text and attribute escaped.

    Args:
        section: what to show.
        lang: language of the section.
        chrome: words of the frame; ``figure`` and ``table`` stand before their numbers.
    """
    template = environment().get_template("section.html.j2")
    shown = template.render(
        section=section,
        blocks=_numbered(section),
        lang=lang,
        chrome={"figure": "", "table": "", **chrome, "section": anchor(section.id)},
    )
    return IDLE_BREAK.sub(r"\1", shown.strip())


def nav_html(sections: Sequence[Mapping[str, Any]], chrome: Mapping[str, str] = NO_CHROME) -> str:
    """The list of contents.

    Args:
        sections: each with id, title, number and appendix, in reading order.
        chrome: ``contents`` and ``appendix``.
    """
    return (
        environment().get_template("nav.html.j2").render(sections=sections, chrome=chrome).strip()
    )


def style(theme: str = STANDARD) -> str:
    """The style of sections under a theme: its colours, then the rules that use them.

    Raises:
        OutputError: ``theme_missing``, there is no such theme.
    """
    themes = template_folder() / "themes"
    known = sorted(path.stem for path in themes.glob("*.css"))
    if (theme or STANDARD) not in known:
        raise OutputError("theme_missing", params={"theme": theme, "known": ", ".join(known)})
    colours = (themes / f"{theme or STANDARD}.css").read_text(encoding="utf-8")
    return lean(f"{colours}\n{(template_folder() / 'style.css').read_text(encoding='utf-8')}")


def lean(css: str) -> str:
    r"""A style sheet without blanks that say nothing.

    >>> lean(".a { color: red; }\n.b, .c { top: 0; }\n")
    '.a{color: red}.b,.c{top: 0}'
    """
    return re.sub(r"\s*([{};,])\s*", r"\1", css).replace(";}", "}").strip()


def template_folder() -> Path:
    """Where the templates of the page are."""
    return resources.folder("templates") / "report"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, escaping on, a missing name an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(template_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"svg": _svg, "raw": raw, "definition": definition_anchor, "anchor": anchor}
    made.globals |= {"kind_of": kind_of, "chart_id": chart_id}
    return made


def kind_of(block: Block) -> str:
    """Name of the macro that shows a block."""
    return type(block).__name__.lower()


def raw(value: float | int | str | None) -> str:
    """A value as it stands in ``value``: ten digits as in diagnosis.json, empty for none.

    >>> raw(0.1), raw(2 / 3), raw(12), raw(None)
    ('0.1', '0.6666666667', '12', '')
    """
    if value is None:
        return ""
    return repr(significant(value)) if isinstance(value, float) else str(value)


def definition_anchor(fact: str) -> str:
    """Where the definition of a fact stands.

    >>> definition_anchor("customers.f2_conversion[window_days=180]")
    'def-customers-f2_conversion'
    """
    return anchor(anchor_of(fact))


def anchor(text: str) -> str:
    """A text as an id: letters, digits, - and _ only.

    >>> anchor("q.pla model")
    'q-pla-model'
    """
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text)


def _numbered(section: Section) -> list[tuple[Block, str]]:
    """Each block with its number among the figures or the captioned tables of the section."""
    counts = {Chart: 0, Table: 0}
    made: list[tuple[Block, str]] = []
    for block in section.blocks:
        number = ""
        if isinstance(block, Chart) or (isinstance(block, Table) and block.caption):
            counts[type(block)] += 1
            number = "-".join(filter(None, (section.number, str(counts[type(block)]))))
        made.append((block, number))
    return made


def _svg(chart: Chart, lang: str) -> Markup:
    from markupsafe import Markup

    return Markup(chart_svg(chart, lang))
