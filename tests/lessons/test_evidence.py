"""Evidence of a written finding: what makes it stand, and the first thing it lacks."""

import pytest

from toolkit.lessons import lesson
from toolkit.lessons.evidence import agrees, fault_of
from toolkit.lessons.written_finding import WrittenFinding

RATE = "delivery.return_rate"


@pytest.fixture(scope="module")
def diagnosis():
    return lesson("capstone", lang="en").diagnosis


def _written(**given):
    return WrittenFinding(**{"about": "FUL007", "statement": "More parcels come back.", **given})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"statement": "  ", "facts": [RATE]}, "no_statement"),
        ({}, "no_evidence"),
        ({"facts": ["delivery.return_rat"]}, "no_fact"),
        ({"facts": ["contracts.nrr"]}, "fact_unknown"),
        ({"facts": [RATE], "figure": 0.25}, "figure_differs"),
        ({"definition": "returned by shipped", "rows": 1923}, "no_figure"),
        ({"figure": 0.04, "rows": 1923}, "no_definition"),
        ({"figure": 0.04, "definition": "returned by shipped", "rows": 9}, "too_few"),
        ({"figure": 0.04, "definition": "returned by shipped"}, "too_few"),
        ({"figure": 0.04, "definition": "returned by shipped", "rows": 1923}, "no_since"),
        (
            {"figure": 0.04, "definition": "d", "rows": 1923, "since": "last year"},
            "no_since",
        ),
    ],
)
def test_what_is_lacking_is_named(diagnosis, given, code):
    assert fault_of(_written(**given), diagnosis)[0] == code


@pytest.mark.parametrize(
    "given",
    [
        {"facts": [RATE]},
        {"facts": [RATE], "figure": 0.0258},
        {"facts": ["customers.count", RATE], "figure": 0.026},
        {"figure": 0.04, "definition": "d", "rows": list(range(10)), "since": "2025-08"},
    ],
)
def test_valid_evidence_stands(diagnosis, given):
    assert fault_of(_written(**given), diagnosis) is None


def test_a_figure_agrees_with_a_fact_whichever_way_it_is_told(diagnosis):
    fall = diagnosis.facts["acquisition.step_rate_t3v9"]
    assert agrees(-0.0244, fall)
    assert agrees(0.0244, fall)
    assert not agrees(0.0270, fall)
