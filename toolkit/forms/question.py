"""What a form asks: one question with its words, its kind, its choices and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from toolkit.intake.profiles.answer_values import COVERED, UNKNOWN
from toolkit.intake.profiles.profile_fields import FIELDS, codes_of
from toolkit.intake.profiles.profile_lists import STATES
from toolkit.method import Entry, Method
from toolkit.outline.hearing_cells import FormCells
from toolkit.rules.applies import tokens
from toolkit.words import Words

Kind = Literal["choice", "number", "text", "day", "map", "multi", "canvas"]
Place = Literal["", "answers", "compliance"]
DECIDING = ("model", "stage")
PROFILE, KEY, LAW = "profile", "key", "law"
SHORT = ("company_name", "currency", "timezone")
NOT_ASKED = ("client_id",)

Choices = Mapping[str, str]
"""Labels by code, in the order in which they are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of the form, or one field of the profile.

    ``key`` is its name under ``place`` in client.yaml, "" being the top. ``each`` is the kind of
    the value of every item, ``whole`` the codes that answer the question as a whole. ``models``
    and ``stages`` are the codes it concerns; none means any.
    """

    key: str
    place: Place
    tab: str
    kind: Kind
    label: str
    why: str = ""
    hint: str = ""
    taken: str = ""
    each: Kind | None = None
    choices: Choices = field(default_factory=dict)
    whole: Choices = field(default_factory=dict)
    items: Choices = field(default_factory=dict)
    open_items: bool = False
    levels: tuple[str, ...] = ()
    models: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    long: bool = False
    first: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """Where its answer stands in client.yaml."""
        return (self.place, self.key) if self.place else (self.key,)

    @property
    def detailed(self) -> bool:
        """Whether who, when and on what basis can be told of it."""
        return self.place != ""

    def concerns(self, model: str, stage: str) -> bool:
        """Whether it is asked of a client; of one whose model is not known everything is."""
        return all(
            not wanted or code in ("", UNKNOWN) or code in wanted
            for wanted, code in ((self.models, model), (self.stages, stage))
        )


def asked_of(method: Method, lang: str) -> tuple[Asked, ...]:
    """Every question of a method in one language: profile, key questions, modules, the law."""
    from toolkit.words import words

    cells = FormCells(method=method, book=words(method, lang))
    questions = sorted(method.section("questions").values(), key=lambda one: int(one["order"]))
    questions = [one for one in questions if one.id not in (f"q.pla.{name}" for name in DECIDING)]
    return (
        *(_field(name, cells) for name in _fields()),
        *(_question(one, cells) for one in questions if one.get("key")),
        *(_question(one, cells) for one in questions if not one.get("key")),
        *_laws(cells),
    )


def _fields() -> Iterator[str]:
    """The fields of a profile, the name and what decides on the questions first."""
    first = ("company_name", "industry", *DECIDING)
    yield from first
    yield from (name for name in FIELDS if name not in (*first, *NOT_ASKED))


def _field(name: str, cells: FormCells) -> Asked:
    book, answer = cells.book, cells.field_input(name)
    codes = codes_of(name, cells.method)
    kinds: dict[str, Kind] = {"list": "choice", "day": "day"}
    return Asked(
        key=name,
        place="",
        tab=PROFILE,
        kind=kinds.get(answer.kind, "text"),
        label=book.text(f"client.field.{name}"),
        taken=cells.taken(answer) if answer.kind == "number" else "",
        choices={code: _field_label(name, code, book) for code in codes},
        first=name == "company_name",
    )


def _field_label(name: str, code: str, book: Words) -> str:
    keys = (
        f"errors.field.{name}.{code}",
        f"questions.q.pla.{name}.choices.{code}",
        f"forms.value.{name}.{code}",
    )
    return next((book.text(key) for key in keys if book.has(key)), code)


def _question(question: Entry, cells: FormCells) -> Asked:
    book, name = cells.book, f"questions.{question.id}"
    kind: Kind = question["kind"]
    each = question.get("value_kind") if kind == "map" else None
    where = question.get("applies", {})
    number = f"{question['order']}. " if question.get("key") else ""
    codes = () if kind == "choice" else (*question.get("codes", ()), UNKNOWN)
    return Asked(
        key=question.id,
        place="answers",
        tab=KEY if question.get("key") else str(question["module"]),
        kind=kind,
        label=f"{number}{book.text(f'{name}.text')}",
        why=book.text(f"{name}.why") if book.has(f"{name}.why") else "",
        hint=book.text(f"{name}.hint") if book.has(f"{name}.hint") else "",
        taken=_taken(question, cells),
        each=each,
        choices=_labels(name, "choices", question.get("choices", ()), book),
        whole=_labels(name, "choices", codes, book),
        items=_labels(name, "items", question.get("items", ()), book),
        open_items=bool(question.get("open_items")),
        levels=_levels(question),
        models=_codes("models", where.get("model", ()), cells.method),
        stages=_codes("stages", where.get("stage", ()), cells.method),
        long=kind == "text",
        first=bool(question.get("key")),
    )


def _levels(question: Entry) -> tuple[str, ...]:
    if question["kind"] != "canvas":
        return ()
    return tuple(str(one) for one in range(int(question["low"]), int(question["high"]) + 1))


def _taken(question: Entry, cells: FormCells) -> str:
    """What numbers a question takes; the choices of others are seen in their lists."""
    if "number" not in (question["kind"], question.get("value_kind")):
        return ""
    return cells.taken(cells.input_of(question)).replace("\n", cells.book.text("forms.between"))


def _labels(name: str, part: str, codes: tuple[str, ...], book: Words) -> Choices:
    return {code: book.text(f"{name}.{part}.{code}") for code in codes}


def _codes(table: str, where: tuple[str, ...], method: Method) -> frozenset[str]:
    wanted = tokens(where, method)
    known = method.section("applies")[table]
    if not wanted or wanted >= set(known.values()):
        return frozenset()
    return frozenset(code for code, token in known.items() if token in wanted)


def _laws(cells: FormCells) -> Iterator[Asked]:
    book = cells.book
    for code, check in cells.method.section("legal").items():
        where = check.get("applies", {})
        yield Asked(
            key=code,
            place="compliance",
            tab=LAW,
            kind="choice",
            label=book.text(f"legal.{code}.check"),
            why=book.text(f"hearing.law.{check['law']}"),
            choices={state: book.text(f"hearing.states.{state}") for state in STATES},
            models=_codes("models", where.get("model", ()), cells.method),
        )


def covered_labels(book: Words) -> Choices:
    """How far a pain or gain is covered, by code."""
    return {code: book.text(f"hearing.covered.{code}") for code in COVERED}
