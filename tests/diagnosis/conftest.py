"""Clients made for one test, read and judged with their health as it is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from toolkit.diagnosis.diagnose import diagnose_case
from toolkit.diagnosis.health import health_records
from toolkit.intake.case import load_case
from toolkit.method import load_method

DAY = date(2026, 10, 31)


@pytest.fixture
def judged_of(client_of):
    """Diagnose a client made of texts by path; ``model`` and a firm's folder may be given."""

    def judge(files=None, model="general", firm=None, name="aoyama"):
        line = f"model: {model}\n" if model else ""
        profile = f"client_id: {name}\ncompany_name: 青山商店\nlang: ja\n{line}"
        folder = client_of(name, **{"client.yaml": profile, **(files or {})})
        method = load_method(*((firm,) if firm else ()))
        case = load_case(folder, method=method, as_of=DAY)
        made = diagnose_case(case, method, (firm,) if firm else ())
        return replace(made, health=health_records(case))

    return judge


@pytest.fixture
def orders_of():
    """An orders file of some rows, of which the first ``bad`` have no readable amount."""

    def make(rows=100, bad=0, head="order_id,customer_id,order_date,amount"):
        amounts = ["確認中"] * bad + [str(1000 + index) for index in range(rows - bad)]
        lines = [
            f"{index},c{index % 9},2026-0{1 + index % 8}-05,{amount}"
            for index, amount in enumerate(amounts)
        ]
        return "\n".join([head, *lines]) + "\n"

    return make


@pytest.fixture
def month_of():
    """A month of facts alone, judged by the real rules; ``day`` names it."""
    from toolkit.diagnosis.changes.month import Month
    from toolkit.facts import Fact, Facts
    from toolkit.rules.judge import Client, judge

    method = load_method()
    layers = tuple((one.name, one.sha256) for one in method.layers)

    def make(*facts, day="2026-10-31", thresholds=None, suppress=None, **other):
        model = Fact(id="q.pla.model", value="general", unit="code", basis="said")
        given = Facts([model, *facts])
        client = Client(thresholds=thresholds or {}, suppress=suppress or {})
        found = judge(given, other.get("method", method), client)
        return Month(
            client_id=other.get("client_id", "aoyama"),
            run_date=day,
            as_of=day,
            method=(("version", other.get("version", "1")), *layers),
            facts=given,
            findings={one.id: one for one in found},
            actions=other.get("actions", ()),
            thresholds=client.thresholds,
        )

    return make
