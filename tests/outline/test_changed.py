"""What changed since last time, on paper: promises first, every old number under its own id."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from toolkit.deliverables.html import section_html
from toolkit.diagnosis.changes.compare import changes_since
from toolkit.diagnosis.changes.figures import change_figures
from toolkit.diagnosis.changes.history import History
from toolkit.diagnosis.changes.month import month_from
from toolkit.diagnosis.edits import AppliedEdit
from toolkit.diagnosis.saving import to_document
from toolkit.intake.profiles.edit import Edit
from toolkit.outline.blocks import Paragraph, Table, plain, spans
from toolkit.outline.build import outline
from toolkit.outline.places import anchor_of
from toolkit.store import to_json

SECOND = "customers.f2_conversion_t3[window_days=180]"


@pytest.fixture(scope="module")
def month(shop):
    """The shop a month ago: a better rate, one finding not there yet, one since resolved."""
    document = json.loads(to_json(to_document(shop)))
    document |= {"run_date": "2026-09-30", "as_of": "2026-09-30"}
    for fact in document["facts"]:
        if fact["id"] == "customers.f2_conversion_t3" and fact["by"] == {"window_days": 180}:
            fact |= {"value": 0.33, "low95": 0.29, "high95": 0.37}
        if fact["id"] == "customers.sales_12m":
            fact["value"] *= 0.8
    for one in document["findings"]:
        if one["id"] in ("AFT003", "PRO009"):
            one["status"] = {"AFT003": "pass", "PRO009": "unknown"}[one["id"]]
        if one["id"] == "FUL005":
            one |= {"status": "fail", "severity": "medium"}
    return month_from(document)


@pytest.fixture(scope="module")
def compared(shop, month):
    noted = {"PLA009": {"status": "doing", "reason": "<b>請求書</b>", "assignee": "佐藤"}}
    edits = tuple(
        AppliedEdit(edit=Edit(id=code, line=1, **given), fits=True) for code, given in noted.items()
    )
    made = replace(shop, edits=edits)
    return replace(made, changes=changes_since(made, History(last=month)))


@pytest.fixture(scope="module", params=["ja", "en"])
def section(request, compared):
    document = outline(compared, request.param)
    return next(one for one in document.sections if one.id == "changes")


def tables(section):
    return [block for block in section.blocks if isinstance(block, Table)]


def test_without_a_kept_month_nothing_is_said(shop):
    document = outline(shop, "ja")
    assert "changes" not in [one.id for one in document.sections]
    assert not any("前回" in span.text for span in spans(document.sections[:2]))


def test_it_comes_right_after_the_summary_and_starts_with_the_promises(compared, section):
    ids = [one.id for one in outline(compared, "ja").sections]
    assert ids[:3] == ["cover", "summary", "changes"]
    assert not section.appendix
    assert section.blocks[0].style == "lead"
    assert len(tables(section)) == 3
    assert all(anchor.startswith("def-changes-") for anchor in tables(section)[0].anchors)


def test_one_line_stands_on_the_first_page(compared):
    summary = next(one for one in outline(compared, "ja").sections if one.id == "summary")
    lines = [plain(b.text) for b in summary.blocks if isinstance(b, Paragraph)]
    assert "前回（2026年9月30日）から：新規1件、悪化1件、解消1件、新たに判明1件。" in lines


def test_what_was_taken_up_stands_first_with_its_status(compared):
    document = outline(compared, "ja")
    table = tables(next(one for one in document.sections if one.id == "changes"))[0]
    cells = [plain(cell) for cell in table.rows[0]]
    assert "進行中（<b>請求書</b>）　佐藤" in cells[1]
    assert table.anchors[0] == "def-changes-PLA009"
    assert cells[0].count("。") == 1  # what to do, not how to begin


def test_findings_are_told_worst_first(compared):
    document = outline(compared, "ja")
    table = tables(next(one for one in document.sections if one.id == "changes"))[1]
    said = [plain(row[0]) for row in table.rows]
    assert said == ["新規", "悪化", "解消", "新たに判明"]
    assert "33.0% → 20.8%" in plain(table.rows[1][3])
    assert "判定保留 → 優先対応・中" in plain(table.rows[3][2])


def test_every_number_of_then_is_what_the_comparison_holds(compared, section):
    held = change_figures(compared)
    told = [one for one in spans([section]) if one.fact and one.fact.startswith("changes.")]
    assert len(told) > 10
    for span in told:
        assert span.value == held[span.fact], span.fact
    assert f"changes.then.{SECOND}" in {span.fact for span in told}


def test_every_number_leads_to_a_definition_that_is_there(compared, section):
    from toolkit.outline.blocks import Definitions

    document = outline(compared, "ja")
    blocks = [block for one in document.sections for block in one.blocks]
    there = {card.anchor for b in blocks if isinstance(b, Definitions) for card in b.cards}
    there |= {anchor for b in blocks if isinstance(b, Table) for anchor in b.anchors}
    for span in spans([section]):
        if span.fact is not None:
            assert anchor_of(span.fact) in there, span.fact


def test_other_influences_are_said(section):
    said = " ".join(plain(b.text) for b in section.blocks if isinstance(b, Paragraph))
    assert "他の要因" in said or "打ち手以外の要因" in said or "other influences" in said


def test_what_a_client_wrote_is_data(section):
    shown = section_html(section, "ja")
    assert "&lt;b&gt;請求書" in shown
    assert "<b>請求書" not in shown


def test_a_finding_set_aside_is_not_told(compared):
    held = replace(compared.finding("AFT003"), suppressed="方針により")
    judged = tuple(held if one.id == held.id else one for one in compared.judged)
    document = outline(replace(compared, judged=judged), "ja")
    table = tables(next(one for one in document.sections if one.id == "changes"))[1]
    assert "新規" not in [plain(row[0]) for row in table.rows]
