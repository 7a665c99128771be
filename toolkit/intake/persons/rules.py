"""The rules by which two customer keys are one person, as content/personal declares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from toolkit.errors import MethodError, Problem
from toolkit.intake.persons.personal_roles import entries_of
from toolkit.intake.persons.rows import FIELDS
from toolkit.method import Entry, Method


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRule:
    """What must agree (one set of fields of ``ways``), what stops it, and how strong it is.

    A rule of strength 0 joins nothing; its pairs are only shown.
    """

    id: str
    ways: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    strength: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Fields of which none agrees though both have some; ``instead`` where none is on both sides.

    ``apart`` keeps two keys from one person in whatever way they would come together.
    """

    id: str
    fields: tuple[str, ...]
    instead: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRules:
    """All rules, strongest first, with the contradictions and limits they use."""

    rules: tuple[PersonRule, ...]
    contradictions: tuple[Contradiction, ...]
    most_names: Mapping[str, int]
    largest_block: int
    largest_person: int


def person_rules(method: Method) -> PersonRules:
    """The rules of a method.

    Raises:
        MethodError: a rule names a field or a contradiction that does not exist.
    """
    contradictions = tuple(_contradiction(entry) for entry in entries_of(method, "contradiction"))
    rules = sorted(
        (_rule(entry) for entry in entries_of(method, "rule")), key=lambda rule: -rule.strength
    )
    limits = method.section("personal")["person_limits"]
    made = PersonRules(
        rules=tuple(rules),
        contradictions=contradictions,
        most_names=dict(limits["most_names"]),
        largest_block=limits["largest_block"],
        largest_person=limits["largest_person"],
    )
    _check(made)
    return made


def _rule(entry: Entry) -> PersonRule:
    choices = [[item] if isinstance(item, str) else item for item in entry["agree"]]
    return PersonRule(
        id=entry.id.removeprefix("rule_"),
        ways=tuple(product(*choices)),
        unless=tuple(entry["unless"]),
        strength=entry["strength"],
    )


def _contradiction(entry: Entry) -> Contradiction:
    return Contradiction(
        id=entry.id.removeprefix("contradiction_"),
        fields=tuple(entry["fields"]),
        instead=tuple(entry.get("instead", ())),
        apart=entry.get("apart", False),
    )


def _check(made: PersonRules) -> None:
    known = {item.id for item in made.contradictions}
    used = [(rule.id, name) for rule in made.rules for way in rule.ways for name in way]
    used += [(c.id, name) for c in made.contradictions for name in (*c.fields, *c.instead)]
    used += [("person_limits", name) for name in made.most_names]
    wrong = [pair for pair in dict.fromkeys(used) if pair[1] not in FIELDS]
    wrong += [(rule.id, name) for rule in made.rules for name in rule.unless if name not in known]
    if wrong:
        raise MethodError(
            "method_wrong",
            [
                Problem(code="person_rule_wrong", key=rule, params={"name": name})
                for rule, name in wrong
            ],
        )
