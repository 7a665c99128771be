"""HearingForm: the hearing in a notebook, checked as it is typed, saved as client.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toolkit.diagnosis.diagnose import client_folder
from toolkit.errors import Problem
from toolkit.forms.given import Given
from toolkit.forms.hearing_state import HearingState, Saved, open_hearing, sheets_of
from toolkit.forms.look import STYLE, Shown, box, marked, problems_html
from toolkit.forms.question import DECIDING, KEY, LAW, PROFILE
from toolkit.forms.question_box import QuestionBox, named
from toolkit.method import load_method
from toolkit.words import language, words

MOST_NAMED = 12


class HearingForm(Shown):
    """The hearing of a client: fill it in, read what is wrong beside each field, save.

    Args:
        client: the client's folder, or its id.
        lang: language of the form, by default ``tk.language``.
        method: a firm's folder, for its questions.

    Raises:
        InputError: client.yaml is missing or cannot be read.
    """

    def __init__(
        self, client: str | Path, lang: str | None = None, method: str | Path | None = None
    ) -> None:
        content = load_method(*((Path(method),) if method else ()))
        self._book = words(content, lang or language.get())
        self.state: HearingState = open_hearing(
            client_folder(Path(client)), content, self._book.lang
        )
        self._boxes: dict[str, QuestionBox] = {}
        self._tabs = tuple(dict.fromkeys(one.tab for one in self.state.asked.values()))
        self.widget = self._built()

    def save(self) -> Saved:
        """Write client.yaml, and say what was saved or why nothing was."""
        saved = self.state.save()
        self._said.value = saved_html(saved, self.state, self._book)
        wrong = self.state.problems()
        for key, one in self._boxes.items():
            one.show(wrong.get(key, ()))
        self._count()
        return saved

    def _built(self) -> Any:
        import ipywidgets

        book = self._book
        self._progress = ipywidgets.HTML()
        self._said = ipywidgets.HTML()
        self._pages = [box([]) for _ in self._tabs]
        tabs = ipywidgets.Tab(children=self._pages)
        for place, name in enumerate(self._tabs):
            tabs.set_title(place, self._title(name))
        tabs.observe(lambda change: self._open(change["new"]), "selected_index")
        button = ipywidgets.Button(
            description=book.text("forms.save"),
            tooltip=book.text("forms.save_told"),
            button_style="primary",
        )
        button.on_click(lambda _: self.save())
        self._open(0)
        self._count()
        head = marked(book.text("forms.hearing.title"), "head")
        notes = "".join(
            marked(book.text(f"forms.{key}", **params)) for key, params in self._notes()
        )
        parts = [ipywidgets.HTML(STYLE + head + notes), self._progress, tabs, button, self._said]
        return box(parts, "tk-form")

    def _notes(self) -> list[tuple[str, dict[str, str]]]:
        sheets = sheets_of(self.state.folder)
        notes: list[tuple[str, dict[str, str]]] = [("hearing.lead", {})]
        if sheets:
            listed = self._book.text("forms.between").join(sheets)
            notes.append(("hearing.sheets", {"files": listed}))
        return notes

    def _title(self, tab: str) -> str:
        own = {PROFILE: "forms.tab.profile", KEY: "forms.tab.key", LAW: "forms.tab.law"}
        return self._book.text(own.get(tab, f"common.module_short.{tab}"))

    def _open(self, place: int | None) -> None:
        """Make the widgets of a tab when it is first looked at, and show those that concern."""
        if place is None:
            return
        concerned = {one.key for one in self.state.concerned()}
        asked = [one for one in self.state.asked.values() if one.tab == self._tabs[place]]
        for one in asked:
            if one.key in concerned and one.key not in self._boxes:
                given = self.state.given[one.key]
                self._boxes[one.key] = QuestionBox(one, given, self._book, self._heard)
        shown = [self._boxes[one.key].widget for one in asked if one.key in concerned]
        none = _html(marked(self._book.text("forms.none_asked")))
        self._pages[place].children = shown or [none]

    def _heard(self, key: str, given: Given) -> tuple[Problem, ...]:
        problems = self.state.set(key, given)
        self._said.value = ""
        self._count()
        if key in DECIDING:
            for place in range(1, len(self._tabs)):
                if self._pages[place].children:
                    self._open(place)
        return problems

    def _count(self) -> None:
        names = ("key_done", "key_asked", "done", "asked")
        counts = dict(zip(names, self.state.progress(), strict=True))
        told = self._book.text("forms.progress", **{k: f"{v:,}" for k, v in counts.items()})
        wrong = len(self.state.problems())
        if wrong:
            told += self._book.text("forms.wrong_count", count=f"{wrong:,}")
        self._progress.value = f'<div role="status">{marked(told)}</div>'


def _html(text: str) -> Any:
    import ipywidgets

    return ipywidgets.HTML(text)


def saved_html(saved: Saved, state: HearingState, book: Any) -> str:
    """What a saving did, as HTML: what is wrong, or what was written by name."""
    if saved.stale:
        return f'<div role="alert">{marked(book.text("forms.stale"), "problem")}</div>'
    if saved.problems:
        lead = marked(book.text("forms.not_saved", count=f"{len(saved.problems):,}"), "problem")
        return lead + problems_html((_placed(one, state, book) for one in saved.problems), book)
    parts = [
        book.text(f"forms.saved.{name}", count=f"{len(keys):,}", names=_named(keys, state, book))
        for name in ("added", "changed", "removed")
        if (keys := getattr(saved, name))
    ]
    told = book.text("forms.saved.done") if parts else book.text("forms.saved.nothing")
    return f'<div role="status">{marked(told + "".join(parts), "done")}</div>'


def _placed(problem: Problem, state: HearingState, book: Any) -> Problem:
    """A problem under the words of its question, where it is one of the form."""
    keys = [key for key in state.asked if _under(problem.key or "", key)]
    return named(problem, state.asked[max(keys, key=len)], book) if keys else problem


def _under(key: str, question: str) -> bool:
    return key == question or key.startswith(f"{question}.")


def _named(keys: tuple[str, ...], state: HearingState, book: Any) -> str:
    names = [state.asked[key].label for key in keys[:MOST_NAMED]]
    more = book.text("forms.saved.more") if len(keys) > MOST_NAMED else ""
    return str(book.text("forms.saved.between")).join(names) + more
