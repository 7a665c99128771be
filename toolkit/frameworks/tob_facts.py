"""The facts of a To-B lifecycle: stages, targets, documents, ways of asking."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.facts import Fact
from toolkit.frameworks.derive import absent, count_of
from toolkit.frameworks.survey import TOPICS, judged

LIFECYCLE = ("reach", "awareness", "talk", "purchase", "use", "accompany", "serve", "renew")
USAGE = ("open_rate", "minutes", "core_use", "value_output")
DOCUMENTS = ("feature_guide", "operation_manual", "faq", "training_material")
FACTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "unassigned_stages_count": ("q.tob.lifecycle_assignee", LIFECYCLE),
    "missing_targets_count": ("q.tob.usage_targets", USAGE),
    "missing_documents_count": ("q.tob.docs", DOCUMENTS),
    "method_mismatch_count": ("q.tob.survey_method", TOPICS),
}
"""Each count with its question and the items it expects."""


def tob_facts(
    answers: Mapping[str, Mapping[str, str] | None], absent_counts: tuple[str, ...] = ()
) -> tuple[Fact, ...]:
    """The four counts, each naming stage, metric, document or topic.

    Args:
        answers: by name of the count, the code by item.
        absent_counts: counts that do not apply to the model.
    """
    return tuple(
        absent(f"tob.{name}", unit="count", needs=(question,))
        if name in absent_counts
        else _without(name, answers.get(name), expected, question)
        for name, (question, expected) in FACTS.items()
    )


def _without(
    name: str, answers: Mapping[str, str] | None, expected: tuple[str, ...], question: str
) -> Fact:
    """Items said to be missing; a way of asking that misfits its topic is marked with the way."""
    bad: tuple[str, ...] = ("no",)
    if name == "method_mismatch_count":
        answers = {topic: _marked(topic, way) for topic, way in (answers or {}).items()}
        bad = ("questionnaire_only", "interview_only")
    return count_of(f"tob.{name}", answers, bad, expected=expected, needs=(question,))


def _marked(topic: str, way: str) -> str:
    if judged(topic, way) != "misfit":
        return way
    return "questionnaire_only" if way == "questionnaire" else "interview_only"
