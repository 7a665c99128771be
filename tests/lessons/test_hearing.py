"""The lesson on the hearing: what parts from the data, and a president who answers."""

import pytest

from toolkit.errors import UsageError
from toolkit.facts import Fact
from toolkit.lessons import lesson
from toolkit.lessons.claim import Claim, claims
from toolkit.lessons.president import WAYS, president_of

PARTING, NEXT, SAY = 4, 6, 7


def claim(relation, said, seen, **fields):
    fact = {"id": "x", "value": seen, "unit": "share", "n": 100, "sampled": True}
    fact |= {key: fields.pop(key) for key in ("n", "sampled") if key in fields}
    return Claim(key="A", id="returns", relation=relation, said=said, seen=Fact(**fact), **fields)


@pytest.mark.parametrize(
    ("one", "contradicted"),
    [
        (claim("at_least", 0.5, 0.4), True),
        (claim("at_least", 0.5, 0.5), False),
        (claim("at_least", 0.5, 0.6), False),
        (claim("at_most", 0.5, 0.6), True),
        (claim("at_most", 0.5, 0.4), False),
        (claim("at_most", 0.16, 0.18, slack=0.03), False),
        (claim("at_most", 0.16, 0.20, slack=0.03), True),
        (claim("at_least", 0.5, 0.4, n=29), False),
        (claim("at_least", 0.5, 0.4, n=30), True),
        (claim("at_most", 0.1, 0.4, n=6, sampled=False), True),
    ],
)
def test_data_contradict_only_on_the_other_side_and_on_enough_cases(one, contradicted):
    assert one.contradicted is contradicted


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_president_answers_each_topic_in_each_way(lang):
    made = lesson("hearing", lang=lang)
    president = president_of(made)
    for one in claims(made.firm):
        said = [repr(president.ask(one.key, how=how)) for how in WAYS]
        assert len(set(said)) == len(WAYS)
        assert "lessons." not in "".join(said)
    assert "<" in president.ask("a")._repr_html_()


@pytest.mark.parametrize(("topic", "how"), [("Z", "open"), ("A", "shout")])
def test_what_cannot_be_asked_is_refused_with_what_can(topic, how):
    with pytest.raises(UsageError) as caught:
        president_of(lesson("hearing", lang="en")).ask(topic, how=how)
    assert caught.value.code == "lesson_topic"


def test_a_client_speaks_by_its_own_answers(client):
    made = lesson("hearing", lang="ja").use(client("aoba_shop"))
    said = {one.id: one for one in claims(made.firm)}
    assert said["advertising"].said == 0.16
    assert said["advertising"].by == "専務"
    assert said["advertising"].contradicted
    assert "専務" in repr(president_of(made).ask(said["advertising"].key))
    assert "advertising" in {
        o.id for o in claims(made.firm) if o.key in made.question(4).answer.value
    }


def test_few_cases_are_counted_again_before_anybody_is_asked(client):
    made = lesson("hearing", lang="ja").use(client("minato_works"))
    assert made.question(PARTING).answer is None
    assert made.question(NEXT).check("d")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_model_of_what_to_say_passes(lang):
    question = lesson("hearing", lang=lang).question(SAY)
    assert question.check(question.answer.value)
