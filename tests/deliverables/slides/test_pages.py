"""Pages before they are a file: nothing outside a slide, every text in its box, nothing lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from toolkit.deliverables.slides.fitting import cell_height, height
from toolkit.deliverables.slides.pages import pages
from toolkit.deliverables.slides.paper import HEIGHT, LEAST, WIDTH, Grid, Group, Plate
from toolkit.deliverables.theme import standard
from toolkit.outline.blocks import Bullets, Card, Paragraph, Table, Tile, Tiles, plain, words_of
from toolkit.outline.deck import Slide

LONG = "受注データの取込と在庫の引当を、担当を決めて順に見直します。"


def pieces(page):
    for piece in page.pieces:
        yield piece
        if isinstance(piece, Group):
            yield from piece.pieces


def plates(shown):
    return [one for page in shown for one in pieces(page) if isinstance(one, Plate) and one.paras]


def slide(layout, *blocks, **more):
    return Slide(
        id="s", layout=layout, kicker="", title=words_of("T"), blocks=tuple(blocks), **more
    )


def shown(decks, *slides):
    return pages(replace(decks["ja"], slides=tuple(slides)), standard())


def table(*rows):
    return Table(columns=("a", "b"), rows=tuple((words_of(one), words_of("x")) for one in rows))


def cells(page):
    return [
        plain(para.text)
        for grid in page.pieces
        if isinstance(grid, Grid)
        for row in grid.cells[1:]
        for cell in row
        for para in cell.paras
    ]


def test_nothing_stands_outside_a_slide(placed):
    for page in placed[0]:
        for piece in pieces(page):
            if hasattr(piece, "box"):
                assert -0.01 <= piece.box.x <= piece.box.right <= WIDTH + 0.01, piece.name
                assert -0.01 <= piece.box.y <= piece.box.foot <= HEIGHT + 0.01, piece.name


def test_every_text_fits_its_box(placed):
    for plate in plates(placed[0]):
        across, down = plate.inset
        need = height(plate.paras, plate.box.w - 2 * across)
        assert need <= plate.box.h - 2 * down + 4, (plate.name, plain(plate.paras[0].text))


def test_every_row_is_as_high_as_its_cells_need(placed):
    for page in placed[0]:
        for grid in (one for one in page.pieces if isinstance(one, Grid)):
            for row, high in zip(grid.cells, grid.heights, strict=True):
                for cell, width in zip(row, grid.widths, strict=True):
                    assert cell_height(cell, width) <= high + 0.01, plain(cell.paras[0].text)


def test_no_text_is_smaller_than_ten_points(placed):
    sizes = [para.size for plate in plates(placed[0]) for para in plate.paras]
    assert min(sizes) >= LEAST


def test_names_are_unique_on_a_slide(placed):
    for page in placed[0]:
        names = Counter(piece.name for piece in pieces(page))
        assert max(names.values(), default=0) <= 1, names.most_common(1)
    assert len({page.id for page in placed[0]}) == len(placed[0])


def test_a_long_table_goes_on_and_loses_no_row(decks):
    rows = [f"{number} {LONG * 3}" for number in range(30)]
    made = shown(decks, slide("tables", table(*rows)))
    assert len(made) > 1
    assert [text for page in made for text in cells(page)[::2]] == rows
    assert plain(made[1].title.text) == f"T（2/{len(made)}）"


def test_a_short_table_is_set_larger_than_a_long_one(decks):
    def size(made):
        return made[0].pieces[0].cells[1][0].paras[0].size

    few, many = (shown(decks, slide("tables", table(*[LONG * 4] * n))) for n in (2, 9))
    assert len(few) == len(many) == 1
    assert size(few) > size(many)


def test_a_row_higher_than_a_slide_is_cut_and_stands_whole_in_the_notes(decks):
    text = "長" * 6000
    made = shown(decks, slide("tables", table(text)))
    assert cells(made[0])[0].endswith("…")
    assert any(text in note for page in made for note in page.notes)


def test_a_title_too_long_is_cut_and_stands_whole_in_the_notes(decks):
    title = "長" * 300
    one = replace(slide("tables", table("a")), title=words_of(title))
    (page,) = shown(decks, one)
    assert plain(page.title.text).endswith("…")
    assert any(title in note for note in page.notes)


def test_cards_that_do_not_fit_together_go_on_over_slides(decks):
    def card(code):
        return Card(anchor=code, code=code, mark="m", tone="high", title=words_of(code),
                    body=words_of(LONG * 12), rows=(("根拠", words_of(LONG * 6)),))  # fmt: skip

    made = shown(decks, slide("cards", card("A"), card("B"), card("C")))
    assert len(made) > 1
    said = "".join(plain(para.text) for plate in plates(made) for para in plate.paras)
    assert said.count(LONG * 12) == 3


def test_blocks_of_every_kind_flow_onto_the_next_slide(decks):
    tile = Tile(label=words_of("l"), value=words_of("1"))
    blocks = [table(*[LONG * 3] * 9), Tiles(tiles=(tile,)), Paragraph(text=words_of(LONG)),
              Bullets(items=(words_of("b"),))]  # fmt: skip
    made = shown(decks, slide("tables", *blocks))
    assert len(made) > 1
    texts = {plain(para.text) for plate in plates(made) for para in plate.paras}
    assert {"1", LONG, "b"} <= texts


def test_notes_name_facts_codes_and_sources(decks):
    notes = {page.id: "\n".join(page.notes) for page in pages(decks["ja"], standard())}
    assert "customers.f2_conversion[window_days=180] = " in notes["verdict"]
    finding = next(one for name, one in notes.items() if name.startswith("findings"))
    assert decks["ja"].words["notes.findings"] in finding
    assert "n＝12,480件" in notes["customers"]


def test_a_flow_is_continued_with_its_other_steps(decks, make):
    (chart,) = (one for one in make["charts"]("ja").values() if one.kind == "swimlane")
    rows = tuple((n, f"工程{n}", *row[2:]) for n, row in enumerate(chart.rows * 3, start=1))
    made = shown(decks, slide("charts", replace(chart, rows=rows)))
    assert len(made) > 1
    texts = {plain(para.text) for plate in plates(made) for para in plate.paras}
    assert {f"工程{n}" for n in range(1, len(rows) + 1)} <= texts


@pytest.mark.parametrize("layout", ["verdict", "tables", "cards", "chains", "phases", "points"])
def test_a_layout_takes_a_slide_with_little_on_it(decks, layout):
    made = shown(decks, slide(layout, table("a"), Bullets(items=(words_of("b"),))))
    assert len(made) <= 1
