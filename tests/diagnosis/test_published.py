"""Objects after an answer: what has read it is built anew, and nothing else differs."""

from __future__ import annotations

import pytest

from toolkit.diagnosis.published import EVERYTHING, Published, Read
from toolkit.facts import Fact, Facts, unknown
from toolkit.frameworks import OBJECTS, build_objects
from toolkit.method import load_method

METHOD = load_method()
SAID = Facts(
    [
        unknown("q.ful.insert", "not_asked"),
        Fact(id="q.pla.model", value="general", basis="said"),
        unknown("q.jrn.flow", "not_asked"),
        unknown("q.pla.kpi_matrix", "not_asked"),
    ]
)
ANSWERS = [
    Fact(id="q.ful.insert", value="no", basis="said"),
    Fact(id="q.pla.model", value="saas", basis="said"),
    Fact(id="q.jrn.flow", value="no", basis="said"),
    Fact(id="q.jrn.desk", value="no", by={"item": "phone_order"}, basis="said"),
    Fact(id="q.pla.kpi_matrix", value="yes", by={"item": "order"}, basis="said"),
    Fact(id="journey.steps", value=3, basis="said"),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: one.key)
def test_all_facts_after_an_answer_are_those_of_objects_built_anew(answer) -> None:
    anew = Published(SAID.stated_anew([answer]), {}, METHOD)
    after = Published(SAID, {}, METHOD).restated((answer,))
    assert list(after.items()) == list(anew.facts().items())
    assert anew.objects == build_objects(anew.base, {}, METHOD)


def test_only_readers_of_an_answer_are_built_anew(monkeypatch) -> None:
    published, built = Published(SAID, {}, METHOD), []
    for name, kind in OBJECTS.items():
        made = kind.from_facts
        monkeypatch.setattr(
            kind, "from_facts", lambda *given, n=name, m=made: built.append(n) or m(*given)
        )
    published.restated((ANSWERS[0],))
    assert built == [name for name in OBJECTS if "q.ful.insert" in published.built[name].read]
    assert "fulfillment" in built
    assert "value" not in built


@pytest.mark.parametrize(
    ("asked", "noted"),
    [
        (lambda facts: facts.find("a.b", {"x": "1"}), "a.b"),
        (lambda facts: facts.breakdown("a.b"), "a.b"),
        (lambda facts: facts.get("a.b[x=1]"), "a.b"),
        (lambda facts: "a.b[x=1]" in facts, "a.b"),
        (lambda facts: facts.value("a.b[x=1]"), "a.b"),
        (lambda facts: facts.number("a.b[x=1]"), "a.b"),
        (lambda facts: list(facts.values()), EVERYTHING),
        (bool, EVERYTHING),
        (lambda facts: facts.joined([]), EVERYTHING),
        (lambda facts: facts.replaced([]), EVERYTHING),
    ],
)
def test_whatever_is_asked_of_the_facts_is_noted(asked, noted) -> None:
    facts = Read(SAID)
    asked(facts)
    assert noted in facts.ids
