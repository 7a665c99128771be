"""Every row of the method an object cites is really held: in the object, or by what it names."""

from __future__ import annotations

import csv
import re

import pytest

from toolkit.facts import Facts
from toolkit.frameworks import OBJECTS, build_objects
from toolkit.frameworks.edge import EDGES
from toolkit.method import load_method

METHOD = load_method()
HOLDERS = {name: entry for name, entry in METHOD.section("objects").items() if "held" in entry}
PLACES = [
    (name, source, place)
    for name, entry in HOLDERS.items()
    for source, places in entry["held"].items()
    for place in places
]
SECTIONS = {"rule": "rules", "question": "questions", "fact": "measures"}


def test_the_first_nine_objects_say_where_they_hold_each_row():
    first = {"value", "offer", "planning", "procurement", "sales", "fulfillment", "system"}
    assert first | {"payment", "mail_order"} <= set(HOLDERS)
    for name, entry in HOLDERS.items():
        assert set(entry["held"]) == set(entry["sources"]), name
        assert all(entry["held"].values()), name


@pytest.mark.parametrize(("name", "source", "place"), PLACES)
def test_the_place_resolves(name, source, place, filled):
    kind, _, rest = place.partition(".")
    thing = OBJECTS[name]
    if kind in SECTIONS:
        assert source in METHOD.section(SECTIONS[kind])[rest]["sources"]
    elif kind == "text":
        assert all(f"frameworks.objects.{name}.text" in table for table in METHOD.words.values())
    elif kind == "says":
        assert source in thing.SAYS[rest]
    elif kind == "open":
        assert rest in thing.OPEN
    elif kind == "edge":
        (edge,) = [edge for edge in EDGES if edge.code == rest]
        assert source in edge.sources
    elif kind == "list":
        codes, _, member = rest.partition(".")
        assert codes in thing.STANDARD
        assert not member or member in thing.STANDARD[codes]
    else:
        blank = build_objects(Facts(), {})[name]
        assert kind == "part"
        assert rest in {row.part for row in (*filled[name].rows(), *blank.rows())}


@pytest.mark.parametrize("name", HOLDERS)
def test_statements_and_open_slots_stand_in_both_languages(name):
    thing = OBJECTS[name]
    wanted = {f"frameworks.objects.{name}.says.{code}" for code in thing.SAYS}
    for codes in ("open_slot", "reference"):
        wanted |= {f"frameworks.codes.{codes}.{code}" for code in thing.OPEN}
    for table in METHOD.words.values():
        assert wanted <= set(table)
    said = {key for key in METHOD.words["ja"] if key.startswith(f"frameworks.objects.{name}.says.")}
    assert said == {key for key in wanted if ".says." in key}
    cited = {source for sources in thing.SAYS.values() for source in sources}
    assert cited <= set(METHOD.section("objects")[name]["sources"])


def test_statements_as_a_frame(lang):
    frame = OBJECTS["sales"].statements()
    assert frame[frame["source"] == "S1-07"]["code"].tolist() == ["split_for_reading"]
    assert frame["text"].str.len().min() > 5


def test_every_must_row_of_the_first_modules_is_cited_by_an_object(test_data):
    with (test_data / "domain" / "acceptance.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    mine = re.compile(r"S0-\d+|S1-\d+|S3-(4[5-9]|5[01])|S4-(0[2-9]|1[0-2])")
    wanted = {r["id"] for r in rows if r["need"] == "must" and mine.fullmatch(r["id"])}
    cited = {s for entry in METHOD.section("objects").values() for s in entry["sources"]}
    assert len(wanted) > 100
    assert wanted - cited == set()


def test_open_slots_of_the_first_modules_are_shown_as_open():
    held = {s: p for e in HOLDERS.values() for s, p in e["held"].items()}
    for source in ("S0-04", "S0-11", "S3-46"):
        assert METHOD.section("sources")[source]["need"] == "open slot"
        assert any(place.startswith("open.") for place in held[source])
