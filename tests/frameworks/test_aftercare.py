"""Aftercare: six activities and more, assignee and record, sales in both directions."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import Aftercare
from toolkit.frameworks.aftercare import ACTIVITIES, FIGURES
from toolkit.frameworks.display import code_label
from toolkit.frameworks.edge import EDGES
from toolkit.method import load_method
from toolkit.words import words


def values(care, part):
    return {row.item: row.value for row in care.rows() if row.part == part}


def test_assignee_and_record_named_speak_for_an_activity():
    care = Aftercare(
        assignees={"inquiry": "Sato", "returns": "Mori"},
        records={"inquiry": "ledger", "data": "sheet"},
        activities={"returns": "yes"},
    )
    assert care.activities == {
        "inquiry": "yes",
        "returns": "yes",
        "data": "no_assignee",
    }
    assert care.open == ("data",)
    assert values(care, "assignees") == {"inquiry": "Sato", "returns": "Mori"}
    assert Aftercare(assignees={"inquiry": "Sato"}).activities == {"inquiry": "no_record"}


def test_the_list_is_open_to_activities_of_the_firm():
    care = Aftercare(activities={**dict.fromkeys(ACTIVITIES, "yes"), "repair": "no_record"})
    assert len(values(care, "activities")) == 7
    assert care.facts()[0].items[0].key == "repair"


def test_both_directions_to_sales(answered):
    said = {"sales_aftercare": "yes", "aftercare_sales": "no", "sales_planning": "no"}
    care = Aftercare.from_facts(Facts(answered("q.pla.feedback", said)))
    assert care.links == {"sales_aftercare": "yes", "aftercare_sales": "no"}
    assert care.stopped_links == ("aftercare_sales",)
    assert set(care.links) <= {edge.code for edge in EDGES}
    with pytest.raises(ValueError, match="links"):
        Aftercare(links={"sales_planning": "yes"})


def test_each_activity_shows_a_figure_of_its_own():
    facts = Facts([Fact(id=fact_id, value=0.2) for fact_id, _ in FIGURES.values()])
    care = Aftercare.from_facts(facts)
    assert values(care, "figures") == dict.fromkeys(ACTIVITIES, 0.2)


def test_software_has_no_second_orders_and_no_returns():
    facts = Facts(
        [
            Fact(id="q.pla.model", value="saas"),
            Fact(id="customers.f2_conversion", by={"window_days": 180}, value=1.0),
            Fact(id="customers.dormant_share_f2plus", value=0.3),
        ]
    )
    care = Aftercare.from_facts(facts)
    assert (care.f2_share, care.figures) == (None, None)
    rows = {(row.part, row.item): row.value for row in care.rows()}
    assert rows["f2_share", ""] == rows["magazine", ""] == "not_applicable"
    assert rows["figures", "returns"] == rows["figures", "data"] == "not_applicable"
    assert rows["figures", "inquiry"] is None


def test_made_to_order_keeps_returns_and_letters():
    rows = {(row.part, row.item): row.value for row in Aftercare(model="made_to_order").rows()}
    assert rows["f2_share", ""] == "not_applicable"
    assert rows["magazine", ""] is None
    assert rows["figures", "returns"] is None


def test_an_activity_that_does_not_apply_needs_no_figure():
    rows = Aftercare(activities={"returns": "not_applicable"}).rows()
    figures = {row.item: row.value for row in rows if row.part == "figures"}
    assert figures["returns"] == "not_applicable"
    assert figures["dunning"] is None


def test_picture_marks_what_lacks_assignee_or_record(lang):
    care = Aftercare(
        activities={"inquiry": "yes", "data": "no_assignee", "returns": "not_applicable"}
    )
    shown = [text.get_text() for text in care.plot().texts]
    book = words(load_method(), lang)
    assert code_label("activity", "inquiry", book) in shown
    assert code_label("activity", "returns", book) not in shown
    assert (shown.count("○"), shown.count("×")) == (2, 1)
