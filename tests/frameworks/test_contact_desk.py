"""The contact desk: two sources by three types, gaps, a table."""

from __future__ import annotations

import pytest

from toolkit.frameworks import JourneyMap
from toolkit.frameworks.contact_desk import DESK, SOURCES, TYPES, desk_frame, unanswered


def test_two_sources_by_three_types():
    assert (len(SOURCES), len(TYPES), len(DESK)) == (2, 3, 6)
    assert set(TYPES) == {"order", "complaint", "inquiry"}


def test_nobody_is_a_gap_and_not_asked_is_none():
    assert unanswered({"phone_order": "no", "phone_inquiry": "unknown"}) == ("phone_order",)
    assert unanswered(None) == ()


def test_the_table_leaves_blank_what_is_not_known():
    frame = desk_frame({"phone_order": "Sato", "online_inquiry": "unknown"})
    assert frame.loc["phone", "order"] == "Sato"
    assert frame.loc["online", "inquiry"] is None
    assert frame.shape == (2, 3)


def test_contacts_a_month_stand_beside_who_answers():
    journey = JourneyMap(desk={"phone_order": "Sato"}, desk_counts={"phone_order": 30})
    rows = {(row.part, row.item): row.value for row in journey.rows()}
    assert rows["desk", "phone_order"] == "Sato"
    assert rows["desk_counts", "phone_order"] == 30
    assert not any(row.part == "desk_counts" for row in JourneyMap().rows())
    with pytest.raises(ValueError, match="desk_counts"):
        JourneyMap(desk_counts={"phone_order": -1})
