"""The facts of a To-B lifecycle: stages, targets, documents, ways of asking."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.facts import Fact
from toolkit.frameworks.derive import count_of

LIFECYCLE = ("reach", "awareness", "talk", "purchase", "use", "accompany", "serve", "renew")
USAGE = ("open_rate", "minutes", "core_use", "value_output")
DOCUMENTS = ("feature_guide", "operation_manual", "faq", "training_material")
SHALLOW = ("habits", "awareness", "liking")
DEEP = ("needs", "scenes", "business_model")
TOPICS = (*SHALLOW, *DEEP)
WAYS = ("questionnaire", "interview", "both", "not_asked")
MISFIT = dict.fromkeys(SHALLOW, "interview") | dict.fromkeys(DEEP, "questionnaire")
"""Shallow topics go online, deep ones are asked face to face (S2-14, S2-15)."""


def fitting_way(topic: str) -> str:
    """How a topic is best asked.

    >>> fitting_way("habits"), fitting_way("needs")
    ('questionnaire', 'interview')
    """
    return "questionnaire" if topic in SHALLOW else "interview"


def tob_facts(
    assignees: Mapping[str, str] | None,
    targets: Mapping[str, str] | None,
    documents: Mapping[str, str] | None,
    survey: Mapping[str, str] | None,
) -> tuple[Fact, ...]:
    """The four counts, each naming stage, metric, document or topic."""
    return (
        _without("unassigned_stages_count", assignees, LIFECYCLE, "q.tob.lifecycle_assignee"),
        _without("missing_targets_count", targets, USAGE, "q.tob.usage_targets"),
        _without("missing_documents_count", documents, DOCUMENTS, "q.tob.docs"),
        _mismatch(survey),
    )


def _without(
    name: str, answers: Mapping[str, str] | None, expected: tuple[str, ...], question: str
) -> Fact:
    return count_of(f"tob.{name}", answers, ("no",), expected=expected, needs=(question,))


def _mismatch(survey: Mapping[str, str] | None) -> Fact:
    """Each way of asking that misfits its topic is marked, then counted."""
    marked = {
        topic: f"{way}_only" if way == MISFIT.get(topic) else way
        for topic, way in (survey or {}).items()
    }
    return count_of(
        "tob.method_mismatch_count",
        marked,
        ("questionnaire_only", "interview_only"),
        expected=TOPICS,
        needs=("q.tob.survey_method",),
    )
