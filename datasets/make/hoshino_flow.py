"""The work flow of Hoshinofune from the first visit to the renewal."""

from __future__ import annotations

from pathlib import Path

from sheet import table, write_rows

HEADER = (
    "step_no",
    "step",
    "side",
    "actor",
    "tool",
    "mode",
    "minutes",
    "per_day",
    "data_in",
    "data_out",
)
# Step, side, person, tool, mode, minutes, times a day, what goes in, what is typed in.
STEPS = table(
    """
資料を請求する|customer|||||||
資料を送る|company|青木|メール配信|auto|0|2|連絡先|
商談で現場の困り事を聞く|company|青木|訪問・遠隔|manual|60|2|連絡先|商談記録
見積を出す|company|社長|表計算|manual|40|1.5|商談記録|契約条件
申し込む|customer|||||||
契約を台帳に入れる|company|南|契約台帳|manual|20|0.5|申込書|契約条件、会社情報
初期設定をする|company|森|管理画面|manual|180|0.5|申込書|会社情報、利用者一覧
使い方の説明会に出る|customer|||||||
説明会を開く|company|森|遠隔会議|manual|90|0.5|利用者一覧|
点検の現場で使う|customer|||||||
導入したての先の利用記録を表へ写す|company|森|表計算の利用表|manual|2|24|利用記録|利用回数
問い合わせに答える|company|西|電話・メール|manual|11|8|問い合わせ|対応記録
問い合わせを管理表へ写す|company|西|表計算の管理表|manual|3|8|対応記録|対応記録
要望をまとめる|company|東|表計算の要望表|manual|45|1|対応記録|要望
請求書を出す|company|南|会計ソフト|auto|0|8|契約条件|
入金を照らし合わせる|company|南|表計算の入金表|manual|4|9|入金明細|入金日
更新の案内を送る|company||メール配信|manual|15|0.6|契約台帳|
更新を決める|customer|||||||
"""
)


def write_flow(folder: Path) -> None:
    """The flow as a sheet, a row a step."""
    rows = [(place, *step) for place, step in enumerate(STEPS, start=1)]
    write_rows(folder / "journey.csv", [HEADER, *rows])
