"""The lesson on gathering against the facts of its client, and its judgements branch by branch."""

from types import SimpleNamespace

import pytest

from toolkit.frameworks import Channel, Sales
from toolkit.lessons import lesson
from toolkit.lessons.answers import gathering
from toolkit.lessons.answers.gathering_people import capture_need, channels_fit
from toolkit.method import load_method
from toolkit.words import words

BOOK = words(load_method(), "ja")
FACTS = {
    "both_sides": "customers.existing_sales_share",
    "cpo": "acquisition.cpo",
    "cac": "acquisition.cac",
    "paid_share": "acquisition.paid_share",
    "payback_month": "customers.payback_months",
    "headroom": "acquisition.cpo_headroom_yen",
}


@pytest.mark.parametrize("dataset", ["aoba_shop", "hoshino_cloud"])
def test_answers_equal_the_facts_of_the_client(dataset, client):
    made = lesson("gathering", lang="en").use(client(dataset))
    answers = {q.id: q.answer for q in made.questions}
    for question, fact in FACTS.items():
        assert answers[question].value == pytest.approx(made.diagnosis.facts[fact].number), fact


def test_consent_is_counted_in_the_list_as_delivered(client):
    made = lesson("gathering", lang="en").use(client("aoba_shop"))
    people = client("aoba_shop").rows("customers").drop_duplicates("customer_id")
    answer = next(q.answer for q in made.questions if q.id == "opt_in")
    assert answer.value == people["opt_in_at"].notna().sum() / len(people)


def _asked(sales):
    return SimpleNamespace(objects=lambda: {"sales": sales})


@pytest.mark.parametrize(
    ("negotiation", "capture", "letter"),
    [
        ("later", "no", "a"),
        ("both", "partly", "a"),
        ("later", "yes", "b"),
        ("now", "no", "c"),
        ("now", "yes", "c"),
        ("later", None, "d"),
        ("unknown", "yes", "d"),
    ],
)
def test_whether_contacts_must_be_taken(negotiation, capture, letter):
    answer = capture_need(_asked(Sales(negotiation=negotiation, capture=capture)), BOOK)
    assert answer.value == letter
    assert letter not in answer.wrong.values()
    assert answer.params["why"].startswith(letter)


def test_nothing_is_asked_where_nothing_was_said():
    assert capture_need(_asked(Sales()), BOOK) is None
    assert channels_fit(_asked(Sales()), BOOK) is None
    fits = [Channel("web", reach=True, affordable=True)]
    assert channels_fit(_asked(Sales(channels=fits)), BOOK) is None  # nothing to choose from


def test_a_channel_meets_both_conditions_or_is_left_out():
    channels = [
        Channel("web", reach=True, affordable=True),
        Channel("sns", reach=True, affordable=False),
        Channel("dm", reach=False, affordable=True),
        Channel("email", reach=True, affordable=True),
    ]
    answer = channels_fit(_asked(Sales(channels=channels)), BOOK)
    assert answer.value == ("web", "email")
    assert answer.wrong == {"too_dear": ("web", "sns"), "out_of_reach": ("web", "dm")}


@pytest.mark.parametrize(
    ("room", "high", "paid", "move"),
    [
        (-1.0, 500.0, 0.9, "stop"),
        (10.0, -1.0, 0.9, "shift"),
        (10.0, 0.0, 0.7, "broaden"),
        (10.0, None, 0.71, "broaden"),
        (10.0, 500.0, 0.69, "raise"),
        (0.0, 500.0, 0.69, "raise"),
    ],
)
def test_the_first_thing_that_fails_decides(room, high, paid, move):
    numbers = {"acquisition.cpo_headroom_yen": room, "acquisition.paid_share": paid}
    gap = SimpleNamespace(known=True, high=high)
    facts = {"acquisition.ltv_minus_cpo": gap}
    firm = SimpleNamespace(number=numbers.get, diagnosis=SimpleNamespace(facts=facts))
    assert gathering._move(firm) == move


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("move", ["raise", "shift", "broaden", "stop"])
def test_every_model_note_shows_its_own_signs(lang, move, monkeypatch, client):
    monkeypatch.setattr(gathering, "_move", lambda firm: move)
    made = lesson("gathering", lang=lang).use(client("aoba_shop"))
    note = made.question(len(made.questions))
    assert note.check(note.solution().value)
    assert note.check("x " * 200).notes
