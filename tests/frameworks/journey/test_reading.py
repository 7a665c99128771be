"""A map from the series of the measures, and as a frame."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from mapped.flow import facts_of

from toolkit.facts import Facts
from toolkit.frameworks import JourneyMap, Step


def series(rows):
    columns = ("step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day", "seam")
    return {"journey_steps": SimpleNamespace(columns=columns, rows=rows)}


def test_from_the_series_of_the_measures():
    rows = (
        (1, "order", "customer", None, "cart", "manual", 3.0, None, True),
        (2, "copy", "company", "Sato", "excel", "manual", 2.0, 30.0, False),
    )
    journey = JourneyMap.from_facts(Facts(), series(rows))
    assert journey.steps[1] == Step(
        "copy",
        no=2,
        side="company",
        actor="Sato",
        tool="excel",
        mode="manual",
        minutes=2.0,
        per_day=30.0,
        seam=False,
    )
    facts = facts_of(journey)
    assert facts["manual_seam_hours"].value == pytest.approx(20.0)
    assert facts["double_entry_count"].reason == "no_column"


def test_what_the_reader_let_through_breaks_no_map():
    rows = ((None, "a", "shop", "", None, "half", -1.0, float("nan"), None),)
    (step,) = JourneyMap.from_facts(Facts(), series(rows)).steps
    assert step == Step("a", no=1)


@pytest.mark.parametrize("given", [{}, series(())])
def test_without_a_table_all_is_unknown(given):
    facts = facts_of(JourneyMap.from_facts(Facts(), given))
    assert {f.reason for n, f in facts.items() if n != "scattered_purposes_count"} == {"no_table"}


def test_frame_has_a_row_a_step_with_its_seam(flow):
    frame = flow.to_frame()
    assert frame["step_no"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert frame.loc[frame["seam"] == "manual", "step"].tolist() == [
        "order",
        "allocate",
        "goods arrive",
    ]
