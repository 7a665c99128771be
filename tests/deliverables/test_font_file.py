"""The font of a page is the one that fontTools cuts, outline for outline and pair for pair."""

import io
from functools import cache
from itertools import product

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from toolkit.charts.typeset import font_path
from toolkit.deliverables.font_file import EM, cut, source
from toolkit.deliverables.font_spacing import FEATURES

TEXT = "AVATo. Wy,「診断書」（株）、。・ー…くぐゃッ三鬱龜①％＝‐—123 é Ωж"


@cache
def reference(characters, bold):
    options = Options()
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.drop_tables += ["BASE", "vhea", "vmtx"]
    font = TTFont(font_path(bold), recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    scale_upem(font, EM)
    return font


@cache
def made(characters, bold):
    return TTFont(io.BytesIO(cut(characters, bold)))


def outlines(font):
    table = font["glyf"]
    found = {}
    for code, name in font.getBestCmap().items():
        pen = RecordingPen()
        table[name].draw(pen, table)
        found[chr(code)] = pen.value
    return found


def lookups(font, tag):
    table = font["GPOS"].table if "GPOS" in font else None
    for one in table.FeatureList.FeatureRecord if table else ():
        if one.FeatureTag == tag:
            for number in one.Feature.LookupListIndex:
                yield from table.LookupList.Lookup[number].SubTable


def kerned(font, pair):
    """What a pair is moved by: the first table that knows it speaks."""
    one, other = pair
    for part in lookups(font, "kern"):
        if one not in part.Coverage.glyphs:
            continue
        if part.Format == 1:
            pairs = part.PairSet[part.Coverage.glyphs.index(one)].PairValueRecord
            told = [p.Value1 for p in pairs if p.SecondGlyph == other]
        else:
            row = part.Class1Record[part.ClassDef1.classDefs.get(one, 0)].Class2Record
            told = [row[part.ClassDef2.classDefs.get(other, 0)].Value1]
        if told:
            return getattr(told[0], "XAdvance", 0) if told[0] else 0
    return 0


def placed(font, glyph):
    for part in lookups(font, "palt"):
        if glyph in part.Coverage.glyphs:
            value = part.Value
            if part.Format == 2:
                value = value[part.Coverage.glyphs.index(glyph)]
            return getattr(value, "XPlacement", 0), getattr(value, "XAdvance", 0)
    return 0, 0


@pytest.mark.parametrize("bold", [False, True])
def test_outlines_and_widths_are_those_of_fonttools(bold):
    ours, theirs = made(TEXT, bold), reference(TEXT, bold)
    assert set(ours.getBestCmap()) == {ord(mark) for mark in TEXT}
    assert outlines(ours) == outlines(theirs)
    widths = [
        {c: font["hmtx"][n][0] for c, n in font.getBestCmap().items()} for font in (ours, theirs)
    ]
    assert widths[0] == widths[1]
    assert len(set(widths[0].values())) > 10


@pytest.mark.parametrize("bold", [False, True])
def test_kerning_and_spacing_are_those_of_fonttools(bold):
    found = []
    for font in (made(TEXT, bold), reference(TEXT, bold)):
        names = font.getBestCmap()
        pairs = {
            pair: kerned(font, (names[ord(pair[0])], names[ord(pair[1])]))
            for pair in product(dict.fromkeys(TEXT), repeat=2)
        }
        found.append((pairs, {mark: placed(font, names[ord(mark)]) for mark in TEXT}))
    assert found[0] == found[1]
    assert found[0][0]["A", "V"] < 0
    assert found[0][1]["「"] != (0, 0)


@pytest.mark.parametrize("bold", [False, True])
def test_the_frame_is_that_of_fonttools(bold):
    ours, theirs = made(TEXT, bold), reference(TEXT, bold)
    for table, names in (
        ("head", ("unitsPerEm", "macStyle", "fontRevision")),
        ("hhea", ("ascent", "descent", "lineGap")),
        ("OS/2", ("usWeightClass", "sTypoAscender", "sTypoDescender", "usWinAscent", "sxHeight")),
        ("post", ("underlinePosition", "underlineThickness")),
    ):
        for name in names:
            assert getattr(ours[table], name) == getattr(theirs[table], name), name
    assert ours["maxp"].numGlyphs == len(ours.getGlyphOrder()) == len(set(TEXT)) + 1


def test_every_glyph_of_the_font_is_one_we_can_cut():
    for bold in (False, True):
        font = source(bold)
        font.learn(font.codes.values())
        assert not [one for one in font.known.values() if one.contours < 0]
        assert sum(one.contours > 0 for one in font.known.values()) > 7000


def test_bytes_do_not_depend_on_what_was_cut_before():
    first = cut("診断書", True)
    source.cache_clear()
    cut("龍", True)
    assert cut("書断診", True) == first


def test_characters_without_spacing_need_no_table_of_it():
    assert "GPOS" not in made("三", False)
    assert set(made("", False).getBestCmap()) == set()
