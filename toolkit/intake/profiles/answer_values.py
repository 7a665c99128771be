"""One answered value, read by what its question asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.intake.mappings.columns import word_form
from toolkit.intake.profiles.yaml_text import Node
from toolkit.intake.values.cells import Unreadable
from toolkit.intake.values.money import Money, parse_money
from toolkit.method import Entry, Method

UNKNOWN = "unknown"
COVER = {"0": "no", "0.5": "partly", "1": "yes", "0.0": "no", "1.0": "yes"}
COVERED = ("yes", "partly", "no")
NO_MARKS = Money(own=("円",), others={}, scales={"万": 10000, "億": 100000000})


class AnswerFault(ValueError):
    """An answer that its question does not allow."""

    def __init__(self, code: str, params: Mapping[str, str] | None = None) -> None:
        self.code = code
        self.params = dict(params or {})
        super().__init__(code)


def coded(text: str, codes: Sequence[str], words_at: str, method: Method) -> str | None:
    """The code that a text means: itself, or its label in any language."""
    wanted = word_form(text)
    for code in codes:
        labels = (words.get(f"{words_at}.{code}") for words in method.words.values())
        if wanted in {word_form(code), *(word_form(label) for label in labels if label)}:
            return code
    return None


def read_value(question: Entry, node: Node, method: Method) -> str | float:
    """A code, number or text, or ``unknown``.

    Raises:
        AnswerFault: it is not what the question takes.
    """
    if node.text is None:
        raise AnswerFault("answer_one_value")
    kind = str(question.get("value_kind", question["kind"]))
    labels = f"questions.{question.id}.choices"
    if coded(node.text, (UNKNOWN,), labels, method):
        return UNKNOWN
    if kind == "choice":
        code = coded(node.text, question["choices"], labels, method)
        if code is None:
            raise AnswerFault("field_choice", {"choices": _named(question, node, method)})
        return code
    if kind == "number":
        return _number(question, node)
    return _canvas(question, node.text) if kind == "canvas" else node.text.strip()


def read_number(node: Node) -> float | None:
    """A number from a scalar: 0.3, 30%, 1,200 or 3万円; None where it is none."""
    text = word_form(node.text or "")
    share = text.endswith("%")
    try:
        value = float(parse_money(text.removesuffix("%").strip(), NO_MARKS)[0])
    except Unreadable:
        return None
    return value / 100 if share else value


def _named(question: Entry, node: Node, method: Method) -> str:
    """What may be chosen: codes for a file of text, labels for a sheet."""
    if node.cell is None:
        return ", ".join(question["choices"])
    words = method.words[node.cell.lang]
    labels = (f"questions.{question.id}.choices.{code}" for code in question["choices"])
    return words["report.list_separator"].join(words.get(label, label) for label in labels)


def _number(question: Entry, node: Node) -> float:
    value = read_number(node)
    if value is None:
        raise AnswerFault("field_number")
    low, high = question.get("low"), question.get("high")
    if (low is not None and value < low) or (high is not None and value > high):
        raise AnswerFault("answer_range", {"low": f"{low:g}", "high": f"{high:g}"})
    return value


def _canvas(question: Entry, text: str) -> str:
    """A line of the canvas: importance and cover, the latter as a code."""
    importance, _, covered = (part.strip() for part in text.partition("|"))
    cover = COVER.get(covered, covered)
    levels = [str(level) for level in range(question["low"], question["high"] + 1)]
    if importance not in levels:
        raise AnswerFault("answer_range", {"low": levels[0], "high": levels[-1]})
    if cover not in COVERED:
        raise AnswerFault("field_choice", {"choices": "0, 0.5, 1"})
    return f"{importance} | {cover}"
