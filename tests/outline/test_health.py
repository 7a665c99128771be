"""Data health as the report prints it: reasons, normalisations, columns, gaps; both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.deliverables.section import section_html
from toolkit.outline.blocks import Bullets, Heading, Paragraph, Table, plain
from toolkit.outline.health import health, source_text
from toolkit.outline.writer import writer
from toolkit.words import words


def record(**changed):
    """One table's health as diagnosis.json has it."""
    made = {
        "kind": "orders",
        "files": ["data/orders.csv"],
        "encoding": "cp932",
        **{f"rows_{name}": 0 for name in ("quarantined", "deduplicated", "dropped", "cancelled")},
        "rows_total": 1200,
        "rows_accepted": 1200,
        "notes": [],
        "warnings": [],
        "completeness": {"order_id": 1.0, "customer_id": 0.5},
        "unused": [],
    }
    return {**made, **changed}


@pytest.fixture
def blocks_of(shop):
    def make(*records, lang="ja"):
        return list(health(writer(replace(shop, health=records), lang), {}))

    return make


def tables(blocks):
    return [
        [[plain(cell) for cell in row] for row in block.rows]
        for block in blocks
        if isinstance(block, Table)
    ]


def bullets(blocks):
    return [plain(item) for block in blocks if isinstance(block, Bullets) for item in block.items]


def test_rows_by_fate_are_told_with_the_system_and_how_sure_it_is(blocks_of):
    one = record(system="shopify", status="memory", rows_total=1234, rows_quarantined=34)
    row = tables(blocks_of(one))[0][0]
    assert row == [
        "受注",
        "data/orders.csv（Shopify・列名は未確認）",
        "1,234",
        "1,200",
        "34",
        "0",
        "0",
        "0",
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_reason_tells_how_many_rows_and_where_to_look(blocks_of, lang):
    example = {
        "code": "amount_unreadable",
        "file": "data/orders.csv",
        "row": 17,
        "column": "金額",
        "value": "確認中",
        "params": {"field": "amount"},
    }
    one = record(rows_quarantined=9, set_aside=[{"example": example, "count": 9}])
    (row,) = tables(blocks_of(one, lang=lang))[1]
    assert row[2] == "9"
    assert "確認中" in row[1]
    assert all(part in row[3] for part in ("data/orders.csv", "17", "金額"))


def test_columns_are_parted_by_whether_a_row_lacks_them(blocks_of):
    one = record(headers={"order_id": "Name", "customer_id": ["Email", "Phone"]})
    (row,) = tables(blocks_of(one))[1]
    assert row == ["受注", "注文番号（Name）", "会員番号（Email、Phone） 50.0%"]


def test_a_column_nearly_full_is_not_called_full(blocks_of):
    one = record(completeness={"order_id": 0.999, "amount": 0.9996})
    (row,) = tables(blocks_of(one))[1]
    assert row[1:] == ["金額", "注文番号 99.9%"]


def test_the_same_done_to_several_columns_is_one_line_with_the_sum(blocks_of):
    def dates(column, count):
        return {"code": "dates", "count": count, "params": {"column": column}}

    amounts = {"code": "amounts", "count": 5, "params": {"column": "金額"}}
    lines = bullets(blocks_of(record(notes=[dates("受注日", 1200), amounts, dates("出荷日", 34)])))
    assert len(lines) == 2
    assert "「受注日」「出荷日」" in lines[0]
    assert lines[0].endswith("（1,234件）")
    assert "「金額」" in lines[1]


def test_headers_are_told_once(blocks_of):
    notes = [{"code": "headers", "count": 1, "params": {"list": "Name → order_id"}}]
    assert len(bullets(blocks_of(record(notes=notes)))) == 1
    assert bullets(blocks_of(record(notes=notes, headers={"order_id": "Name"}))) == []


def test_a_match_rate_says_of_what_and_of_how_many(blocks_of):
    rate = {"file": "data/a.csv", "other": "data/b.csv", "keys": 1200, "key_share": 0.925}
    (line,) = bullets(blocks_of(record(match_rates=[rate])))
    assert all(part in line for part in ("data/a.csv", "92.5%", "data/b.csv", "1,200"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_gap_names_the_figures_and_counts_the_rules_that_wait(judged, lang):
    pen = writer(judged, lang)
    rows = {row[1]: row[2] for row in tables(list(health(pen, {})))[-1]}
    name = words(judged.content, lang).text("requests.column.contacts.resolved_at")
    assert pen.name("contacts.fed_back_share") in rows[name]
    assert "1" in rows[name]
    assert words(judged.content, lang).text("requests.column.contacts.where") not in rows


@pytest.fixture
def judged(client_of):
    import toolkit as tk

    contacts = "contact_id,date\n1,2026-01-05\n2,2026-01-06\n"
    return tk.diagnose(
        client_of(
            **{
                "client.yaml": "client_id: aoyama\ncompany_name: 青山商店\nmodel: general\n",
                "data/contacts.csv": contacts,
            }
        )
    )


def test_nothing_delivered_is_said_and_nothing_else(blocks_of):
    (block,) = blocks_of()
    assert isinstance(block, Paragraph)


def test_no_heading_stands_over_nothing(blocks_of):
    blocks = blocks_of(record(completeness={}, rows_accepted=0))
    assert not [block for block in blocks if isinstance(block, Heading)]


def test_an_adapter_of_an_unknown_system_shows_its_code(shop):
    from toolkit.diagnosis.health import DataHealth

    book = words(shop.content, "ja")
    one = DataHealth(table="orders", files=(), rows={}, system="till9", status=None)
    assert source_text(one, book) == "till9"
    assert source_text(replace(one, system=None), book) == ""


def test_a_hostile_file_name_is_text(blocks_of, shop):
    from toolkit.outline.blocks import Section

    name = "data/<img src=x onerror=alert(1)>\x1b[31m.csv"
    blocks = tuple(blocks_of(record(files=[name])))
    shown = section_html(Section(id="health", title="", blocks=blocks), "ja")
    assert "<img" not in shown
    assert "\x1b" not in shown
    assert "onerror=alert(1)" in shown


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_shipped_reports_have_the_section_with_their_columns(shop, lang):
    blocks = list(health(writer(shop, lang), {}))
    found = tables(blocks)
    assert len(found[0]) == len(shop.health)
    told = [row for table in found[1:] for row in table]
    assert [row for row in told if "45.3%" in row[-1]]
