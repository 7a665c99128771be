"""The lesson on the journey map: figures by hand, names in one's language, where to begin."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from toolkit.errors import UsageError
from toolkit.frameworks import JourneyMap, Step
from toolkit.lessons import lesson
from toolkit.lessons.client_firm import ClientFirm

MINUTES, SEAMS, LOAD, HANDOVER, REWORK, CONTACTS, HOURS, WORTH, FIRST, STAFF = range(1, 11)
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module", params=["ja", "en"])
def made(request):
    return lesson("journey_map", lang=request.param)


@pytest.fixture
def with_flow(client):
    """The shipped client with another flow."""

    def change(steps):
        firm = client("aoba_shop")
        objects = {**firm.diagnosis.objects, "journey": JourneyMap(steps=steps)}
        diagnosis = replace(firm.diagnosis, objects=MappingProxyType(objects))
        return ClientFirm(diagnosis=diagnosis, case=firm.case)

    return change


def test_the_figures_are_those_counted_by_hand(made):
    loads = (270, 80 / 0.5, 73.5 / 0.6, 49 / 0.6, 39 / 0.6)
    right = {
        MINUTES: 120 + 24 + 25 + 31.5 + 90 + 18 + 42 + 70 + 10 + 14 + 21 + 60,
        SEAMS: 9,
        LOAD: 270 / (sum(loads) / 5),
        HANDOVER: 265 / 534,
        REWORK: 14 / 260,
        CONTACTS: 409 / 10101 * 100,
        HOURS: (1.5 * 21 + 1.5 * 28) * 20 / 60,
        WORTH: 24.5 * 1180 * 1.15,
    }
    found = {number: made.question(number).answer.value for number in right}
    assert found == pytest.approx(right)


@pytest.mark.parametrize("name", ["aoba_shop", "hoshino_cloud"])
def test_what_a_learner_counts_from_the_records_is_the_fact_of_the_diagnosis(made, client, name):
    about = made.use(client(name))
    events = about.frame("events")
    before = events.groupby("case_id")["resource"].shift()
    changed = (before != events["resource"])[before.notna()]
    again = events[events.duplicated(["case_id", "activity"])]["case_id"].nunique()
    contacts = about.frame("contacts")
    assert about.question(HANDOVER).check(float(changed.mean()))
    assert about.question(REWORK).check(again / events["case_id"].nunique())
    per_hundred = contacts["contacts"].sum() / contacts["orders"].sum() * 100
    assert about.question(CONTACTS).check(float(per_hundred))


def test_names_of_the_shipped_flow_are_in_the_readers_language(made):
    shown = " ".join(made.frame("steps")["step"])
    assert ("在庫表から1品ずつ引き当てる" in shown) is (made.lang == "ja")
    assert ("Allocate stock item by item" in shown) is (made.lang == "en")
    if made.lang == "en":
        for name in ("steps", "joints", "typed", "people", "events"):
            assert made.frame(name).to_string().isascii(), name


@pytest.mark.parametrize(
    ("name", "right"), [("aoba_shop", "a"), ("hoshino_cloud", "b"), ("minato_works", "d")]
)
def test_where_to_begin_follows_from_the_seams_met_often(made, client, name, right):
    question = made.use(client(name)).question(FIRST)
    assert question.check(right)
    assert not any(question.check(other) for other in set("abcd") - {right})


def test_names_of_a_clients_own_flow_stand_as_they_are_and_are_never_markup(made, with_flow):
    steps = [
        Step(HOSTILE, side="company", mode="manual", minutes=2, per_day=30, actor="A", tool="x"),
        Step("二つ目", side="company", mode="manual", minutes=1, per_day=5, actor="A", tool="x"),
        Step("三つ目", side="company", mode="manual", minutes=1, per_day=9, actor="B", tool="x"),
    ]
    about = made.use(with_flow(steps))
    assert list(about.frame("steps")["step"]) == [HOSTILE, "二つ目", "三つ目"]
    shown = [about.question(number) for number in (SEAMS, FIRST, STAFF)]
    text = "".join(one._repr_html_() + one.solution()._repr_html_() for one in shown)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_typed_again_counts_what_was_typed_before(made):
    typed = made.frame("typed")
    assert typed["typed_before"].tolist() == [0, 0, 0, 1, 0, 0, 0, 1, 0, 2, 1]


def test_without_a_flow_there_is_no_picture_while_the_records_still_speak(made, with_flow):
    about = made.use(with_flow([]))
    assert about.question(MINUTES).check(1).status == "cannot_check"
    assert about.question(HANDOVER).answer is not None
    for name in ("minutes", "flow", "load"):
        with pytest.raises(UsageError, match="lesson_picture_empty"):
            about.plot(name)


def test_telling_the_staff_without_a_request_lacks_it():
    made = lesson("journey_map", lang="en")
    text = "Typing the same order again takes the time. Joining it sets 24.5 hours free. " * 4
    result = made.question(STAFF).check(text)
    assert result.status == "partial"
    assert len(result.notes) == 1
    assert result.notes[0].startswith("Request")
