"""Complaints in hand and the contact desk, beside the map."""

from __future__ import annotations

import pytest

from toolkit.facts import Facts
from toolkit.frameworks import Complaint, JourneyMap
from toolkit.method import load_method


def test_complaints_in_hand_tell_their_own_shares():
    full = Complaint(customer="a1", who="x", what="y", when="z", where="w", why="v", how="u")
    journey = JourneyMap(
        complaints=[full.appended("sent a new one").told(), Complaint(what="y")],
        contact_shares={"keyed_share": 0.9},
    )
    shares = {row.item: row.value for row in journey.rows() if row.part == "contact_shares"}
    assert shares == {
        "keyed_share": 0.5,
        "w5h1_share": pytest.approx(7 / 12),
        "handled_share": 0.5,
        "fed_back_share": 0.5,
    }
    again = [(row.item, row.value) for row in journey.rows() if row.part == "recurring"]
    assert again == [("y", 2)]


def test_complaints_stand_beside_what_is_known_of_their_customers():
    journey = JourneyMap(
        complaints=[Complaint(customer="a1", what="leak"), Complaint(what="late")],
        attributes={"a1": {"age_band": "60s", "plan": 3}},
    )
    frame = journey.complaints_with_attributes()
    assert frame[["customer", "what", "stage", "age_band", "plan"]].values.tolist() == [
        ["a1", "leak", "recorded", "60s", 3],
        [None, "late", "recorded", None, None],
    ]


def test_desk_from_the_answers(answered):
    said = {"phone_order": "yes", "online_complaint": "no"}
    journey = JourneyMap.from_facts(Facts(answered("q.jrn.desk", said)))
    rows = {row.item: row.value for row in journey.rows() if row.part == "desk"}
    assert len(rows) == 6
    assert (rows["phone_order"], rows["online_complaint"]) == ("yes", "no")
    assert list(rows) == load_method().section("questions")["q.jrn.desk"]["items"]
    with pytest.raises(ValueError, match="fax_order"):
        JourneyMap(desk={"fax_order": "Sato"})
