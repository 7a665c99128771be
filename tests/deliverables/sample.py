"""A document as a client would get it, in both languages, and one full of hostile texts."""

from __future__ import annotations

import math

from toolkit.outline.blocks import (
    Bullets,
    Card,
    Chart,
    Definition,
    Definitions,
    Heading,
    Outline,
    Paragraph,
    Section,
    Span,
    Table,
    Tile,
    Tiles,
)

CHROME = {
    "ja": {
        "contents": "目次",
        "appendix": "付録",
        "skip": "本文へ移動",
        "figure": "図",
        "table": "表",
        "top": "先頭へ戻る",
    },
    "en": {
        "contents": "Contents",
        "appendix": "Appendix",
        "skip": "Skip to content",
        "figure": "Figure",
        "table": "Table",
        "top": "Back to top",
    },
}
F2 = "customers.f2_conversion[window_days=180]"


def t(text: str) -> tuple[Span, ...]:
    return (Span(text=text),)


def num(text: str, fact: str, value: float, strong: bool = False) -> Span:
    return Span(text=text, fact=fact, value=value, strong=strong)


def pick(lang: str, ja: str, en: str) -> str:
    return ja if lang == "ja" else en


def chart(lang, chart_id, kind, columns, units, rows, title, labels, **more):
    p = pick(
        lang,
        "出所：受注データ　n＝12,480件　対象期間：2025年11月1日〜2026年10月31日",
        "Source: order data, n = 12,480, 1 Nov 2025 to 31 Oct 2026",
    )
    return Chart(
        id=chart_id,
        kind=kind,
        columns=columns,
        units=units,
        rows=tuple(rows),
        title=t(title),
        caption=t(p),
        alt=title,
        labels=labels,
        **more,
    )


def months(count: int, year: int = 2025, month: int = 1) -> list[str]:
    return [f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}" for i in range(count)]


def charts(lang: str) -> dict[str, Chart]:
    p = lambda ja, en: pick(lang, ja, en)  # noqa: E731 — short in a table of words
    made = [
        chart(
            lang,
            "worth",
            "ranges",
            ("label", "low", "value", "high", "note"),
            ("text", "yen", "yen", "yen", "text"),
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
        chart(
            lang,
            "sales",
            "trend",
            ("month", "new_sales", "existing_sales"),
            ("text", "yen", "yen"),
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
        chart(
            lang,
            "cost",
            "waterfall",
            ("item", "share"),
            ("text", "share"),
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
        chart(
            lang,
            "funnel",
            "funnel",
            ("step", "count"),
            ("text", "count"),
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
        chart(
            lang,
            "cohort",
            "cohort",
            ("cohort", "month", "share"),
            ("text", "count", "share"),
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
        chart(
            lang,
            "curve",
            "curve",
            ("step", "rate", "customers"),
            ("count", "share", "count"),
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
        chart(
            lang,
            "lorenz",
            "lorenz",
            ("customers_share", "sales_share"),
            ("share", "share"),
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
        chart(
            lang,
            "journey",
            "swimlane",
            ("step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day", "seam"),
            ("count", "text", "text", "text", "text", "text", "minutes", "count", "text"),
            [
                (i + 1, s, side, a, "", mode, mn, pd, seam)
                for i, (s, side, a, mode, mn, pd, seam) in enumerate(
                    [
                        (
                            p("商品を選び、注文する", "Chooses and orders"),
                            "customer",
                            None,
                            "manual",
                            None,
                            None,
                            "auto",
                        ),
                        (
                            p(
                                "受注データをカートからダウンロード",
                                "Downloads orders from the cart",
                            ),
                            "company",
                            p("受注担当", "Order desk"),
                            "manual",
                            15,
                            2,
                            "manual",
                        ),
                        (
                            p(
                                "受注管理ソフトへ手作業で取り込み",
                                "Types orders into the order system",
                            ),
                            "company",
                            p("受注担当", "Order desk"),
                            "manual",
                            4,
                            42,
                            "manual",
                        ),
                        (
                            p("在庫を引き当てる", "Allocates stock"),
                            "company",
                            p("受注担当", "Order desk"),
                            "manual",
                            2,
                            42,
                            "auto",
                        ),
                        (
                            p("送り状と納品書の印字", "Prints slips"),
                            "company",
                            p("倉庫システム", "Warehouse system"),
                            "auto",
                            0.2,
                            42,
                            "auto",
                        ),
                        (
                            p("ピッキング・検品・梱包", "Picks, checks, packs"),
                            "company",
                            p("倉庫", "Warehouse"),
                            "manual",
                            6,
                            42,
                            "manual",
                        ),
                        (
                            p("出荷のお知らせメールを送る", "Sends dispatch notice"),
                            "company",
                            p("カスタマーサポート", "Customer support"),
                            "manual",
                            1,
                            42,
                            "auto",
                        ),
                        (
                            p("受け取る・使う・問い合わせる", "Receives, uses, asks"),
                            "customer",
                            None,
                            "manual",
                            None,
                            None,
                            "auto",
                        ),
                    ]
                )
            ],
            p(
                "手作業のつなぎ目が3か所あり、受注担当に集中している",
                "Three seams are worked by hand, most at the order desk",
            ),
            {
                "side_customer": p("お客様", "Customer"),
                "unassigned": p("担当不明", "No assignee"),
                "auto": p("自動の工程", "automatic step"),
                "manual": p("手作業の工程", "step by hand"),
                "seam": p("手作業のつなぎ目", "seam by hand"),
                "minutes_per_day": p("分／日", "min. a day"),
            },
        ),
        chart(
            lang,
            "load",
            "bars",
            ("label", "value", "tone"),
            ("text", "minutes", "text"),
            [
                (p("受注担当", "Order desk"), 282, "high"),
                (p("倉庫", "Warehouse"), 252, "plain"),
                (p("カスタマーサポート", "Customer support"), 42, "plain"),
                (p("社長", "Proprietor"), None, "plain"),
            ],
            p("手作業は受注担当に偏っている", "Manual work rests on the order desk"),
            {"mark.mean": p("平均", "mean")},
            marks={"mean": 192},
        ),
        chart(
            lang,
            "impact",
            "bars",
            ("label", "value", "low", "high"),
            ("text", "yen", "yen", "yen"),
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
        chart(
            lang,
            "survival",
            "survival",
            ("month", "survival", "at_risk"),
            ("months", "share", "count"),
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
        chart(
            lang,
            "dots",
            "dots",
            ("label", "value", "target"),
            ("text", "index", "index"),
            [
                (p("企画", "Planning"), 3.2, 3.5),
                (p("調達・製造", "Procurement"), 3.6, 3.5),
                (p("販売", "Sales"), 2.4, 3.5),
                (p("フルフィルメント", "Fulfilment"), 3.9, 3.5),
                (p("アフターフォロー", "Aftercare"), 1.6, 3.5),
                (p("課金・回収", "Billing"), None, 3.5),
            ],
            p(
                "アフターフォローと販売が目標から最も遠い",
                "Aftercare and sales are furthest from target",
            ),
            {
                "item.target": p("目標", "target"),
                "item.unknown": p("判定保留（資料待ち）", "not judged: data awaited"),
            },
            marks={"low": 1, "high": 5},
        ),
        chart(
            lang,
            "counts",
            "histogram",
            ("times", "customers", "share"),
            ("text", "count", "share"),
            [
                (str(i), n, n / 6210)
                for i, n in [
                    (1, 4341),
                    (2, 1024),
                    (3, 371),
                    (4, 180),
                    (5, 98),
                    (6, 61),
                    (7, 40),
                    (8, 27),
                    (9, 18),
                ]
            ]
            + [("10+", 50, 50 / 6210)],
            p("お客様の7割は1回のご注文で終わっている", "Seven in ten customers order only once"),
            {
                "times": p("購入回数", "Orders"),
                "customers": p("お客様の数", "Customers"),
                "item.10+": p("10回以上", "10+"),
            },
        ),
        chart(
            lang,
            "modules_counts",
            "composition",
            ("label", "fail", "pass", "unknown"),
            ("text", "count", "count", "count"),
            [
                (p("企画", "Planning"), 3, 8, 2),
                (p("調達・製造", "Procurement"), 1, 6, 4),
                (p("販売", "Sales"), 5, 12, 7),
                (p("フルフィルメント", "Fulfilment"), 4, 7, 1),
                (p("アフターフォロー", "Aftercare"), 6, 3, 5),
            ],
            p("要対応が最も多いのはアフターフォロー", "Aftercare has most to mend"),
            {
                "pass": p("良好", "fine"),
                "fail": p("要対応", "to mend"),
                "unknown": p("判定保留（資料待ち）", "data awaited"),
            },
        ),
        chart(
            lang,
            "edges",
            "modules",
            ("from", "to", "status"),
            ("text", "text", "text"),
            [
                ("planning", "procurement", "live"),
                ("procurement", "sales", "live"),
                ("sales", "fulfillment", "live"),
                ("fulfillment", "aftercare", "stopped"),
                ("aftercare", "planning", "stopped"),
                ("sales", "planning", "unknown"),
                ("aftercare", "sales", "live"),
                ("fulfillment", "procurement", "unknown"),
            ],
            p(
                "アフターフォローの声が企画に届いていない",
                "What aftercare hears does not reach planning",
            ),
            {
                "item.planning": p("企画", "Planning"),
                "item.procurement": p("調達・製造", "Procurement"),
                "item.sales": p("販売", "Sales"),
                "item.fulfillment": p("フルフィルメント", "Fulfilment"),
                "item.aftercare": p("アフターフォロー", "Aftercare"),
                "item.live": p("記録がある", "recorded"),
                "item.stopped": p("止まっている", "stopped"),
                "item.unknown": p("判定保留", "not judged"),
                "edge.aftercare.planning": p("お客様の声・苦情の記録", "Complaints and comments"),
                "edge.sales.planning": p("売れ筋・失注の理由", "What sells, what is lost"),
                "edge.aftercare.sales": p("再購入の時期", "Time of the next order"),
                "edge.fulfillment.procurement": p("在庫の動き", "Stock movements"),
            },
        ),
    ]
    return {one.id: one for one in made}


def sample(lang: str) -> Outline:
    p = lambda ja, en: pick(lang, ja, en)  # noqa: E731
    c = charts(lang)
    tiles = Tiles(
        tiles=(
            Tile(
                label=t(p("直近12か月の売上", "Sales, last 12 months")),
                value=(
                    num(p("1億7,240万円", "¥172,400,000"), "customers.sales_12m", 172_400_000.0),
                ),
                note=t(p("前年同期比 +3.1％", "+3.1% on the year")),
                quality=t(p("n＝12,480件", "n = 12,480")),
            ),
            Tile(
                label=t(p("2回目のご注文に進む割合（180日以内）", "Second order within 180 days")),
                value=(num("30.1%", F2, 0.301),),
                note=t(p("前年の35.2％から低下", "down from 35.2%")),
                quality=t(p("n＝6,210人", "n = 6,210")),
                tone="high",
            ),
            Tile(
                label=t(p("限界利益率", "Contribution margin")),
                value=(num("24.9%", "costs.contribution_margin_rate", 0.249),),
                note=t(p("システム費 8.1％", "systems 8.1%")),
                quality=t(p("12か月分の費用", "12 months of costs")),
            ),
            Tile(
                label=t(p("既存のお客様の売上", "Sales to existing customers")),
                value=t(p("判定保留", "not judged")),
                note=t(p("資料待ち", "data awaited")),
                tone="unknown",
            ),
        )
    )
    card = Card(
        anchor="finding-AFT006",
        code="AFT006",
        mark=p("優先対応", "Act first"),
        tone="high",
        title=t(p("2回目のご注文が減っている", "Second orders are falling")),
        body=(
            Span(
                text=p(
                    "初めてご注文されたお客様のうち、180日以内に2回目のご注文をされた方は",
                    "Of customers with a first order, ",
                )
            ),
            num("30.1%", F2, 0.301, True),
            Span(
                text=p(
                    "で、それ以前の12か月より5.1ポイント下がっています。",
                    " ordered again within 180 days, 5.1 points below the twelve months before.",
                )
            ),
        ),
        rows=(
            (
                p("根拠", "Basis"),
                (
                    Span(text=p("前年同期 ", "a year before ")),
                    num("35.2%", "customers.f2_prior", 0.352),
                    Span(text=p("、80％区間 28.9〜31.3％", ", 80% interval 28.9 to 31.3%")),
                ),
            ),
            (
                p("打ち手", "Action"),
                t(
                    p(
                        "初回購入から7日・21日・45日の3回、使い方と2回目のご案内を自動で送る。",
                        "Send three automatic messages: on days 7, 21 and 45.",
                    )
                ),
            ),
            (
                p("効果の幅", "Worth"),
                t(
                    p(
                        "年 810万〜1,720万円（全額を達成した場合）",
                        "¥8.1M to ¥17.2M a year if the whole gap is closed",
                    )
                ),
            ),
            (p("担当・期限", "Assignee, date"), t("　")),
        ),
        tags=(p("出典 S0-41", "source S0-41"), p("参考：実務家の目安", "practitioners' guide")),
    )
    cards = [
        card,
        Card(
            anchor="finding-PAY001",
            code="PAY001",
            mark=p("要対応", "Act"),
            tone="medium",
            title=t(p("システム費が売上の8.1％を占める", "Systems take 8.1% of sales")),
            body=t(
                p(
                    "使っていないオプションが3件あります。",
                    "Three options are paid for and not used.",
                )
            ),
            rows=((p("根拠", "Basis"), (num("8.1%", "costs.system_cost_ratio", 0.081),)),),
        ),
        Card(
            anchor="finding-JRN007",
            code="JRN007",
            mark=p("要確認", "Check"),
            tone="check",
            title=t(p("手作業のつなぎ目が月96時間", "Seams by hand take 96 hours a month")),
            body=t(
                p(
                    "受注データの取込から出荷指示までに手作業が残っている可能性があります。",
                    "Work by hand may remain between order and dispatch.",
                )
            ),
        ),
        Card(
            anchor="finding-FUL003",
            code="FUL003",
            mark=p("判定保留", "Not judged"),
            tone="unknown",
            title=t(p("出荷までの日数", "Days to dispatch")),
            body=t(
                p(
                    "出荷日の列をいただければ判定できます。",
                    "We can judge this with the dispatch dates.",
                )
            ),
        ),
        Card(
            anchor="finding-SAL010",
            code="SAL010",
            mark=p("良好", "Fine"),
            tone="good",
            title=t(p("決済手段はそろっている", "Payment methods are complete")),
            body=(),
        ),
    ]
    table = Table(
        columns=(
            p("指標", "Figure"),
            p("値", "Value"),
            p("80％区間", "80% interval"),
            "n",
            p("期間", "Period"),
        ),
        align="lrrrl",
        caption=t(p("事業の主な数字", "Key figures")),
        rows=tuple(
            (
                t(a),
                (num(b, k, 1.0),),
                t(i),
                t(n),
                t(p("2025年11月〜2026年10月", "Nov 2025 to Oct 2026")),
            )
            for a, b, k, i, n in [
                (
                    p("売上", "Sales"),
                    p("1億7,240万円", "¥172,400,000"),
                    "customers.sales_12m",
                    "—",
                    "12,480",
                ),
                (p("お客様の数", "Customers"), "6,210", "customers.count", "—", "6,210"),
                (
                    p("1回あたりのご注文金額", "Order value"),
                    p("13,814円", "¥13,814"),
                    "customers.aov",
                    "13,640〜13,990",
                    "12,480",
                ),
                (
                    p("2回目のご注文に進む割合（180日以内）", "Second order within 180 days"),
                    "30.1%",
                    F2,
                    "28.9〜31.3%",
                    "6,210",
                ),
            ]
        ),
        tones=("plain", "plain", "good", "high"),
    )
    long = Table(
        columns=(
            p("診断項目", "Check"),
            p("結果", "Result"),
            p("根拠と、判定に必要な資料", "Basis, and what is needed"),
        ),
        caption=t(p("すべての診断項目", "All checks")),
        rows=tuple(
            (
                t(f"AFT{i:03d}"),
                t(p("良好", "fine") if i % 3 else p("判定保留（資料待ち）", "data awaited")),
                t(
                    p(
                        "お問い合わせの記録（日付・種類・対応した担当）をいただければ判定できます。",
                        "We can judge this with the record of contacts.",
                    )
                ),
            )
            for i in range(1, 44)
        ),
    )
    ids = (
        "customers.sales_12m",
        F2,
        "costs.contribution_margin_rate",
        "customers.f2_prior",
        "costs.system_cost_ratio",
        "customers.count",
        "customers.aov",
    )
    defs = Definitions(
        cards=tuple(
            Definition(
                anchor="def-" + i.split("[")[0].replace(".", "-"),
                name=p(
                    "180日以内に2回目のご注文をされたお客様の割合",
                    "Share of customers with a second order within 180 days",
                ),
                text=t(
                    p(
                        "初回のご注文から180日が過ぎたお客様のうち、180日以内に2回目のご注文があった方の割合。",
                        "Of customers with a first order, those back in 180 days.",
                    )
                ),
                rows=(
                    (p("値", "Value"), (num("30.1%", F2, 0.301),)),
                    ("n", t("6,210")),
                    (
                        p("期間", "Period"),
                        t(p("2025年11月1日〜2026年10月31日", "1 Nov 2025 to 31 Oct 2026")),
                    ),
                    (p("根拠の行", "Rows"), t("orders.csv 1–12480")),
                ),
            )
            for i in ids
        )
    )
    body = t(
        p(
            "新規のお客様の獲得は伸びていますが、2回目のご注文に進む方が減り、既存のお客様の売上は横ばいです。受注データの取込から出荷指示までの「つなぎ目」に手作業が残り、特定の担当に負荷が集中しています。",
            "More new customers come, yet fewer return, and sales to existing customers stand "
            "still. Work by hand remains at the joints between order and dispatch, and most of "
            "it rests on one desk.",
        )
    )
    s = Section
    sections = (
        s(
            id="cover",
            title=p("表紙", "Cover"),
            blocks=(
                Paragraph(
                    text=(
                        Span(text=p("株式会社青山通販", "Aoyama Mail Order"), strong=True),
                        Span(
                            text=p(
                                " 御中　2026年11月22日（データ基準日 2026年10月31日）",
                                ", 22 November 2026, data to 31 October 2026",
                            )
                        ),
                    )
                ),
                Paragraph(
                    text=t(
                        p(
                            "「新規は取れているのに、なぜか手元にお金が残らない」",
                            "“We win customers, and still there is no money left.”",
                        )
                    ),
                    style="quote",
                ),
                Paragraph(
                    text=t(p("ヒアリングでの社長のお言葉", "The proprietor, in the interview")),
                    style="note",
                ),
            ),
        ),
        s(
            id="summary",
            number="1",
            title=p("要約", "Summary"),
            blocks=(
                Paragraph(
                    text=t(
                        p(
                            "2回目のご注文の減少が、広告への依存と利益率の低下につながっている可能性があります。",
                            "Fewer second orders may be what thins the margin.",
                        )
                    ),
                    style="lead",
                ),
                tiles,
                Paragraph(text=body),
                Bullets(
                    ordered=True,
                    items=(
                        t(
                            p(
                                "初回購入後の案内を3回、自動で送る",
                                "Send three automatic messages after the first order",
                            )
                        ),
                        t(p("受注データの取込を自動にする", "Load orders automatically")),
                        t(
                            p(
                                "使っていないシステムの契約を見直す",
                                "End contracts for systems not in use",
                            )
                        ),
                    ),
                ),
            ),
        ),
        s(
            id="business",
            number="2",
            title=p("事業の現状", "State of the business"),
            blocks=(Paragraph(text=body), c["sales"], c["cost"], table),
        ),
        s(
            id="system",
            number="3",
            title=p("事業システムの全体像", "The whole system"),
            blocks=(c["dots"], c["edges"], c["modules_counts"]),
        ),
        s(
            id="findings",
            number="4",
            title=p("優先して手を打つこと", "What to act on first"),
            blocks=(*cards, c["impact"]),
        ),
        s(
            id="journey",
            number="5",
            title=p("業務の流れと手作業のつなぎ目", "The work flow and its seams"),
            blocks=(Paragraph(text=body), c["journey"], c["load"]),
        ),
        s(
            id="customers",
            number="6",
            title=p("お客様との関係", "Customers"),
            blocks=(
                Heading(text=t(p("2回目のご注文", "The second order"))),
                Paragraph(text=body),
                c["curve"],
                c["counts"],
                c["cohort"],
                c["lorenz"],
                c["funnel"],
                c["survival"],
            ),
        ),
        s(
            id="rules",
            number="7",
            appendix=True,
            title=p("診断項目の一覧", "All checks"),
            blocks=(
                Paragraph(
                    text=t(
                        p(
                            "判定保留は、資料がそろい次第あらためて判定します。",
                            "What is not judged will be judged once the data are here.",
                        )
                    ),
                    style="note",
                ),
                long,
            ),
        ),
        s(
            id="definitions",
            number="8",
            appendix=True,
            title=p("数字の定義", "Definitions"),
            blocks=(defs,),
        ),
    )
    return Outline(
        lang=lang,
        title=p("事業システム診断報告書", "Business system diagnosis"),
        client=p("株式会社青山通販", "Aoyama Mail Order"),
        date="2026-11-22",
        sections=sections,
        chrome=CHROME[lang],
    )


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></svg><svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "$\\frac{a}{b}$ _begins with _",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "&amp;&lt; url(#x) 1.23456 <!-- /* fonts */ -->",
    "nul\x00bell\x07esc\x1b[31m\u202eback",
    "😀 🇯🇵 ዣ é é 𠮷野家",
    "長" * 200,
    "W" * 300,
)


def hostile() -> Outline:
    """Each field of each block holds a text that would like to be markup."""
    sections = []
    for i, bad in enumerate(HOSTILE):
        s = (
            Span(text=bad),
            Span(text=bad, fact=f"x.{bad}", value=bad),
            Span(text=bad, strong=True),
        )
        blocks = (
            Paragraph(text=s, style="lead"),
            Paragraph(text=s, style="quote"),
            Heading(text=s, anchor=bad),
            Bullets(items=(s, s)),
            Tiles(tiles=(Tile(label=s, value=s, note=s, quality=s),) * 4),
            Card(
                anchor=bad,
                code=bad,
                mark=bad,
                tone="high",
                title=s,
                body=s,
                rows=((bad, s),),
                tags=(bad,),
            ),
            Table(columns=(bad, bad), rows=((s, s),), caption=s, anchors=(bad,), align="lr"),
            Chart(
                id=f"{bad}{i}",
                kind="bars",
                columns=("label", "value"),
                units=("text", "yen"),
                rows=((bad, 3.0), ("_x", None)),
                labels={"mark.m": bad},
                marks={"m": 2.0},
                title=s,
                caption=s,
                alt=bad,
            ),
            Chart(
                id=f"s{i}",
                kind="swimlane",
                columns=(
                    "step_no",
                    "step",
                    "side",
                    "actor",
                    "tool",
                    "mode",
                    "minutes",
                    "per_day",
                    "seam",
                ),
                units=("text",) * 9,
                rows=(
                    (1, bad, "company", bad, bad, bad, 1.0, 2.0, bad),
                    (2, bad, bad, None, bad, "auto", None, 2.0, None),
                ),
                labels={"seam": bad, "manual": bad, "auto": bad, "minutes_per_day": bad},
                title=s,
                caption=s,
                alt=bad,
            ),
            Chart(
                id=f"t{i}",
                kind="trend",
                columns=("month", "a"),
                units=("text", "yen"),
                rows=(("2026-01", 1.0), ("2026-02", 2.0)),
                labels={"a": bad},
                title=s,
                caption=s,
                alt=bad,
            ),
            Definitions(cards=(Definition(anchor=bad, name=bad, text=s, rows=((bad, s),)),)),
        )
        sections.append(
            Section(
                id=f"s{i} {bad[:20]}",
                number=str(i + 1),
                title=bad,
                blocks=blocks,
                appendix=i % 2 == 1,
            )
        )
    return Outline(
        lang="ja",
        title=HOSTILE[2],
        client=HOSTILE[0],
        date="2026-11-22",
        sections=tuple(sections),
        chrome=CHROME["ja"],
    )


def notebook(document: Outline, theme=None):
    """A notebook that has run: one code cell a section, its output made by the view itself."""
    import nbformat.v4 as v4

    from toolkit.deliverables.section import SectionView

    cells = [v4.new_markdown_cell("# 手順の説明", metadata={"tags": ["note"]})]
    for section in document.sections:
        view = SectionView(section=section, lang=document.lang, chrome=document.chrome, theme=theme)
        data, metadata = view._repr_mimebundle_()
        output = v4.new_output("execute_result", data, execution_count=1, metadata=metadata)
        cells.append(
            v4.new_code_cell(f"tk.section(d, {section.id!r})", outputs=[output], execution_count=1)
        )
    return v4.new_notebook(cells=cells)
