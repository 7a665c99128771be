"""Worked examples of an answer, one a kind of question, for the client.yaml of a new client."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.method import Entry, Method
from toolkit.words import Words

KINDS = {
    "choice": ("choice", None),
    "number": ("number", None),
    "text": ("text", None),
    "choice_map": ("map", "choice"),
    "number_map": ("map", "number"),
    "text_map": ("map", "text"),
    "multi": ("multi", None),
    "canvas": ("canvas", None),
}
FIELDS = ("q.pla.model", "q.pla.stage")
"""Answered by fields of their own."""
SHARE, NUMBER, DAY = "30%", 10, "2026-04-01"


def examples(method: Method, book: Words) -> Iterator[str]:
    """A line for each kind: its name, and the first question of that kind answered.

    The last two lines show an answer with who, when and what was seen, and one of several people.
    """
    for name, (kind, value_kind) in KINDS.items():
        question = _first(method, kind, value_kind)
        if question is not None:
            label = book.text(f"client.example.{name}")
            yield f"{label} {question.id}: {_answer(question, book)}"
    choice = _first(method, "choice", None)
    if choice is not None:
        first, second, *_ = choice["choices"]
        one, other = (book.text(f"client.example.{name}") for name in ("one", "other"))
        seen = f"on: {DAY}, basis: seen, evidence: {book.text('client.example.evidence')}"
        told = f"{{ value: {first}, by: {one}, {seen} }}"
        yield f"{book.text('client.example.details')} {choice.id}: {told}"
        both = f"[{{ value: {first}, by: {one} }}, {{ value: {second}, by: {other} }}]"
        yield f"{book.text('client.example.people')} {choice.id}: {both}"


def _first(method: Method, kind: str, value_kind: str | None) -> Entry | None:
    """The question of a kind that is asked first; of a map, one that names items."""
    found = [
        one
        for one in method.section("questions").values()
        if one["kind"] == kind
        and one.get("value_kind") == value_kind
        and (kind != "map" or one["items"])
        and one.id not in FIELDS
    ]
    return min(found, key=lambda one: int(one["order"]), default=None)


def _answer(question: Entry, book: Words) -> str:
    """An answer to a question as client.yaml has it, on one line."""
    kind = question["kind"]
    if kind == "map":
        item = question["items"][0]
        return f"{{ {item}: {_value(question, str(question['value_kind']), book)} }}"
    if kind == "multi":
        return f"[{', '.join(question['items'][:2])}]"
    if kind == "canvas":
        name, importance, covered = question["items"]
        text, steps = book.text("client.example.need"), question["steps"]
        line = f"{name}: {text}, {importance}: {question['high']}, {covered}: {steps[1]}"
        return f"[{{ {line} }}]"
    return _value(question, kind, book)


def _value(question: Entry, kind: str, book: Words) -> str:
    if kind == "choice":
        return str(question["choices"][0])
    if kind == "text":
        return book.text("client.example.words")
    if question["unit"] == "share":
        return SHARE
    return str(min(max(NUMBER, question["low"]), question["high"]))
