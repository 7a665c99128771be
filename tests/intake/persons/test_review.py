"""The review sheet: each link and each doubt with its reason, and no value of a person."""

from __future__ import annotations

import csv
import io

import pytest
from invented.hanako import matched, rows_of

from toolkit.intake.persons.persons import Matches
from toolkit.intake.persons.review import COLUMNS, REASONS, person_review
from toolkit.intake.persons.rows import FIELDS
from toolkit.intake.persons.rules import person_rules
from toolkit.method import Method

CANARIES = {
    "mail": "canary.mail@example.com",
    "phone": "090-0777-1234",
    "family_name": "カナリア姓",
    "given_name": "カナリア名",
    "family_kana": "カナリアセイ",
    "given_kana": "カナリアメイ",
    "birthday": "1971-11-17",
    "postcode": "177-7177",
    "prefecture": "沖縄県",
    "street": "金糸雀市鳴町17-71-7 金糸雀荘717",
    "company": "金糸雀商会",
    "gender": "女性",
}


def canaries(method: Method) -> Matches:
    link = CANARIES | {"file": "=orders.csv", "row": 7}
    doubt = CANARIES | {"birthday": "1977-01-07", "file": "mall.csv"}
    other = {key: CANARIES[key] for key in ("family_name", "given_name", "birthday")}
    return matched(method, CANARIES, link, doubt, other | {"prefecture": "青森県"})


def hidden(method: Method) -> set[str]:
    forms = rows_of(method, CANARIES)[list(FIELDS)].iloc[0].dropna()
    return set(CANARIES.values()) | set(forms)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_review_shows_no_value_of_a_person(lang: str, method: Method) -> None:
    matches = canaries(method)
    assert not matches.links.empty
    assert not matches.held.empty
    text = person_review(matches, method, lang).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    cells = {part for row in rows for cell in row for part in (cell, *cell.split("、"))}
    assert not cells & hidden(method)
    long = [value for value in hidden(method) if len(value) > 3]
    assert not [value for value in long if value in text]


def test_no_frame_of_the_matches_holds_a_value_of_a_person(method: Method) -> None:
    matches = canaries(method)
    frames = (matches.persons, matches.links, matches.held, matches.places, matches.rates)
    cells = {cell for frame in frames for cell in frame.astype(str).to_numpy().ravel()}
    assert not [v for v in hidden(method) if len(v) > 3 and any(v in cell for cell in cells)]


def test_the_review_sheet(method: Method) -> None:
    sheet = person_review(canaries(method), method, "ja")
    assert sheet.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(sheet.decode("utf-8-sig")))
    assert header[:2] == ["区分", "顧客キーA"]
    assert len(header) == len(COLUMNS)
    assert {row[-1] for row in rows} == {""}
    kinds = [row[0] for row in rows]
    assert kinds == sorted(kinds, key=["保留", "統合"].index)
    link = next(row for row in rows if row[0] == "統合")
    assert link[1:6] == ["k0", "a.csv 2行目", "k1", "'=orders.csv 7行目", "メールアドレスと氏名"]
    assert "生年月日" in link[6].split("、")
    held = next(row for row in rows if row[0] == "保留" and row[3] == "k2")
    assert held[7] == "生年月日"
    assert held[8] == "名・生年月日などが食い違うため"


def test_each_code_of_the_sheet_has_its_word(method: Method) -> None:
    rules = person_rules(method)
    names = {
        "rule": [rule.id for rule in rules.rules],
        "field": FIELDS,
        "contradiction": [item.id for item in rules.contradictions],
        "reason": REASONS,
        "column": COLUMNS,
        "kind": ("link", "held"),
    }
    for lang in ("ja", "en"):
        known = method.words[lang]
        wanted = [f"errors.persons.{kind}.{name}" for kind in names for name in names[kind]]
        assert not [key for key in wanted if key not in known]
