"""MappingReview: see how each file is read, put columns right, confirm the mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toolkit.diagnosis.diagnose import client_folder
from toolkit.errors import InputError
from toolkit.forms.look import STYLE, Shown, box, marked, options, problems_html, table_html
from toolkit.forms.mapping_state import ClientFile, MappingState, Tried, open_mappings
from toolkit.intake.notes import shown
from toolkit.intake.proposals.proposal import Proposal
from toolkit.intake.proposals.toml import column_name
from toolkit.method import load_method
from toolkit.words import language

FATES = ("accepted", "quarantined", "deduplicated", "dropped", "cancelled")
MOST_PROBLEMS = 5
NONE = "none"


class MappingReview(Shown):
    """The files in a client's ``data/``: which table, which headers, a trial reading, confirm.

    Args:
        client: the client's folder, or its id.
        lang: language, by default ``tk.language``.
        method: a firm's folder.

    Raises:
        UsageError: a mapping of the client is wrong.
    """

    def __init__(
        self, client: str | Path, lang: str | None = None, method: str | Path | None = None
    ) -> None:
        self._content = load_method(*((Path(method),) if method else ()))
        self._folder = client_folder(Path(client))
        self._lang = lang or language.get()
        self.state: MappingState = open_mappings(self._folder, self._content, self._lang)
        self._book = self.state.book
        self._proposal: Proposal | None = None
        self._chosen: dict[str, str] = {}
        self._quiet = False
        self.widget = self._built()

    def _built(self) -> Any:
        import ipywidgets

        text = self._book.text
        head = marked(text("forms.mapping.title"), "head") + marked(text("forms.mapping.lead"))
        head = ipywidgets.HTML(STYLE + head)
        if not self.state.files:
            return box([head, ipywidgets.HTML(marked(text("forms.mapping.none")))], "tk-form")
        label, kind = text("forms.mapping.file"), text("forms.mapping.kind")
        self._file = ipywidgets.Dropdown(
            options=self._files(), value=0, description=label, tooltip=label
        )
        kinds = {name: text(f"common.table.{name}") for name in self.state.kinds}
        self._kind = ipywidgets.Dropdown(
            options=options(kinds, text("forms.blank")), value="", description=kind, tooltip=kind
        )
        for one in (self._file, self._kind):
            one.add_class("tk-row")
        self._columns, self._result, self._said = box([]), ipywidgets.HTML(), ipywidgets.HTML()
        self._button = ipywidgets.Button(
            description=text("forms.mapping.confirm"),
            tooltip=text("forms.mapping.confirm_told"),
            button_style="primary",
        )
        self._button.on_click(lambda _: self.confirm())
        self._file.observe(lambda _: self._opened(), "value")
        self._kind.observe(lambda _: None if self._quiet else self._proposed(), "value")
        self._opened()
        parts = [
            head,
            self._file,
            self._kind,
            self._columns,
            self._result,
            self._button,
            self._said,
        ]
        return box(parts, "tk-form")

    def _files(self) -> list[tuple[str, int]]:
        marks = {
            one.by: self._book.text(f"forms.mapping.by.{one.by or NONE}")
            for one in self.state.files
        }
        return [
            (f"{shown(one.name)}  {marks[one.by]}", place)
            for place, one in enumerate(self.state.files)
        ]

    @property
    def file(self) -> ClientFile:
        """The file that is shown."""
        return self.state.files[int(self._file.value)]

    def _opened(self) -> None:
        """Show a file as it is read now, or propose a mapping for it."""
        self._said.value = ""
        self._quiet = True
        self._kind.value = self.file.kind
        self._kind.disabled = self.file.by == "mapping"
        self._quiet = False
        if self.file.by:
            self._proposal, self._chosen = None, {}
            self._columns.children = ()
            self._show(self.state.tried(self.file, None))
        else:
            self._proposed()

    def _proposed(self) -> None:
        """Propose a mapping for the kind chosen, its columns as lists of the file's headers."""
        self._proposal, self._chosen = None, {}
        self._columns.children, self._result.value = (), ""
        self._button.disabled = True
        if not self._kind.value:
            return
        try:
            self._proposal = self.state.proposal(self.file, self._kind.value)
            headers = self.state.headers(self._proposal, self.file)
        except InputError as error:
            self._result.value = problems_html(error.problems, self._book)
            return
        self._columns.children = [self._column(name, headers) for name in self._listed()]
        self._show(self.state.tried(self.file, self._proposal))

    def _listed(self) -> list[str]:
        """The columns of the table: those proposed or required first."""
        assert self._proposal is not None
        kind = self.state.kinds[self._proposal.kind]
        first = [one.column for one in self._proposal.columns]
        return list(dict.fromkeys([*kind.required, *first, *kind.columns]))

    def _column(self, name: str, headers: tuple[str, ...]) -> Any:
        import ipywidgets

        assert self._proposal is not None
        source = self._proposal.sources.get(name)
        offered = [(self._book.text("forms.mapping.no_column"), "")]
        offered += [(shown(text), text) for text in headers]
        value = source.headers[0] if source else ""
        if source and (source.operation != "column" or value not in headers):
            value = " + ".join(source.headers)
            offered.append((shown(value), value))
        kind = self.state.kinds[self._proposal.kind]
        label = column_name(kind.name, name, self._book)
        if name in kind.required:
            label = self._book.text("forms.mapping.required", name=label)
        made = ipywidgets.Dropdown(
            options=offered,
            value=value,
            description=label,
            tooltip=self._book.text("forms.mapping.column_told", name=label),
        )
        made.add_class("tk-item")
        made.observe(lambda change: self._set(name, change["new"]), "value")
        return made

    def _set(self, column: str, header: str) -> None:
        assert self._proposal is not None
        self._chosen[column] = header
        self._show(self.state.tried(self.file, self.state.corrected(self._proposal, self._chosen)))

    def _show(self, tried: Tried) -> None:
        self._button.disabled = self._proposal is None or tried.report.refused
        self._result.value = tried_html(tried, self)

    def confirm(self) -> Path | None:
        """File the mapping of the file shown; where that cannot be, say why."""
        if self._proposal is None:
            return None
        path, problems = self.state.confirm(self.file, self._proposal, self._chosen)
        if path is None:
            self._said.value = problems_html(problems, self._book)
            return None
        place = self._file.value
        self.state = open_mappings(self._folder, self._content, self._lang)
        self._file.options = self._files()
        self._file.value = place
        self._opened()
        done = self._book.text("forms.mapping.done", name=path.name)
        self._said.value = f'<div role="status">{marked(done, "done")}</div>'
        return path


def tried_html(tried: Tried, review: MappingReview) -> str:
    """Rows by fate, notes, what is wrong and the first rows of a trial reading."""
    book, report = review.state.book, tried.report
    parts = []
    if report.rows_total is not None:
        counts = [getattr(report, f"rows_{name}") or 0 for name in ("total", *FATES)]
        heads = [book.text(f"forms.mapping.rows.{name}") for name in ("total", *FATES)]
        parts.append(table_html(heads, [[f"{n:,}" for n in counts]], align="r" * len(heads)))
    notes = [note.text(book) for note in (*report.notes, *report.warnings)]
    parts += [marked(text) for text in notes]
    parts.append(problems_html(report.problems[:MOST_PROBLEMS], book))
    if tried.rows:
        parts.append(marked(book.text("forms.mapping.first"), "label"))
        parts.append(table_html(tried.heads, tried.rows, tight=True))
    return "".join(parts)
