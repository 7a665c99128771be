"""The shape of the report: what stands in the body, what in the appendix, once each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.outline.blocks import Card, Chart, Table, plain
from toolkit.outline.build import outline

BODY_CARDS = 4


@pytest.fixture(scope="module", params=["ja", "en"])
def document(request, shop):
    return outline(shop, request.param)


def _section(document, name):
    return next(one for one in document.sections if one.id == name)


def _cards(section):
    return [block.code for block in section.blocks if isinstance(block, Card)]


def test_the_body_comes_before_the_appendix(document):
    flags = [section.appendix for section in document.sections]
    assert flags == sorted(flags)
    body = [section.id for section in document.sections if not section.appendix]
    assert body[:3] == ["cover", "summary", "business"]
    assert body[-2:] == ["limits", "journey"]


def test_first_red_findings_in_the_body_the_others_in_the_appendix(document, shop):
    red = [a.findings[0] for a in shop.actions if shop.finding(a.findings[0]).red]
    assert len(red) > BODY_CARDS
    assert _cards(_section(document, "findings")) == red[:BODY_CARDS]
    assert _cards(_section(document, "more")) == red[BODY_CARDS:]


def test_the_body_names_the_further_red_findings(document, shop):
    red = [a.findings[0] for a in shop.actions if shop.finding(a.findings[0]).red]
    table = next(b for b in _section(document, "findings").blocks if isinstance(b, Table))
    words = shop.content.words[document.lang]
    titles = [plain(row[1]) for row in table.rows]
    assert titles == [words[f"rules.{code}.title"] for code in red[BODY_CARDS:]]


def test_this_year_beside_the_last(document, shop):
    table = next(b for b in _section(document, "business").blocks if isinstance(b, Table))
    keys = [[span.fact for cell in row[1:] for span in cell] for row in table.rows]
    assert keys[1] == [
        "customers.buyers_12m",
        "customers.buyers_before_12m",
        "customers.buyers_12m_change",
    ]
    assert keys[-1] == ["customers.existing_sales_12m", None, "customers.existing_sales_yoy"]


def test_without_a_year_before_there_is_no_such_table(client_of):
    import toolkit as tk

    days = [f"2026-0{month}-{day:02d}" for month in (1, 2) for day in range(1, 29)]
    rows = "".join(f"o{n},c{n % 9},{day},1000\n" for n, day in enumerate(days))
    text = f"order_id,customer_id,order_date,amount\n{rows}"
    client = client_of(**{"data__orders.csv": text})
    document = outline(tk.diagnose(client, as_of="2026-03-01"), "ja")
    business = _section(document, "business")
    assert not any(isinstance(block, Table) for block in business.blocks)


def test_a_month_that_was_not_over_is_no_fall_of_sales(shop):
    def months(as_of):
        business = _section(outline(replace(shop, as_of=as_of), "ja"), "business")
        trend = next(b for b in business.blocks if isinstance(b, Chart) and b.id == "sales_trend")
        return [row[0] for row in trend.rows]

    assert months("2026-10-31")[-1] == "2026-10"
    assert months("2026-10-30")[-1] == "2026-09"
