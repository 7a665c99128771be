"""whatif: the same yen with some facts set to other values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.commands.reports import working
from toolkit.commands.speech import Speech
from toolkit.diagnosis.what_if_view import DIFFERENCES, UNITS, nodes
from toolkit.errors import UsageError
from toolkit.words import fact_name, number_text

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.diagnosis.what_if import WhatIf

SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What is to be tried: the client, ``FACT=VALUE`` texts, the firm's method, the day."""

    client: Path
    settings: tuple[str, ...]
    method: Path | None = None
    as_of: str | None = None


def whatif(tried: Tried, speech: Speech, as_json: bool) -> None:
    """Diagnose a client, set the facts and tell what changes."""
    from toolkit.diagnosis.diagnose import diagnose
    from toolkit.diagnosis.saving import plain
    from toolkit.diagnosis.what_if import what_if

    wanted = dict(_setting(text) for text in tried.settings)
    with working(speech, "cli.diagnose.working", tried.client.name):
        diagnosis = diagnose(tried.client, as_of=tried.as_of, method=tried.method)
    made = what_if(diagnosis, wanted)
    if as_json:
        speech.show(plain(made))
    else:
        _print(made, diagnosis, speech)


def _setting(text: str) -> tuple[str, float]:
    """FACT=VALUE, the value a number or a share in per cent; the last = divides them."""
    key, sign, value = text.strip().rpartition("=")
    try:
        return _checked(key, sign, _number(value))
    except ValueError:
        raise UsageError("whatif_setting", params={"text": text}) from None


def _checked(key: str, sign: str, value: float) -> tuple[str, float]:
    if not sign or not key or value != value or abs(value) == float("inf"):
        raise ValueError(key)
    return key, value


def _number(text: str) -> float:
    import unicodedata

    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    return float(plain[:-1]) / 100 if plain.endswith("%") else float(plain)


def _print(made: WhatIf, diagnosis: Diagnosis, speech: Speech) -> None:
    from toolkit.words import words

    book = words(diagnosis.content, speech.lang)
    currency = str(diagnosis.client["currency"])

    def shown(value: float | None, node: str = "", units: Mapping[str, str] = UNITS) -> str:
        return number_text(value, units.get(node, "yen"), speech.lang, currency)

    for node in nodes(made):
        speech.line(
            speech.text(
                "cli.whatif.line",
                what=speech.text(f"cli.whatif.node.{node}"),
                before=shown(made.before[node], node),
                after=shown(made.after[node], node),
                delta=shown(made.delta[node], node, DIFFERENCES),
            )
        )
    speech.line("")
    speech.line(speech.text("cli.whatif.tornado"))
    for bar in made.tornado[:SHOWN]:
        name = fact_name(diagnosis.facts[bar.fact], book)
        ends = {"low": shown(bar.profit_low), "high": shown(bar.profit_high)}
        speech.line(speech.text("cli.whatif.bar", name=name, fact=bar.fact, **ends))
