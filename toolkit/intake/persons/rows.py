"""The rows of a file as normal forms of its buyers: what persons are told apart by."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from toolkit.intake.persons.normal_forms import (
    Forms,
    birthday_form,
    company_form,
    gender_form,
    kana_form,
    latin_form,
    mail_form,
    name_form,
    phone_form,
    plain,
    postcode_form,
    prefecture_form,
    without_title,
)
from toolkit.intake.persons.personal_roles import Roles
from toolkit.intake.persons.street_forms import street_form

if TYPE_CHECKING:
    from pandas import DataFrame

FIELDS = (
    "mail",
    "phone",
    "mobile",
    "name",
    "latin",
    "family",
    "given",
    "kana",
    "family_kana",
    "given_kana",
    "birthday",
    "postcode",
    "prefecture",
    "street",
    "room",
    "company",
    "gender",
)
POSTCODE_WIDTHS = (3, 4)
Column = Sequence[str | None]
Given = TypeVar("Given", bound=Hashable)
Made = TypeVar("Made")
Texts = tuple[str, ...]


def person_rows(roles: Roles, column: Callable[[int], Column], forms: Forms) -> DataFrame:
    """Normal forms of each row, in ``FIELDS``; None where a file does not say or says nonsense.

    Args:
        roles: the file's personal columns.
        column: the texts of a column by its position; all of one length.
        forms: what content knows of forms.
    """
    import pandas as pd

    made: dict[str, list[str | None]] = {}
    simple: dict[str, Callable[[Texts], str | None]] = {
        "mail": lambda texts: mail_form(texts[0], forms),
        "phone": lambda texts: _phone(texts, forms),
        "birthday": lambda texts: birthday_form(texts[0], forms),
        "postcode": _postcode,
        "prefecture": lambda texts: prefecture_form(texts[0], forms),
        "company": lambda texts: company_form(texts[0], forms),
        "gender": lambda texts: gender_form(texts[0], forms),
    }
    for role, form in simple.items():
        if role in roles.buyer:
            made[role] = _first(roles, role, column, form)
    _add_address(made, roles, column, forms)
    _add_names(made, roles, column, forms)
    if "phone" in made:
        made["mobile"] = [text if text and is_mobile(text) else None for text in made["phone"]]
    rows = max(map(len, made.values()), default=0)
    blank: list[str | None] = [None] * rows
    return pd.DataFrame({name: made.get(name, blank) for name in FIELDS}, dtype=object)


def is_mobile(phone: str) -> bool:
    """Whether a normal form is a mobile number, which one person carries.

    >>> is_mobile("09000001234"), is_mobile("0300001234")
    (True, False)
    """
    return len(phone) == 11 and phone[:3] in ("070", "080", "090")


def _each(values: Sequence[Given], form: Callable[[Given], Made]) -> list[Made]:
    """The form of each value; each distinct one is formed once."""
    known = {value: form(value) for value in dict.fromkeys(values)}
    return [known[value] for value in values]


def _texts(column: Callable[[int], Column], positions: Sequence[int]) -> list[Texts]:
    columns = [[text or "" for text in column(at)] for at in positions]
    return list(zip(*columns, strict=True))


def _first(
    roles: Roles,
    role: str,
    column: Callable[[int], Column],
    form: Callable[[Texts], str | None],
) -> list[str | None]:
    """The first usable value of a role in each row, in the order in which its columns are asked."""
    found: list[str | None] = []
    for positions in roles.buyer.get(role, ()):
        more = _each(_texts(column, positions), form)
        if found:
            more = [new if old is None else old for old, new in zip(found, more, strict=True)]
        found = more
    return found


def _phone(texts: Texts, forms: Forms) -> str | None:
    """A number in one column or in three; three columns may also be three whole numbers."""
    whole = next((form for text in texts if (form := phone_form(text, forms))), None)
    return whole or phone_form("".join(plain(text) for text in texts), forms)


def _postcode(texts: Texts) -> str | None:
    if len(texts) == 1 or postcode_form(texts[0]):
        return postcode_form(texts[0])
    parts = [plain(text).removesuffix(".0") for text in texts]
    if not all(parts):
        return None
    return postcode_form(
        "".join(part.zfill(width) for part, width in zip(parts, POSTCODE_WIDTHS, strict=True))
    )


def _add_address(
    made: dict[str, list[str | None]],
    roles: Roles,
    column: Callable[[int], Column],
    forms: Forms,
) -> None:
    """Street block and room from town, street and building together; the prefecture if not told."""
    order = ("city", "town", "street", "building")
    parts = [
        _first(roles, role, column, lambda texts: " ".join(filter(None, map(plain, texts))) or None)
        for role in order
        if role in roles.buyer
    ]
    if not parts:
        return
    joined = [" ".join(filter(None, row)) for row in zip(*parts, strict=True)]
    streets = _each(joined, lambda text: street_form(text, forms))
    made["street"] = [street.block if street else None for street in streets]
    made["room"] = [street.room if street else None for street in streets]
    told = made.get("prefecture") or [None] * len(streets)
    made["prefecture"] = [
        text or (street.prefecture if street else None)
        for text, street in zip(told, streets, strict=True)
    ]


def _add_names(
    made: dict[str, list[str | None]],
    roles: Roles,
    column: Callable[[int], Column],
    forms: Forms,
) -> None:
    order = ("name", "family_name", "given_name", "name_kana", "family_kana", "given_kana")
    present = [role for role in order if role in roles.buyer]
    if not present:
        return
    as_is: Callable[[Texts], str | None] = lambda texts: plain(texts[0]) or None  # noqa: E731 — typed
    columns = {role: _first(roles, role, column, as_is) for role in present}
    blank: list[str | None] = [None] * len(columns[present[0]])
    texts = zip(*(columns.get(role, blank) for role in order), strict=True)
    one_form = _Names(
        nobody=forms.nobody,
        name=cache(lambda text: name_form(text, forms)),
        kana=cache(kana_form),
        bare=cache(lambda text: without_title(text, forms)),
    )
    named = _each(list(texts), lambda row: _named(row, one_form))
    for at, field in enumerate(("name", "latin", "family", "given", "kana", *order[4:])):
        made[field] = [row[at] for row in named]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """The forms of one file's names; each text is formed once and forgotten with the file."""

    nobody: frozenset[str]
    name: Callable[[str], str | None]
    kana: Callable[[str], str | None]
    bare: Callable[[str], str]


def _named(row: Sequence[str | None], form: _Names) -> tuple[str | None, ...]:
    """Name, Latin name, family, given, kana, family kana and given kana of one row."""
    whole, family, given, kana, family_kana, given_kana = row
    if whole and whole.casefold() in form.nobody:
        whole = None
    if not (family and given) and whole:
        family, given = _split(form.bare(whole))
    whole = f"{family} {given}" if family and given else whole
    kana = f"{family_kana} {given_kana}" if family_kana and given_kana else kana
    if kana and not (family_kana and given_kana):
        family_kana, given_kana = _split(form.bare(kana))
    if whole and form.kana(whole):  # a name written in kana only
        kana, family_kana, given_kana = kana or whole, family_kana or family, given_kana or given
        whole = None
    latin = latin_form(whole) if whole else None
    known: tuple[str | None, ...] = (None, latin, None, None)
    if whole and not latin:
        parts = [form.name(text) if text else None for text in (whole, family, given)]
        known = (parts[0], None, *parts[1:])
        given_kana = given_kana or given
    read = [form.kana(text) if text else None for text in (kana, family_kana, given_kana)]
    return (*known, *read)


def _split(whole: str) -> tuple[str | None, str | None]:
    """Family and given name where one space tells them apart."""
    words = whole.split()
    return (words[0], words[1]) if len(words) == 2 else (None, None)
