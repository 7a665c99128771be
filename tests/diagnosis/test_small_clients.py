"""Little data says little: nothing red, no surprising pass, and what to send next."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta

import pytest

from toolkit.diagnosis.diagnose import diagnose_case
from toolkit.intake.case import load_case
from toolkit.method import load_method

MODELS = list(load_method().section("applies")["models"])
STAGES = list(load_method().section("applies")["stages"])
DAY = date(2026, 10, 31)
RED = ("high", "medium")
HEAD = "order_id,customer_id,order_date,amount"

LONG = bool(os.environ.get("TOOLKIT_TEST_LONG"))
SEEDS = 150 if LONG else 8
FEW = (5, 30)
"""How many customers: each with every model and every stage; in the long run, with every pair."""
ORDERED = [
    (model, stage, customers)
    for at, model in enumerate(MODELS)
    for on, stage in enumerate([None, *STAGES])
    for number, customers in enumerate(FEW)
    if LONG or (at + on + number) % len(FEW) == 0
]


@pytest.fixture
def small(client_of):
    """Diagnose a client of a name, a model and a stage, with files by path."""

    def judge(files=None, name="kosha", **profile):
        lines = [f"client_id: {name}", "company_name: 小さな会社"]
        lines += [f"{key}: {value}" for key, value in profile.items() if value]
        folder = client_of(name, **{"client.yaml": "\n".join(lines) + "\n", **(files or {})})
        method = load_method()
        return diagnose_case(load_case(folder, method=method, as_of=DAY), method)

    return judge


def _orders(customers, count=30):
    rows = [
        f"{at},c{at % customers},{DAY - timedelta(days=5 * at)},{1000 + 10 * at}"
        for at in range(count)
    ]
    return "\n".join([HEAD, *rows]) + "\n"


def _of(made, status):
    return {one.id: one for one in made.judged if one.status == status}


@pytest.mark.parametrize("stage", [None, *STAGES])
@pytest.mark.parametrize("model", [None, *MODELS])
def test_a_name_alone(small, model, stage):
    made = small(model=model, stage=stage)
    assert made.coverage == 0
    assert _of(made, "fail") == {}
    assert _of(made, "pass") == {}
    assert made.questions


@pytest.mark.parametrize(("model", "stage", "customers"), ORDERED)
def test_thirty_orders(small, model, stage, customers):
    made = small({"data/orders.csv": _orders(customers)}, model=model, stage=stage)
    assert {code: one.severity for code, one in _of(made, "fail").items()} == {}
    # Exact without a sample: no personal column, sales below the line, each account by itself.
    assert set(_of(made, "pass")) <= {"CRM005", "CRM001", "TOB016", "TOB017"}
    assert made.coverage < 0.05
    open_ = _of(made, "unknown").values()
    assert len(open_) > 10 * len(_of(made, "pass"))
    assert made.questions
    assert all(one.missing or one.reason for one in open_)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_under_thirty_is_never_red(small, seed):
    chance = random.Random(seed)
    files = {f"data/{name}.csv": text for name, text in _tables(chance).items()}
    made = small(files, model=chance.choice(MODELS), stage=chance.choice(STAGES))
    facts = made.facts
    for one in _of(made, "fail").values():
        deciding = [facts[key] for key in one.evidence.facts if key in facts]
        sampled = [fact.n or 0 for fact in deciding if fact.sampled and fact.known]
        assert one.severity not in RED or not sampled or max(sampled) >= 30, (one.id, sampled)


def _tables(chance):
    """Up to 29 rows of each of some tables, with the columns that rules read."""
    made = {
        name: _table(head, [row(chance, at) for at in range(chance.randrange(1, 30))])
        for name, (head, row) in ROWS.items()
    }
    return {name: text for name, text in made.items() if chance.random() < 0.8}


def _table(head, rows):
    lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    return "\n".join([head, *lines]) + "\n"


def _day(chance, back=1000):
    return DAY - timedelta(days=chance.randrange(back))


def _order(chance, at):
    when, pick = _day(chance), chance.choice
    late = min(DAY, when + timedelta(days=chance.randrange(9)))
    who, yen = f"c{chance.randrange(9)}", chance.randrange(100, 9000)
    where = (pick(["楽天市場", "自社"]), pick(["茶", "菓子"]), 1, pick(["完了", "受取拒否"]))
    paid = (pick(["代引", "後払い"]), pick([0, 100]), pick([0, 500]))
    sent = (when, when + timedelta(days=2), late, pick([late, None]), pick([0, 1]), 1)
    return (at, who, when, yen, *where, *paid, *sent)


def _invoice(chance, at):
    when = _day(chance)
    due = when + timedelta(days=30)
    paid = chance.choice([None, min(DAY, due)])
    return at, f"c{chance.randrange(5)}", when, due, 1000, paid


def _contact(chance, at):
    who, why = chance.choice(["c1", ""]), chance.choice(["破損", "遅れ"])
    return at, _day(chance, 300), who, "complaint", "誰", "何", "", "", why, "no"


def _lead(chance, at):
    when = _day(chance)
    won = chance.random() < 0.5
    return at, when, chance.choice(["紹介", "広告"]), when if won else None, None if won else when


def _contract(chance, at):
    when = _day(chance)
    end = when + timedelta(days=364)
    over = end <= DAY
    lost = over and chance.random() < 0.7
    return at, when, end, 1000, ("no" if lost else "yes") if over else "", end if lost else ""


def _event(chance, at):
    pick = chance.choice
    return chance.randrange(9), pick(["受付", "確認"]), _day(chance), pick(["甲", "乙", "丙", "丁"])


ROWS = {
    "orders": (
        f"{HEAD},channel,product,quantity,status,payment_method,coupon,shipping_fee,shipped_at,"
        "promised_at,delivered_at,returned_at,wrong_item,parcels",
        _order,
    ),
    "receivables": ("invoice_id,customer_id,invoiced_at,due_at,amount,paid_at", _invoice),
    "contacts": (
        "contact_id,date,customer_id,type,who,what,when,where,why,result_fed_back",
        _contact,
    ),
    "leads": ("lead_id,created_at,source,won_at,lost_at", _lead),
    "contracts": ("account_id,start,end,mrr,renewed,churned_at", _contract),
    "events": ("case_id,activity,timestamp,resource", _event),
}
