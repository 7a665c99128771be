"""compare: a learner's findings beside the program's and, where there are some, the planted ones.

Any finding with valid evidence counts: the program is one more reader of the figures, no judge.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.lessons.blank import is_blank
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_words import title
from toolkit.lessons.evidence import fault_of, record
from toolkit.lessons.planted_client import PlantedFirm
from toolkit.lessons.scratch import scratch_folder
from toolkit.lessons.written_finding import WrittenFinding
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.diagnosis.document import Diagnosis
    from toolkit.lessons.lesson import Lesson

WORDS = "lessons.capstone.compare"
COLUMNS = ("code", "title", "planted", "program", "learner", "points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One matter: whether it was planted, how the program judged it, what the learner wrote.

    ``learner`` is valid, missing, or the code of what the evidence lacks (``why`` in words).
    """

    code: str
    title: str
    planted: bool | None
    program: str | None
    learner: str
    why: str = ""
    points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All matters of a client: planted, found by the program, written by the learner."""

    lines: tuple[Line, ...]
    book: Words = field(repr=False)

    @property
    def points(self) -> int:
        """Points of all valid findings."""
        return sum(line.points for line in self.lines)

    @property
    def beyond(self) -> tuple[Line, ...]:
        """Valid findings that the program has not made."""
        return tuple(one for one in self.lines if one.learner == "valid" and one.program != "fail")

    def to_frame(self) -> pd.DataFrame:
        """One row a matter, in words.

        Returns:
            frame with code, title, planted, program, learner, points.
        """
        import pandas as pd

        rows = [self._cells(line) for line in self.lines]
        return pd.DataFrame(rows, columns=[self._say(f"column.{name}") for name in COLUMNS])

    def __repr__(self) -> str:
        return "\n".join(" | ".join(map(str, self._cells(line))) for line in self.lines)

    def _repr_html_(self) -> str:
        cell = 'style="padding:3px 14px 3px 0;text-align:left;vertical-align:top"'
        heads = "".join(
            f"<th {cell}>{html.escape(self._say(f'column.{name}'))}</th>" for name in COLUMNS
        )
        body = "".join(
            "<tr>"
            + "".join(f"<td {cell}>{html.escape(str(value))}</td>" for value in self._cells(line))
            + "</tr>"
            for line in self.lines
        )
        foot = html.escape(self._say(self._foot(), points=str(self.points)))
        return (
            f'<table style="border-collapse:collapse;margin:.4em 0"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{body}</tbody></table><p>{foot}</p>"
        )

    def _foot(self) -> str:
        if all(line.planted is None for line in self.lines):
            return "foot_own"
        return "foot_beyond" if self.beyond else "foot"

    def _cells(self, line: Line) -> tuple[str, ...]:
        planted = "unknown" if line.planted is None else ("yes" if line.planted else "no")
        learner = line.why or self._say(f"learner.{line.learner}")
        return (
            line.code,
            line.title,
            self._say(f"planted.{planted}"),
            self._say(f"program.{line.program or 'none'}"),
            learner,
            str(line.points),
        )

    def _say(self, name: str, **params: str) -> str:
        return self.book.text(f"{WORDS}.{name}", **params)


def compare(lesson: Lesson, findings: Iterable[WrittenFinding]) -> Comparison:
    """What a learner found, beside what the program found and what was planted.

    Args:
        lesson: the capstone, about its own client or the learner's.
        findings: with their evidence.

    Raises:
        UsageError: the lesson is not about a client.
    """
    firm, written = _firm(lesson), tuple(findings)
    matters = [_matter(one, firm) for one in written]
    planted = firm.planted if isinstance(firm, PlantedFirm) else ()
    failed = [one.id for one in firm.diagnosis.judged if one.status == "fail"]
    shown = failed if planted else [code for code in failed if firm.diagnosis.finding(code).red]
    by_matter: dict[str, list[WrittenFinding]] = {}
    for one, about in zip(written, matters, strict=True):
        by_matter.setdefault(about, []).append(one)
    lines = [
        _line(code, firm, by_matter.get(code, []), lesson.book)
        for code in dict.fromkeys([*planted, *shown, *matters])
    ]
    return Comparison(lines=tuple(lines), book=lesson.book)


def client_folder(lesson: Lesson) -> Path | None:
    """The folder of the client the lesson is about; None where only its result is at hand."""
    firm = _firm(lesson)
    return firm.case.folder if firm.case is not None else None


def follow_up(lesson: Lesson) -> Diagnosis | None:
    """The diagnosis of the second visit: a month later, or the same where changes are known."""
    firm = _firm(lesson)
    if isinstance(firm, PlantedFirm):
        return firm.later.diagnosis
    return firm.diagnosis if firm.diagnosis.changes is not None else None


def edits_text(edits: Mapping[str, Mapping[str, object]]) -> str:
    """What edits.yaml would hold; blanks and findings without a word are left out."""
    import yaml

    kept = {
        code: {name: text for name, text in words.items() if not is_blank(text)}
        for code, words in edits.items()
    }
    given = {code: words for code, words in kept.items() if words}
    return str(yaml.safe_dump(given, allow_unicode=True, sort_keys=False)) if given else ""


def report(lesson: Lesson, edits: Mapping[str, Mapping[str, object]] | None = None) -> Path:
    """The client's page with edits laid over it, in a folder of this session.

    Args:
        lesson: about a client.
        edits: words by finding, as in edits.yaml; the client's own folder is not written to.

    Raises:
        InputError: the edits cannot be read, with the line.
    """
    return _page(_firm(lesson).diagnosis, lesson.lang, edits_text(edits or {}))


def _firm(lesson: Lesson) -> ClientFirm:
    if isinstance(lesson.firm, ClientFirm):
        return lesson.firm
    raise UsageError("lesson_source_client", params={"type": type(lesson.firm).__name__})


@cache
def _page(diagnosis: Diagnosis, lang: str, edits: str) -> Path:
    from toolkit.deliverables.page import page_of
    from toolkit.diagnosis.edits import applied
    from toolkit.intake.profiles.edits import FILE, read_edits
    from toolkit.outline.build import outline
    from toolkit.store import write_text

    folder = scratch_folder("report")
    made = diagnosis
    if edits:
        write_text(folder / FILE, edits)
        laid = read_edits(folder, diagnosis.content)
        made = replace(diagnosis, edits=applied(laid, diagnosis.judged, diagnosis.facts))
    write_text(folder / "report.html", page_of(outline(made, lang)))
    return folder / "report.html"


def _matter(written: WrittenFinding, firm: ClientFirm) -> str:
    """The rule a finding is about: as named, by its facts, else what it calls itself."""
    rules = {one.id: one for one in firm.diagnosis.judged}
    if written.about.upper() in rules:
        return written.about.upper()
    near = {code: len(set(written.facts) & set(one.evidence.facts)) for code, one in rules.items()}
    best = max(near, key=lambda code: (near[code], _weight(firm, code)), default="")
    return best if near.get(best) else written.about


def _weight(firm: ClientFirm, code: str) -> tuple[bool, bool]:
    planted = isinstance(firm, PlantedFirm) and code in firm.planted
    return planted, firm.diagnosis.finding(code).status == "fail"


def _line(code: str, firm: ClientFirm, written: list[WrittenFinding], book: Words) -> Line:
    rules = {one.id: one for one in firm.diagnosis.judged}
    status = rules[code].status if code in rules else None
    planted = code in firm.planted if isinstance(firm, PlantedFirm) else None
    faults = [fault_of(one, firm.diagnosis) for one in written]
    valid = None in faults
    first = next((one for one in faults if one is not None), None)
    learner = "valid" if valid else ("missing" if first is None else first[0])
    why = "" if valid or first is None else book.text(f"{WORDS}.learner.{first[0]}", **first[1])
    return Line(
        code=code,
        title=title(firm.diagnosis, book, code) if code in rules else _own_title(written),
        planted=planted,
        program=status,
        learner=learner,
        why=why,
        points=_points(planted, status) if valid else 0,
    )


def _own_title(written: list[WrittenFinding]) -> str:
    return next(iter(one.statement for one in written), "")


def _points(planted: bool | None, status: str | None) -> int:
    points = record()["points"]
    if not planted:
        return int(points["valid"])
    return int(points["planted" if status == "fail" else "beyond"])
