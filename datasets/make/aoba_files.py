"""The files of Aoba Satoyama-do as its systems export them, with the faults such files have.

cp932 with CRLF; an era in the dates of the first two years; full-width digits, 円, △ and ▲;
rows exported twice; totals rows; rows torn apart; names, telephone numbers and addresses.
Every person, number and address is made up and looks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from aoba_books import Contact, Cost
from aoba_parcels import Parcel
from aoba_sales import Buyer, Line
from chance import Chance
from sheet import write_rows

HEADER = (
    "受注番号",
    "明細番号",
    "受注日",
    "受注状況",
    "会員番号",
    "氏名",
    "電話番号",
    "住所",
    "受注経路",
    "商品名",
    "数量",
    "単価",
    "クーポン利用額",
    "金額",
    "送料",
    "支払方法",
    "出荷日",
    "お届け日",
    "お届け指定日",
    "個口数",
    "返品日",
    "誤出荷",
    "入金日",
)
MEMBER_HEADER = (
    "会員番号",
    "氏名",
    "電話番号",
    "メールアドレス",
    "年代",
    "都道府県",
    "登録経路",
    "初回購入日",
    "メール同意日",
)
COST_HEADER = ("計上月", "科目", "摘要", "金額", "解約可")
CONTACT_HEADER = (
    "受付番号",
    "受付日",
    "会員番号",
    "氏名",
    "種別",
    "受付経路",
    "誰が",
    "何を",
    "いつ",
    "どこで",
    "なぜ",
    "どのように",
    "対応者",
    "完了日",
    "結果連絡",
    "開発共有",
)
FAMILY = ("見本", "例示", "架空", "仮名", "試作")
GIVEN = ("太郎", "花子", "一郎", "和子", "健", "京子", "実", "幸子")
WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")
SEEN_ON_THE_NET = ("検索広告", "SNS広告", "自然検索")
FREE_SHIPPING_YEN = 5500
SHIPPING_YEN = 660
# Files: name, first and last day of order. The third begins with a month exported before.
SECOND, THIRD, OVERLAP = date(2024, 10, 1), date(2025, 10, 1), date(2025, 9, 1)
Row = list[str]
Style = Callable[[date | None, int], tuple[str, str]]


def damaged(chance: Chance, lines: Sequence[Line]) -> list[str]:
    """Orders whose only row will be unreadable: they are out of every figure."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.order] = counts.get(line.order, 0) + 1
    whole = [order for order, count in counts.items() if count == 1]
    return chance.shuffled(whole)[:11]


def write_orders(
    folder: Path,
    chance: Chance,
    lines: Sequence[Line],
    torn: Sequence[str],
    parcels: Mapping[str, Parcel],
) -> None:
    """Three exports of order lines, each as the shop system of its year wrote it."""
    eras = (
        ("受注明細_R5.csv", [line for line in lines if line.day < SECOND], _first_era),
        ("受注明細_R6.csv", [line for line in lines if SECOND <= line.day < THIRD], _second_era),
        ("受注明細_2025.csv", [line for line in lines if line.day >= OVERLAP], _plain),
    )
    fees = _shipping(lines)
    for name, own, style in eras:
        rows = [
            [*_row(chance, line, style, fees), *_sent(line, parcels[line.order], style)]
            for line in own
        ]
        rows = [_refused(row, parcels[row[0]]) for row in rows]
        rows = [_torn(row, torn.index(row[0])) if row[0] in torn else row for row in rows]
        if style is _second_era:
            rows = _repeated(rows)
        total = sum(line.amount for line in own if line.state != "キャンセル")
        rows.append(["合計", *[""] * 12, style(None, total)[1], *[""] * 9])
        write_rows(folder / name, [HEADER, *rows], "cp932", "\r\n")


def _shipping(lines: Sequence[Line]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.order] = sums.get(line.order, 0) + (line.amount if line.line < 9 else 0)
    return {
        order: 0 if total >= FREE_SHIPPING_YEN else SHIPPING_YEN for order, total in sums.items()
    }


def _row(chance: Chance, line: Line, style: Style, fees: dict[str, int]) -> Row:
    day, amount = style(line.day, line.amount)
    if style is _first_era and chance.happens(0.06):
        amount = amount.translate(WIDE)
    return [
        line.order,
        str(line.line),
        day,
        line.state,
        line.buyer.number if line.buyer else "",
        *(_person(line.buyer) if line.buyer and line.line == 1 else ("", "", "")),
        _route(line),
        line.product,
        str(line.quantity),
        str(abs(line.price)),
        str(line.discount),
        amount,
        str(fees[line.order]) if line.line == 1 else "",
        line.payment,
        style(line.shipped, 0)[0],
        style(line.arrived, 0)[0],
    ]


def _sent(line: Line, parcel: Parcel, style: Style) -> Row:
    """What the shipping desk noted, on the first line of the order alone."""
    if line.line != 1:
        return [""] * 5
    return [
        style(parcel.wished, 0)[0],
        str(parcel.boxes) if line.shipped else "",
        style(parcel.back, 0)[0],
        "○" if parcel.wrong else "",
        style(parcel.paid, 0)[0],
    ]


def _refused(row: Row, parcel: Parcel) -> Row:
    """A parcel not taken in: the state says so."""
    return [*row[:3], "受取拒否", *row[4:]] if parcel.refused and row[3] == "出荷済" else row


def _route(line: Line) -> str:
    """The way the order itself came in: who saw an advertisement orders on the site."""
    if line.source in ("折込チラシ", "紹介"):
        return "電話" if int(line.order[1:]) % 3 else "はがき"
    return "自社サイト" if line.source in SEEN_ON_THE_NET else line.source


def _person(buyer: Buyer) -> tuple[str, str, str]:
    number = int(buyer.number)
    name = f"{FAMILY[number % len(FAMILY)]}　{GIVEN[number % len(GIVEN)]}"
    home = f"架空県見本市{number % 9 + 1}"
    return name, f"000-0000-{number % 10000:04d}", home


def _first_era(day: date | None, amount: int) -> tuple[str, str]:
    """Dates like R5.10.3, money like 4,280 and △4,280."""
    text = f"R{day.year - 2018}.{day.month}.{day.day}" if day else ""
    return text, f"△{-amount:,}" if amount < 0 else f"{amount:,}"


def _second_era(day: date | None, amount: int) -> tuple[str, str]:
    """Dates like 令和6年10月5日, money like 4,280円 and ▲4,280円."""
    text = f"令和{day.year - 2018}年{day.month}月{day.day}日" if day else ""
    return text, f"▲{-amount:,}円" if amount < 0 else f"{amount:,}円"


def _plain(day: date | None, amount: int) -> tuple[str, str]:
    """Dates like 2025/10/05, money like 4280 and -4280."""
    return f"{day:%Y/%m/%d}" if day else "", str(amount)


def _torn(row: Row, place: int) -> Row:
    """One of four faults: too few cells, too many, a day that never was, money that is none."""
    if place % 4 == 0:
        return row[:9]
    if place % 4 == 1:
        return [*row, "再送分", "要確認"]
    if place % 4 == 2:
        return [*row[:2], "R62.13.41", *row[3:]]
    return [*row[:13], "確認中", *row[14:]]


def _repeated(rows: list[Row]) -> list[Row]:
    """Some rows come twice in a row, as when a page of a list is saved twice."""
    twice = []
    for place, row in enumerate(rows):
        twice.append(row)
        if place % 180 == 90:
            twice.append(row)
    return twice


def write_members(folder: Path, buyers: Sequence[Buyer]) -> None:
    """The list of members; about half of them agreed to mails."""
    rows = [
        [
            buyer.number,
            *_person(buyer)[:2],
            f"k{int(buyer.number)}@example.invalid",
            buyer.age,
            buyer.prefecture,
            buyer.source,
            f"{buyer.first:%Y/%m/%d}",
            f"{buyer.first:%Y/%m/%d}" if buyer.opted_in else "",
        ]
        for buyer in buyers
    ]
    write_rows(folder / "顧客台帳.csv", [MEMBER_HEADER, *rows], "cp932", "\r\n")


def write_costs(folder: Path, costs: Sequence[Cost]) -> None:
    """The cost ledger under a title and a blank line."""
    rows = [
        [f"{cost.booked:%Y/%m/%d}", cost.item, cost.note, f"{cost.amount:,}", cost.cancellable]
        for cost in costs
    ]
    title = [["費用一覧（税込・月末計上）"], []]
    write_rows(folder / "費用一覧.csv", [*title, COST_HEADER, *rows], "cp932", "\r\n")


def write_contacts(folder: Path, contacts: Sequence[Contact]) -> None:
    """The contact log; only some entries carry the member's number."""
    rows = [
        [
            contact.number,
            f"{contact.day:%Y/%m/%d}",
            contact.member,
            f"{FAMILY[place % len(FAMILY)]}様" if contact.member else "",
            contact.kind,
            contact.desk,
            contact.who,
            contact.what,
            contact.when,
            contact.where,
            contact.why,
            contact.how,
            contact.staff,
            f"{contact.done:%Y/%m/%d}" if contact.done else "",
            contact.told,
            contact.passed_on,
        ]
        for place, contact in enumerate(contacts)
    ]
    write_rows(folder / "問合せ台帳.csv", [CONTACT_HEADER, *rows], "cp932", "\r\n")


def write_table(path: Path, header: str, rows: Sequence[Sequence[object]]) -> None:
    """One of the smaller books: days as 2026/10/31, the rest as it is."""
    written = [[f"{cell:%Y/%m/%d}" if isinstance(cell, date) else cell for cell in r] for r in rows]
    write_rows(path, [header.split(), *written], "cp932", "\r\n")
