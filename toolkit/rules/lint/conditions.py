"""Conditions of rules and questions: the few words the engine knows, over facts that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.errors import Problem
from toolkit.method import Entry, Method
from toolkit.rules.beyond import NUMERIC
from toolkit.rules.condition import BESIDE
from toolkit.rules.lint.entries import NONE_NEAR, at, near, texts

OPERATORS = (*NUMERIC, "equals", "one_of", "blank")
GROUPS = {"any": (), "all": (), "of": ("at_least_k",), "statuses": ("at_least_k",)}
KEYS = (*OPERATORS, *BESIDE, *GROUPS)
ABOUT_CLIENT = ("profile.industry", "profile.currency")
PLACES = ("fails", "medium_if", "note_if")


def conditions(method: Method) -> Iterator[Problem]:
    """Problems of every condition, and of where a rule applies."""
    for rule in method.section("rules").values():
        for place in PLACES:
            if place in rule:
                yield from _condition(rule[place], _Place(rule, place, method))
        where = rule.get("applies", {})
        for condition in (*where.get("facts", ()), *where.get("unless", ())):
            yield from _condition(condition, _Place(rule, "applies", method))
        for key in rule.get("shows", ()):
            yield from _fact(str(key), _Place(rule, "shows", method))
        yield from _applies(rule, method)


class _Place:
    """Where a condition stands, and what it may name."""

    def __init__(self, entry: Entry, key: str, method: Method) -> None:
        self.entry, self.key, self.method = entry, key, method

    def problem(self, code: str, **params: str) -> Problem:
        return at(self.entry, code, self.key, **params)


def _condition(condition: Any, place: _Place) -> Iterator[Problem]:
    if not isinstance(condition, Mapping):
        yield place.problem("lint_condition_shape", value=str(condition)[:60])
        return
    group = next((name for name in GROUPS if name in condition), None)
    if group is None:
        yield from _comparison(condition, place)
        return
    for key in set(condition) - {group, *GROUPS[group]}:
        yield place.problem("lint_condition_key", value=key, near=near(key, GROUPS))
    if any(key not in condition for key in GROUPS[group]):
        yield place.problem("lint_condition_count", value=group)
    if group == "statuses":
        yield from _codes(texts(condition[group]), place)
        return
    for part in condition[group]:
        yield from _condition(part, place)


def _codes(codes: list[str], place: _Place) -> Iterator[Problem]:
    known = place.method.section("rules")
    for code in codes:
        if code not in known and code not in place.method.removed.get("rules", ()):
            yield place.problem(
                "lint_name_unknown", value=code, near=near(code, known), section="rules"
            )


def _comparison(condition: Mapping[str, Any], place: _Place) -> Iterator[Problem]:
    found = [key for key in condition if key in OPERATORS]
    strange = [key for key in condition if key not in ("fact", *BESIDE, *OPERATORS)]
    for key in strange:
        yield place.problem("lint_condition_key", value=key, near=near(key, KEYS))
    if strange and not found:
        return  # a word nobody knows stands where an operator should
    if "fact" not in condition or len(found) != 1:
        yield place.problem("lint_condition_shape", value=", ".join(map(str, condition)))
        return
    fact = str(condition["fact"])
    yield from _fact(fact, place)
    if found[0] in NUMERIC:
        yield from _limit(condition[found[0]], place)
    elif found[0] != "blank":
        yield from _choice(fact, texts(condition[found[0]]), place)
    yield from _beside(condition, found[0], place)


def _beside(condition: Mapping[str, Any], operator: str, place: _Place) -> Iterator[Problem]:
    """What stands beside a comparison: with numbers only, and ``sure`` is true or absent."""
    for key in BESIDE:
        if key in condition and operator not in NUMERIC:
            yield place.problem("lint_condition_key", value=key, near=NONE_NEAR)
    if condition.get("sure", True) is not True:
        yield place.problem("lint_condition_shape", value=f"sure = {condition['sure']}")
    if "floor" in condition:
        yield from _limit(condition["floor"], place)


def _fact(key: str, place: _Place) -> Iterator[Problem]:
    method, fact_id = place.method, key.split("[")[0]
    known = [*method.section("measures"), *method.section("questions"), *ABOUT_CLIENT]
    if fact_id not in known:
        yield place.problem("lint_fact_unknown", value=key, near=near(fact_id, known))


def _limit(right: Any, place: _Place) -> Iterator[Problem]:
    if isinstance(right, Mapping):
        for key in set(right) - {"fact", "times", "plus"}:
            yield place.problem("lint_condition_key", value=key, near=NONE_NEAR)
        yield from _fact(str(right.get("fact", "")), place)
        names = [right[key] for key in ("times", "plus") if key in right]
    else:
        names = [right]
    known = place.method.section("thresholds")
    for name in names:
        if not isinstance(name, str):
            yield place.problem("lint_bare_number", value=str(name))
        elif name not in known:
            yield place.problem(
                "lint_name_unknown", value=name, near=near(name, known), section="thresholds"
            )


def _choice(fact: str, codes: list[str], place: _Place) -> Iterator[Problem]:
    question = place.method.section("questions").get(fact.split("[")[0])
    if question is None:
        return
    known = {*question.get("choices", ()), *question.get("codes", ())} - {"unknown"}
    for code in codes:
        if known and code not in known:
            yield place.problem("lint_choice_unknown", value=code, allowed=", ".join(sorted(known)))


def _applies(rule: Entry, method: Method) -> Iterator[Problem]:
    where, content = rule.get("applies", {}), method.section("applies")
    known = {
        "model": {*content["models"].values(), *content["groups"]},
        "stage": set(content["stages"].values()),
    }
    for key, tokens in known.items():
        for token in texts(where.get(key, [])):
            if token not in tokens:
                allowed = ", ".join(sorted(tokens))
                yield at(rule, "lint_choice_unknown", "applies", value=token, allowed=allowed)
