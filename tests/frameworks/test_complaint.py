"""The complaint record: six fields, hand-over, appended handling, the loop closed."""

from __future__ import annotations

import json

import pytest

from toolkit.frameworks import Complaint, Handling, JourneyMap, from_record, to_record
from toolkit.frameworks.complaint import STAGES, W5H1, joined, recurring, shares


def test_six_fields_and_what_is_still_to_be_asked():
    full = Complaint(**dict.fromkeys(W5H1, "x"))
    assert (full.filled_share, full.missing) == (1.0, ())
    part = Complaint(what="leak", when="2026-05-01")
    assert part.filled_share == pytest.approx(2 / 6)
    assert part.missing == ("who", "where", "why", "how")


def test_a_record_goes_through_the_four_stages_in_order():
    complaint = Complaint(customer="a1", what="leak")
    steps = [complaint]
    steps.append(steps[-1].handed("Sato"))
    steps.append(steps[-1].appended("sent a new one", by="Sato", on="2026-05-02"))
    steps.append(steps[-1].told())
    assert [step.stage for step in steps] == list(STAGES)
    assert steps[0].stage == "recorded"


def test_telling_without_handling_closes_nothing():
    assert not Complaint(told_customer=True).closed
    assert not Complaint(told_customer=False).appended("checked").closed


def test_handling_is_appended_and_what_stood_before_stays():
    first = Complaint(what="leak").appended("called", by="Sato")
    second = first.appended("sent a new one", by="Mori")
    assert [entry.done for entry in second.handling] == ["called", "sent a new one"]
    assert first.handling == (Handling("called", by="Sato"),)


def test_handling_survives_the_way_through_json():
    journey = JourneyMap(
        complaints=[Complaint(customer="a1").appended("called", by="Sato", on="2026-05-02")],
        attributes={"a1": {"age_band": "60s"}},
        desk_counts={"phone_complaint": 4},
    )
    assert from_record("journey", json.loads(json.dumps(to_record(journey)))) == journey


def test_recurring_names_what_returns_most_often_first():
    given = [Complaint(what=what) for what in ("late", "leak", "leak", "late", "leak", "torn", "")]
    assert recurring(given) == {"leak": 3, "late": 2}


def test_shares_of_none_are_none():
    assert shares([]) == {}


def test_a_customer_nothing_is_known_of_keeps_the_row():
    frame = joined([Complaint(customer="zz", what="leak")], {"a1": {"plan": "large"}})
    assert frame.loc[0, "what"] == "leak"
    assert frame.loc[0, "plan"] is None
