"""How rows are shown: notes, open slots, statements, and what is left to ask."""

from __future__ import annotations

from toolkit.frameworks import Launch, Offer, Procurement, Sales, Sourcing, Study
from toolkit.frameworks.planning import Planning
from toolkit.method import load_method
from toolkit.words import words


def test_an_open_slot_is_shown_with_its_reference_and_not_asked_for(lang):
    book = words(load_method(), lang)
    shown = Sales()._repr_html_()
    slot = book.text("frameworks.codes.open_slot.closing_techniques")
    item = book.text("frameworks.shown.item", item=slot, value=book.text("frameworks.shown.open"))
    note = book.text("frameworks.codes.reference.closing_techniques")
    assert book.text("frameworks.shown.noted", text=item, note=note) in shown
    asked = shown.rsplit("<small>", 1)[1]
    assert slot not in asked
    assert book.text("frameworks.objects.sales.parts.open_slots") not in asked
    assert "open_slots" in Sales().unknown_parts()


def test_notes_are_codes_or_stand_in_a_pattern(lang):
    book = words(load_method(), lang)
    box = Sourcing("box", make=True, own_cost_yen=120, quote_yen=90)
    assert book.text("frameworks.codes.cheaper.buy") in Procurement(items=[box])._repr_html_()
    study = Study("talks", on="2026-01", source="ten interviews")
    note = book.text("frameworks.shown.note.source", note="ten interviews")
    assert note in Planning(studies=[study])._repr_html_()
    launch = Procurement(launches=[Launch("set", planned_on="2026-09-01")])
    assert book.text("frameworks.codes.launch_state.planned") in launch._repr_html_()


def test_statements_of_the_method_stand_with_their_sources(lang):
    shown = Offer()._repr_html_()
    text = words(load_method(), lang).text("frameworks.objects.offer.says.bought_in")
    (line,) = [line for line in shown.split("<br>") if text in line]
    assert "S0-17" in line
    assert "S1-02" in line


def test_open_and_note_are_columns_of_the_frame():
    frame = Sales().to_frame()
    row = frame[frame["part"] == "open_slots"].iloc[0]
    assert (bool(row["open"]), bool(row["known"]), row["note"]) == (
        True,
        False,
        "closing_techniques",
    )
