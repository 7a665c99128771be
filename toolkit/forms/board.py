"""WhatIfBoard: sliders for the facts that move the year, and what each setting changes."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit.diagnosis.what_if import Bar, Trial, WhatIf, trial
from toolkit.forms.look import RIGHT, STYLE, Shown, box, marked, table_html
from toolkit.forms.sliding import Stretch, stretch_of
from toolkit.outline.writer import writer
from toolkit.words import Words, fact_name, language, number_text

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

UNITS = {"hours": "hours", "margin": "share"}
DIFFERENCES = {**UNITS, "margin": "points"}
ALWAYS = ("profit", "sales", "margin")
SLIDERS = 8
WIDEST = 14.0


class BoardState:
    """The settings of a board and what comes of them, without its widgets."""

    def __init__(self, diagnosis: Diagnosis) -> None:
        self.diagnosis = diagnosis
        self.trial: Trial = trial(diagnosis)
        self.places: dict[str, int] = {}
        names = [bar.fact for bar in self.trial.tornado]
        self.facts = tuple(dict.fromkeys([*names, *self.trial.drivers]))
        self.stretches: dict[str, Stretch] = {
            key: stretch_of(diagnosis.facts[key]) for key in self.facts
        }

    def value(self, key: str) -> float:
        """A fact as it is set now."""
        now = self.trial.tree.base[key]
        return self.stretches[key].at(self.places.get(key, 0), now)

    @property
    def settings(self) -> dict[str, float]:
        """The facts that are set to another value than they have."""
        return {key: self.value(key) for key, place in self.places.items() if place}

    def set(self, key: str, place: int) -> WhatIf:
        """Put a fact some steps from where it stands."""
        self.places[key] = place
        return self.result()

    def result(self) -> WhatIf:
        """What the settings make of the year: the same as ``tk.what_if`` of them."""
        return self.trial.what_if(self.settings)


class WhatIfBoard(Shown):
    """Move facts of a diagnosis and see profit, cash and time before, after and between.

    Args:
        diagnosis: from ``tk.diagnose`` or ``tk.load``.
        lang: language of the board, by default ``tk.language``.
    """

    def __init__(self, diagnosis: Diagnosis, lang: str | None = None) -> None:
        self._pen = writer(diagnosis, lang or language.get())
        self._book = self._pen.book
        self._currency = str(diagnosis.client["currency"])
        self.state = BoardState(diagnosis)
        self._quiet = False
        self._rows: dict[str, Any] = {}
        self.widget = self._built()

    def _built(self) -> Any:
        import ipywidgets

        book = self._book
        self._result = ipywidgets.HTML()
        self._tornado = ipywidgets.HTML(self._tornado_html())
        shown = self.state.facts[:SLIDERS]
        self._sliders = box([self._row(key) for key in shown])
        others = [(self._name(key), key) for key in self.state.facts if key not in shown]
        self._more = ipywidgets.Dropdown(
            options=[(book.text("forms.board.choose"), ""), *others],
            value="",
            description=book.text("forms.board.more"),
            tooltip=book.text("forms.board.more"),
        )
        self._more.add_class("tk-item")
        self._more.observe(self._added, "value")
        back = ipywidgets.Button(
            description=book.text("forms.board.back"), tooltip=book.text("forms.board.back_told")
        )
        back.on_click(lambda _: self._reset())
        head = STYLE + marked(book.text("forms.board.title"), "head")
        head += marked(book.text("forms.board.lead"))
        if not self.state.facts:
            return box([ipywidgets.HTML(head + marked(book.text("forms.board.none")))], "tk-form")
        self._show(self.state.result())
        parts = [ipywidgets.HTML(head), self._result, self._sliders, self._more, back]
        return box([*parts, self._tornado], "tk-form")

    def _row(self, key: str) -> Any:
        """A slider that counts steps from where the fact stands, and the value in words."""
        import ipywidgets

        low, high = self.state.stretches[key].places(self.state.trial.tree.base[key])
        name = self._name(key)
        slider = ipywidgets.IntSlider(
            value=self.state.places.get(key, 0),
            min=low,
            max=high,
            description=name,
            tooltip=self._book.text("forms.board.slider", name=name),
            readout=False,
            continuous_update=True,
        )
        slider.add_class("tk-slider")
        told = ipywidgets.HTML(self._told(key))
        slider.observe(lambda change: self._moved(key, change["new"]), "value")
        self._rows[key] = (slider, told)
        return ipywidgets.HBox([slider, told])

    def _moved(self, key: str, place: int) -> None:
        result = self.state.set(key, place)
        self._rows[key][1].value = self._told(key)
        if not self._quiet:
            self._show(result)

    def _added(self, change: Mapping[str, Any]) -> None:
        key = change["new"]
        if key and key not in self._rows:
            self._sliders.children = (*self._sliders.children, self._row(key))
        self._more.value = ""

    def _reset(self) -> None:
        self._quiet = True
        for slider, _ in self._rows.values():
            slider.value = 0
        self._quiet = False
        self._show(self.state.result())

    def _show(self, result: WhatIf) -> None:
        self._result.value = result_html(result, self._book, self._currency)

    def _told(self, key: str) -> str:
        now, value = self.state.trial.tree.base[key], self.state.value(key)
        unit = self.state.diagnosis.facts[key].unit
        before, after = (
            number_text(one, unit, self._book.lang, self._currency) for one in (now, value)
        )
        text = before if now == value else self._book.text("forms.board.from_to", a=before, b=after)
        return marked(text, "note")

    def _name(self, key: str) -> str:
        fact = self.state.diagnosis.facts[key]
        name = fact_name(fact, self._book)
        if not fact.by:
            return name
        cell = self._pen.cell(fact.id, fact.by)
        return self._book.text("report.cell", name=name, cell=cell)

    def _tornado_html(self) -> str:
        bars = self.state.trial.tornado
        widest = max((abs(one.profit_high - one.profit_low) for one in bars), default=0.0)
        rows = "".join(self._bar_html(bar, widest) for bar in bars)
        right = f' class="{RIGHT}"'
        names = {"fact": "", "stretch": right, "low": right, "high": right, "width": ""}
        heads = "".join(
            f'<th scope="col"{side}>{html.escape(self._book.text(f"forms.board.{one}"))}</th>'
            for one, side in names.items()
        )
        title = marked(self._book.text("forms.board.tornado"), "label")
        return f'{title}<table class="tk-table"><thead><tr>{heads}</tr></thead>{rows}</table>'

    def _bar_html(self, bar: Bar, widest: float) -> str:
        fact = self.state.diagnosis.facts[bar.fact]
        lang, currency = self._book.lang, self._currency
        low, high = (number_text(one, fact.unit, lang, currency) for one in (bar.low, bar.high))
        ends = (
            number_text(one, "yen", lang, currency) for one in (bar.profit_low, bar.profit_high)
        )
        cells = "".join(f'<td class="{RIGHT}">{html.escape(one)}</td>' for one in ends)
        rate = (bar.profit_high - bar.profit_low) / widest * WIDEST if widest else 0.0
        down = " down" if rate < 0 else ""
        drawn = f'<span class="tk-bar{down}" style="width:{abs(rate):.2f}rem"></span>'
        spread = self._book.text("forms.board.from_to", a=low, b=high)
        return (
            f"<tr><td>{html.escape(self._name(bar.fact))}</td>"
            f'<td class="{RIGHT}">{html.escape(spread)}</td>{cells}'
            f'<td aria-hidden="true">{drawn}</td></tr>'
        )


def result_html(result: WhatIf, book: Words, currency: str) -> str:
    """Before, after and the difference of what is known; read out to those who listen."""

    def shown(value: float | None, node: str, units: Mapping[str, str]) -> str:
        return number_text(value, units.get(node, "yen"), book.lang, currency)

    rows = [
        (
            book.text(f"cli.whatif.node.{node}"),
            shown(before, node, UNITS),
            shown(result.after[node], node, UNITS),
            shown(result.delta[node], node, DIFFERENCES),
        )
        for node, before in result.before.items()
        if before is not None and (result.delta[node] or node in ALWAYS)
    ]
    heads = [book.text(f"forms.board.{name}") for name in ("what", "before", "after", "delta")]
    return f'<div role="status" aria-live="polite">{table_html(heads, rows, align="lrrr")}</div>'
