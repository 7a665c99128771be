"""Charts of money: what each finding is worth, sales, costs, what an action brings."""

from __future__ import annotations

import math

from sample_document.parts import Words, months
from toolkit.outline.blocks import Chart


def money(p: Words) -> list[Chart]:
    return [
        p.chart(
            "worth ranges",
            "label:text low:yen value:yen high:yen note:text",
            [
                ("second", 2.1e6, 3.4e6, 4.6e6, p("中（15人日）", "medium (15 days)")),
                ("stock", -2e4, 9e5, 1.7e6, p("小（3人日）", "small (3 days)")),
                ("fees", None, 4e5, None, p("小（3人日）", "small (3 days)")),
                ("shipping", None, None, None, ""),
            ],
            p("差額が最も大きいのは2回目の購入", "The largest gap is the second order"),
            {
                "item.second": p("2回目購入率の低下・目標未達", "Second orders below target"),
                "item.stock": p("主力品の欠品の増加", "Key items out of stock"),
                "item.fees": p("決済手数料", "Payment fees"),
                "item.shipping": p("送料の自社負担", "Shipping borne"),
                "axis.x": p("年間の利益", "profit a year"),
                "axis.note": p("手間", "effort"),
            },
        ),
        p.chart(
            "sales trend",
            "month:text new_sales:yen existing_sales:yen",
            [
                (
                    m,
                    8.2e6 + 1.5e6 * math.sin(i / 3) + 9e4 * i,
                    6.1e6 + 4e5 * math.sin(i / 2) if i != 9 else None,
                )
                for i, m in enumerate(months(24, 2024, 11))
            ],
            p(
                "新規のお客様の売上は伸び、既存のお客様の売上は横ばい",
                "Sales to new customers grow; sales to existing ones stand still",
            ),
            {
                "new_sales": p("新規のお客様", "New customers"),
                "existing_sales": p("既存のお客様", "Existing customers"),
            },
        ),
        p.chart(
            "cost waterfall",
            "item:text share:share",
            [
                ("goods", 0.32),
                ("advertising", 0.24),
                ("logistics", 0.11),
                ("fees", 0.038),
                ("system", 0.081),
                ("staff", 0.13),
            ],
            p(
                "システム費は売上の8.1％で、目安の5％を上回る",
                "Systems take 8.1% of sales, above the 5% guide",
            ),
            {
                "item.sales": p("売上", "Sales"),
                "item.goods": p("商品原価", "Cost of goods"),
                "item.advertising": p("広告宣伝費", "Advertising"),
                "item.logistics": p("物流・配送費", "Logistics"),
                "item.fees": p("決済手数料", "Payment fees"),
                "item.system": p("システム費", "Systems"),
                "item.staff": p(
                    "人件費（受注・出荷・お問い合わせ対応）", "Staff (orders, dispatch, support)"
                ),
                "item.rest": p("残り（営業利益）", "Left (operating profit)"),
                "mark.system": p("目安 5％", "guide 5%"),
            },
            marks={"system": 0.05},
        ),
        p.chart(
            "impact bars",
            "label:text value:yen low:yen high:yen",
            [
                (
                    p(
                        "2回目のご注文の案内を7日・21日・45日に自動で送る",
                        "Send reminders on days 7, 21, 45",
                    ),
                    12.4e6,
                    8.1e6,
                    17.2e6,
                ),
                (p("受注データの自動取込", "Load orders automatically"), 2.9e6, 2.1e6, 3.6e6),
            ],
            p("最も大きいのは2回目のご注文の改善", "The second order is worth most"),
            {},
        ),
    ]
