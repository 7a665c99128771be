"""The leading figure of a rule, and which way of it is worse: read from the rule's condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.facts import Facts
from toolkit.method import Entry
from toolkit.rules.beyond import NAMED_TESTS
from toolkit.rules.finding import Finding

WORSE = {"above": 1, "at_least": 1, "below": -1, "at_most": -1}
TEST = re.compile(r"(_t3v12|_t3v9|_t3|_yoy|_change|_upper|_vs_rest|_12m)+$")
"""What follows the name of a figure in its named tests and in its shorter spans of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """The key of a figure; ``worse`` is 1 where more is worse, −1 where less is, 0 not known."""

    fact: str | None = None
    worse: int = 0


def leading(rule: Entry | None, finding: Finding, facts: Facts) -> Leading:
    """The first figure behind a finding of which the rule says what is worse; else the first.

    Where a rule has several ways to fail, the one whose threshold decided stands first; a level
    stands before a test of it, whose two stretches of time both move on. Only known numbers count;
    where there are none, the first answer stands, without a direction.
    """
    signs = dict(_signs(rule["fails"])) if rule is not None else {}
    by_stem: dict[str, int] = {}
    for key, sign in signs.items():
        by_stem.setdefault(stem(key), sign)
    keys = [key for key in finding.evidence.facts if key in facts and facts[key].known]
    numbers = [key for key in keys if facts[key].number is not None]
    decided = _decided(rule, finding)
    for key in sorted(numbers, key=lambda one: (stem(one) not in decided, _is_test(one))):
        sign = signs.get(key) or by_stem.get(stem(key), 0)
        if sign:
            return Leading(fact=key, worse=sign)
    first = next(iter([*numbers, *keys]), None)
    return Leading(fact=first)


def _decided(rule: Entry | None, finding: Finding) -> set[str]:
    """Names of the figures that were held against the threshold which decided."""
    threshold = finding.evidence.threshold
    if rule is None or threshold is None:
        return set()
    found = (one for one in _conditions(rule["fails"]) if threshold.name in _thresholds(one))
    return {stem(str(one["fact"])) for one in found}


def _thresholds(condition: Mapping[str, Any]) -> Iterator[str]:
    """Names of thresholds in a comparison, beside another fact too."""
    for value in condition.values():
        if isinstance(value, Mapping):
            yield from (str(one) for one in value.values())
        else:
            yield str(value)


def _is_test(key: str) -> bool:
    return key.split("[")[0].endswith((*NAMED_TESTS, "_change"))


def compared(rule: Entry) -> tuple[str, ...]:
    """Keys of every fact that a rule's condition looks at, in reading order."""
    return tuple(dict.fromkeys(_facts(rule["fails"])))


def stem(key: str) -> str:
    """A figure's name without cell, span and named test.

    >>> stem("customers.f2_conversion_t3v12[window_days=180]"), stem("costs.system_cost_ratio_12m")
    ('customers.f2_conversion', 'costs.system_cost_ratio')
    """
    return TEST.sub("", key.split("[")[0])


def _conditions(condition: Any) -> Iterator[Mapping[str, Any]]:
    """Every comparison within a condition."""
    if isinstance(condition, list):
        for part in condition:
            yield from _conditions(part)
    elif isinstance(condition, Mapping):
        if "fact" in condition:
            yield condition
        for name in ("any", "all", "of"):
            yield from _conditions(condition.get(name))


def _signs(condition: Any) -> Iterator[tuple[str, int]]:
    """Which way of each compared figure fails; the first comparison of a figure counts."""
    seen: dict[str, int] = {}
    for one in _conditions(condition):
        for operator in WORSE.keys() & one.keys():
            seen.setdefault(str(one["fact"]), WORSE[operator])
            right = one[operator]
            if isinstance(right, Mapping):
                seen.setdefault(str(right["fact"]), -WORSE[operator])
    yield from seen.items()


def _facts(condition: Any) -> Iterator[str]:
    for one in _conditions(condition):
        yield str(one["fact"])
        for right in one.values():
            if isinstance(right, Mapping) and "fact" in right:
                yield str(right["fact"])
