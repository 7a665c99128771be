"""Findings of the consultant's own: rested on known figures, shown, saved, brought back."""

import pytest

import toolkit as tk
from toolkit.deliverables.markdown import markdown
from toolkit.diagnosis.saving import load
from toolkit.errors import InputError, UsageError
from toolkit.outline.blocks import Card
from toolkit.outline.build import outline

ORDERS = """order_id,customer_id,order_date,amount
1,a,2026-01-05,1000
2,a,2026-02-05,3000
3,b,2026-02-07,2000
"""
EARLIER = "4,c,2025-01-05,900\n5,d,2025-01-06,900\n"
MINE = tk.OwnFinding(
    title="注文は2人に<b>偏る</b>",
    finding="少数のお客様が売上を支えています。",
    facts=["customers.count", "customers.aov"],
    action="3人目を探す",
    by="佐藤",
    on="2026-03-01",
)


@pytest.fixture
def folder(client_of):
    made = client_of()
    (made / "data" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return made


def _cards(diagnosis, lang="ja"):
    sections = outline(diagnosis, lang).sections
    blocks = [block for section in sections for block in section.blocks]
    return {block.code: block for block in blocks if isinstance(block, Card)}


def test_it_stands_in_the_report_with_its_figures(folder):
    d = tk.diagnose(folder, as_of="2026-03-01")
    assert "OWN1" not in _cards(d)
    both = d.with_finding(MINE).with_finding(MINE)
    cards = _cards(both)
    assert {"OWN1", "OWN2"} <= set(cards)
    facts = {span.fact: span.text for _, text in cards["OWN1"].rows for span in text if span.fact}
    assert facts == {"customers.count": "2人", "customers.aov": "2,000円"}
    shown = markdown(outline(both, "ja"))
    assert "\\<b\\>偏る" in shown
    assert "佐藤" in shown
    assert "customers-aov" in str(outline(both, "ja").sections)


def test_it_is_saved_and_loaded_and_brought_back_by_edits_yaml(folder, tmp_path):
    d = tk.diagnose(folder, as_of="2026-03-01").with_finding(MINE)
    d.save(tmp_path / "out")
    assert load(tmp_path / "out").edits == d.edits
    (folder / "edits.yaml").write_text(MINE.edits_yaml("OWN1"), encoding="utf-8")
    again = tk.diagnose(folder, as_of="2026-03-01")
    assert _cards(again)["OWN1"] == _cards(d)["OWN1"]


def test_a_figure_that_is_not_known_is_refused_and_later_listed(folder):
    d = tk.diagnose(folder, as_of="2026-03-01")
    for facts, code in (
        ([], "own_finding_bare"),
        (["customers.aovv"], "unknown_fact"),
        (["contracts.mrr"], "own_finding_unknown"),
    ):
        with pytest.raises(UsageError, match=code):
            d.with_finding(tk.OwnFinding(title="t", finding="f", facts=facts))
    text = "OWN1: {title: t, finding: f, facts: 'customers.aov, contracts.mrr'}\n"
    (folder / "edits.yaml").write_text(text, encoding="utf-8")
    later = tk.diagnose(folder, as_of="2026-03-01")
    (edit,) = later.edits
    assert (edit.fits, edit.reason, edit.near) == (False, "no_fact", "contracts.mrr")
    assert "OWN1" not in _cards(later)
    assert "contracts.mrr" in markdown(outline(later, "en"))


def test_it_needs_words_and_figures(folder):
    (folder / "edits.yaml").write_text("OWN1: {title: t, action: a}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        tk.diagnose(folder)
    found = [(one.code, one.key, one.line) for one in caught.value.problems]
    assert found == [
        ("own_finding_lacks", "OWN1.finding", 1),
        ("own_finding_lacks", "OWN1.facts", 1),
    ]


def test_cells_of_a_breakdown_are_named_whole(folder):
    key = "customers.f2_conversion[window_days=90]"
    text = f"OWN1: {{title: t, finding: f, facts: ['{key}', customers.count]}}\n"
    (folder / "edits.yaml").write_text(text, encoding="utf-8")
    (folder / "data" / "orders.csv").write_text(ORDERS + EARLIER, encoding="utf-8")
    (edit,) = tk.diagnose(folder, as_of="2026-12-01").edits
    assert edit.edit.facts == (key, "customers.count")
    assert edit.fits


def test_words_over_figures_that_moved_want_reading_again(folder):
    (folder / "edits.yaml").write_text(MINE.edits_yaml("OWN1"), encoding="utf-8")
    history = folder / "history"
    history.mkdir()
    kept = tk.diagnose(folder, as_of="2026-03-01").save(folder.parent / "kept")
    (history / "2026-03-01.json").write_bytes(kept.read_bytes())
    (same,) = tk.diagnose(folder, as_of="2026-03-02").edits
    assert (same.fits, same.reason) == (True, None)
    (folder / "data" / "orders.csv").write_text(ORDERS + "9,c,2026-02-20,9000\n", encoding="utf-8")
    (moved,) = tk.diagnose(folder, as_of="2026-03-02").edits
    assert (moved.fits, moved.reason) == (True, "figure_changed")
