"""Every code that reading can give has its sentences, in both languages, filled to the last."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import toolkit.intake
from toolkit.intake.mappings.columns import header_form, is_personal, table_kinds, vocabulary
from toolkit.intake.rows.filling import NOTES
from toolkit.method import Method

FOLDER = Path(next(iter(toolkit.intake.__path__)))
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.py")))
RAISED = re.compile(
    r'(?:Unreadable|AnswerFault|_Wrong|_refused|UsageError|InputError)\(\s*"([a-z_0-9]+)"'
    r'|(?:Problem\(\s*code=|fault = |code = |return |raise _refused\()"([a-z]+_[a-z_0-9]+)"'
    r'|\.(?:add|fault)\(\s*"([a-z_]+)"|_refuse\(\s*index, [a-z"_]+, "([a-z_]+)"'
)
NOTED = re.compile(r'Note\(\s*code="([a-z_]+)"|_note\([^"]*"([a-z_]+)"')


def codes() -> set[str]:
    found = {next(filter(None, groups)) for groups in RAISED.findall(SOURCE)}
    made = {"order_amount_conflict", "order_customer_id_conflict", "line_conflict"}
    return found | made | {"record_conflict", "yaml_tag", "total_row", "value_missing"}


def notes() -> set[str]:
    found = {next(filter(None, groups)) for groups in NOTED.findall(SOURCE)}
    return found | set(NOTES.values())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_codes_are_found_in_the_source() -> None:
    assert {"date_ambiguous", "key_secret", "mapping_twice", "listed_path"} <= codes()
    assert {"duplicates", "no_salt", "cycle", "dates"} <= notes()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_code_has_a_message_and_a_fix(lang: str, method: Method) -> None:
    words = method.words[lang]
    missing = [
        f"{code}.{part}"
        for code in sorted(codes())
        for part in ("message", "fix")
        if f"errors.{code}.{part}" not in words
    ]
    assert not missing
    assert not [code for code in sorted(notes()) if f"errors.notes.{code}" not in words]


def test_both_languages_say_the_same_with_the_same_placeholders(method: Method) -> None:
    ja, en = (
        {k: v for k, v in method.words[lang].items() if k.startswith(("errors.", "client."))}
        for lang in ("ja", "en")
    )
    assert set(ja) == set(en)
    # A fix may name the value in one language only where the message has named it already.
    messages = [key for key in ja if key.endswith(".message") or ".notes." in key]
    assert not [key for key in messages if placeholders(ja[key]) != placeholders(en[key])]


def test_no_reader_meets_the_word_owner(method: Method) -> None:
    text = " ".join(
        sentence
        for lang in ("ja", "en")
        for key, sentence in method.words[lang].items()
        if key.startswith(("errors.", "client."))
    )
    assert "オーナー" not in text
    assert not re.search(r"\bowner", text, re.IGNORECASE)


def test_no_alias_stands_for_two_columns_of_a_table(method: Method) -> None:
    for kind in table_kinds(method).values():
        names = [
            header_form(name)
            for column in kind.columns.values()
            for name in dict.fromkeys((column.name, *column.aliases))
        ]
        assert len(names) == len(set(names)), kind.name


@pytest.mark.parametrize(
    ("header", "personal"),
    [
        ("氏名", True),
        ("お名前(姓)", True),
        ("フリガナ", True),
        ("注文者電話番号1", True),
        ("住所2", True),
        ("E-Mail", True),
        ("Billing Phone", True),
        ("生年月日", True),
        ("商品名", False),
        ("商品名(税込)", False),
        ("PhoneService", False),
        ("支払方法(名称)", False),
        ("都道府県", False),
    ],
)
def test_personal_headers(header: str, personal: bool, method: Method) -> None:
    assert is_personal(header, vocabulary(method)) is personal
