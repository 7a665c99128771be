"""Meeting papers: an agenda that adds up, questions from data, handling of data, promises."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import toolkit as tk
from toolkit.diagnosis.changes.changes import Changes, Promise, Since
from toolkit.diagnosis.edits import AppliedEdit
from toolkit.intake.profiles.edit import Edit
from toolkit.method import LANGUAGES, load_method
from toolkit.outline.blocks import Card, Paragraph, Span, Table, Tiles, plain
from toolkit.outline.build import outline
from toolkit.outline.meeting import KINDS, Occasion, asked_first, meeting_outline
from toolkit.outline.meeting_agenda import agenda, asked_order
from toolkit.outline.places import uses
from toolkit.outline.tracked import tracked

RAW = re.compile(r"\b(meetings|report|hearing|hypotheses|requests|common|questions)\.[a-z_]+\.")


@pytest.fixture(scope="module")
def nobody(tmp_path_factory):
    """A client of whom nothing is known but the name."""
    folder = tmp_path_factory.mktemp("clients") / "aoyama"
    folder.mkdir()
    (folder / "client.yaml").write_text("client_id: aoyama\ncompany_name: 青山商店\n", "utf-8")
    return tk.diagnose(folder, as_of="2026-11-01")


def made(diagnosis, kind="first", lang="ja", **known):
    return meeting_outline(diagnosis, lang, Occasion(kind=kind, **known))


def part(document, name):
    return next(one for one in document.sections if one.id == f"meeting_{name}")


def tables(section):
    return [block for block in section.blocks if isinstance(block, Table)]


def rows(table):
    return [tuple(plain(cell) for cell in row) for row in table.rows]


def said(section):
    return " ".join(plain(one.text) for one in section.blocks if isinstance(one, Paragraph))


def texts(value):
    if isinstance(value, Span):
        yield value.text
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts(getattr(value, name))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hypotheses", [True, False])
def test_the_parts_follow_each_other_and_add_up(kind, hypotheses, shop):
    d = shop if hypotheses else replace(shop, hypotheses=())
    meeting = load_method().section("meetings")[kind]
    slots = agenda(d, meeting)
    assert [one.start for one in slots] == [0, *(one.end for one in slots[:-1])]
    assert slots[-1].end == meeting["minutes"] == {"first": 60, "follow_up": 45}[kind]
    shown = rows(tables(part(made(d, kind), "agenda"))[0])
    assert sum(int(row[1]) for row in shown) == meeting["minutes"]
    assert shown[0][0] == "0:00〜0:05"
    assert ("仮説の確認" in [row[2] for row in shown]) is (hypotheses and kind == "first")


def test_questions_are_the_next_ones_of_the_modules_in_their_order(nobody):
    meeting = nobody.content.section("meetings")["first"]
    order = [one.id for one in nobody.questions]
    known = nobody.content.section("questions")
    seen = []
    for slot, spec in zip(
        agenda(nobody, meeting),
        [one for one in meeting["slots"] if one.get("when") != "hypotheses"],
        strict=True,
    ):
        places = [order.index(key) for key in slot.questions]
        assert places == sorted(places)
        assert {known[key]["module"] for key in slot.questions} <= set(spec.get("modules", ()))
        assert len(slot.questions) <= spec.get("most", 0)
        seen += slot.questions
    assert seen[0] == "q.pla.model"
    assert len(seen) == len(set(seen)) >= 10


def test_other_next_questions_make_another_agenda(shop):
    meeting = shop.content.section("meetings")["first"]
    only = replace(shop, questions=tuple(q for q in shop.questions if q.id == "q.pro.launch"))
    asked = {slot.id: slot.questions for slot in agenda(only, meeting)}
    assert asked["work"] == ("q.pro.launch",)
    assert asked["present"] == ()
    testing = [key for one in shop.hypotheses for key in one.questions]
    assert asked["hypotheses"] == tuple(dict.fromkeys(testing))


def test_numbers_are_the_same_in_table_hypotheses_and_hearing_sheet(shop):
    document = made(shop)
    numbers = asked_order(shop, shop.content.section("meetings")["first"])
    words = shop.content.words["ja"]
    listed = {row[1]: row[0] for t in tables(part(document, "questions")) for row in rows(t)}
    assert listed == {words[f"questions.{key}.text"]: str(n) for key, n in numbers.items()}
    cards = [one for one in part(document, "hypotheses").blocks if isinstance(one, Card)]
    for card, one in zip(cards, shop.hypotheses, strict=True):
        asked = "、".join(f"問{numbers[key]}" for key in one.questions)
        assert plain(card.rows[-1][1]) == asked
    sheet = [key for group in asked_first(shop, "ja", "first") for key in group.questions]
    assert sheet == list(numbers)


def test_each_hypothesis_says_what_would_refute_it(shop):
    for name in shop.content.section("hypotheses"):
        for lang in LANGUAGES:
            assert f"hypotheses.{name}.refute" in shop.content.words[lang], name
    cards = [one for one in part(made(shop), "hypotheses").blocks if isinstance(one, Card)]
    assert len(cards) == 3
    for card in cards:
        rowed = dict(card.rows)
        assert rowed["外れるとき"]
        assert any(span.fact for span in rowed["根拠"])


def test_of_a_client_without_data_the_paper_asks_and_supposes_nothing(nobody):
    document = made(nobody)
    hypotheses = part(document, "hypotheses")
    assert not any(isinstance(one, Card) for one in hypotheses.blocks)
    assert "まだ言えません" in said(hypotheses)
    assert "まだお預かりしている資料はありません" in said(part(document, "material"))
    wanted = rows(tables(part(document, "material"))[0])
    assert wanted[0][0].startswith("受注データ")
    assert len(wanted) == 6
    assert "仮説" not in " ".join(row[2] for row in rows(tables(part(document, "agenda"))[0]))
    assert part(made(nobody, "follow_up"), "decisions")


def test_what_is_there_and_what_is_missing(shop):
    section = part(made(shop), "material")
    assert "受注（14,242行）" in said(section)
    assert all(row[3] for row in rows(tables(section)[0]))  # how to export it


def test_how_data_is_handled_is_what_the_product_does(shop, nobody):
    def note(diagnosis, **known):
        return "".join(texts(part(made(diagnosis, **known), "data")))

    assert "次の列を取り除きました：氏名、電話番号" in note(shop)
    assert "取り除きました：" not in note(nobody)
    assert "貴社の管理番号" in note(nobody, salted=False)
    assert "貴社の管理番号" not in note(nobody, salted=True)
    assert "法的な助言" in note(nobody)


def test_the_firm_signs_where_it_is_known(nobody):
    named = tables(part(made(nobody, firm="みらい相談室"), "data"))[-1]
    assert [row[1] for row in rows(named)] == ["青山商店", "みらい相談室"]
    assert named.by_hand
    assert rows(tables(part(made(nobody), "data"))[-1])[1][1].strip("　") == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("client", ["shop", "firm", "nobody"])
def test_no_raw_key_and_no_hole(client, kind, lang, request):
    document = made(request.getfixturevalue(client), kind, lang)
    assert document.short
    for text in texts((document.title, document.sections)):
        assert not RAW.search(text), text
        assert "{" not in text
        assert "None" not in text


def test_names_of_a_client_are_never_templates(nobody):
    name = "<b>{client} =1+1 #{n:customers.count}"
    d = replace(nobody, client={**nobody.client, "company_name": name})
    for kind in KINDS:
        assert name in " ".join(texts(made(d, kind).sections[0].blocks))


def test_the_summary_is_that_of_the_report_without_the_amounts(shop):
    own = next(one for one in made(shop, "follow_up").sections if one.id == "summary")
    full = next(one for one in outline(shop, "ja").sections if one.id == "summary")
    assert any(isinstance(one, Tiles) for one in own.blocks)
    keys = [one.key for one in uses("summary", own.blocks)]
    assert keys == [one.key for one in uses("summary", full.blocks)][: len(keys)]
    assert len(own.blocks) < len(full.blocks)


def agreed(diagnosis, **fields):
    """The diagnosis with its first action agreed."""
    first, *rest = diagnosis.actions
    return replace(diagnosis, actions=(replace(first, **fields), *rest))


@pytest.mark.parametrize(
    ("due", "status", "late"),
    [
        ("2026-10-30", None, True),
        ("2026-10-30", "doing", True),
        ("2026-10-31", "doing", False),  # the day itself
        ("2026-10-30", "done", False),
        ("2026-10-30", "dropped", False),
    ],
)
def test_a_promise_is_overdue_the_day_after(shop, due, status, late):
    d = agreed(shop, assignee="店長", due=due, status=status)
    (table,) = tables(part(made(d, "follow_up"), "promises"))
    (row,) = rows(table)
    assert ("（期日超過）" in row[2]) is late
    assert (table.tones[0] == "high") is late
    decisions = rows(tables(part(made(d, "follow_up"), "decisions"))[0])
    assert ("期日を過ぎた" in decisions[0][1]) is late


def test_without_promises_the_first_actions_are_to_be_given_out(shop):
    document = made(shop, "follow_up")
    assert "まだありません" in said(part(document, "promises"))
    decisions = rows(tables(part(document, "decisions"))[0])
    assert sum("に着手するか" in row[1] for row in decisions) == 3
    given = agreed(shop, assignee="店長", due="2026-12-01")
    decisions = rows(tables(part(made(given, "follow_up"), "decisions"))[0])
    assert sum("に着手するか" in row[1] for row in decisions) == 2


def promise(code, **fields):
    return Promise(id=f"act.{code}", finding=code, rank=1, **fields)


def changed(diagnosis, *promises):
    found = Changes(
        since=Since(run_date="2026-09-30", as_of="2026-09-30"),
        method_changed=False,
        lines_changed=False,
        recomputed=True,
        year_ago=None,
        findings=(),
        facts=(),
        actions=promises,
    )
    return replace(diagnosis, changes=found)


def test_an_action_keeps_what_was_promised_and_a_settled_one_stays_in_sight(shop):
    first = shop.actions[0].findings[0]
    good = next(one.id for one in shop.judged if one.status == "pass")
    d = changed(
        shop,
        promise(first, promised=1000.0, realised=400.0, assignee="店長"),
        promise(good, status="done", promised=50.0, realised=60.0),
        promise("XGONE1", status="done"),
    )
    found = {one.code: one for one in tracked(d)}
    assert found[first].promised == 1000.0
    assert found[first].realised == 400.0
    assert found[first].assignee == "店長"
    assert found[first].action is shop.actions[0]
    assert found[good].action is None
    assert found[good].status == "done"
    assert "XGONE1" not in found
    assert list(found)[: len(shop.actions)] == [one.findings[0] for one in shop.actions]


def test_no_yen_is_claimed_of_a_figure_that_moved_by_chance(shop):
    code = shop.actions[0].findings[0]
    d = changed(shop, promise(code, promised=1000.0, realised=400.0, direction="within_noise"))
    assert tracked(d)[0].realised is None


def test_a_reason_comes_from_the_edit_that_fits(shop):
    code = shop.actions[0].findings[0]
    edit = Edit(id=code, reason="人手が足りないため", line=1)
    for fits, reason in ((True, "人手が足りないため"), (False, None)):
        d = replace(shop, edits=(AppliedEdit(edit=edit, fits=fits),))
        assert tracked(d)[0].reason == reason
