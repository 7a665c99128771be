"""The lesson on the business system: the first move by the figures, systems made by hand."""

import pytest

from toolkit.frameworks import BusinessSystem, JourneyMap, Step
from toolkit.lessons import lesson

LIVE, EDGE, STOPS, HANGING, DAYS, BUILT, MOVE, LETTER = range(1, 9)
WHOLE = dict.fromkeys(("planning", "procurement", "sales", "fulfillment", "aftercare"), "yes")


def about(lang="en", **fields):
    made = {"model": "general", "modules": WHOLE, "stops": [], "records": {"sales_planning": "yes"}}
    return lesson("business_system", lang=lang).use({"system": BusinessSystem(**made | fields)})


@pytest.mark.parametrize(
    ("fields", "move"),
    [
        ({}, "d"),
        ({"records": {"sales_planning": "no", "sales_fulfillment": "no"}}, "b"),
        ({"stops": ["pricing"]}, "a"),
        ({"stops": ["pricing"], "modules": {**WHOLE, "fulfillment": "no_kpi"}}, "c"),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_first_move_is_where_the_firm_first_stumbles(lang, fields, move):
    made = about(lang, **fields)
    assert made.question(MOVE).check(move)
    assert not made.question(MOVE).check({"a": "b"}.get(move, "a"))
    model = made.question(LETTER).answer.value
    assert made.question(LETTER).check(model), made.question(LETTER).check(model)


def test_paths_nobody_asked_about_are_not_counted():
    records = {"sales_planning": "yes", "aftercare_sales": "no", "fulfillment_sales": "no"}
    made = about(records=records)
    assert made.question(LIVE).check(1 / 3)
    assert made.question(LIVE).check(1 / 17).mistake == "all_edges"


def test_the_loop_from_aftercare_to_sales_is_mended_first():
    records = {
        "sales_planning": "yes",
        "sales_fulfillment": "no",
        "aftercare_sales": "no",
        "fulfillment_sales": "no",
    }
    question = about(records=records).question(EDGE)
    chosen = question.answer.params["best"]
    assert "Aftercare" in chosen.partition("→")[0]
    assert "Sales" in chosen.partition("→")[2]


def test_minutes_count_as_often_as_they_come():
    steps = [
        Step("quote", side="company", mode="manual", minutes=30, per_day=2, actor="President"),
        Step("pack", side="company", mode="manual", minutes=3, per_day=30, actor="Ito"),
        Step("post", side="company", mode="auto", minutes=50, per_day=9, actor="Ito"),
    ]
    made = lesson("business_system", lang="en").use({"journey": JourneyMap(steps=steps)})
    assert made.question(HANGING).check(60 / 150)
    assert made.question(HANGING).check(30 / 33).mistake == "no_times"
    assert made.question(DAYS).check(1).status == "cannot_check"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_picture_names_every_module_and_what_stops(lang):
    made = lesson("business_system", lang=lang)
    texts = " ".join(text.get_text() for text in made.plot("system").texts)
    assert "lessons." not in texts
    for task in made.frame("tasks").query("stops")["task"]:
        assert task in texts
