"""Exports in layouts that no adapter knows, and the columns that are found in each."""

from __future__ import annotations

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
