"""Mail, phone, name, kana, birthday, postcode and street in one form, however they are typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.persons.normal_forms import (
    birthday_form,
    company_form,
    gender_form,
    kana_form,
    key_form,
    latin_form,
    load_forms,
    mail_form,
    name_form,
    phone_form,
    postcode_form,
    prefecture_form,
)
from toolkit.intake.persons.street_forms import street_form
from toolkit.method import Method, load_method

FORMS = load_forms(load_method())
OF: dict[str, Callable[[str], str | None]] = {
    "mail": lambda text: mail_form(text, FORMS),
    "phone": lambda text: phone_form(text, FORMS),
    "name": lambda text: name_form(text, FORMS),
    "kana": kana_form,
    "latin": latin_form,
    "birthday": lambda text: birthday_form(text, FORMS),
    "postcode": postcode_form,
    "prefecture": lambda text: prefecture_form(text, FORMS),
    "company": lambda text: company_form(text, FORMS),
    "gender": lambda text: gender_form(text, FORMS),
}


@pytest.mark.parametrize(
    ("field", "text", "form"),
    [
        ("mail", "Hanako.Sato@Example.co.jp", "hanako.sato@example.co.jp"),
        ("mail", "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ", "hanako@example.jp"),
        ("mail", " mailto:hanako@example.jp ", "hanako@example.jp"),
        ("mail", "hana.ko@gmail.example.com", "hana.ko@gmail.example.com"),
        ("mail", "hanako+shop@example.com", "hanako+shop@example.com"),
        ("mail", "\u200bhanako@example.com\u3000", "hanako@example.com"),
        ("mail", "hanako@example", None),
        ("mail", "なし", None),
        ("mail", "NoReply@example.com", None),
        ("mail", "a@example.com, b@example.com", None),
        ("phone", "03-0000-1234", "0300001234"),
        ("phone", "０３（００００）１２３４", "0300001234"),
        ("phone", "03ー0000−1234", "0300001234"),
        ("phone", "090‐0000‐1234", "09000001234"),
        ("phone", "+81-90-0000-1234", "09000001234"),
        ("phone", "+81 (0)3 0000 1234", "0300001234"),
        ("phone", "0081 90 0000 1234", "09000001234"),
        ("phone", "819000001234", "09000001234"),
        ("phone", "9000001234", "09000001234"),
        ("phone", "9000001234.0", "09000001234"),
        ("phone", "300001234", "0300001234"),
        ("phone", "TEL 03-0000-1234", "0300001234"),
        ("phone", "03-0000-1234（内線56）", "0300001234"),
        ("phone", "03-0000-1234 / 090-0000-1234", "0300001234"),
        ("phone", "+1 202 555 0123", "+12025550123"),
        ("phone", "0000000000", None),
        ("phone", "090-0000-0000", None),
        ("phone", "03-9999-9999", None),
        ("phone", "0120-000-123", None),
        ("phone", "0800-000-1234", None),
        ("phone", "03-0000-123", None),
        ("phone", "090-0000-12345", None),
        ("phone", "9.00E+09", None),
        ("phone", "電話なし", None),
        ("name", "髙橋　恵子", "高橋恵子"),
        ("name", "高 橋 惠子様", "高橋恵子"),
        ("name", "山﨑 真一 様", "山崎真一"),
        ("name", "𠮷田眞一", "吉田真一"),
        ("name", "渡邊", "渡辺"),
        ("name", "渡邉", "渡辺"),
        ("name", "齋藤", "斉藤"),
        ("name", "斎藤", "斉藤"),
        ("name", "齊藤", "斉藤"),
        ("name", "佐佐木", "佐佐木"),
        ("name", "佐々木", "佐佐木"),
        ("name", "辻\U000e0100 直美", "辻直美"),
        ("name", "ｻﾄｳ", "サトウ"),
        ("name", "#1001", None),
        ("name", "株式会社 123", None),
        ("name", "様", None),
        ("name", "店頭客", None),
        ("name", "　", None),
        ("kana", "ﾜﾀﾅﾍﾞ ｼﾞｭﾝｲﾁ", "ワタナベジユンイチ"),
        ("kana", "わたなべ　じゅんいち", "ワタナベジユンイチ"),
        ("kana", "オオノ", "オウノ"),
        ("kana", "オーノ", "オウノ"),
        ("kana", "オウノ", "オウノ"),
        ("kana", "ユーキ", "ユウキ"),
        ("kana", "ユキ", "ユキ"),
        ("kana", "ケーコ", "ケイコ"),
        ("kana", "サーヤ", "サアヤ"),
        ("kana", "イトー‐カナ", "イトウウカナ"),
        ("kana", "ヴァネッサ", "バネツサ"),
        ("kana", "ミヅホ", "ミズホ"),
        ("kana", "高橋", None),
        ("kana", "Sato", None),
        ("kana", "", None),
        ("latin", "SATO, Hanako", "hanako sato"),
        ("latin", "Hanako Sato", "hanako sato"),
        ("latin", "佐藤 Hanako", None),
        ("latin", "Room 101", None),
        ("birthday", "1985-03-05", "1985-03-05"),
        ("birthday", "昭和60年3月5日", "1985-03-05"),
        ("birthday", "S60.3.5", "1985-03-05"),
        ("birthday", "１９８５／３／５", "1985-03-05"),
        ("birthday", "19850305", "1985-03-05"),
        ("birthday", "1985年3月5日", "1985-03-05"),
        ("birthday", "1970-01-01", None),
        ("birthday", "1985-02-30", None),
        ("birthday", "不明", None),
        ("postcode", "060-0001", "0600001"),
        ("postcode", "〒060ー0001", "0600001"),
        ("postcode", "600001", "0600001"),
        ("postcode", "600001.0", "0600001"),
        ("postcode", "60001", None),
        ("postcode", "999-9999", None),
        ("postcode", "SW1A 1AA", None),
        ("prefecture", "東京", "東京都"),
        ("prefecture", "Tokyo", "東京都"),
        ("prefecture", "JP-01", "北海道"),
        ("prefecture", "発送済", None),
        ("company", "(株)青山商店", "青山商店"),
        ("company", "青山商店　株式会社", "青山商店"),
        ("company", "Aoyama Shoten Co., Ltd.", "aoyamashoten"),
        ("company", "株式会社", None),
        ("gender", "女性", "female"),
        ("gender", "Ｍ", "male"),
        ("gender", "その他", None),
    ],
)
def test_form(field: str, text: str, form: str | None) -> None:
    assert OF[field](text) == form


@pytest.mark.parametrize(
    ("text", "block", "room"),
    [
        ("架空区緑ヶ丘3丁目2番8号", "架空区緑ケ丘3-2-8", None),
        ("架空区緑ヶ丘３－２－８", "架空区緑ケ丘3-2-8", None),
        ("東京都架空区緑が丘三丁目二番八号", "架空区緑ケ丘3-2-8", None),
        ("架空区緑ケ丘3丁目2-8 青葉ハイツ301号室", "架空区緑ケ丘3-2-8", "301"),
        ("架空区緑ヶ丘3ー2ー8ー301", "架空区緑ケ丘3-2-8", "301"),
        ("架空区緑ヶ丘 3の2の8", "架空区緑ケ丘3-2-8", None),
        ("〒150-0001 東京都架空区緑ヶ丘3-2-8", "架空区緑ケ丘3-2-8", None),
        ("架空区緑ヶ丘03-02-08", "架空区緑ケ丘3-2-8", None),
        ("架空区六本松二十三番地の4", "架空区六本松23-4", None),
        ("架空区六本松23番地4", "架空区六本松23-4", None),
        ("架空区大字上原1234番地", "架空区上原1234", None),
        ("架空区上原1234", "架空区上原1234", None),
        ("架空区一番町5-6", "架空区一番町5-6", None),
        ("北区北一条西2丁目3番地4号", "北区北1条西2-3-4", None),
        ("北区北1条西2-3-4", "北区北1条西2-3-4", None),
        ("3-2-8 Midorigaoka, Kaku-ku", "midorigaokakakuku3-2-8", None),
    ],
)
def test_street(text: str, block: str, room: str | None) -> None:
    found = street_form(text, FORMS)
    assert found is not None
    assert (found.block, found.room) == (block, room)


def test_a_street_tells_its_prefecture_and_a_town_is_no_street() -> None:
    found = street_form("神奈川県架空市本町1-2", FORMS)
    assert found is not None
    assert (found.block, found.prefecture) == ("架空市本町1-2", "神奈川県")
    assert street_form("架空市本町", FORMS) is None


def test_neighbours_have_different_streets() -> None:
    texts = ["架空区緑ヶ丘3-2-8", "架空区緑ヶ丘3-2-9", "架空区緑ヶ丘3-28", "架空区緑町3-2-8"]
    blocks = [found.block for text in texts if (found := street_form(text, FORMS))]
    assert len(set(blocks)) == len(texts)


def test_a_key_is_formed_by_its_role() -> None:
    assert key_form("mail", "A@EXAMPLE.JP", FORMS) == "a@example.jp"
    assert key_form("mail", "test@example.jp", FORMS) == "test@example.jp"
    assert key_form("mail", "なし", FORMS) is None
    assert key_form("phone", "03-0000-1234", FORMS) == "0300001234"
    assert key_form("phone", "0000000000", FORMS) is None
    assert key_form(None, "A@EXAMPLE.JP", FORMS) == "A@EXAMPLE.JP"


@given(st.text(max_size=40))
def test_no_text_breaks_a_form_and_a_form_is_its_own_form(text: str) -> None:
    for field in ("mail", "phone", "name", "kana", "latin", "birthday", "postcode", "company"):
        form = OF[field](text)
        if form is not None and field not in ("company",):
            assert OF[field](form) == form, (field, text)
    street_form(text, FORMS)


@given(st.text(alphabet="0123456789-一二三十丁目番地号の 　条西ーヶケ町区第室F棟", max_size=30))
def test_no_address_breaks_the_street(text: str) -> None:
    found = street_form(text, FORMS)
    assert found is None or found.block


def test_no_variant_is_folded_twice_or_to_itself(method: Method) -> None:
    folds = method.section("personal")["kanji_variants"]["folds"]
    olds = [old for forms in folds.values() for old in forms]
    assert len(olds) == len(set(olds))
    assert not set(olds) & set(folds)


def test_all_prefectures_are_known(method: Method) -> None:
    names = method.section("personal")["prefectures"]["names"]
    forms = [form for name, alternatives in names.items() for form in (name, *alternatives)]
    assert len(names) == 47
    assert len(forms) == len(set(forms))
