"""Which blocks stand on which slide: the recipe in content/deck.toml, held by small documents."""

from __future__ import annotations

import pytest

from toolkit.method import load_method
from toolkit.outline.blocks import (
    Bullets,
    Card,
    Chart,
    Outline,
    Paragraph,
    Section,
    Span,
    Steps,
    Table,
    plain,
    words_of,
)
from toolkit.outline.build import CHROME
from toolkit.outline.deck import deck


def chart(name, title):
    return Chart(
        id=name, kind="bars", columns=("label", "value"), units=("text", "yen"), rows=(("a", 1.0),),
        labels={}, title=words_of(title), caption=words_of("x"), alt="x",
    )  # fmt: skip


def table(*rows):
    return Table(columns=("a", "b"), rows=tuple((words_of(one), words_of("x")) for one in rows))


def card(code, tone="high"):
    rows = (("根拠", words_of("b")), ("金額", words_of("y")), ("確度", words_of("z")))
    return Card(
        anchor=code, code=code, mark="m", tone=tone, title=words_of(code), body=(), rows=rows
    )


def document(lang="ja", **sections):
    parts = tuple(
        Section(id=name, title=name, blocks=tuple(blocks)) for name, blocks in sections.items()
    )
    return Outline(
        lang=lang, title="T", client="C", date="2026", sections=parts,
        chrome=dict.fromkeys(CHROME, ""),
    )  # fmt: skip


def ids(made):
    return [slide.id for slide in made.slides]


def test_slides_stand_in_the_order_of_the_recipe_and_absent_parts_make_none():
    made = deck(
        document(
            money=[chart("cash_13_weeks", "M")],
            limits=[Bullets(items=(words_of("l"),))],
            summary=[Paragraph(text=words_of("v"), style="lead"), table("1", "2")],
        )
    )
    assert ids(made) == ["first_actions", "money", "limits", "closing_open"]


def test_what_changed_has_its_slide_once_the_document_tells_it():
    said = [Paragraph(text=words_of("前回から売上が減りました"), style="lead"), table("x")]
    made = deck(document(changes=said))
    assert ids(made)[0] == "changes"
    assert plain(made.slides[0].title) == "前回から売上が減りました"


def test_two_charts_share_a_slide_and_their_conclusions_its_title():
    shown = [chart("sales_trend", "売上が減った"), chart("sales_bridge", "客数が減った")]
    (slide,) = [one for one in deck(document(business=shown)).slides if one.id == "business"]
    assert [one.id for one in slide.blocks] == ["sales_bridge", "sales_trend"]  # as the recipe says
    assert plain(slide.title) == "客数が減った。売上が減った"


def test_charts_that_no_recipe_names_are_not_shown():
    made = deck(document(business=[chart("unheard_of", "x")]))
    assert "business" not in ids(made)


def test_a_third_chart_goes_on_a_second_slide():
    shown = [chart(name, name) for name in ("sales_trend", "sales_bridge", "mrr_trend")]
    made = deck(document(business=shown))
    assert [len(one.blocks) for one in made.slides if one.id.startswith("business")] == [2, 1]
    assert len(set(ids(made))) == len(ids(made))


def test_red_cards_are_counted_in_their_titles_and_carry_the_rows_asked_for():
    shown = [card("A"), card("B", "medium"), card("C"), card("D", "check")]
    first, second = [
        one for one in deck(document(findings=shown)).slides if one.id.startswith("findings")
    ]
    assert [one.code for one in (*first.blocks, *second.blocks)] == ["A", "B", "C"]
    assert "3件のうち1〜2" in plain(first.title)
    assert "3件のうち3〜3" in plain(second.title)
    assert [name for name, _ in first.blocks[0].rows] == ["根拠", "金額"]


def test_rows_beyond_a_slide_are_said_to_be_in_the_report():
    shown = table(*(str(number) for number in range(1, 11)))
    (slide,) = [one for one in deck(document(actions=[shown])).slides if one.id == "actions"]
    assert len(slide.blocks[0].rows) == 7
    assert plain(slide.more) == "このほか3件は報告書に掲げています。"


def test_a_title_counts_the_rows_of_the_first_table_only():
    made = deck(document(summary=[table("1", "2", "3"), table("4", "5")]))
    (slide,) = [one for one in made.slides if one.id == "first_actions"]
    assert "この3つから" in plain(slide.title)


def test_a_plan_is_named_by_its_first_period():
    rows = [("30日以内", "1", "x"), ("", "2", "y"), ("90日以内", "3", "z")]
    shown = Table(columns=("a", "b", "c"), rows=tuple(tuple(map(words_of, row)) for row in rows))
    (slide,) = [one for one in deck(document(plan=[shown])).slides if one.id == "plan"]
    assert plain(slide.title) == "30日以内に2件、全体で3件を順に進める見通しです"


def test_a_chain_comes_with_the_sentence_that_explains_it():
    steps = Steps(steps=(), alt="x")
    why, other = Paragraph(text=words_of("why")), Paragraph(text=words_of("other"))
    shown = deck(document(findings=[other, table("x"), why, steps])).slides
    (slide,) = [one for one in shown if one.id == "chains"]
    assert slide.blocks == (why, steps)


def test_a_number_in_a_title_keeps_its_fact():
    lead = Paragraph(text=(Span(text="12%", fact="x.y", value=0.12),), style="lead")
    shown = [lead, Bullets(items=(words_of("b"),))]
    made = deck(document(summary=shown))
    assert made.slides[0].title[0].fact == "x.y"


@pytest.mark.parametrize(("rows", "last"), [(["1"], "closing"), ([], "closing_open")])
def test_the_closing_asks_for_assignees_where_there_are_actions(rows, last):
    sections = {"actions": [table(*rows)]} if rows else {"actions": []}
    assert ids(deck(document(**sections)))[-1] == last


def test_a_firm_turns_a_slide_off(tmp_path):
    (tmp_path / "deck.toml").write_text("[limits]\noff = true\n", encoding="utf-8")
    shown = document(limits=[Bullets(items=(words_of("l"),))])
    assert "limits" in ids(deck(shown))
    assert "limits" not in ids(deck(shown, load_method(tmp_path)))


def test_a_client_in_braces_is_no_placeholder():
    shown = document(findings=[card("{count} {0}")])
    (slide,) = [one for one in deck(shown).slides if one.id == "findings"]
    assert "{count} {0}" in plain(slide.title)


def test_every_section_that_the_recipe_names_is_one_of_the_report():
    method = load_method()
    for entry in method.section("deck").values():
        named = entry.get("section", [])
        for name in [named] if isinstance(named, str) else named:
            assert name in method.section("report"), entry.id


def test_every_chart_that_the_recipe_names_is_drawn_somewhere():
    method = load_method()
    known = {
        spec.get("id")
        or {"module_edges": "module_edges", "yen_ranges": "yen_ranges"}.get(spec["make"])
        for entry in method.section("report").values()
        for spec in entry["blocks"]
    }
    for entry in method.section("deck").values():
        for spec in entry.get("take", []):
            assert set(spec.get("ids", [])) <= known, entry.id
