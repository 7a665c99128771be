"""The consultant's words in the report: in place of ours everywhere, signed, and all listed."""

from __future__ import annotations

from dataclasses import replace

import pytest

import toolkit as tk
from toolkit.deliverables.section import section_html
from toolkit.diagnosis.edits import applied
from toolkit.facts import Facts
from toolkit.intake.profiles.edit import Edit
from toolkit.method import LANGUAGES
from toolkit.outline.blocks import Card, Chart, Heading, Paragraph, Steps, Table, plain
from toolkit.outline.build import outline
from toolkit.outline.finding_words import our_words
from toolkit.outline.writer import writer

RED, CHECK = "TOB015", "TOB013"
HOSTILE = '<script>alert("1")</script>{fact:customers.count} {} =1+1 [a](javascript:b) &amp;'


@pytest.fixture(scope="module")
def works(root):
    """The works as shipped, with the edits of its consultant."""
    return tk.diagnose(root / "datasets" / "minato_works")


@pytest.fixture
def document(works):
    """The document of the works with other edits in place of those shipped."""

    def make(*edits, lang="ja", **fields):
        made = replace(works, **{"edits": applied(edits, works.judged, works.facts), **fields})
        return outline(made, lang)

    return make


def edit(code, **fields):
    texts = ("title", "finding", "action", "text", "comment")
    given = {k: {"*": v} if k in texts and isinstance(v, str) else v for k, v in fields.items()}
    return Edit(**{"id": code, "line": 1, "by": "佐藤", "on": "2026-11-20", **given})


def part(found, section):
    return next((one for one in found.sections if one.id == section), None)


def texts(blocks):
    """Every text of some blocks, as characters."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield plain(block.text)
        elif isinstance(block, Card):
            yield from (plain(block.title), plain(block.body), *(plain(t) for _, t in block.rows))
        elif isinstance(block, Table):
            yield from (plain(cell) for row in block.rows for cell in row)
        elif isinstance(block, Steps):
            yield from (plain(step.label) for step in block.steps)
        elif isinstance(block, Chart):
            yield from (str(cell) for row in block.rows for cell in row)


def body(found):
    """Every text outside the appendix of edits, by section."""
    return {one.id: list(texts(one.blocks)) for one in found.sections if one.id != "edits"}


def card_of(found, code):
    blocks = (block for one in found.sections for block in one.blocks)
    return next(b for b in blocks if isinstance(b, Card) and b.anchor == f"finding-{code}")


def tables(found):
    section = part(found, "edits")
    blocks = section.blocks if section else ()
    found = [block for block in blocks if isinstance(block, Table)]
    return {plain(t.caption): [[plain(c) for c in row] for row in t.rows] for t in found}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_edited_text_stands_everywhere_in_place_of_ours(works, document, lang):
    own = {name: f"書き換えた{name}" for name in ("title", "finding", "action")}
    before, after = body(document(lang=lang)), body(document(edit(RED, **own), lang=lang))
    for name, text in own.items():
        ours = plain(our_words(writer(works, lang), works.finding(RED), name))
        places = {key for key, said in before.items() if any(ours in one for one in said)}
        assert places
        assert places <= {key for key, said in after.items() if any(text in one for one in said)}
        assert not any(ours in one for said in after.values() for one in said)


def test_the_title_of_a_finding_is_edited_in_verdict_card_plan_and_money(document):
    after = body(document(edit(RED, title="書き換えた見出し")))
    shown = {key for key, said in after.items() if any("書き換えた見出し" in one for one in said)}
    assert shown >= {"summary", "findings", "actions", "plan", "modules", "yen", "rules"}


def test_a_map_by_language_leaves_the_other_edition_as_it_was(works, document):
    one = edit(RED, title={"en": "Visits have stopped"})
    assert body(document(one)) == body(document())
    assert "Visits have stopped" in plain(card_of(document(one, lang="en"), RED).title)


@pytest.mark.parametrize(
    ("lang", "mark"), [("ja", "担当コンサルタント記"), ("en", "Consultant's words")]
)
def test_the_card_says_whose_words_they_are_and_tables_do_not(document, lang, mark):
    found = document(edit(RED, title="書き換えた見出し"), lang=lang)
    assert mark in card_of(found, RED).tags
    assert mark not in card_of(document(edit(RED, comment="添え書き"), lang=lang), RED).tags
    assert not any(mark in one for said in body(found).values() for one in said)


def test_an_edited_number_carries_no_fact_and_the_evidence_stays(document):
    before, after = (card_of(document(*e), RED) for e in ((), (edit(RED, finding="80％です"),)))
    assert [span.fact for span in after.body] == [None]
    assert any(span.fact for span in before.body)
    shown = [[[(s.text, s.fact) for s in text] for _, text in one.rows] for one in (before, after)]
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    ("lang", "label", "said"),
    [
        ("ja", "コメント", "添え書き（佐藤、2026年11月20日）"),
        ("en", "Comment", "添え書き (佐藤, 20 Nov 2026)"),
    ],
)
def test_a_comment_stands_in_the_card_with_who_and_when(document, lang, label, said):
    rows = dict(card_of(document(edit(RED, comment="添え書き"), lang=lang), RED).rows)
    assert plain(rows[label]) == said


def test_lines_of_a_comment_stay_lines_on_the_page(document):
    found = document(edit(RED, comment="一行目\n二行目"))
    assert "一行目<br>二行目（佐藤" in section_html(part(found, "findings"), "ja", found.chrome)


def test_a_comment_of_nobody_is_not_signed(document):
    found = document(edit(RED, comment="添え書き", by=None, on=None))
    assert plain(dict(card_of(found, RED).rows)["コメント"]) == "添え書き"


def test_a_finding_without_a_card_has_the_comment_in_its_row(document):
    found = body(document(edit(CHECK, comment="添え書き")))
    (said,) = {one for texts in found.values() for one in texts if "添え書き" in one}
    assert said.endswith("担当コンサルタントより：添え書き（佐藤、2026年11月20日）")


def test_the_verdict_is_the_consultants_and_signed(document):
    found = document(edit("verdict", text="まず訪問を。", comment="口頭でも説明済み"))
    lead, mark, comment, *_ = (b for b in part(found, "summary").blocks if isinstance(b, Paragraph))
    assert (lead.style, plain(lead.text)) == ("lead", "まず訪問を。")
    assert plain(mark.text) == "担当コンサルタント記（佐藤、2026年11月20日）"
    assert plain(comment.text) == "口頭でも説明済み（佐藤、2026年11月20日）"
    rows = tables(found)["要約の結論（佐藤、2026年11月20日）"]
    ours = plain(part(document(), "summary").blocks[0].text)
    assert rows == [["結論の文", "まず訪問を。", ours], ["コメント", "口頭でも説明済み", "—"]]


def test_our_verdict_beside_the_consultants_has_our_titles(document):
    found = document(edit("verdict", text="まず訪問を。"), edit(RED, title="書き換えた見出し"))
    ours = plain(part(document(), "summary").blocks[0].text)
    assert tables(found)["要約の結論（佐藤、2026年11月20日）"][0][2] == ours


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_text_is_shown_as_text(document, lang):
    fields = dict.fromkeys(("title", "finding", "action", "comment"), HOSTILE)
    edits = (
        edit(RED, **fields, assignee=HOSTILE, status="doing", reason=HOSTILE, by=HOSTILE),
        edit(CHECK, comment=HOSTILE),
        edit(HOSTILE, title=HOSTILE),
        edit("verdict", text=HOSTILE),
    )
    found = document(*edits, lang=lang)
    assert plain(card_of(found, RED).title) == HOSTILE
    for section in found.sections:
        html = section_html(section, lang, found.chrome)
        assert "<script>" not in html
        assert 'href="javascript' not in html
        if any(HOSTILE in text for text in texts(section.blocks)):
            assert "&lt;script&gt;" in html


def test_assignee_date_and_progress_of_the_shipped_edits_stand_in_the_plan(works):
    found = outline(works, "ja")
    for section in ("summary", "plan"):
        rows = [[*texts([block])] for block in part(found, section).blocks]
        said = [text for row in rows for text in row]
        assert "社長・工場長（進行中）" in said
        assert "2026年12月25日" in said
        assert "営業責任者" not in said[: said.index("社長・工場長（進行中）")]
    assert "社長・工場長、2026年12月25日まで（進行中）" in list(
        texts(part(found, "actions").blocks)
    )
    rows = tables(found)["TOB015 お取引先の継続率の低下（佐藤、2026年11月20日）"]
    assert ["担当", "社長・工場長", "営業責任者"] in rows
    assert ["期日", "2026年12月25日", "2026年12月18日"] in rows


def test_who_is_not_named_stays_not_fixed(works):
    blocks = part(outline(works, "ja"), "plan").blocks
    rows = next(block for block in blocks if isinstance(block, Table)).rows
    title = plain(our_words(writer(works, "ja"), works.finding("FUL010"), "title"))
    assert [plain(c) for c in next(r for r in rows if plain(r[2]) == title)[-2:]] == [
        "未定",
        "未定",
    ]


def test_what_was_decided_against_is_told_apart_with_the_reason(works, document):
    actions = tuple(replace(a, status="dropped" if a.rank == 1 else None) for a in works.actions)
    code = actions[0].findings[0]
    title = plain(our_words(writer(works, "ja"), works.finding(code), "title"))
    found = document(edit(code, status="dropped", reason="見合わせ"), actions=actions)
    assert f"見送りとした打ち手：{title}（見合わせ）" in body(found)["actions"]
    action = plain(our_words(writer(works, "ja"), works.finding(code), "action"))
    for section in ("summary", "actions", "plan"):
        assert action not in body(found)[section]
    assert not any(title in one for one in body(found)["plan"])
    assert plain(dict(card_of(found, code).rows)["進み具合"]) == "見送り（見合わせ）"
    assert any("費用を差し引いた利益には含めていません" in one for one in body(found)["summary"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_does_not_fit_comes_first_with_its_reason_and_is_never_dropped(works, document, lang):
    judged = tuple(
        replace(one, suppressed="季節の要因") if one.id == "FUL010" else one for one in works.judged
    )
    codes = (RED, "AFT001", "AFT006", "FUL010", "BIL01")
    edits = [edit(code, comment=f"{code}への添え書き") for code in codes]
    found = document(edits=applied(edits, judged, Facts([])), judged=judged, lang=lang)
    (_, wanting), (caption, _), *_ = tables(found).items()
    assert [row[0].split()[0] for row in wanting] == ["AFT001", "AFT006", "FUL010", "BIL01"]
    assert caption.startswith(RED)
    whys = [row[2] for row in wanting]
    status = {"ja": ("良好", "対象外"), "en": ("Good", "Not applicable")}[lang]
    assert status[0] in whys[0]
    assert status[1] in whys[1]
    assert "BIL010" in whys[3]
    assert len(set(whys)) == 4
    for code, row in zip(codes[1:], wanting, strict=True):
        assert f"{code}への添え書き" in row[1]
        assert "佐藤" in row[1]


def test_words_over_changed_figures_are_in_the_body_and_listed_first(works, document):
    one = replace(
        applied([edit(RED, finding="書いた文")], works.judged, works.facts)[0],
        reason="figure_changed",
    )
    found = document(edits=(one,))
    wanting, taken = tables(found).values()
    assert "読み直してください" in wanting[0][2]
    assert taken[0][1] == plain(card_of(found, RED).body) == "書いた文"


def test_each_edit_stands_beside_our_own_words_with_their_figures(works, document):
    section = part(document(edit(RED, finding="書いた文")), "edits")
    row = next(b for b in section.blocks if isinstance(b, Table)).rows[0]
    ours = our_words(writer(works, "ja"), works.finding(RED), "finding")
    assert [(span.text, span.fact) for span in row[2]] == [(s.text, s.fact) for s in ours]
    assert any(span.fact for span in ours)


def test_a_text_for_the_other_edition_is_listed_as_such(document):
    one = edit(RED, title={"en": "Visits"}, comment={"ja": "添え書き", "en": "Note"})
    (rows,) = tables(document(one)).values()
    assert rows == [["見出し（英語版）", "Visits", "—"], ["コメント", "添え書き", "—"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_left_out_and_own_thresholds_are_shown(works, document, lang):
    judged = tuple(
        replace(one, suppressed="季節の要因") if one.id == "FUL010" else one for one in works.judged
    )
    client = {**works.client, "thresholds": {"win_rate_fall": -0.08, "closure": 0.3}}
    found = document(judged=judged, client=client, lang=lang)
    left_out, own = tables(found).values()
    title = plain(our_words(writer(works, lang), works.finding("FUL010"), "title"))
    assert left_out == [["FUL010", title, "季節の要因"]]
    pen = writer(works, lang)
    by_name = {row[1]: row for row in own}
    sal = by_name["win_rate_fall"]
    assert plain(our_words(pen, works.finding("SAL015"), "title")) in sal[0]
    assert (sal[2], "5" in sal[3]) == (pen.number(-0.08, "share"), True)
    assert pen.line("common.origin.house") in sal[3]
    closure = by_name["closure"]
    assert closure[0] == pen.line("report.threshold_name.closure")
    assert closure[2].startswith("30")
    assert closure[3].startswith("50")
    assert pen.line("common.origin.house") in closure[3]


def test_without_edits_or_exceptions_there_is_no_such_section(document):
    assert part(document(), "edits") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_saved_diagnosis_alone_gives_the_same_report(works, tmp_path, lang):
    again = tk.load(works.save(tmp_path))
    assert again.edits == works.edits
    saved, made = outline(again, lang), outline(works, lang)
    for section in ("summary", "findings", "plan", "more"):
        assert body(saved)[section] == body(made)[section]
    assert tables(saved) == tables(made)
