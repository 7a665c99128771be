"""leads_to and chains: no way back to where it began, and no link that no rule names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from toolkit.errors import Problem
from toolkit.method import Method
from toolkit.rules.lint.entries import at, near


def circles(method: Method) -> Iterator[Problem]:
    """A circle of leads_to, and links of a chain that its rules do not name."""
    rules = method.section("rules")
    leads = {rule.id: [str(code) for code in rule.get("leads_to", ())] for rule in rules.values()}
    try:
        TopologicalSorter(leads).prepare()
    except CycleError as error:
        ring = [str(code) for code in error.args[1]]
        first = next(code for code in ring if code in rules)
        yield at(rules[first], "lint_circle", "leads_to", value=" → ".join(ring))
    yield from _links(method, leads)


def _links(method: Method, leads: Mapping[str, list[str]]) -> Iterator[Problem]:
    for chain in method.section("chains").values():
        for path in chain.get("paths", ()):
            for first, then in itertools.pairwise(path):
                if {first, then} & method.removed.get("rules", frozenset()):
                    continue
                if first not in leads or then not in leads:
                    missing = then if first in leads else first
                    yield at(
                        chain,
                        "lint_name_unknown",
                        "paths",
                        value=missing,
                        near=near(missing, leads),
                        section="rules",
                    )
                elif then not in leads[first]:
                    yield at(chain, "lint_link_unnamed", "paths", value=f"{first} → {then}")
