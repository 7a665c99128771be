"""Findings of the sample: the tiles of the summary, and a card of each tone."""

from __future__ import annotations

from sample_document.parts import F2, Words, num, t
from toolkit.outline.blocks import Card, Span, Tile, Tiles


def tiles(p: Words) -> Tiles:
    return Tiles(
        tiles=(
            Tile(
                label=p.say("直近12か月の売上", "Sales, last 12 months"),
                value=(
                    num(p("1億7,240万円", "¥172,400,000"), "customers.sales_12m", 172_400_000.0),
                ),
                note=p.say("前年同期比 +3.1％", "+3.1% on the year"),
                quality=p.say("n＝12,480件", "n = 12,480"),
            ),
            Tile(
                label=p.say("2回目のご注文に進む割合（180日以内）", "Second order within 180 days"),
                value=(num("30.1%", F2, 0.301),),
                note=p.say("前年の35.2％から低下", "down from 35.2%"),
                quality=p.say("n＝6,210人", "n = 6,210"),
                tone="high",
            ),
            Tile(
                label=p.say("限界利益率", "Contribution margin"),
                value=(num("24.9%", "costs.contribution_margin_rate", 0.249),),
                note=p.say("システム費 8.1％", "systems 8.1%"),
                quality=p.say("12か月分の費用", "12 months of costs"),
            ),
            Tile(
                label=p.say("既存のお客様の売上", "Sales to existing customers"),
                value=p.say("判定保留", "not judged"),
                note=p.say("資料待ち", "data awaited"),
                tone="unknown",
            ),
        )
    )


def card(code, tone, mark, title, body, **more) -> Card:
    return Card(
        anchor=f"finding-{code}", code=code, tone=tone, mark=mark, title=title, body=body, **more
    )


def first_card(p: Words) -> Card:
    """A card with everything a card may hold."""
    return card(
        "AFT006",
        "high",
        p("優先対応", "Act first"),
        p.say("2回目のご注文が減っている", "Second orders are falling"),
        (
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
                p.say(
                    "初回購入から7日・21日・45日の3回、使い方と2回目のご案内を自動で送る。",
                    "Send three automatic messages: on days 7, 21 and 45.",
                ),
            ),
            (
                p("効果の幅", "Worth"),
                p.say(
                    "年 810万〜1,720万円（全額を達成した場合）",
                    "¥8.1M to ¥17.2M a year if the whole gap is closed",
                ),
            ),
            (p("担当・期限", "Assignee, date"), t("　")),
        ),
        tags=(p("出典 S0-41", "source S0-41"), p("参考：実務家の目安", "practitioners' guide")),
    )


def cards(p: Words) -> list[Card]:
    return [
        first_card(p),
        card(
            "PAY001",
            "medium",
            p("要対応", "Act"),
            p.say("システム費が売上の8.1％を占める", "Systems take 8.1% of sales"),
            p.say(
                "使っていないオプションが3件あります。", "Three options are paid for and not used."
            ),
            rows=((p("根拠", "Basis"), (num("8.1%", "costs.system_cost_ratio", 0.081),)),),
        ),
        card(
            "JRN007",
            "check",
            p("要確認", "Check"),
            p.say("手作業のつなぎ目が月96時間", "Seams by hand take 96 hours a month"),
            p.say(
                "受注データの取込から出荷指示までに手作業が残っている可能性があります。",
                "Work by hand may remain between order and dispatch.",
            ),
        ),
        card(
            "FUL003",
            "unknown",
            p("判定保留", "Not judged"),
            p.say("出荷までの日数", "Days to dispatch"),
            p.say(
                "出荷日の列をいただければ判定できます。",
                "We can judge this with the dispatch dates.",
            ),
        ),
        card(
            "SAL010",
            "good",
            p("良好", "Fine"),
            p.say("決済手段はそろっている", "Payment methods are complete"),
            (),
        ),
    ]
