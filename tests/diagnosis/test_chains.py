"""Chains over findings: two linked fails, the strongest first, nothing from what stands alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from toolkit.diagnosis.chains import chains
from toolkit.facts import Facts
from toolkit.method import load_method
from toolkit.rules.finding import Finding
from toolkit.rules.judge import judge
from toolkit.rules.listing import list_rules

METHOD = load_method()
RULES = METHOD.section("rules")


def finding(code, status="fail", severity="check", confidence="low", suppressed=None):
    return Finding(
        id=code,
        module="sales",
        status=status,
        severity=severity,
        confidence=confidence,
        suppressed=suppressed,
    )


def found(*findings):
    return {chain.id: chain for chain in chains(findings, METHOD)}


def test_two_linked_fails_make_a_chain_and_the_score_counts_what_was_measured():
    made = found(
        finding("FUL009"),
        finding("AFT006", severity="high", confidence="high"),
        finding("SAL005", severity="medium", confidence="mid"),
        finding("BIL004", status="unknown"),
    )
    chain = made["insert"]
    assert chain.failed == ("FUL009", "AFT006", "SAL005")
    assert chain.score == 3 + 2
    assert chain.paths[0] == ("FUL009", "AFT006", "SAL005", "BIL004")


@pytest.mark.parametrize(
    "findings",
    [
        (finding("FUL009"),),
        (finding("FUL009"), finding("SAL005")),  # not next to each other
        (finding("FUL009"), finding("AFT006", status="unknown"), finding("SAL005")),
        (finding("FUL009"), finding("AFT006", suppressed="季節品のため")),
    ],
)
def test_what_stands_alone_makes_none(findings):
    assert "insert" not in found(*findings)


def test_a_side_branch_joins_and_what_does_not_concern_the_client_is_no_bridge():
    made = found(
        finding("JRN008"),
        finding("AFT006", severity="high", confidence="high"),
        finding("SAL005", status="not_applicable"),
        finding("BIL004", severity="high", confidence="high"),
    )
    assert made["insert"].paths == (("JRN008", "AFT006"),)
    assert made["insert"].failed == ("JRN008", "AFT006")
    assert made["insert"].score == 3


def test_what_does_not_concern_the_client_is_left_out_of_the_path():
    made = found(
        finding("FUL009"),
        finding("AFT006"),
        finding("SAL005", status="not_applicable"),
        finding("BIL004", status="pass"),
    )
    assert made["insert"].paths == (("FUL009", "AFT006", "BIL004"),)


def test_the_strongest_comes_first_and_answers_alone_score_nothing():
    made = chains(
        [
            finding("PLA001"),
            finding("PLA002"),
            finding("BIL010", severity="medium", confidence="mid"),
            finding("BIL001", severity="medium", confidence="mid"),
        ],
        METHOD,
    )
    assert [(chain.id, chain.score) for chain in made] == [("collection", 4), ("target", 0)]


def test_every_link_is_one_that_a_rule_names():
    """A chain says nothing that its rules do not say; and nothing leads back to where it began."""
    leads = {code: set(rule.get("leads_to", ())) for code, rule in RULES.items()}
    for chain in METHOD.section("chains").values():
        for path in chain["paths"]:
            for first, then in pairwise(path):
                assert then in leads[first], (chain.id, first, then)


def test_leads_to_has_no_way_back():
    leads = {
        code: [n for n in rule.get("leads_to", ()) if n in RULES] for code, rule in RULES.items()
    }
    done: set[str] = set()

    def walk(code, way):
        assert code not in way, [*way, code]
        if code not in done:
            for then in leads[code]:
                walk(then, (*way, code))
            done.add(code)

    for code in leads:
        walk(code, ())


def test_of_a_client_of_whom_nothing_is_known_no_chain_is_told():
    assert chains(judge(Facts(), METHOD), METHOD) == ()
    assert list_rules(METHOD)
