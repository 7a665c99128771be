"""Charts of the work: the journey, the load of it, the modules and what passes between them."""

from __future__ import annotations

from sample_document.parts import Words
from toolkit.outline.blocks import Chart

JOURNEY = (
    "step_no:count step:text side:text actor:text tool:text mode:text minutes:minutes "
    "per_day:count seam:text"
)


def steps(p: Words) -> list[tuple[object, ...]]:
    desk, stock = p("受注担当", "Order desk"), p("倉庫", "Warehouse")
    system = p("倉庫システム", "Warehouse system")
    support = p("カスタマーサポート", "Customer support")
    fetches = p("受注データをカートからダウンロード", "Downloads orders from the cart")
    types = p("受注管理ソフトへ手作業で取り込み", "Types orders into the order system")
    tells = p("出荷のお知らせメールを送る", "Sends dispatch notice")
    receives = p("受け取る・使う・問い合わせる", "Receives, uses, asks")
    told = [
        (p("商品を選び、注文する", "Chooses and orders"), None, "manual", None, None, "auto"),
        (fetches, desk, "manual", 15, 2, "manual"),
        (types, desk, "manual", 4, 42, "manual"),
        (p("在庫を引き当てる", "Allocates stock"), desk, "manual", 2, 42, "auto"),
        (p("送り状と納品書の印字", "Prints slips"), system, "auto", 0.2, 42, "auto"),
        (p("ピッキング・検品・梱包", "Picks, checks, packs"), stock, "manual", 6, 42, "manual"),
        (tells, support, "manual", 1, 42, "auto"),
        (receives, None, "manual", None, None, "auto"),
    ]
    return [
        (no, step, "company" if actor else "customer", actor, "", *rest)
        for no, (step, actor, *rest) in enumerate(told, 1)
    ]


def work(p: Words) -> list[Chart]:
    return [
        p.chart(
            "journey swimlane",
            JOURNEY,
            steps(p),
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
        p.chart(
            "load bars",
            "label:text value:minutes tone:text",
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
        p.chart(
            "dots dots",
            "label:text value:index target:index",
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
        p.chart(
            "modules_counts composition",
            "label:text fail:count pass:count unknown:count",
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
        p.chart(
            "edges modules",
            "from:text to:text status:text",
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
