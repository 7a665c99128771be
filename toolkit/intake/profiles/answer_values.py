"""One answered value, read by what its question asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.intake.mappings.columns import word_form
from toolkit.intake.profiles.profile_lists import read_number
from toolkit.intake.profiles.yaml_text import Node
from toolkit.method import Entry, Method

UNKNOWN = "unknown"
COVER = {"0": "no", "0.5": "partly", "1": "yes", "0.0": "no", "1.0": "yes"}
COVERED = ("yes", "partly", "no")


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
            raise AnswerFault("field_choice", {"choices": ", ".join(question["choices"])})
        return code
    if kind == "number":
        return _number(question, node)
    return _canvas(question, node.text) if kind == "canvas" else node.text.strip()


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
