"""How the forms look: one stylesheet in the product's colours, and the small parts all share."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.charts import palette
from toolkit.errors import Problem
from toolkit.words import Words, problem_text

if TYPE_CHECKING:
    import ipywidgets

STYLE = f"""<style>
.tk-form {{ max-width: 60rem; color: {palette.INK}; overflow: visible; }}
.tk-form .widget-label {{ white-space: normal; width: auto; max-width: none; height: auto;
  line-height: 1.5; font-weight: 600; text-align: left; flex: none; color: {palette.INK}; }}
.tk-form .tk-row {{ flex-direction: column; align-items: stretch; width: auto; height: auto;
  margin: 0; }}
.tk-form .tk-item {{ width: auto; height: auto; margin: 0.15rem 0; align-items: center; }}
.tk-form .tk-item .widget-label {{ font-weight: 400; width: 19rem; padding-right: 0.6rem; }}
.tk-form .tk-row select, .tk-form .tk-row input {{ max-width: 26rem; }}
.tk-form input:focus-visible, .tk-form select:focus-visible, .tk-form textarea:focus-visible,
.tk-form button:focus-visible, .tk-form .noUi-handle:focus-visible {{
  outline: 3px solid {palette.OCHRE}; outline-offset: 1px; }}
.tk-form .tk-question {{ border-top: 1px solid {palette.LINE}; padding: 0.7rem 0 0.5rem;
  overflow: visible; }}
.tk-form .tk-wrong input, .tk-form .tk-wrong select, .tk-form .tk-wrong textarea {{
  border-color: {palette.RUST}; }}
.tk-label {{ font-weight: 600; line-height: 1.5; }}
.tk-note {{ color: {palette.SOFT}; line-height: 1.5; font-size: 0.92em; }}
.tk-problem {{ color: {palette.RUST}; line-height: 1.5; font-weight: 600; }}
.tk-done {{ color: {palette.TEAL}; line-height: 1.5; font-weight: 600; }}
.tk-head {{ font-size: 1.35em; font-weight: 700; line-height: 1.4; color: {palette.BLUE}; }}
.tk-table {{ border-collapse: collapse; font-size: 0.95em; line-height: 1.5; }}
.tk-table th {{ text-align: left; background: {palette.MIST}; font-weight: 600; }}
.tk-table th, .tk-table td {{ border-bottom: 1px solid {palette.LINE};
  padding: 0.25rem 0.7rem; vertical-align: top; }}
.tk-table td.n, .tk-table th.n {{ text-align: right; font-variant-numeric: tabular-nums;
}}
.tk-table td.n, .tk-tight td, .tk-tight th {{ white-space: nowrap; }}
.tk-bar {{ display: inline-block; height: 0.8em; background: {palette.BLUE}; }}
.tk-bar.down {{ background: {palette.RUST}; }}
.tk-form .jupyter-button.mod-primary {{ background: {palette.BLUE}; }}
.tk-form .widget-dropdown.tk-row > select {{ flex: none; height: 2rem; }}
.tk-form .widget-select.tk-row > select {{ max-width: none; }}
.tk-form .tk-slider {{ width: 42rem; max-width: 75%; height: auto; margin: 0.1rem 0; flex: none; }}
.tk-form .widget-html, .tk-form .widget-html-content {{ min-width: 0; max-width: 100%; }}
.tk-form .jupyter-button {{ width: auto; padding: 0 1.4rem; align-self: flex-start;
  margin: 0.5rem 0; }}
.tk-form .lm-TabBar-content {{ flex-wrap: wrap; }}
.tk-form .jupyter-widget-tab > .lm-TabBar .lm-TabBar-tab {{ flex: 0 0 auto; max-width: none; }}
.tk-wide {{ overflow-x: auto; }}
.tk-table th[scope="row"] {{ white-space: nowrap; }}
.tk-form .tk-slider .widget-label {{ width: 17rem; font-weight: 400; padding-right: 0.6rem; }}
</style>"""

RIGHT = "n"


class Shown:
    """Something that shows itself in a notebook as its ``widget``."""

    widget: Any

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.widget._repr_mimebundle_(include=include, exclude=exclude)


def box(children: Sequence[Any], *classes: str) -> ipywidgets.VBox:
    """Widgets below each other under some of the stylesheet's classes."""
    import ipywidgets

    made = ipywidgets.VBox(list(children))
    for name in classes:
        made.add_class(name)
    return made


def marked(text: str, style: str = "note") -> str:
    """A text of anyone's as HTML, in one of the styles note, problem, done, head."""
    return f'<div class="tk-{style}">{html.escape(text)}</div>' if text else ""


def problems_html(problems: Iterable[Problem], book: Words) -> str:
    """What is wrong and what to do, a line each, told to those who listen as well."""
    lines = [" ".join(problem_text(one, book)) for one in problems]
    if not lines:
        return ""
    told = "".join(f"<div>{html.escape(line)}</div>" for line in lines)
    return f'<div class="tk-problem" role="alert">{told}</div>'


def table_html(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    align: str = "",
    tight: bool = False,
) -> str:
    """A table of texts; ``align`` has a letter a column, r for figures.

    ``tight`` keeps each row on one line and lets the table be scrolled sideways.
    """
    sides = [f' class="{RIGHT}"' if side == "r" else "" for side in align.ljust(len(heads), "l")]
    top = "".join(
        f'<th scope="col"{side}>{html.escape(text)}</th>'
        for text, side in zip(heads, sides, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{side}>{html.escape(text)}</td>" for text, side in zip(row, sides, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    inner = f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>"
    style = "tk-table tk-tight" if tight else "tk-table"
    return f'<div class="tk-wide"><table class="{style}">{inner}</table></div>'


def options(choices: Mapping[str, str], blank: str) -> list[tuple[str, str]]:
    """What a list offers: nothing chosen, then each label with its code."""
    return [(blank, ""), *((label, code) for code, label in choices.items())]


def cell_text(value: Any) -> str:
    """A value of a frame as a table shows it: a day without its hour, a whole number without .0.

    >>> cell_text(260.0), cell_text(float("nan")), cell_text("a")
    ('260', '', 'a')
    """
    import pandas as pd

    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(value)
