"""How customers are asked: each way against each topic, a plan checked before it is sent."""

from __future__ import annotations

import pytest

from toolkit.frameworks import ToBLifecycle
from toolkit.frameworks.survey import DEEP, SHALLOW, TOPICS, WAYS, checked, fitting_way, judged

WANTED = {
    "questionnaire": ("fits", "misfit"),
    "interview": ("misfit", "fits"),
    "face_to_face": ("misfit", "fits"),
    "call": ("misfit", "second_best"),
    "both": ("fits", "fits"),
    "not_asked": ("not_asked", "not_asked"),
}


@pytest.mark.parametrize("way", WAYS)
def test_shallow_online_deep_in_person(way):
    shallow, deep = WANTED[way]
    assert {judged(topic, way) for topic in SHALLOW} == {shallow}
    assert {judged(topic, way) for topic in DEEP} == {deep}


@pytest.mark.parametrize("way", [None, "unknown"])
def test_what_is_not_known_is_not_judged(way):
    assert judged("needs", way) is None


def test_topics_of_the_firm_are_never_a_misfit():
    assert judged("price", "questionnaire") == "fits"


def test_a_plan_is_checked_topic_by_topic():
    frame = checked({"needs": "questionnaire", "habits": "questionnaire", "scenes": "call"})
    assert frame["topic"].tolist() == list(TOPICS)
    cells = frame.set_index("topic")
    assert cells.loc["needs", ["depth", "judgement", "better"]].tolist() == [
        "deep",
        "misfit",
        "interview",
    ]
    assert cells.loc["habits", "better"] == ""
    assert cells.loc["scenes", "judgement"] == "second_best"
    assert cells.loc["liking", "judgement"] is None


def test_the_better_way_stands_beside_a_misfit():
    plan = {"needs": "questionnaire", "habits": "call", "scenes": "face_to_face"}
    notes = {row.item: row.note for row in ToBLifecycle(survey=plan).rows() if row.part == "survey"}
    assert (notes["needs"], notes["habits"], notes["scenes"]) == (
        "to_interview",
        "to_questionnaire",
        "",
    )
    fact = ToBLifecycle(survey={t: fitting_way(t) for t in TOPICS} | plan).facts()[3]
    assert {item.key: item.value for item in fact.items} == {
        "needs": "questionnaire_only",
        "habits": "interview_only",
    }
