"""The work flow of Aoba Satoyama-do as its people wrote it down: who does what, with what."""

from __future__ import annotations

from pathlib import Path

from sheet import table, write_rows

HEADER = (
    "番号",
    "工程",
    "側",
    "担当",
    "道具",
    "方法",
    "所要分",
    "1日件数",
    "入力情報",
    "出力情報",
)
# Step, side, person, tool, mode, minutes, times a day, what goes in, what is typed in.
STEPS = table(
    """
広告の出し方と値段を決める|会社|社長|広告管理画面|手作業|120|1||
商品を選ぶ|お客様|||||||
注文する|お客様|||||||
サイトの注文を受け付ける|会社|小林|ECカート|自動|0|11|注文|
電話とはがきの注文を入力する|会社|小林|ECカート|手作業|6|4|注文|お届け先、注文内容
受注データを取り出して並べ替える|会社|小林|表計算の受注表|手作業|25|1|受注データ|受注一覧
在庫表から1品ずつ引き当てる|会社|中村|表計算の在庫表|手作業|1.5|21|受注一覧|注文内容、在庫数
足りない品を発注する|会社|社長|電話とファクス|手作業|30|3|在庫数|発注数
入金を通帳と照らし合わせる|会社|専務|表計算の入金表|手作業|3|6|入金明細|入金日
送り状と納品書を打ち込む|会社|中村|送り状ソフト|手作業|1.5|28|受注一覧|お届け先
商品をそろえて箱に詰める|会社|田口|梱包台|手作業|5|14|納品書|
運送会社へ渡す|会社|田口|梱包台|手作業|10|1|送り状|
出荷の連絡をする|会社||メール配信ツール|手作業|1|14|送り状|出荷日
売上帳に書き写す|会社|専務|表計算の売上帳|手作業|1.5|14|受注一覧|注文内容、入金日
大口と贈りものの相談に乗る|会社|社長|電話|手作業|20|3|相談|
お届け日の連絡を受け取る|お客様|||||||
商品が到着する|お客様|||||||
商品を使う|お客様|||||||
もう一度注文する|お客様|||||||
"""
)


def write_flow(folder: Path) -> None:
    """The flow as a sheet, a row a step."""
    rows = [(place, *step) for place, step in enumerate(STEPS, start=1)]
    write_rows(folder / "業務の流れ.csv", [HEADER, *rows], "cp932", "\r\n")


def manual_minutes_per_day() -> float:
    """Minutes a day of all manual steps of the company."""
    return sum(
        float(step[5]) * float(step[6])
        for step in STEPS
        if step[1] == "会社" and step[4] == "手作業"
    )


def double_entries() -> int:
    """How often something typed in before is typed in again."""
    seen: set[str] = set()
    again = 0
    for step in STEPS:
        if step[1] == "会社" and step[4] == "手作業":
            for item in filter(None, step[8].split("、")):
                again += item in seen
                seen.add(item)
    return again
