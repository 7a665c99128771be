"""The fields at the top of client.yaml: each read by its own type, from text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from toolkit.intake.mappings.columns import word_form
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.yaml_text import Node
from toolkit.intake.values.zones import known_zones
from toolkit.method import Method

INDUSTRIES = (
    "mail_order",
    "d2c",
    "retail",
    "wholesale",
    "manufacturing",
    "software",
    "local_service",
    "other",
)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "industry": INDUSTRIES,
    "tax": ("included", "excluded", "unknown"),
    "staff_names": ("show", "hide"),
}
LONGEST_NAME = 200
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")

Reader = Callable[[Node, Method, str], Any]


class _Wrong(ValueError):
    """A field that cannot be read; ``params`` fill its sentence."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


def client_id_fault(text: str) -> str | None:
    """Why a text cannot be a client's id, as a code; None if it can."""
    if not _ID.fullmatch(text):
        return "client_id_pattern"
    return "client_id_device" if _DEVICE.fullmatch(text) else None


def read_field(key: str, node: Node, method: Method, faults: Faults) -> Any:
    """The value of a field, None with a fault where it cannot be read."""
    if node.text is None:
        faults.add("field_no_scalar", key, node)
        return None
    try:
        return FIELDS[key](node, method, key)
    except _Wrong as wrong:
        faults.add(wrong.code, key, node, wrong.params)
        return None


def _client_id(node: Node, method: Method, key: str) -> str:
    text = (node.text or "").strip()
    fault = client_id_fault(text)
    if fault is not None:
        raise _Wrong(fault)
    return text


def _company_name(node: Node, method: Method, key: str) -> str:
    text = node.text or ""
    if not text.strip():
        raise _Wrong("company_name_blank")
    if len(text) > LONGEST_NAME:
        raise _Wrong("company_name_long", length=f"{len(text):,}", longest=str(LONGEST_NAME))
    return text


def _choice(node: Node, method: Method, key: str) -> str | None:
    codes = codes_of(key, method)
    wanted = word_form(node.text or "")
    for code in codes:
        labels = [words.get(f"errors.field.{key}.{code}", "") for words in method.words.values()]
        asked = f"questions.q.pla.{key}.choices.{code}"
        labels += [words.get(asked, "") for words in method.words.values()]
        if wanted in {word_form(code), *(word_form(label) for label in labels if label)}:
            return code
    raise _Wrong("field_choice", choices=", ".join(codes))


def codes_of(key: str, method: Method) -> tuple[str, ...]:
    """The codes that a field takes; none where it takes other values."""
    if key in CHOICES:
        return CHOICES[key]
    if key == "lang":
        return tuple(method.words)
    section = {"model": "models", "stage": "stages"}.get(key)
    if section is None:
        return ()
    return (*method.section("applies").get(section, {}), "unknown")


def _currency(node: Node, method: Method, key: str) -> str:
    text = (node.text or "").strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise _Wrong("field_currency")
    return text


def _timezone(node: Node, method: Method, key: str) -> str:
    text = (node.text or "").strip()
    if text not in known_zones():
        raise _Wrong("field_timezone")
    return text


def _month(node: Node, method: Method, key: str) -> int:
    text = word_form(node.text or "").removesuffix("月")
    if not re.fullmatch(r"0?[1-9]|1[0-2]", text):
        raise _Wrong("field_month")
    return int(text)


def _day(node: Node, method: Method, key: str) -> date:
    try:
        return date.fromisoformat((node.text or "").strip())
    except ValueError:
        raise _Wrong("field_date") from None


FIELDS: Mapping[str, Reader] = {
    "client_id": _client_id,
    "company_name": _company_name,
    "industry": _choice,
    "model": _choice,
    "stage": _choice,
    "currency": _currency,
    "timezone": _timezone,
    "tax": _choice,
    "fiscal_year_start": _month,
    "lang": _choice,
    "as_of": _day,
    "staff_names": _choice,
}
