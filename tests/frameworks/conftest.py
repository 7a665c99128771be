"""Objects built by hand, hostile text included, for the tests of this folder."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts, unknown
from toolkit.frameworks import (
    AddOn,
    Aftercare,
    BusinessSystem,
    Case,
    Channel,
    Complaint,
    Crm,
    Demand,
    FitCell,
    Fulfillment,
    Insert,
    JourneyMap,
    Launch,
    LaunchStep,
    MailOrderDesign,
    MarketSize,
    Need,
    Offer,
    PaymentSystem,
    Planning,
    Portrait,
    Procurement,
    Sales,
    Sourcing,
    Stage,
    Stakeholder,
    Step,
    Study,
    ToBLifecycle,
    Value,
    ValueScore,
)
from toolkit.frameworks.customer_selection import Chosen
from toolkit.method import load_method
from toolkit.words import language

HOSTILE = "<script>alert(1)</script> {value} $\\frac{$ <b>"


@pytest.fixture
def hostile():
    return HOSTILE


@pytest.fixture(params=["ja", "en"])
def lang(request):
    token = language.set(request.param)
    yield request.param
    language.reset(token)


@pytest.fixture
def filled():
    """One of each object with text of the client's in it."""
    text = HOSTILE
    return {
        "value": Value(
            promise=text,
            canvas=[Need(text, importance=5, covered="partly", by=text)],
            products=[text],
            levels={"core": text},
            elements={"time": "yes", text: "partly"},
            price_yen=4980,
        ),
        "offer": Offer(
            core=text,
            price_yen=4980,
            add_ons=[AddOn(text, make=False), AddOn("card", make=True)],
            guarantee=text,
            price_structure="bundle",
            trial_buyers=400,
            main_buyers=96,
            score=ValueScore(outcome=8, likelihood=6, delay=4, effort=3),
        ),
        "planning": Planning(
            target=text,
            studies=[Study(text, on="2025-02", source=text)],
            as_of="2026-07-31",
            three_c={"customer": text},
            market=MarketSize(tam_yen=9e9, sam_yen=6e8, attainable_share=0.05),
            fit=[
                FitCell(value=text, reach=3, need=4, pay=2, ability=5),
                FitCell(target=text, reach=2, need=2, pay=2, ability=2),
            ],
            cost_plan={"cogs": 0.3, text: 0.1},
            kpi_matrix={"awareness": "no", text: "yes"},
        ),
        "procurement": Procurement(
            items=[Sourcing(text, make=True, own_cost_yen=120, quote_yen=90)],
            launches=[
                Launch(
                    text,
                    planned_on="2026-06-01",
                    launched_on="2026-07-06",
                    steps=[LaunchStep(text, due_on="2026-05-01")],
                )
            ],
            handed={"sales": "yes"},
            lure=text,
        ),
        "sales": Sales(
            process=[["gathering", "promotion"], ["closing"]],
            channels=[Channel("web", reach=True, affordable=True), Channel(text, reach=False)],
            acquisition={"repeaters_activity": "no"},
            consent_points={"stop": "yes", text: "no"},
            fee_rates={"card": 0.034, text: 0.02},
            handed={"planning": "no"},
            methods={"card": "offered", text: "wanted"},
            negotiation="later",
            capture="no",
        ),
        "fulfillment": Fulfillment(
            pattern="onsite",
            outsource_plan="all",
            means_used={"systematise": "partly"},
            flow_steps=[text],
            inserts=[Insert(text, revised_on="2025-04")],
            as_of="2026-07-31",
        ),
        "aftercare": Aftercare(
            activities={"inquiry": "yes", text: "no_record"},
            assignees={"inquiry": text},
            records={"inquiry": text},
            links={"aftercare_sales": "no"},
        ),
        "system": BusinessSystem(
            model="saas",
            modules={"sales": "no_kpi"},
            records={"sales_planning": "no"},
            stops=[text],
            use="build",
            name=text,
            found={"closing": text},
        ),
        "tob": ToBLifecycle(
            assignees={"reach": "yes", "renew": "no"},
            demands=[Demand(text, importance=4, urgency=3, value=5, effort=2)],
            cases=[Case(text, scenario="month end")],
            stakeholders=[Stakeholder(text, passed=False, role=text, doubt=text)],
            segments=[text],
            portraits=[Portrait(text, pain=text)],
            goals={"open_rate": 0.8},
            routes={"partners": "yes"},
            end_customer=text,
            survival=[(0, 1.0, 10), (1, 0.9, 10)],
        ),
        "journey": JourneyMap(
            steps=[
                Step("order", side="customer", mode="manual"),
                Step(text, side="company", actor=text, mode="manual", minutes=2, per_day=30),
            ],
            staff={text: 1.0},
            desk={"phone_order": text},
            complaints=[Complaint(customer="a", what=text).appended(text, by=text)] * 2,
            attributes={"a": {text: text}},
            stages={text: "under_way"},
        ),
        "crm": Crm(
            strategy="no",
            tool="yes",
            databases={"sales": "not_obtainable", text: "obtainable"},
            keyed={"sales": "yes"},
            selection=[Chosen(code="keep", share=0.5, customers=12)],
        ),
        "payment": PaymentSystem(
            cost_shares={"cogs": 0.3, "system": 0.08, "payment_fee": 0.03, text: 0.1},
            contracts={text: 12000},
            tools={"cart": text, text: "x"},
            methods={"card": "offered"},
        ),
        "mail_order": MailOrderDesign(
            failures={"weak_inserts": "seen"},
            grid=[Stage("delivery", measure=text), Stage(text, measure=text, kpi=text)],
        ),
    }


@pytest.fixture
def answered():
    """Facts of one question answered by item: ``answered("q.x", {"a": "yes"})``."""

    def make(question, items):
        return [
            unknown(question, "answered_unknown", by={"item": item})
            if value == "unknown"
            else Fact(id=question, by={"item": item}, value=value, basis="said")
            for item, value in items.items()
        ]

    return make


@pytest.fixture
def all_answered():
    """Facts that answer every question of the content by its choice number ``turn``."""

    def make(turn):
        facts = []
        for question, entry in load_method().section("questions").items():
            facts += _answers(question, entry, turn)
        return Facts(facts)

    return make


def _answers(question, entry, turn):
    kind = entry["kind"]
    if kind == "multi":
        chosen = entry["items"][: turn + 1]
        whole = [Fact(id=question, value=float(len(chosen)))]
        return whole + [Fact(id=question, by={"item": i}, value="yes") for i in chosen]
    if kind == "canvas":
        return [Fact(id=question, by={"item": "dry skin"}, value="5 | partly")]
    items = entry.get("items", []) if kind == "map" else [None]
    return [_answer(question, entry, item, turn) for item in items]


def _answer(question, entry, item, turn):
    by = {} if item is None else {"item": item}
    kind = entry.get("value_kind", entry["kind"])
    if kind == "choice":
        value = entry["choices"][turn % len(entry["choices"])]
    elif kind == "number":
        value = float(entry["low"] if turn % 2 else entry["high"])
    else:
        value = "text"
    if value == "unknown":
        return unknown(question, "answered_unknown", by=by)
    return Fact(id=question, by=by, value=value, basis="said")
