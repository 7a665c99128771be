"""What a president said of the business, beside the figure that shows it."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from toolkit import resources
from toolkit.facts import Fact
from toolkit.frameworks.setting import setting
from toolkit.lessons.client_firm import ClientFirm
from toolkit.rules.judge import MIN_N

KEYS: Final = string.ascii_uppercase


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingFirm(ClientFirm):
    """A client at its hearing; ``scripted`` where the president speaks the lesson's own lines."""

    scripted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something said: a figure that is at least, or at most, as the president sees it.

    ``slack`` is how much beyond it must be to matter; ``by`` and ``on`` tell who said it when,
    None where the lesson's script speaks.
    """

    key: str
    id: str
    relation: str
    said: float
    seen: Fact
    slack: float = 0.0
    by: str | None = None
    on: str | None = None

    @property
    def value(self) -> float:
        """What the data show."""
        return self.seen.number or 0.0

    @property
    def apart(self) -> bool:
        """Whether the data lie on the other side of what was said."""
        beyond = self.value - self.said if self.relation == "at_most" else self.said - self.value
        return beyond > max(self.slack, 1e-9)

    @property
    def few(self) -> bool:
        """Whether a sample is too small to contradict anybody."""
        return self.seen.sampled and self.seen.n is not None and self.seen.n < MIN_N

    @property
    def contradicted(self) -> bool:
        """Whether the data contradict it: apart, on enough cases."""
        return self.apart and not self.few


def claims(firm: ClientFirm) -> tuple[Claim, ...]:
    """What was said of figures that are known, each with a letter."""
    scripted = isinstance(firm, HearingFirm) and firm.scripted
    found = _spoken(firm) if scripted else _answered(firm)
    return tuple(
        Claim(key=KEYS[place], seen=firm.diagnosis.facts[entry["fact"]], **_fields(entry))
        for place, entry in enumerate(found)
    )


def _fields(entry: Mapping[str, Any]) -> dict[str, Any]:
    names = ("id", "relation", "said", "slack", "by", "on")
    return {name: entry[name] for name in names if name in entry}


def _known(firm: ClientFirm, key: str) -> bool:
    return firm.number(key) is not None


def _spoken(firm: ClientFirm) -> list[Mapping[str, Any]]:
    return [entry for entry in content()["spoken"] if _known(firm, entry["fact"])]


def _answered(firm: ClientFirm) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for entry in content()["answered"]:
        answer = _answer(firm, entry)
        said = None if answer is None else _said(entry, answer)
        if said is None or answer is None or not _known(firm, entry["fact"]):
            continue
        slack = setting(entry["slack"]) if "slack" in entry else 0.0
        found.append(
            {**entry, "said": said, "slack": slack, "by": answer["by"], "on": answer["on"]}
        )
    return found


def _answer(firm: ClientFirm, entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    for answer in firm.diagnosis.answers:
        fits = "item" not in entry or answer["item"] == entry["item"]
        if answer["question"] == entry["question"] and answer["used"] and fits:
            return answer
    return None


def _said(entry: Mapping[str, Any], answer: Mapping[str, Any]) -> float | None:
    """The number answered, or the threshold that a code claims to be met."""
    value = answer["value"]
    if "threshold" in entry:
        meant = value in entry["codes"] if "codes" in entry else value not in (None, "unknown")
        return setting(entry["threshold"]) if meant else None
    return float(value) if isinstance(value, int | float) else None


@cache
def content() -> dict[str, Any]:
    """The content of the lesson."""
    return tomllib.loads(resources.content("lessons", "hearing.toml").read_text("utf-8"))
