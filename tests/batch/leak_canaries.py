"""Clients whose every text is their own: words of the firm, and those of its customers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KANJI = "鼈鶺鴒鵯鶫鷁鸛鼯鼬鵤鵥鵠"
KANA = "ヰヱヲヂヅヮヵヶヴヸヹヺ"


@dataclass(frozen=True, slots=True)
class Canary:
    """A client's own words, and those of its customers."""

    at: int

    @property
    def words(self) -> str:
        return f"{KANJI[self.at]}鱧鵺"

    @property
    def code(self) -> str:
        return f"Q{self.at:02d}zX"

    @property
    def persons(self) -> dict[str, str]:
        n = self.at
        return {
            "name": f"{KANJI[n]}鰆 麿子",
            "kana": f"{KANA[n]}ヌヌ マロコ",
            "phone": f"099-8{n:02d}7-7818",
            "mail": f"p{n:02d}wj@mail.example",
            "street": f"鯱鉾町{n + 3}丁目 P{n:02d}wJ館",
            "birthday": f"1931-02-{n + 1:02d}",
        }

    @property
    def private(self) -> list[str]:
        """What must be found nowhere, in the ways it may be written."""
        p = self.persons
        told = [p["name"], p["name"].replace(" ", ""), f"{KANJI[self.at]}鰆", f"P{self.at:02d}wJ"]
        told += [p["kana"], p["kana"].replace(" ", ""), f"{KANA[self.at]}ヌヌ"]
        told += [p["phone"], p["phone"].replace("-", ""), f"p{self.at:02d}wj", "鯱鉾町"]
        return [*told, p["birthday"], p["birthday"].replace("-", "/"), f"salt-{self.code}"]

    @property
    def public(self) -> list[str]:
        return [self.words, self.code]


def make(folder: Path, canary: Canary, *, broken: bool = False) -> None:
    """A small client that has words of its own wherever a client may have some."""
    w, c, p = canary.words, canary.code, canary.persons
    answers = {
        "q.pla.president_words": f"「{w}の話 {c}」",
        "q.val.promise": f"{w}を今日のうちに {c}",
        "q.sal.process": f"{w}に電話→{c}",
    }
    lines = [f"client_id: {folder.name}", f"company_name: {w}商店 {c}", "lang: ja", "answers:"]
    lines += [
        f"  {key}: {{value: {text}, by: {w}川, on: 2026-09-01, basis: said, evidence: {c}の帳面}}"
        for key, text in answers.items()
    ]
    edits = f"by: {w}川\non: 2026-09-02\n\nSAL015:\n  comment: {{ja: {w}に確かめる {c}, en: {c}}}\n"
    orders = [f"伝票{c},会員番号,注文者氏名,フリガナ,電話番号,メールアドレス,住所1,生年月日,"]
    orders[0] += "注文日,金額,商品名,備考"
    who = ",".join(p.values())
    for n in range(36):
        day = f"2026-{n % 8 + 1:02d}-{n % 27 + 1:02d}"
        row = f"{c}-{n},M{n % 5},{who},{day},{900 + 37 * n},{w}の佃煮{n % 3} {c},{w} {c}"
        orders.append(row)
    orders.append(f"{c}-bad,M1,{who},{w}の日,{c}円,{w},{c}")
    if broken:
        orders.append(f'{c}-open,"{who}')
    mapping = f'table = "orders"\nfile = "data/orders.csv"\n[columns]\norder_id = "伝票{c}"\n'
    mapping += (
        'customer_id = "会員番号"\norder_date = "注文日"\namount = "金額"\nproduct = "商品名"\n'
    )
    contacts = ["受付番号,日付,会員番号,氏名,種別,誰が,何を,どのように,対応者"]
    contacts += [
        f"{c}-T{n},2026-0{n + 1}-04,M1,{p['name']},苦情,本人,{w},{c},{w}川" for n in range(6)
    ]
    customers = "会員番号,氏名,電話番号,メールアドレス,生年月日,都道府県,初回購入日\n"
    customers += f"M1,{p['name']},{p['phone']},{p['mail']},{p['birthday']},東京都,2026-01-01\n"
    journey = f"番号,工程,側,担当,道具,方法,所要分\n1,{w}の受付,会社,{w}川,{c}台帳,手作業,12\n"
    texts = {
        "client.yaml": "\n".join(lines) + "\n",
        "edits.yaml": edits,
        ".salt": f"salt-{c}-P{canary.at:02d}wJ\n",
        "mappings/orders.toml": mapping,
        "data/orders.csv": "\n".join(orders) + "\n",
        "data/contacts.csv": "\n".join(contacts) + "\n",
        "data/customers.csv": customers,
        "data/journey.csv": journey,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


NAMES = {
    "rising": [f"a{n:02d}" for n in range(12)],
    "falling": [f"z{99 - n}" for n in range(12)],
    "mixed": [f"{'kcxbq'[n % 5]}{n * 7 % 12:02d}" for n in range(12)],
}
