"""The widgets of one question: they show a state, and tell the one that was entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.errors import Problem
from toolkit.forms.given import DETAILS, Given
from toolkit.forms.look import box, marked, options, problems_html
from toolkit.forms.question import Asked, Kind, covered_labels
from toolkit.intake.profiles.answer import BASES
from toolkit.words import Words

if TYPE_CHECKING:
    import ipywidgets

Heard = Callable[[str, Given], tuple[Problem, ...]]
"""Takes the key of a question and its new state, and tells what is wrong with it."""

SPARE = 3


class QuestionBox:
    """One question on the screen; every change goes to ``heard`` at once."""

    def __init__(self, asked: Asked, given: Given, book: Words, heard: Heard) -> None:
        self.asked = asked
        self._given = given
        self._book = book
        self._heard = heard
        self._problem = _html("")
        self.widget = box(self._parts(), "tk-question")

    def show(self, problems: tuple[Problem, ...]) -> None:
        """Show what is wrong, or nothing."""
        told = (named(one, self.asked, self._book) for one in problems)
        self._problem.value = problems_html(told, self._book)
        if problems:
            self.widget.add_class("tk-wrong")
        else:
            self.widget.remove_class("tk-wrong")

    def _parts(self) -> list[Any]:
        asked, parts = self.asked, []
        if self._given.fixed:
            return [_html(marked(asked.label, "label") + marked(self._book.text("forms.several")))]
        single = asked.kind in ("choice", "number", "text", "day")
        if single:
            parts.append(self._value(asked.kind))
        else:
            parts.append(_html(marked(asked.label, "label")))
            parts += self._lines() if asked.kind == "canvas" else self._items()
            parts.append(self._whole())
        notes = (asked.taken, asked.hint, self._why())
        note = _html("".join(marked(text) for text in notes if text))
        details = [self._details()] if asked.detailed else []
        return [*parts, self._problem, note, *details]

    def _why(self) -> str:
        return self._book.text("forms.why", text=self.asked.why) if self.asked.why else ""

    def _value(self, kind: Kind) -> Any:
        """The widget of the answer itself, its label above it."""
        widget = self._input(kind, self._given.value, self.asked.label)
        widget.add_class("tk-row")
        widget.observe(lambda change: self._value_set(change["new"]), "value")
        return widget

    def _whole(self) -> Any:
        label = self._book.text("forms.whole")
        widget = self._choice(self.asked.whole, self._given.value, label)
        widget.add_class("tk-item")
        widget.observe(lambda change: self._value_set(change["new"]), "value")
        return widget

    def _value_set(self, value: str) -> None:
        self._tell(replace(self._given, value=value))

    def _tell(self, given: Given) -> None:
        self._given = given
        self.show(self._heard(self.asked.key, given))

    def _input(self, kind: Kind, value: str, label: str) -> Any:
        """A widget by kind. Numbers and days are typed, so that a slip can be shown and mended."""
        import ipywidgets

        if kind == "choice":
            return self._choice(self.asked.choices, value, label)
        told = {"description": label, "tooltip": self._told(label), "value": value}
        if kind == "number":
            offered = tuple(self.asked.whole.values())
            shown = self.asked.whole.get(value, value)
            return ipywidgets.Combobox(**{**told, "value": shown}, options=offered)
        if self.asked.long and kind == "text":
            return ipywidgets.Textarea(**told, rows=2)
        return ipywidgets.Text(**told)

    def _choice(self, choices: Any, value: str, label: str) -> Any:
        import ipywidgets

        offered = options(choices, self._book.text("forms.blank"))
        if value not in dict((code, text) for text, code in offered):
            offered.append((value, value))
        return ipywidgets.Dropdown(
            options=offered, value=value, description=label, tooltip=self._told(label)
        )

    def _told(self, label: str) -> str:
        """The description of a widget: its question, and what it takes."""
        parts = dict.fromkeys((self.asked.label, label, self.asked.taken))
        return " ".join(part for part in parts if part)

    def _items(self) -> list[Any]:
        asked = self.asked
        made = [self._item(item, label) for item, label in asked.items.items()]
        if asked.open_items:
            own = [item for item in self._given.items if item not in asked.items]
            made += [self._open(item) for item in (*own, *("",) * SPARE)]
        return made

    def _item(self, item: str, label: str) -> Any:
        import ipywidgets

        value = self._given.items.get(item, "")
        if self.asked.kind == "multi":
            widget: Any = ipywidgets.Checkbox(
                value=bool(value), description=label, tooltip=self._told(label), indent=False
            )
        else:
            widget = self._input(self.asked.each or "text", value, label)
        widget.add_class("tk-item")
        widget.observe(lambda change: self._item_set(item, change["new"]), "value")
        return widget

    def _item_set(self, item: str, value: str | bool) -> None:
        text = value if isinstance(value, str) else "yes" if value else ""
        self._tell(self._given.with_item(item, text))

    def _open(self, item: str) -> Any:
        """A row in which the item is named too."""
        import ipywidgets

        label = self._book.text("forms.open_item")
        name = ipywidgets.Text(value=item, description=label, tooltip=self._told(label))
        name.add_class("tk-item")
        row = [name]
        if self.asked.kind != "multi":
            each = self._book.text("forms.open_value")
            row.append(
                self._input(self.asked.each or "text", self._given.items.get(item, ""), each)
            )
            row[-1].add_class("tk-item")
        held = {"item": item}

        def heard(_: Any) -> None:
            kept = {key: text for key, text in self._given.items.items() if key != held["item"]}
            held["item"] = name.value.strip()
            value = "yes" if len(row) == 1 else row[1].value
            new = {held["item"]: value} if held["item"] and value else {}
            self._tell(replace(self._given, items={**kept, **new}))

        for widget in row:
            widget.observe(heard, "value")
        return ipywidgets.HBox(row)

    def _lines(self) -> list[Any]:
        """The lines of the canvas: name, importance, how far covered."""
        import ipywidgets

        book, levels = self._book, {one: one for one in self.asked.levels}
        rows = []
        for line in (*self._given.lines, *(("", "", ""),) * SPARE):
            name = ipywidgets.Text(
                value=line[0],
                description=book.text("hearing.canvas.item"),
                tooltip=self._told(book.text("hearing.canvas.item")),
            )
            weight = self._choice(levels, line[1], book.text("forms.importance"))
            covered = self._choice(covered_labels(book), line[2], book.text("forms.covered"))
            rows.append((name, weight, covered))

        def heard(_: Any) -> None:
            lines = [tuple(one.value for one in row) for row in rows]
            kept = tuple((a, b, c) for a, b, c in lines if a or b or c)
            self._tell(replace(self._given, lines=kept))

        for widget in (one for row in rows for one in row):
            widget.observe(heard, "value")
        return [ipywidgets.HBox(list(row)) for row in rows]

    def _details(self) -> ipywidgets.Accordion:
        """Who said it, when, on what basis: folded away."""
        import ipywidgets

        book = self._book
        widgets = []
        for name in DETAILS:
            label, value = book.text(f"hearing.column.{name}"), self._given.details.get(name, "")
            if name == "basis":
                choices = {code: book.text(f"hearing.basis.{code}") for code in BASES}
                widget = self._choice(choices, value, label)
            else:
                widget = ipywidgets.Text(value=value, description=label, tooltip=self._told(label))
            widget.add_class("tk-item")
            widget.observe(lambda change, key=name: self._detail_set(key, change["new"]), "value")
            widgets.append(widget)
        folded = ipywidgets.Accordion(children=[box(widgets)], selected_index=None)
        folded.set_title(0, book.text("forms.details"))
        return folded

    def _detail_set(self, name: str, value: str) -> None:
        self._tell(self._given.with_detail(name, value))


def named(problem: Problem, asked: Asked, book: Words) -> Problem:
    """A problem that calls its place by the words of the form instead of its key in the file."""
    key = problem.key or ""
    part = key.removeprefix(asked.key).lstrip(".")
    if not part or not key.startswith(asked.key):
        return replace(problem, key=asked.label)
    column = f"hearing.column.{part}"
    word = asked.items.get(part) or (book.text(column) if part in DETAILS else part)
    return replace(problem, key=book.text("forms.detail_of", question=asked.label, part=word))


def _html(text: str) -> Any:
    import ipywidgets

    return ipywidgets.HTML(value=text)
