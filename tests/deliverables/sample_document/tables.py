"""Tables of the sample: the key figures, all checks over pages, definitions of figures."""

from __future__ import annotations

from sample_document.parts import F2, Words, num, t
from toolkit.outline.blocks import Definition, Definitions, Table


def figures(p: Words) -> Table:
    period = p.say("2025年11月〜2026年10月", "Nov 2025 to Oct 2026")
    sales = p("1億7,240万円", "¥172,400,000")
    value, order = p("1回あたりのご注文金額", "Order value"), p("13,814円", "¥13,814")
    second = p("2回目のご注文に進む割合（180日以内）", "Second order within 180 days")
    return Table(
        columns=(
            p("指標", "Figure"),
            p("値", "Value"),
            p("80％区間", "80% interval"),
            "n",
            p("期間", "Period"),
        ),
        align="lrrrl",
        caption=p.say("事業の主な数字", "Key figures"),
        rows=tuple(
            (t(name), (num(shown, fact, 1.0),), t(interval), t(n), period)
            for name, shown, fact, interval, n in [
                (p("売上", "Sales"), sales, "customers.sales_12m", "—", "12,480"),
                (p("お客様の数", "Customers"), "6,210", "customers.count", "—", "6,210"),
                (value, order, "customers.aov", "13,640〜13,990", "12,480"),
                (second, "30.1%", F2, "28.9〜31.3%", "6,210"),
            ]
        ),
        tones=("plain", "plain", "good", "high"),
    )


def checks(p: Words) -> Table:
    return Table(
        columns=(
            p("診断項目", "Check"),
            p("結果", "Result"),
            p("根拠と、判定に必要な資料", "Basis, and what is needed"),
        ),
        caption=p.say("すべての診断項目", "All checks"),
        rows=tuple(
            (
                t(f"AFT{i:03d}"),
                t(p("良好", "fine") if i % 3 else p("判定保留（資料待ち）", "data awaited")),
                p.say(
                    "お問い合わせの記録（日付・種類・対応した担当）をいただければ判定できます。",
                    "We can judge this with the record of contacts.",
                ),
            )
            for i in range(1, 44)
        ),
    )


IDS = (
    "customers.sales_12m",
    F2,
    "costs.contribution_margin_rate",
    "customers.f2_prior",
    "costs.system_cost_ratio",
    "customers.count",
    "customers.aov",
)


def definitions(p: Words) -> Definitions:
    return Definitions(
        cards=tuple(
            Definition(
                anchor="def-" + i.split("[")[0].replace(".", "-"),
                name=p(
                    "180日以内に2回目のご注文をされたお客様の割合",
                    "Share of customers with a second order within 180 days",
                ),
                text=p.say(
                    "初回のご注文から180日が過ぎたお客様のうち、180日以内に2回目のご注文があった方の割合。",
                    "Of customers with a first order, those back in 180 days.",
                ),
                rows=(
                    (p("値", "Value"), (num("30.1%", F2, 0.301),)),
                    ("n", t("6,210")),
                    (
                        p("期間", "Period"),
                        p.say("2025年11月1日〜2026年10月31日", "1 Nov 2025 to 31 Oct 2026"),
                    ),
                    (p("根拠の行", "Rows"), t("orders.csv 1–12480")),
                ),
            )
            for i in IDS
        )
    )
