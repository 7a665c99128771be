"""How customers are asked (調査の聞き方): shallow topics online, deep ones face to face."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.frameworks.framework import UNKNOWN, Row

if TYPE_CHECKING:
    import pandas as pd

SHALLOW = ("habits", "awareness", "liking")
DEEP = ("needs", "scenes", "business_model")
TOPICS = (*SHALLOW, *DEEP)
WAYS = ("questionnaire", "interview", "face_to_face", "call", "both", "not_asked")
"""``interview`` is one whose form is not told; ``call`` is one by voice or video."""
INTERVIEWS = ("interview", "face_to_face", "call")
JUDGEMENTS = ("fits", "second_best", "misfit", "not_asked")


def fitting_way(topic: str) -> str:
    """How a topic is best asked.

    >>> fitting_way("habits"), fitting_way("needs")
    ('questionnaire', 'interview')
    """
    return "questionnaire" if topic in SHALLOW else "interview"


def judged(topic: str, way: str | None) -> str | None:
    """Whether a way of asking suits its topic; None where it is not known.

    A deep topic by call is second best to meeting; both ways together always fit.

    >>> judged("needs", "questionnaire"), judged("needs", "call"), judged("habits", "face_to_face")
    ('misfit', 'second_best', 'misfit')
    """
    if way in (None, UNKNOWN):
        return None
    if way == "not_asked":
        return "not_asked"
    if topic in SHALLOW:
        return "misfit" if way in INTERVIEWS else "fits"
    if topic in DEEP and way == "questionnaire":
        return "misfit"
    return "second_best" if topic in DEEP and way == "call" else "fits"


def checked(plan: Mapping[str, str]) -> pd.DataFrame:
    """A plan of a survey, checked before it is sent out.

    Args:
        plan: way by topic.

    Returns:
        topic, depth (shallow, deep), way, judgement, better: the fitting way where another is
        planned, else blank.
    """
    import pandas as pd

    rows = [
        (
            topic,
            "shallow" if topic in SHALLOW else "deep",
            plan.get(topic),
            judged(topic, plan.get(topic)),
            fitting_way(topic) if judged(topic, plan.get(topic)) in ("misfit", "not_asked") else "",
        )
        for topic in TOPICS
    ]
    columns = ["topic", "depth", "way", "judgement", "better"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def survey_rows(plan: Mapping[str, str] | None) -> tuple[Row, ...]:
    """How each topic is asked, with the better way beside one that misfits."""
    given = plan or {}
    return tuple(
        Row(
            part="survey",
            item=topic,
            value=given.get(topic),
            items="topic",
            codes="survey",
            note=f"to_{fitting_way(topic)}" if judged(topic, given.get(topic)) == "misfit" else "",
            notes="survey_advice",
        )
        for topic in TOPICS
    )
