"""One form of what a person's data look like in many exports: mail, phone, name, kana and more.

Each function takes the text of a cell and gives its normal form, or None where the cell is blank
or cannot be what its column says. Normal forms are compared while reading and then thrown away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from toolkit.intake.mappings.columns import INVISIBLE
from toolkit.intake.values.cells import FAULT, Unreadable
from toolkit.intake.values.dates import DateRules, date_parser
from toolkit.method import Method

DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u207b\u30fc\uff0d\uff70\u2500\u2501~\u301c"
LONGEST_NAME = 40
EARLIEST_BIRTH = date(1900, 1, 1)
_UNSEEN = re.compile(f"[{INVISIBLE}\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_KANA = re.compile(r"[\u30a1-\u30fc]+")
_BETWEEN_KANA = re.compile(r"[\s・.,、。]")
_KANA_DASH = re.compile(f"(?<=[ァ-ヺー])[{DASHES}]")
_DASH = re.compile(f"[{DASHES}]")
_AFTER_PHONE = re.compile(r"[/,、;]|内線|ext|x")
_PHONE_WORD = re.compile(r"^\W*(?:tel|携帯|電話)")
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶヲヰヱヂヅ", "アイウエオツヤユヨワカケオイエジズ")
_VOWELS = {
    vowel: frozenset(row)
    for vowel, row in {
        "ア": "アカサタナハマヤラワガザダバパ",
        "イ": "イキシチニヒミリギジヂビピ",
        "ウ": "ウクスツヌフムユルグズヅブプ",
        "エ": "エケセテネヘメレゲゼデベペ",
        "オ": "オコソトノホモヨロヲゴゾドボポ",
    }.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """What content knows of forms: variants of kanji, titles, prefectures, dummies."""

    kanji: dict[int, str]
    titles: tuple[str, ...]
    nobody: frozenset[str]
    companies: tuple[str, ...]
    prefectures: Mapping[str, str]
    genders: Mapping[str, str]
    mail_locals: frozenset[str]
    birthdays: frozenset[str]
    shop_phones: tuple[str, ...]


def load_forms(method: Method) -> Forms:
    """The forms that content/personal declares."""
    entries = method.section("personal")
    limits = entries["person_limits"]
    folds = entries["kanji_variants"]["folds"]
    names = entries["prefectures"]["names"]
    return Forms(
        kanji={ord(old): new for new, forms in folds.items() for old in forms},
        titles=_longest_first(entries["name_titles"]["titles"]),
        nobody=frozenset(entries["name_blanks"]["nobody"]),
        companies=_longest_first(entries["company_forms"]["forms"]),
        prefectures={form: name for name, forms in names.items() for form in (name, *forms)},
        genders={
            word: gender
            for gender, forms in entries["gender_words"]["words"].items()
            for word in forms
        },
        mail_locals=frozenset(limits["mail_locals"]),
        birthdays=frozenset(limits["birthdays"]),
        shop_phones=tuple(limits["shop_phones"]),
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def plain(text: str) -> str:
    """Text in NFKC with invisible characters and outer spaces gone; a faulty cell is blank."""
    if text.isascii():
        return text.strip()
    if text.startswith(FAULT):
        return ""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip()


def mail_form(text: str, forms: Forms) -> str | None:
    """A mail address as compared: NFKC and without case; dots and plus tags are kept.

    >>> from toolkit.method import load_method
    >>> forms = load_forms(load_method())
    >>> mail_form(" Taro.Yamada+shop＠Example.COM ", forms), mail_form("dummy@example.com", forms)
    ('taro.yamada+shop@example.com', None)
    """
    form = _address(text)
    return None if form is None or form.partition("@")[0] in forms.mail_locals else form


def _address(text: str) -> str | None:
    form = re.sub(r"\s", "", plain(text)).casefold().removeprefix("mailto:")
    return form if _MAIL.fullmatch(form) else None


def phone_form(text: str, forms: Forms) -> str | None:
    """A telephone number as its digits with the leading 0; None where it can be nobody's.

    A 0 lost in a spreadsheet is put back. Numbers of other countries keep their plus.

    >>> from toolkit.method import load_method
    >>> forms = load_forms(load_method())
    >>> phone_form("+81 (0)90−0000−1234", forms), phone_form("9000001234", forms)
    ('09000001234', '09000001234')
    >>> phone_form("000-0000-0000", forms), phone_form("0120-000-123", forms)
    (None, None)
    """
    first = _AFTER_PHONE.split(plain(text).casefold().removesuffix(".0"))[0]
    first = _DASH.sub("-", first)
    if re.search(r"[^\W\d]", _PHONE_WORD.sub("", first)):
        return None
    digits = re.sub(r"[^0-9]", "", first)
    if first.lstrip(" (").startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00") if not first.lstrip(" (").startswith("+") else digits
        if not digits.startswith("81"):
            return f"+{digits}" if 8 <= len(digits) <= 15 and len(set(digits)) > 2 else None
        digits = "0" + digits[2:].removeprefix("0")
    return _domestic(digits, forms)


def _domestic(digits: str, forms: Forms) -> str | None:
    if digits.startswith("81") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    elif len(digits) in (9, 10) and not digits.startswith("0"):
        digits = "0" + digits
    wireless = re.fullmatch(r"0[5-9]0\d{8}", digits)
    if not wireless and not re.fullmatch(r"0[1-9]\d{8}", digits):
        return None
    if digits.startswith(forms.shop_phones) or len(set(digits[-8:])) == 1:
        return None
    return digits


def key_form(role: str | None, text: str, forms: Forms) -> str | None:
    """A mail or phone that serves as a customer's id in one form; any other id as it is.

    >>> from toolkit.method import load_method
    >>> forms = load_forms(load_method())
    >>> key_form("mail", "Taro@Example.com", forms), key_form(None, "K-001", forms)
    ('taro@example.com', 'K-001')
    """
    if role == "mail":
        return _address(text)
    return phone_form(text, forms) if role == "phone" else text


def name_form(text: str, forms: Forms) -> str | None:
    """A name as compared: no spaces or titles, old and variant kanji as the common ones.

    >>> from toolkit.method import load_method
    >>> forms = load_forms(load_method())
    >>> name_form("髙橋　惠子 様", forms), name_form("佐々木", forms), name_form("#1001", forms)
    ('高橋恵子', '佐佐木', None)
    """
    form = without_title(plain(text), forms)
    form = re.sub(r"[\s・･.,、。_'\"]", "", form).casefold().translate(forms.kanji)
    form = re.sub(r"(.)々", r"\1\1", form)
    usable = re.fullmatch(r"[^\W\d_]+", form) and len(form) <= LONGEST_NAME
    return form if usable and form not in forms.nobody else None


def without_title(name: str, forms: Forms) -> str:
    """A name without what politeness puts behind it."""
    for title in forms.titles:
        if name.casefold().endswith(title) and len(name) > len(title) + 1:
            cut = name[: -len(title)]
            if not title.isascii() or cut[-1:].isspace():
                return cut.rstrip()
    return name


def latin_form(text: str) -> str | None:
    """A name in Latin letters: its words in the order of the alphabet; None for any other.

    >>> latin_form("YAMADA Taro"), latin_form("山田 太郎")
    ('taro yamada', None)
    """
    form = plain(text).casefold()
    if (
        not re.search(r"[a-z]", form)
        or re.search(r"[^\x00-\u024f]", form)
        or re.search(r"\d", form)
    ):
        return None
    words = re.findall(r"[^\W\d_]+", form)
    return " ".join(sorted(words)) if sum(map(len, words)) <= LONGEST_NAME else None


def kana_form(text: str) -> str | None:
    """Kana as compared: katakana of full width, small as large, long vowels written out.

    ユーキ is ユウキ and オオノ is オウノ, but ユウキ is not ユキ; ヴァ is バ.

    >>> kana_form("ﾀｶﾊｼ ｼﾞｭﾝｺ"), kana_form("おおの　ゆーき"), kana_form("高橋")
    ('タカハシジユンコ', 'オウノユウキ', None)
    """
    form = _BETWEEN_KANA.sub("", plain(text)).translate(_HIRAGANA)
    form = _KANA_DASH.sub("ー", form)
    if not _KANA.fullmatch(form):
        return None
    form = re.sub(r"ヴ([ァィェォ])", lambda m: "バビベボ"["ァィェォ".index(m[1])], form)
    form = form.replace("ヴ", "ブ").translate(_SMALL)
    long: list[str] = []
    for sign in form:
        long.append(_lengthened(long[-1] if long else "", sign))
    return "".join(long) or None


def _lengthened(before: str, sign: str) -> str:
    if before in _VOWELS["オ"] and before and sign in "ーオ":
        return "ウ"
    if sign != "ー":
        return sign
    if before and before in _VOWELS["エ"]:
        return "イ"
    return next((vowel for vowel, row in _VOWELS.items() if before in row), "")


def birthday_form(text: str, forms: Forms) -> str | None:
    """A birthday as an ISO date, whatever way it is written; None where it cannot be told.

    >>> from toolkit.method import load_method
    >>> forms = load_forms(load_method())
    >>> birthday_form("S60.3.5", forms), birthday_form("1985/3/5 0:00", forms)
    ('1985-03-05', '1985-03-05')
    """
    try:
        rules = DateRules(zone="Asia/Tokyo", latest=date.max, earliest=EARLIEST_BIRTH)
        value, _ = date_parser(rules)(plain(text))
    except Unreadable:
        return None
    day = value.date().isoformat()
    return None if day in forms.birthdays else str(day)


def postcode_form(text: str) -> str | None:
    """A postcode as seven digits; a 0 lost in a spreadsheet is put back.

    >>> postcode_form("〒１５０－０００１"), postcode_form("600001"), postcode_form("0000000")
    ('1500001', '0600001', None)
    """
    form = plain(text).removesuffix(".0")
    digits = re.sub(rf"[\s〒{DASHES}]", "", form)
    if not re.fullmatch(r"[0-9]{6,7}", digits):
        return None
    digits = digits.zfill(7)
    return None if len(set(digits)) == 1 else digits


def prefecture_form(text: str, forms: Forms) -> str | None:
    """A prefecture by its full name, from the name, a romanised name or its ISO code.

    >>> from toolkit.method import load_method
    >>> forms = load_forms(load_method())
    >>> prefecture_form("東京", forms), prefecture_form("JP-27", forms)
    ('東京都', '大阪府')
    """
    return forms.prefectures.get(plain(text).casefold())


def company_form(text: str, forms: Forms) -> str | None:
    """A company's name without its legal form, spaces and case.

    >>> from toolkit.method import load_method
    >>> company_form("㈱ 青山 商店", load_forms(load_method()))
    '青山商店'
    """
    form = plain(text).casefold()
    for word in forms.companies:
        if form.startswith(word) or form.endswith(word):
            form = form.removeprefix(word).removesuffix(word).strip(" ,.")
    form = re.sub(r"[\W_]", "", form).translate(forms.kanji)
    return form or None


def gender_form(text: str, forms: Forms) -> str | None:
    """Male or female; None where it is not said."""
    return forms.genders.get(plain(text).casefold())
