"""Charts of customers: how many come, come back, stay, and what share of sales they bring."""

from __future__ import annotations

from sample_document.parts import Words, months
from toolkit.outline.blocks import Chart

TIMES = dict(zip("123456789", (4341, 1024, 371, 180, 98, 61, 40, 27, 18), strict=True)) | {
    "10+": 50
}


def customers(p: Words) -> list[Chart]:
    return [
        p.chart(
            "funnel funnel",
            "step:text count:count",
            [("visit", 48200), ("view", 19300), ("cart", 4100), ("order", 2050), ("second", 615)],
            p(
                "「商品閲覧からカートへ」が最大の漏れ",
                "The greatest loss is from product page to basket",
            ),
            {
                "item.visit": p("訪問", "Visits"),
                "item.view": p("商品の閲覧", "Product views"),
                "item.cart": p("カートに入れる", "Basket"),
                "item.order": p("注文の確定", "Orders"),
                "item.second": p("2回目のご注文", "Second orders"),
                "mark.lowest": p("最も低い", "lowest"),
                "axis.rate": p("次へ進む割合", "goes on"),
            },
        ),
        p.chart(
            "cohort cohort",
            "cohort:text month:count share:share",
            [
                (m, k, 1.0 if k == 0 else max(0.05, 0.38 / (k**0.6) - 0.006 * i))
                for i, m in enumerate(months(12, 2025, 11))
                for k in range(12 - i)
            ],
            p(
                "初回購入の翌月に、約3分の2のお客様が離れる",
                "Two thirds of customers are gone a month after their first order",
            ),
            {
                "cohort": p("初回購入月", "First order"),
                "month": p("初回購入からの経過月数", "Months since the first order"),
            },
        ),
        p.chart(
            "curve curve",
            "step:count rate:share customers:count",
            [(1, 0.301, 6210), (2, 0.452, 1869), (3, 0.561, 845), (4, 0.62, 474), (5, 0.68, 294)],
            p(
                "2回目のご注文に進むお客様は30.1％、ここが最初の関門",
                "30.1% come back for a second order: the first hurdle",
            ),
            {
                "step": p("{n}回目→次回", "Order {n} → next"),
                "customers": p("対象のお客様", "Customers"),
                "mark.goal": p("自社の目標 40％", "own target 40%"),
            },
            marks={"goal": 0.4},
        ),
        p.chart(
            "lorenz lorenz",
            "customers_share:share sales_share:share",
            [(i / 50, (i / 50) ** 3.1) for i in range(51)],
            p(
                "上位1割のお客様が売上の27.9％を占める",
                "The top tenth of customers brings 27.9% of sales",
            ),
            {
                "customers_share": p(
                    "お客様の累計割合（金額の少ない順）", "Customers, cumulated from the smallest"
                ),
                "sales_share": p("売上の累計割合", "Sales, cumulated"),
                "equal": p("全員が同額の場合", "all equal"),
                "mark.top": p(
                    "金額の少ない側の9割で、売上の72.1％",
                    "The smaller nine tenths bring 72.1% of sales",
                ),
            },
            marks={"top": 0.9},
        ),
        p.chart(
            "survival survival",
            "month:months survival:share at_risk:count",
            [(m, 0.97**m if m else 1.0, 180 - 6 * m) for m in range(25)],
            p(
                "契約から1年後も続いている取引先は69.4％",
                "69.4% of accounts are still there after a year",
            ),
            {
                "month": p("経過月数", "Months"),
                "at_risk": p("対象社数", "At risk"),
                "mark.year": p("12か月", "12 months"),
            },
            marks={"year": 12},
        ),
        p.chart(
            "counts histogram",
            "times:text customers:count share:share",
            [(times, count, count / 6210) for times, count in TIMES.items()],
            p("お客様の7割は1回のご注文で終わっている", "Seven in ten customers order only once"),
            {
                "times": p("購入回数", "Orders"),
                "customers": p("お客様の数", "Customers"),
                "item.10+": p("10回以上", "10+"),
            },
        ),
    ]
