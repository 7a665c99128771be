"""Every statement to be covered has a place, and every place is one that can be opened."""

from __future__ import annotations

import pytest

from toolkit import resources
from toolkit.deliverables.sources_markdown import sources_markdown
from toolkit.frameworks import OBJECTS
from toolkit.lessons.taught import taught
from toolkit.method import load_method
from toolkit.outline.sources import sources_page
from toolkit.rules.listing import list_rules, list_sources

METHOD = load_method()
LISTED = list_sources(METHOD, taught())
BY_ID = {row["id"]: row for row in LISTED}


@pytest.mark.parametrize("row", LISTED, ids=[row["id"] for row in LISTED])
def test_a_statement_to_be_covered_has_a_place(row):
    assert row["where"] or row["need"] != "must"


def opened(place):
    """What stands at a place."""
    name = place["name"]
    if place["kind"] == "object":
        return OBJECTS[name]
    if place["kind"] == "lesson":
        return resources.content("lessons", f"{name}.toml").is_file()
    if place["kind"] == "content":
        section, _, entry = name.partition(".")
        return METHOD.section(section)[entry]
    section = {"rule": "rules", "fact": "measures", "question": "questions"}[place["kind"]]
    return METHOD.section(section)[name]


@pytest.mark.parametrize("row", LISTED, ids=[row["id"] for row in LISTED])
def test_every_place_can_be_opened(row):
    for place in row["where"]:
        assert opened(place)


def test_all_kinds_of_places_are_told():
    kinds = {place["kind"] for row in LISTED for place in row["where"]}
    assert kinds == {"object", "rule", "fact", "question", "content", "lesson"}
    assert {"kind": "rule", "name": "AFT002"} in BY_ID["S3-30"]["where"]
    assert {"kind": "content", "name": "chains.insert"} in BY_ID["S3-48"]["where"]
    assert {"kind": "lesson", "name": "value_and_target"} in BY_ID["S0-10"]["where"]
    assert {"kind": "content", "name": "legal.L-01"} in BY_ID["S1-31"]["where"]
    assert list_sources(METHOD)[0]["id"] == "S0-01"


def test_rules_are_listed_with_what_they_read():
    rules = {row["rule"]: row for row in list_rules(METHOD)}
    assert rules["AFT004"]["reads"] == ["contacts.fed_back_share"]
    assert rules["AFT004"]["origin"] == "toolkit"
    assert len(rules) == 114


@pytest.mark.parametrize(("lang", "name"), [("ja", "method.ja.md"), ("en", "method.md")])
def test_the_page_in_the_documentation_is_that_of_the_content(root, lang, name):
    """Made anew by: toolkit sources --page docs/method.ja.md --lang ja (and method.md, en)."""
    made = sources_markdown(sources_page(LISTED, METHOD, lang))
    assert (root / "docs" / name).read_text(encoding="utf-8") == made


def test_an_open_slot_is_shown_as_open():
    page = sources_page(LISTED, METHOD, "ja")
    rows = {row[0]: row for table in page.tables for row in table.rows}
    open_slots = [row["id"] for row in LISTED if row["need"] == "open slot"]
    assert open_slots
    assert all("原典で要確認" in rows[one][2] for one in open_slots)
    unplaced = [row["id"] for row in LISTED if row["need"] == "context" and not row["where"]]
    assert unplaced
    assert {rows[one][2] for one in unplaced} == {"背景として読むもの"}
    assert page.opening[1].count("221") == 2
