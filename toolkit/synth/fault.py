"""Fault: what is changed in a healthy world so that one rule has something to find."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from toolkit.errors import UsageError
from toolkit.method import Entry, load_method

if TYPE_CHECKING:
    from toolkit.method import Method

How = Literal["factor", "add", "set"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One parameter of a world changed: its full strength, and since how many months.

    ``how`` is factor (times ``amount``), add (plus ``amount``) or set (to ``amount``);
    ``months`` None means always so, in which case the firm never was otherwise.
    """

    parameter: str
    how: How
    amount: float
    months: int | None = None

    def full(self, base: float) -> float:
        """The value at full strength.

        >>> Change(parameter="conversion", how="factor", amount=0.5).full(0.04)
        0.02
        """
        if self.how == "factor":
            return base * self.amount
        return base + self.amount if self.how == "add" else self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault planted for a rule in the world of one model (a token: sub, gen, mkt …)."""

    code: str
    model: str
    changes: tuple[Change, ...]


def faults_of(model: str, method: Method | None = None) -> Mapping[str, Fault]:
    """Every fault that a world can show, by rule, in the order of the rules."""
    own = method or load_method()
    made = {}
    for name, entry in own.section("faults").items():
        code, _, whose = name.partition(".")
        if whose == model:
            made[code] = Fault(code=code, model=model, changes=_changes(entry))
    rules = [*own.section("rules"), *sorted(made)]
    return {code: made[code] for code in dict.fromkeys(rules) if code in made}


def chosen_faults(codes: Iterable[str], model: str) -> tuple[Fault, ...]:
    """The faults asked for, each once, in the order of the rules.

    Raises:
        UsageError: a code is of no rule (``fault_unknown``, with the nearest), or its fault
            cannot be shown by this model (``fault_not_of_model``, with those that can).
    """
    known = faults_of(model)
    wanted = set(codes)
    for code in sorted(wanted - set(known)):
        _refuse(code, model, known)
    return tuple(fault for code, fault in known.items() if code in wanted)


def _refuse(code: str, model: str, known: Mapping[str, Fault]) -> None:
    method = load_method()
    names = {name.partition(".")[0] for name in method.section("faults")}
    if code not in names:
        near = difflib.get_close_matches(code, sorted(names), n=1, cutoff=0.0)
        raise UsageError(
            "fault_unknown",
            params={
                "fault": code,
                "near": near[0] if near else "",
                "known": ", ".join(sorted(names)),
            },
        )
    others = [name.partition(".")[2] for name in method.section("faults") if _is_of(name, code)]
    raise UsageError(
        "fault_not_of_model",
        params={
            "fault": code,
            "model": model,
            "models": ", ".join(others),
            "known": ", ".join(known),
        },
    )


def _is_of(name: str, code: str) -> bool:
    return name.partition(".")[0] == code


def _changes(entry: Entry) -> tuple[Change, ...]:
    return tuple(_change(raw) for raw in entry["changes"])


def _change(raw: Mapping[str, Any]) -> Change:
    (how,) = (one for one in get_args(How) if one in raw)
    months = raw.get("months")
    return Change(
        parameter=str(raw["parameter"]),
        how=how,
        amount=float(raw[how]),
        months=None if months is None else int(months),
    )
