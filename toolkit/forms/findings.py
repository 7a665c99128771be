"""FindingsBrowser: every finding of a diagnosis, and the consultant's own words for each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, Problem
from toolkit.forms.edits_state import EditsState
from toolkit.forms.finding_view import finding_html
from toolkit.forms.look import STYLE, Shown, box, marked, options, problems_html
from toolkit.intake.profiles.edit import STATES
from toolkit.intake.profiles.edits import STATE_WORDS
from toolkit.outline.blocks import plain
from toolkit.outline.finding_words import title_text
from toolkit.outline.judged import status_word
from toolkit.outline.writer import writer
from toolkit.rules.finding import SEVERITIES, Finding
from toolkit.words import language

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

STATUSES = ("fail", "unknown", "pass", "not_applicable")
FILTERS = ("module", "status", "severity")
LINES = 12


def chosen(diagnosis: Diagnosis, filters: Mapping[str, str]) -> list[Finding]:
    """The findings that match every filter set, what calls for action first."""
    kept = [
        finding
        for finding in diagnosis.judged
        if all(not wanted or getattr(finding, name) == wanted for name, wanted in filters.items())
    ]
    return sorted(
        kept, key=lambda one: (STATUSES.index(one.status), SEVERITIES.index(one.severity))
    )


class FindingsBrowser(Shown):
    """Choose a finding, see what it rests on, write a comment, an assignee and a date.

    Args:
        diagnosis: from ``tk.diagnose`` or ``tk.load``.
        client: the client's folder, into whose edits.yaml the fields are saved; without it they
            are not shown.
        lang: language, by default ``tk.language``.
    """

    def __init__(
        self, diagnosis: Diagnosis, client: str | Path | None = None, lang: str | None = None
    ) -> None:
        self._pen = writer(diagnosis, lang or language.get())
        self._edits = _edits_of(diagnosis, client, self._pen.lang)
        self.filters = dict.fromkeys(FILTERS, "")
        self._fields: dict[str, Any] = {}
        self._quiet = False
        self.widget = self._built()

    def _built(self) -> Any:
        import ipywidgets

        text = self._pen.line
        head = marked(text("forms.findings.title"), "head") + marked(text("forms.findings.lead"))
        self._count = ipywidgets.HTML()
        self._list = ipywidgets.Select(
            rows=LINES,
            description=text("forms.findings.list"),
            tooltip=text("forms.findings.list_told"),
            layout=ipywidgets.Layout(width="auto"),
        )
        self._list.add_class("tk-row")
        self._detail = ipywidgets.HTML()
        self._list.observe(lambda change: self._shown(change["new"]), "value")
        filters = ipywidgets.HBox([self._filter(name) for name in FILTERS])
        parts = [ipywidgets.HTML(STYLE + head), filters, self._count, self._list, self._detail]
        if self._edits is not None:
            parts.append(self._form())
        self.filters["status"] = "fail"
        filters.children[1].value = "fail"
        self._listed()
        return box(parts, "tk-form")

    def _filter(self, name: str) -> Any:
        import ipywidgets

        judged = self._pen.diagnosis.judged
        known = {"status": STATUSES, "severity": SEVERITIES}.get(
            name, tuple(dict.fromkeys(finding.module for finding in judged))
        )
        labels = {code: self._pen.line(f"common.{name}.{code}") for code in known}
        label = self._pen.line(f"forms.findings.by_{name}")
        every = self._pen.line("forms.findings.every")
        made = ipywidgets.Dropdown(
            options=options(labels, every), value="", description=label, tooltip=label
        )
        made.add_class("tk-row")
        made.observe(lambda change: self._filtered(name, change["new"]), "value")
        return made

    def _filtered(self, name: str, value: str) -> None:
        self.filters[name] = value
        self._listed()

    def _listed(self) -> None:
        found = chosen(self._pen.diagnosis, self.filters)
        self._list.options = [(self._line(one), one.id) for one in found]
        count = self._pen.line("forms.findings.count", count=f"{len(found):,}")
        self._count.value = f'<div role="status">{marked(count)}</div>'
        self._list.value = found[0].id if found else None
        self._shown(self._list.value)

    def _line(self, finding: Finding) -> str:
        title = plain(title_text(self._pen, finding))
        return f"{finding.id}  {status_word(self._pen, finding)}  {title}"

    def _shown(self, code: str | None) -> None:
        if code is None:
            self._detail.value = ""
            return
        self._detail.value = finding_html(self._pen, self._pen.diagnosis.finding(code))
        if self._edits is not None:
            self._filled(code)

    def _form(self) -> Any:
        import ipywidgets

        text = self._pen.line
        for name in ("comment", "assignee", "due", "status", "reason"):
            label = text(f"forms.findings.field.{name}")
            told = {"description": label, "tooltip": label}
            if name == "status":
                labels = {code: text(f"{STATE_WORDS}.{code}") for code in STATES}
                offered = options(labels, text("forms.findings.no_status"))
                widget: Any = ipywidgets.Dropdown(options=offered, value="", **told)
            elif name == "comment":
                widget = ipywidgets.Textarea(**told, rows=3)
            else:
                widget = ipywidgets.Text(**told)
            widget.add_class("tk-row")
            widget.observe(lambda _: self._checked(), "value")
            self._fields[name] = widget
        self._said = ipywidgets.HTML()
        save = ipywidgets.Button(
            description=text("forms.save"),
            tooltip=text("forms.findings.save_told"),
            button_style="primary",
        )
        save.on_click(lambda _: self.save())
        own = ipywidgets.HTML(marked(text("forms.findings.own"), "label"))
        return box([own, *self._fields.values(), save, self._said])

    def _filled(self, code: str) -> None:
        """Show what edits.yaml says of a finding."""
        assert self._edits is not None
        try:
            found = self._edits.fields(code)
        except InputError as error:
            self._said.value = problems_html(error.problems, self._pen.book)
            return
        self._quiet = True
        for name, widget in self._fields.items():
            widget.value = found[name]
        self._quiet = False
        self._said.value = ""

    def _checked(self) -> None:
        if self._edits is not None and not self._quiet and self._list.value:
            self._tell(self._edits.problems(self._list.value, self._entered()))

    def _entered(self) -> dict[str, str]:
        return {name: widget.value for name, widget in self._fields.items()}

    def save(self) -> tuple[Problem, ...]:
        """Write the fields of the finding shown into edits.yaml."""
        if self._edits is None or not self._list.value:
            return ()
        problems = self._edits.save(self._list.value, self._entered())
        self._tell(problems)
        if not problems:
            done = self._pen.line("forms.findings.saved", code=self._list.value)
            self._said.value = f'<div role="status">{marked(done, "done")}</div>'
        return problems

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        self._said.value = problems_html(problems, self._pen.book)


def _edits_of(diagnosis: Diagnosis, client: str | Path | None, lang: str) -> EditsState | None:
    from toolkit.diagnosis.diagnose import client_folder

    if client is None:
        return None
    folder = client_folder(Path(client))
    return EditsState(folder=folder, method=diagnosis.content, lang=lang)
