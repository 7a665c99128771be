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
from toolkit.deliverables.theme import Theme, recolour, standard
from toolkit.outline.blocks import Block, Chart, Section, Table
from toolkit.outline.places import anchor_of
from toolkit.store import significant

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

NO_CHROME: Mapping[str, str] = MappingProxyType({})
IDLE_BREAK = re.compile(
    r"(</?(?:t[hrd]|tbody|thead|d[tdl]|[uo]l|li|div|section|p|h3)[^>]*>)\n+(?=<)"
)
"""A line break between blocks, which shows nothing; a text never holds a tag."""
IDLE_END = re.compile("</(?:t[hrd]|li)>|</d[td]>(?=<d[td]>|</dl>)")
"""End tags that HTML itself lets go; a full report has three thousand of them."""
MOST_STACKED = 12
TAG = re.compile("<[a-z][^<>]*>")
IDLE_QUOTES = re.compile(
    " (value|scope|x|y|r|cx|cy|width|height|fill|stroke|stroke-width|text-anchor)"
    r'="([\w.#-]+)"(?=[ >])'
)


def section_html(
    section: Section,
    lang: str,
    chrome: Mapping[str, str] = NO_CHROME,
    theme: Theme | None = None,
) -> str:
    """A section as one ``<section>``, its blocks in order, every text and attribute escaped.

    Args:
        section: what to show.
        lang: language of the section.
        chrome: words of the frame; ``figure`` and ``table`` stand before their numbers.
        theme: whose colours the pictures take.
    """
    template = environment().get_template("section.html.j2")
    shown = template.render(
        section=section,
        blocks=numbered(section),
        lang=lang,
        chrome={"figure": "", "table": "", **chrome, "section": anchor(section.id)},
    )
    return recolour(IDLE_BREAK.sub(r"\1", shown.strip()), theme)


def nav_html(sections: Sequence[Mapping[str, Any]], chrome: Mapping[str, str] = NO_CHROME) -> str:
    """The list of contents.

    Args:
        sections: each with id, title, number and appendix, in reading order.
        chrome: ``contents`` and ``appendix``.
    """
    return (
        environment().get_template("nav.html.j2").render(sections=sections, chrome=chrome).strip()
    )


def style(theme: Theme | None = None) -> str:
    """The style of sections under a theme: its colours, then the rules that use them."""
    colours = "".join(f"--{name}: {c};" for name, c in (theme or standard()).colours.items())
    return lean(f".bst, .bst-page {{{colours}}}\n") + rules("style.css")


@lru_cache(maxsize=8)
def rules(name: str) -> str:
    """A style sheet of ours without blanks that say nothing."""
    return lean((template_folder() / name).read_text(encoding="utf-8"))


def lean_html(html: str) -> str:
    """HTML of ours without the end tags and the quotation marks that HTML lets go.

    >>> lean_html('<tr><td class="r">a</td><td><data value="1">"</data></td></tr>')
    '<tr><td class="r">a<td><data value=1>"</data>'
    """
    return TAG.sub(lambda tag: IDLE_QUOTES.sub(r" \1=\2", tag[0]), IDLE_END.sub("", html))


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
    made.tests |= {"stacked": stacked}
    made.globals |= {"kind_of": kind_of, "chart_id": chart_id}
    return made


def kind_of(block: Block) -> str:
    """Name of the macro that shows a block."""
    return type(block).__name__.lower()


def stacked(table: Table) -> bool:
    """Whether a table is one of words, whose rows stack up on a phone.

    Three columns explain themselves; more are labelled, which a long table has no room for.
    Tables of figures scroll sideways instead: their columns are to be compared.
    """
    many = len(table.columns)
    words = table.align.ljust(many, "l").count("l")
    if many == 3:
        return words == 3
    return many > 4 and words > 2 and len(table.rows) <= MOST_STACKED


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


def numbered(section: Section) -> list[tuple[Block, str]]:
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
