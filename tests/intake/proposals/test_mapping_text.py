"""The mapping as text: what it says in both languages, and a client's texts as texts."""

from __future__ import annotations

import tomllib

from proposed.answers import Look, asked
from proposed.layouts import KINTONE

from toolkit.intake.mappings.mapping_file import mapping_of
from toolkit.intake.proposals.toml import mapping_text
from toolkit.intake.setting import Setting
from toolkit.words import words


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
