"""What every object can do: built from nothing or all, shown in both languages, kept and read."""

from __future__ import annotations

import html
import json
import pickle
import re
from typing import ClassVar

import pytest

from toolkit.facts import Facts
from toolkit.frameworks import OBJECTS, build_objects, from_record, to_record
from toolkit.frameworks.check import ObjectError
from toolkit.frameworks.offer import Offer
from toolkit.method import load_method
from toolkit.store import to_json
from toolkit.words import language

NAMES = [
    "value",
    "offer",
    "planning",
    "procurement",
    "sales",
    "fulfillment",
    "aftercare",
    "system",
    "tob",
    "journey",
    "crm",
    "payment",
    "mail_order",
]
STEADY = {"system": {"build_order"}, "crm": set(), "payment": {"guide_share"}, "mail_order": set()}


def test_thirteen_objects_by_name():
    assert list(build_objects(Facts(), {})) == NAMES == list(OBJECTS)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_known_is_said_to_be_unknown(name):
    thing = build_objects(Facts(), {})[name]
    parts = {row.part for row in thing.rows()}
    known = {row.part for row in thing.rows() if row.known}
    assert known <= STEADY.get(name, set()) | {"slots"}
    assert {gap.split(".")[0] for gap in thing.unknown_parts()} == parts - (known - {"slots"})
    assert all(fact.state == "unknown" and fact.needs for fact in thing.facts())


def test_unknown_parts_name_the_item_where_only_it_is_missing():
    offer = Offer(core="soap")
    assert "core" not in offer.unknown_parts()
    assert "price_yen" in offer.unknown_parts()


@pytest.mark.parametrize(("language_", "shown"), [("ja", "48時間"), ("en", "48 hours")])
def test_numbers_carry_their_unit(language_, shown):
    token = language.set(language_)
    try:
        assert shown in Offer(delivery_promise_hours=48)._repr_html_()
    finally:
        language.reset(token)


def test_unknown_answers_are_gaps_too():
    from toolkit.frameworks import Aftercare

    aftercare = Aftercare(activities={"inquiry": "yes", "data": "unknown"})
    assert "activities.data" in aftercare.unknown_parts()
    assert "activities.inquiry" not in aftercare.unknown_parts()


@pytest.mark.parametrize("name", NAMES)
def test_round_trip_through_json(name, filled):
    record = to_record(filled[name])
    again = from_record(name, json.loads(to_json(record)))
    assert again == filled[name]
    assert type(again) is OBJECTS[name]
    assert pickle.loads(pickle.dumps(again)) == again


@pytest.mark.parametrize("name", NAMES)
def test_shows_itself_escaped_without_raw_keys(name, filled, lang, hostile):
    shown = filled[name]._repr_html_()
    assert "<script" not in shown
    assert not re.search(r"frameworks\.|codes\.|objects\.", shown)
    assert f'lang="{lang}"' in shown
    carried = [str(cell) for row in filled[name].rows() for cell in (row.item, row.value)]
    if any(hostile in cell for cell in carried):
        assert html.escape(hostile) in shown


@pytest.mark.parametrize("name", NAMES)
def test_frame_is_tidy_with_codes(name, filled):
    frame = filled[name].to_frame()
    assert len(frame)
    assert frame.columns.is_unique


@pytest.mark.parametrize("turn", range(7))
def test_every_choice_of_every_question_is_understood_and_labelled(turn, all_answered, lang):
    facts = all_answered(turn)
    for name, thing in build_objects(facts, {}).items():
        shown = thing._repr_html_()
        assert "frameworks." not in shown, name
        words = load_method().words[lang]
        for row in thing.rows():
            if row.codes and row.known and isinstance(row.value, str):
                assert f"frameworks.codes.{row.codes}.{row.value}" in words, (name, row)
            if row.items and row.item:
                assert f"frameworks.codes.{row.items}.{row.item}" in words, (name, row)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", ["ja", "en"])
def test_parts_and_standard_lists_have_words(name, code, filled):
    words = load_method().words[code]
    wanted = {f"frameworks.objects.{name}.parts.{row.part}" for row in filled[name].rows()}
    wanted |= {f"frameworks.objects.{name}.title", f"frameworks.objects.{name}.text"}
    wanted |= {
        f"frameworks.codes.{codes}.{member}"
        for codes, members in OBJECTS[name].STANDARD.items()
        for member in members
    }
    assert wanted <= set(words)


def test_standard_lists_as_a_frame():
    frame = OBJECTS["sales"].standard()
    assert frame[frame["list"] == "function"]["code"].tolist() == [
        "gathering",
        "promotion",
        "closing",
        "collection",
    ]


class Watched(Facts):
    """Facts that remember what was asked of them."""

    asked: ClassVar[set[str]] = set()

    def find(self, fact_id, by=None):
        self.asked.add(fact_id)
        return super().find(fact_id, by)

    def breakdown(self, fact_id):
        self.asked.add(fact_id)
        return super().breakdown(fact_id)

    def joined(self, more):
        return Watched([*self.values(), *more])


def test_every_fact_read_is_declared():
    method = load_method()
    build_objects(Watched(), {})
    known = set(method.section("questions")) | set(method.section("measures"))
    assert {name for name in Watched.asked if name not in known} == set()


def test_derived_facts_have_cards_and_definitions():
    method = load_method()
    things = build_objects(Facts(), {}).values()
    ids = {fact.id for thing in things for fact in thing.facts()}
    cards = {
        name
        for name, card in method.section("measures").items()
        if card.get("made_by") == "frameworks"
    }
    assert ids == cards
    units = {fact.id: fact.unit for thing in things for fact in thing.facts()}
    for name in cards:
        assert method.section("measures")[name]["unit"] == units[name], name
        for table in method.words.values():
            assert {f"definitions.{name}.name", f"definitions.{name}.text"} <= set(table)


def test_needs_of_unknown_facts_exist():
    method = load_method()
    for thing in build_objects(Facts(), {}).values():
        for fact in thing.facts():
            for need in fact.needs:
                assert need in method.section("questions") or need in ("orders", "journey")


def test_error_is_a_value_error_with_a_sentence(lang):
    with pytest.raises(ValueError, match="price_yen") as caught:
        Offer(core="soap", price_yen=-1)
    assert isinstance(caught.value, ObjectError)
    assert caught.value.problems[0].code == "object_range"
    assert "object_range" not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


def test_must_rows_of_the_method_are_held_by_an_object():
    covered = {
        source for entry in load_method().section("objects").values() for source in entry["sources"]
    }
    assert set(load_method().section("objects")) == set(NAMES)
    assert len(covered) > 200
