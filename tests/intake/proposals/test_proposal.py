"""A mapping proposed for a layout nobody has told: from headers and cells, never a guess hidden."""

from __future__ import annotations

import csv
import io
import random
import tomllib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from toolkit.errors import InputError
from toolkit.intake.files.grid import ReadOptions
from toolkit.intake.mappings.mapping import Condition, FillDown
from toolkit.intake.mappings.mapping_file import mapping_of
from toolkit.intake.proposals.proposal import Proposal, propose
from toolkit.intake.proposals.toml import mapping_text
from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.intake.setting import Setting
from toolkit.intake.table import SourceFile, Table, read_table
from toolkit.words import words

Look = Callable[..., Proposal]
FIXTURES = Path(__file__).parents[1] / "adapters" / "fixtures"

STORES = """\
オーダー番号,オーダー日,アイテム名,個数,小計,配送料,合計,氏(配送先),メールアドレス,ステータス
S1001,2026-01-05 10:00,深むし煎茶,1,1000,500,3500,見本,hanako@example.com,発送済み
S1001,2026-01-05 10:00,玉露,1,2000,500,3500,見本,hanako@example.com,発送済み
S1002,2026-01-06 11:30,ほうじ茶,1,1000,500,1500,見本,taro@example.com,キャンセル済(返金)
S1003,2026-01-07 12:10,急須,2,4000,0,5500,見本,jiro@example.com,発送済み
S1003,2026-01-07 12:10,深むし煎茶,1,1500,0,5500,見本,jiro@example.com,発送済み
S1004,2026-02-03 09:05,玉露,1,2000,0,2800,見本,hanako@example.com,未発送
S1004,2026-02-03 09:05,ほうじ茶,1,800,0,2800,見本,hanako@example.com,未発送
"""
SALESFORCE = """商談名,フェーズ,金額,完了予定日,確度(%),作成日,リードソース,種別,商談 所有者
青葉工業 基幹更新,提案,"¥1,200,000",2026/05/31,50,2026/01/10,Web,新規,見本 一郎
みどり商会 保守,受注,"¥800,000",2026/04/30,100,2026/01/12,紹介,既存,見本 二郎
わかば物産 導入,失注,"¥300,000",2026/03/31,0,2026/02/02,展示会,新規,見本 一郎
"""
SALESFORCE_API = """Id,Name,StageName,Amount,CloseDate,Probability,CreatedDate,LeadSource,Type
006A1,Deal A,Proposal,1200000,2026-05-31,50,2026-01-10T09:00:00.000+0000,Web,New
006A2,Deal B,Closed Won,800000,2026-04-30,100,2026-01-12T09:00:00.000+0000,Referral,New
006A3,Deal C,Closed Lost,300000,2026-03-31,0,2026-02-02T09:00:00.000+0000,Event,New
"""
KINTONE = """\
レコードの開始行,レコード番号,作成日時,更新者,受注日,得意先コード,品名,数量,単価,小計,進捗
*,101,2026-01-05 10:00,見本 一郎,2026-01-05,K-01,茶,2,500,1000,納品済
,,,,,,米,1,2000,2000,
*,102,2026-01-06 10:00,見本 一郎,2026-01-06,K-02,茶,1,500,500,キャンセル
*,103,2026-01-07 10:00,見本 二郎,2026-01-07,K-01,酒,1,3000,3000,納品済
,,,,,,茶,2,500,1000,
,,,,,,米,1,2000,2000,
"""
ROMAJI = """juchu_no;kokyaku_cd;juchu_bi;shohin_mei;suryo;kingaku;tel
A1;C1;R8.1.5;茶;1;￥1,000;090-0000-0001
A2;C2;R8.1.6;米;2;￥2,000;090-0000-0002
A3;C1;R8.1.7;茶;3;￥3,000;090-0000-0001
"""
ENGLISH = """Order Number,Client Code,Ordered On,Item Title,Qty,Grand Total,Pay Method,Order Status
A1,C1,2026-01-05,tea,1,1000,card,shipped
A2,C2,2026-01-06,rice,2,2000,card,void
A3,C1,2026-01-07,tea,3,3000,bank,shipped
"""
EXPECTED = {
    "stores": (
        "orders",
        STORES,
        {
            "order_id": "オーダー番号",
            "customer_id": "メールアドレス",
            "order_date": "オーダー日",
            "amount": "合計",
            "product": "アイテム名",
            "quantity": "個数",
            "shipping_fee": "配送料",
            "status": "ステータス",
        },
    ),
    "salesforce": (
        "leads",
        SALESFORCE,
        {
            "lead_id": "商談名",
            "created_at": "作成日",
            "source": "リードソース",
            "stage": "フェーズ",
            "amount": "金額",
            "staff": "商談 所有者",
        },
    ),
    "salesforce_api": (
        "leads",
        SALESFORCE_API,
        {
            "lead_id": "Id",
            "created_at": "CreatedDate",
            "source": "LeadSource",
            "stage": "StageName",
            "amount": "Amount",
        },
    ),
    "kintone": (
        "orders",
        KINTONE,
        {
            "order_id": "レコード番号",
            "customer_id": "得意先コード",
            "order_date": "受注日",
            "amount": "小計",
            "product": "品名",
            "quantity": "数量",
            "status": "進捗",
        },
    ),
    "romaji": (
        "orders",
        ROMAJI,
        {
            "order_id": "juchu_no",
            "customer_id": "kokyaku_cd",
            "order_date": "juchu_bi",
            "amount": "kingaku",
            "product": "shohin_mei",
            "quantity": "suryo",
        },
    ),
    "english": (
        "orders",
        ENGLISH,
        {
            "order_id": "Order Number",
            "customer_id": "Client Code",
            "order_date": "Ordered On",
            "amount": "Grand Total",
            "product": "Item Title",
            "quantity": "Qty",
            "payment_method": "Pay Method",
            "status": "Order Status",
        },
    ),
}


@pytest.fixture
def look(setting: Setting, tmp_path: Path) -> Look:
    """Write a file and propose its mapping."""

    def looking(text: str | bytes, kind: str = "orders", name: str = "file.csv") -> Proposal:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return propose(path, name, setting.kinds[kind], setting)

    return looking


def headers(proposal: Proposal) -> dict[str, str]:
    """The header of each column that has one; an operation before its headers."""
    return {
        one.column: one.header
        if one.source.operation == "column"
        else f"{one.source.operation}: {one.header}"
        for one in proposal.columns
    }


def asked(proposal: Proposal) -> dict[str, tuple[str, tuple[str, ...], bool]]:
    return {one.column: (one.reason, one.headers, one.required) for one in proposal.unclear}


def table_through(proposal: Proposal, path: Path, setting: Setting) -> Table:
    """The file read through the text of its proposed mapping."""
    text = mapping_text(proposal, "data/x.csv", words(setting.method, "ja"))
    mapping = mapping_of(tomllib.loads(text), "m.toml", setting.kinds)
    source = SourceFile(path=path, name=path.name, mapping=mapping)
    return read_table([source], setting.kinds[proposal.kind], setting)


def read_through(proposal: Proposal, path: Path, setting: Setting) -> ReadReport:
    return table_through(proposal, path, setting).report


def shuffled(text: str, seed: int) -> str:
    """The same table with its columns in another order."""
    separator = ";" if text.count(";") > text.count(",") else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    order = list(range(len(rows[0])))
    random.Random(seed).shuffle(order)
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(
        [row[at] for at in order] for row in rows
    )
    return out.getvalue()


@pytest.mark.parametrize("name", EXPECTED)
def test_layouts_that_no_adapter_knows(look: Look, name: str) -> None:
    kind, text, expected = EXPECTED[name]
    proposal = look(text, kind)
    assert headers(proposal) == expected
    assert proposal.ready
    assert not [one for one in proposal.unclear if one.required]
    assert all(0.5 <= one.confidence <= 1 for one in proposal.columns)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", EXPECTED)
def test_the_order_of_columns_does_not_matter(look: Look, name: str, seed: int) -> None:
    kind, text, expected = EXPECTED[name]
    assert headers(look(shuffled(text, seed), kind)) == expected


@pytest.mark.parametrize(
    "rename",
    [
        pytest.param(lambda text: f"【{text}】", id="brackets"),
        pytest.param(lambda text: f"　{text} ", id="spaces"),
        pytest.param(
            lambda text: text.translate({n: n + 0xFEE0 for n in range(33, 127)}), id="wide"
        ),
        pytest.param(
            lambda text: text if text.isascii() or "メール" in text else f"ご{text}", id="polite"
        ),
    ],
)
@pytest.mark.parametrize("name", ["stores", "salesforce", "kintone", "english"])
def test_headers_in_another_dress(look: Look, name: str, rename: Callable[[str], str]) -> None:
    kind, text, expected = EXPECTED[name]
    head, rest = text.split("\n", 1)
    new = ",".join(f'"{rename(header)}"' for header in head.split(","))
    found = headers(look(f"{new}\n{rest}", kind))
    assert found == {column: rename(header).strip() for column, header in expected.items()}


def test_an_order_whose_total_stands_on_each_row_is_counted_once(look: Look) -> None:
    proposal = look(STORES)
    assert (proposal.rows.model, proposal.model_reason) == ("orders", "total_repeated")
    assert proposal.rows.cancelled == (
        Condition(column="ステータス", operator="contains", operand="キャンセル"),
    )


def test_lines_of_an_order_have_amounts_of_their_own(look: Look) -> None:
    text = "注文番号,会員番号,注文日,金額計\n" + "".join(
        f"A{i // 2},C{i % 3},2026-01-0{1 + i // 2},{1000 + i * 10}\n" for i in range(8)
    )
    proposal = look(text)
    assert (proposal.rows.model, proposal.model_reason) == ("lines", "amounts_differ")


def test_two_orders_of_several_rows_do_not_show_the_row_model(look: Look) -> None:
    rows = ["A1,C1,2026-01-05,900", "A1,C1,2026-01-05,900", "A2,C2,2026-01-06,800"]
    proposal = look("受注No.,顧客CD,受注日付,購入額\n" + "\n".join(rows) + "\n")
    assert (proposal.rows.model, proposal.model_reason) == ("orders", "few")
    assert asked(proposal)["rows.model"] == ("few", (), False)
    assert proposal.ready


def test_the_rows_of_a_record_are_completed_as_kintone_leaves_them_out(
    look: Look, setting: Setting, tmp_path: Path
) -> None:
    proposal = look(KINTONE)
    assert proposal.rows.fill_down == FillDown(
        by="レコード番号", columns=("レコード番号", "受注日", "得意先コード", "進捗")
    )
    assert proposal.rows.model == "lines"
    report = read_through(proposal, tmp_path / "file.csv", setting)
    assert (report.rows_accepted, report.rows_cancelled) == (6, 1)
    assert report.figures["amount_sum"] == 9000
    assert report.figures["orders"] == 2


def test_kintone_that_repeats_the_record_on_each_row(
    look: Look, setting: Setting, tmp_path: Path
) -> None:
    rows = KINTONE.splitlines()
    whole, last = [rows[0]], []
    for row in csv.reader(rows[1:]):
        last = row if row[0] else ["", *last[1:6], *row[6:10], last[10]]
        whole.append(",".join(last))
    proposal = look("\n".join(whole) + "\n")
    assert headers(proposal) == EXPECTED["kintone"][2]
    assert proposal.rows.fill_down is None
    assert read_through(proposal, tmp_path / "file.csv", setting).figures["amount_sum"] == 9000


def test_a_book_with_a_title_a_second_sheet_and_free_headers(
    setting: Setting, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["この表は社内用です"])
    sheet = book.create_sheet("売上")
    sheet.append(["売上明細表"])
    sheet.append(["2026年1月〜2月"])
    sheet.append([])
    sheet.append(
        ["伝票No.", "売上日付", "お客様コード", "お客様名", "品番", "数", "売上金額（税抜）"]
    )
    for i in range(30):
        row = [f"D{1000 + i // 2}", f"2026/1/{1 + i // 2}", f"{i // 2 % 7:04d}", "見本"]
        sheet.append([*row, f"P-{i % 5}", i % 3 + 1, 1000 + i * 37])
    sheet.append(["合計", None, None, None, None, None, 46095])
    path = tmp_path / "売上.xlsx"
    book.save(path)
    proposal = propose(path, path.name, setting.kinds["orders"], setting)
    assert proposal.read == ReadOptions(sheet="売上", header_row=4)
    assert headers(proposal) == {
        "order_id": "伝票No.",
        "customer_id": "お客様コード",
        "order_date": "売上日付",
        "amount": "売上金額（税抜）",
        "product": "品番",
        "quantity": "数",
    }
    assert proposal.rows.model == "lines"
    assert proposal.rows.guests == "quarantine"  # the row of totals is no guest
    report = read_through(proposal, path, setting)
    assert (report.rows_total, report.rows_accepted) == (31, 30)
    assert report.figures["amount_sum"] == sum(1000 + i * 37 for i in range(30))


def test_encoding_separator_and_the_row_of_the_header_are_found(look: Look) -> None:
    text = "受注一覧\t\t\n出力日：2026/2/1\t\t\n" + "伝票No\tお客様コード\t売上日付\t売上金額計\n"
    rows = "".join(f"D{i}\t000{i}\t2026/1/{i}\t{i}000\n" for i in range(1, 9))
    found = look((text + rows).encode("cp932"))
    assert found.read == ReadOptions(encoding="cp932", separator="\t", header_row=3)
    assert set(headers(found)) == {"order_id", "customer_id", "order_date", "amount"}
    assert look(ROMAJI).read == ReadOptions(separator=";")
    assert look(STORES).read == ReadOptions()
    assert look(STORES.encode("utf-8-sig")).read == ReadOptions()


def test_what_cannot_be_told_stays_blank_and_is_asked_for(look: Look) -> None:
    rows = [line.split(",") for line in STORES.splitlines()]
    without_mail = "\n".join(",".join(row[:8] + row[9:]) for row in rows) + "\n"
    proposal = look(without_mail)
    assert not proposal.ready
    assert "customer_id" not in headers(proposal)
    assert asked(proposal)["customer_id"] == ("none", (), True)


def test_headers_that_fit_equally_are_told_and_none_is_chosen(look: Look) -> None:
    text = "店舗受注番号,モール受注番号,顧客CD,受注日付,購入額\n" + "".join(
        f"A{i},M{9 - i},C{i % 3},2026-01-0{i},{i}00\n" for i in range(1, 9)
    )
    proposal = look(text)
    assert "order_id" not in headers(proposal)
    assert asked(proposal)["order_id"] == ("tie", ("店舗受注番号", "モール受注番号"), True)


def test_two_columns_of_equal_cells_are_no_tie(look: Look) -> None:
    text = "店舗受注番号,モール受注番号,顧客CD,受注日付,購入額\n" + "".join(
        f"A{i},A{i},C{i % 3},2026-01-0{i},{i}00\n" for i in range(1, 9)
    )
    assert headers(look(text))["order_id"] == "店舗受注番号"


def test_one_header_over_different_columns_is_asked_for(look: Look) -> None:
    text = "受注No,顧客CD,受注日付,金額,金額\n" + "".join(
        f"A{i},C{i % 3},2026-01-0{i},{i}00,{i}11\n" for i in range(1, 9)
    )
    assert asked(look(text))["amount"] == ("twice", ("金額",), True)


def test_days_and_months_that_cannot_be_told_apart_are_asked_for(look: Look) -> None:
    text = "受注No,顧客CD,受注日付,購入額\n" + "".join(
        f"A{i},C{i % 3},0{i}/0{9 - i}/2026,{i}00\n" for i in range(1, 9)
    )
    proposal = look(text)
    assert asked(proposal)["order_date"] == ("date_order", ("受注日付",), True)


def test_cells_alone_show_a_date_and_an_amount_but_never_an_id(look: Look) -> None:
    rows = "".join(f'A{i},C{i % 3},2026-01-0{i},"¥{i},000"\n' for i in range(1, 9))
    proposal = look("a,b,c,d\n" + rows)
    assert headers(proposal) == {"order_date": "c", "amount": "d"}
    assert {one.reason for one in proposal.columns} == {"only_one"}
    assert {name for name, (_, _, required) in asked(proposal).items() if required} == {
        "order_id",
        "customer_id",
    }


def test_a_second_column_of_dates_makes_it_unclear(look: Look) -> None:
    rows = "".join(f"A{i},C{i % 3},2026-01-0{i},2026-02-0{i},¥{i}00\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,甲,乙,購入額\n" + rows)
    assert asked(proposal)["order_date"] == ("tie", ("甲", "乙"), True)


def test_a_header_that_speaks_of_something_else_is_no_order_date(look: Look) -> None:
    rows = "".join(f"A{i},C{i % 3},2026-01-0{i},¥{i}00\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,発送日,購入額\n" + rows)
    assert headers(proposal)["shipped_at"] == "発送日"
    assert asked(proposal)["order_date"][0] == "none"


def test_price_times_quantity_where_no_column_is_the_amount(
    look: Look, setting: Setting, tmp_path: Path
) -> None:
    rows = "".join(f"A{i // 2},C{i % 3},2026-01-0{1 + i // 2},茶,{i},100\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,受注日付,品名,数量,販売単価\n" + rows)
    assert headers(proposal)["amount"] == "multiply: 販売単価 + 数量"
    assert proposal.rows.model == "lines"
    report = read_through(proposal, tmp_path / "file.csv", setting)
    assert report.figures["amount_sum"] == 3600


def test_a_date_and_its_time_of_day_are_put_together(
    look: Look, setting: Setting, tmp_path: Path
) -> None:
    rows = "".join(f"A{i},C{i % 3},2026-01-0{i},1{i}:30,¥{i}00\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,受注日付,受注時刻,購入額\n" + rows)
    assert headers(proposal)["order_date"] == "datetime: 受注日付 + 受注時刻"
    assert proposal.columns[2].samples[0] == "2026-01-01 + 11:30"
    assert table_through(proposal, tmp_path / "file.csv", setting).timed


def test_guests_are_known_by_their_mail(look: Look) -> None:
    rows = "".join(
        f"A{i},{'' if i % 4 == 0 else f'C{i}'},p{i}@example.com,2026-01-0{i},¥{i}00\n"
        for i in range(1, 9)
    )
    proposal = look("受注No,顧客CD,メールアドレス,受注日付,購入額\n" + rows)
    assert headers(proposal)["customer_id"] == "first: 顧客CD + メールアドレス"
    assert (proposal.rows.guests, proposal.rows.persons) == ("quarantine", "match")


def test_guests_without_any_key_are_kept(look: Look) -> None:
    rows = "".join(
        f"A{i},{'' if i % 4 == 0 else f'C{i}'},2026-01-0{i},¥{i}00\n" for i in range(1, 9)
    )
    assert look("受注No,顧客CD,受注日付,購入額\n" + rows).rows.guests == "keep"


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        ("状況", ["出荷済", "お客様都合キャンセル", "返品"], ("contains", "キャンセル")),
        ("状況", ["出荷済", "キャンセル", "キャンセル不可"], ("one_of", ("キャンセル",))),
        ("キャンセル日", ["", "2026-01-09", ""], ("blank", False)),
        ("取消フラグ", ["0", "1", "0"], ("one_of", ("1",))),
        ("区分", ["通常", "キャンセル", "通常"], ("contains", "キャンセル")),
        ("状況", ["出荷済", "返品", "入荷待ち"], None),
    ],
)
def test_what_marks_a_cancelled_order(
    look: Look, head: str, cells: list[str], expected: tuple[str, object] | None
) -> None:
    rows = "".join(
        f"A{i},C{i % 3},2026-01-0{i},¥{i}00,{cells[i % len(cells)]}\n" for i in range(1, 10)
    )
    found = look(f"受注No,顧客CD,受注日付,購入額,{head}\n" + rows).rows.cancelled
    assert [(test.operator, test.operand) for test in found] == ([expected] if expected else [])


def test_personal_columns_show_nothing_and_serve_as_key_only(look: Look) -> None:
    proposal = look(STORES)
    shown = {one.column: one.samples for one in proposal.columns}
    assert shown["customer_id"] == ("***", "***", "***")
    assert shown["amount"] == ("3500", "1500", "5500")
    leads = {one.column: one.samples for one in look(SALESFORCE, "leads").columns}
    assert leads["staff"] == ("***", "***")
    assert leads["stage"] == ("提案", "受注", "失注")


def test_a_contact_in_another_column_is_not_shown(look: Look) -> None:
    text = "案件番号,起票日,商談名,リードソース\n1,2026-01-05,a,Web\n2,2026-01-06,b,090-0000-0001\n"
    samples = {one.column: one.samples for one in look(text, "leads").columns}
    assert samples["source"] == ("Web", "***")


def test_an_id_is_never_made_of_a_name(look: Look) -> None:
    rows = "".join(f"A{i},見本{i}太郎,2026-01-0{i},¥{i}00\n" for i in range(1, 9))
    proposal = look("受注No,顧客名,受注日付,購入額\n" + rows)
    assert "customer_id" not in headers(proposal)
    assert asked(proposal)["customer_id"] == ("none", (), True)


def test_a_known_header_over_cells_that_cannot_be_it_stays_out(look: Look) -> None:
    rows = "".join(f"A{i},C{i % 3},2026-01-0{i},¥{i}00,最短\n" for i in range(1, 9))
    proposal = look("受注No,顧客CD,受注日付,購入額,発送日\n" + rows)
    assert "shipped_at" not in headers(proposal)
    assert "shipped_at" not in proposal.sources


def test_the_mapping_says_in_both_languages_what_it_found(look: Look, setting: Setting) -> None:
    proposal = look(KINTONE.replace("得意先コード", "相手"))
    assert not proposal.ready
    ja = mapping_text(proposal, "data/受注_*.csv", words(setting.method, "ja"))
    en = mapping_text(proposal, "data/受注_*.csv", words(setting.method, "en"))
    assert tomllib.loads(ja) == tomllib.loads(en)
    assert '# customer_id = ""   # 会員番号にあたる列が見つかりません。' in ja
    assert "cli.read" not in ja + en
    assert mapping_of(tomllib.loads(ja), "m.toml", setting.kinds).rows == proposal.rows


def test_texts_of_a_client_stay_texts_in_the_mapping(look: Look, setting: Setting) -> None:
    odd = '"\n= [\t\\'
    names = [f"受注No{odd}", f"顧客CD{odd}", f"発送日{odd}", f"出荷日{odd}", "受注日付", "購入額"]
    head = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    rows = "".join(
        f"A{i},C{i % 3},2026-02-0{i},2026-02-1{i},2026-01-0{i},¥{i}00\n" for i in range(1, 9)
    )
    proposal = look(
        f"{head}\n{rows}".replace("発送日", "荷物発送日").replace("出荷日", "荷物出荷日")
    )
    assert asked(proposal)["shipped_at"][0] == "tie"
    tree = tomllib.loads(mapping_text(proposal, f"data/{odd}.csv", words(setting.method, "ja")))
    assert tree["columns"] == {
        "order_id": names[0],
        "customer_id": names[1],
        "order_date": "受注日付",
        "amount": "購入額",
    }
    assert tree["rows"] == {"model": "orders"}


JOINED_TO_ANOTHER = ("amazon_unshipped", "yahoo_items")


def adapted() -> list[tuple[str, Path]]:
    files = (path for path in sorted(FIXTURES.glob("*/*")) if path.is_file())
    return [(path.parent.name, path) for path in files if path.parent.name not in JOINED_TO_ANOTHER]


@pytest.mark.parametrize(
    ("adapter", "path"), adapted(), ids=lambda value: getattr(value, "name", value)
)
def test_exports_of_systems_read_as_if_unknown(adapter: str, path: Path, setting: Setting) -> None:
    """No column is refused in more than a fifth of the rows, no person is shown or used."""
    known = {one.id: one for one in setting.adapters}[adapter]
    assert known.table is not None
    proposal = propose(path, path.name, setting.kinds[known.table], setting)
    allowed = ("メール", "mail", "電話", "phone", "tel")
    for one in proposal.columns:
        for header in one.source.headers:
            personal = any(part in header for part in ("氏名", "住所", "カナ", "郵便"))
            assert not personal, header
            contact = any(part in header.casefold() for part in allowed)
            assert not contact or one.column == "customer_id", header
    if not proposal.ready:
        assert all(one.headers or one.reason in ("none", "few") for one in proposal.unclear)
        return
    report = read_through(proposal, path, setting)
    bad: dict[str, int] = {}
    for problem in report.problems:
        if problem.code != "total_row":
            column = problem.params.get("field", "")
            bad[column] = bad.get(column, 0) + 1
    assert not {name for name, count in bad.items() if count > 0.2 * (report.rows_total or 0)}


RENAMED = {
    "order_id": "受注No",
    "customer_id": "お客様CD",
    "order_date": "受注日付",
    "amount": "購入額",
    "channel": "受注ルート",
    "product": "品目",
    "status": "受注状態",
}
CORPUS = {
    "o00_clean.csv": "utf-8",
    "o01_cp932.csv": "cp932",
    "o02_utf8_sig.csv": "utf-8-sig",
    "o06_wareki.csv": "utf-8",
    "o07_fullwidth_amount.csv": "utf-8",
    "o09_formula_injection.csv": "utf-8",
    "o12_ragged.csv": "utf-8",
    "o20_refunds.csv": "utf-8",
    "o21_duplicate_rows.csv": "utf-8",
    "o31_total_row.csv": "utf-8",
    "o35_nan_inf_amount.csv": "utf-8",
    "o40_one_order.csv": "utf-8",
    "o43_invisible_spaces.csv": "utf-8",
}


@pytest.mark.parametrize(("name", "encoding"), CORPUS.items())
def test_the_corpus_under_other_headers_gives_the_same_figures(
    name: str, encoding: str, shared: Path, setting: Setting, tmp_path: Path
) -> None:
    path = shared / "corpus" / "orders" / name
    head, rest = path.read_bytes().decode(encoding).split("\n", 1)
    cells = [RENAMED[text] for text in head.strip().split(",")]
    other = tmp_path / name
    other.write_bytes(f"{','.join(cells)}\n{rest}".encode(encoding))
    proposal = propose(other, name, setting.kinds["orders"], setting)
    assert {one.column: one.header for one in proposal.columns}.items() <= RENAMED.items()
    assert proposal.ready
    own = read_file(path, "orders", method=setting.method, as_of=setting.run_date)
    through = read_through(proposal, other, setting)
    assert through.figures == own.figures
    assert through.rows_quarantined == own.rows_quarantined


def test_a_file_that_cannot_be_read_has_no_proposal(look: Look) -> None:
    with pytest.raises(InputError) as caught:
        look('"受注No,購入額\nA1,100\n')
    assert [problem.code for problem in caught.value.problems] == ["quote_not_closed"]
    assert not look("受注No,購入額\n").columns


def test_only_the_first_rows_are_looked_at(look: Look) -> None:
    rows = "".join(f"A{i},C{i % 9},2026-01-05,{i}\n" for i in range(1, 1001))
    whole = look(f"受注No,顧客CD,受注日付,購入額\n{rows}" + "B1,C1,soon,many\n" * 2000)
    assert headers(whole)["order_date"] == "受注日付"
