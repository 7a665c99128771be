"""Customer success: five links, the precondition of recognition, two levels of content."""

from __future__ import annotations

import pytest

from toolkit.frameworks import ToBLifecycle
from toolkit.frameworks.customer_success import (
    CIRCLE,
    SEQUENCE,
    TOLD,
    first_gap,
    precondition,
    satisfaction,
    sequence_of,
)


def test_links_follow_from_assignees_and_the_work_with_customers():
    links = sequence_of({"purchase": "yes", "renew": "no", "use": "partly"}, {"solve": "no"})
    assert links == {"purchase": "yes", "use": "partly", "solve": "no"}
    assert sequence_of(None, None) == {}


def test_the_customer_stops_at_the_first_missing_link():
    links = dict.fromkeys(SEQUENCE, "yes") | {"serve": "no", "solve": "no"}
    assert first_gap(links) == "serve"
    assert first_gap(dict.fromkeys(SEQUENCE, "partly")) is None
    assert first_gap(None) is None


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, "yes"),
        ({"use": "partly"}, "partly"),
        ({"use": "partly", "solve": "no"}, "no"),
        ({"use": "unknown"}, None),
        ({"use": "unknown", "solve": "no"}, "no"),
    ],
)
def test_recognition_waits_for_customer_success(change, state):
    assert precondition(dict.fromkeys(SEQUENCE, "yes") | change) == state


def test_a_link_not_asked_leaves_the_precondition_open():
    assert precondition({"purchase": "yes"}) is None
    assert precondition(None) is None


@pytest.mark.parametrize(
    ("proper", "creative", "met", "wanted"),
    [
        ("yes", "yes", None, ("yes", "yes")),
        ("yes", "partly", True, ("yes", "partly")),
        ("yes", "yes", False, ("partly", "yes")),
        ("no", "yes", None, ("no", "waiting")),
        ("no", "unknown", None, ("no", None)),
        (None, None, None, (None, None)),
        ("unknown", "yes", None, (None, "yes")),
    ],
)
def test_the_higher_level_waits_for_the_basic_one(proper, creative, met, wanted):
    said = {"proper_use": proper, "creative_help": creative}
    given = {name: state for name, state in said.items() if state}
    assert tuple(satisfaction(given, met).values()) == wanted


def test_use_below_its_goal_speaks_against_basic_satisfaction():
    tob = ToBLifecycle(
        values={"proper_use": "yes"}, usage={"open_rate": 0.5}, goals={"open_rate": 0.8}
    )
    assert tob.satisfaction["basic"] == "partly"
    reached = ToBLifecycle(
        values={"proper_use": "yes"}, usage={"open_rate": 0.8}, goals={"open_rate": 0.8}
    )
    assert reached.satisfaction["basic"] == "yes"


def test_four_things_to_tell_and_three_to_do_together():
    tob = ToBLifecycle(telling={"culture": "yes"}, circle={"brand": "no"})
    rows = {(row.part, row.item): row.value for row in tob.rows()}
    assert [item for part, item in rows if part == "telling"] == list(TOLD)
    assert [item for part, item in rows if part == "circle"] == list(CIRCLE)
    assert rows["telling", "culture"] == "yes"
    assert not any(row.part == "circle" for row in ToBLifecycle().rows())
