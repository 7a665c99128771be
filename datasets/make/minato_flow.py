"""The work flow of Minato Seisakusho from the inquiry to the repeat order."""

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
図面を送って見積を頼む|お客様|||||||
図面を受け取り案件を登録する|会社|沖田|販売管理|手作業|12|1.3|図面|案件
原価を見積もる|会社|浜口|表計算の見積表|手作業|60|1.3|案件|見積原価
値段を決めて見積を出す|会社|社長|表計算の見積表|手作業|45|1.3|見積原価|見積金額
発注する|お客様|||||||
注文を受け納期を答える|会社|沖田|販売管理|手作業|15|2.6|注文書|受注内容、納期
材料と外注を手配する|会社|真鍋|電話と注文書|手作業|20|2.6|受注内容|手配内容
製造の順番を決める|会社|工場長|工程板|手作業|50|1|納期|製造順
加工して検査する|会社|工場長|加工機|自動|0|2.6|製造順|
梱包して出荷する|会社|真鍋|送り状ソフト|手作業|20|2.6|受注内容|出荷日
届いた部品を受け入れる|お客様|||||||
請求書をつくって送る|会社|経理|販売管理|手作業|14|2.6|出荷日|請求日
代金を振り込む|お客様|||||||
入金を照らし合わせる|会社|経理|販売管理|手作業|6|2.6|入金明細|入金日
得意先を回り次の予定を聞く|会社|浜口|訪問|手作業|25|1|受注内容|訪問記録
もう一度発注する|お客様|||||||
"""
)


def write_flow(folder: Path) -> None:
    """The flow as a sheet, a row a step."""
    rows = [(place, *step) for place, step in enumerate(STEPS, start=1)]
    write_rows(folder / "業務の流れ.csv", [HEADER, *rows], "cp932", "\r\n")
