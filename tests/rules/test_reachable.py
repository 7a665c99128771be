"""Every rule reached from real tables: a firm in which it fails, a firm in which it passes."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))

from reachable_answers import answers
from reachable_firms import cloud, maker
from reachable_goods import Shop, goods, journey

from toolkit.diagnosis.diagnose import diagnose
from toolkit.method import load_method

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

pytestmark = pytest.mark.slow
MATCHED = """table = "customers"
file = "data/customers.csv"
[columns]
customer_id = "customer_id"
[rows]
persons = "match"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """What a client's folder is made of."""

    name: str
    model: str
    stage: str
    tables: Mapping[str, pd.DataFrame]
    answers: Mapping[str, Any] = field(default_factory=dict)


def firms() -> list[Firm]:
    """Sellers of goods, makers and services, well and ill, and two that have grown large."""
    made = [firm for ill in (False, True) for firm in _pair(ill)]
    large = goods(Shop(ill=False, times=30)) | {"journey": journey(True)}
    costs = large["costs"]  # hardly anything for systems
    cheap = costs["amount"].where(costs["item"] != "system", costs["amount"] // 10)
    large["costs"] = costs.assign(amount=cheap)
    rising = goods(Shop(ill=False, times=13))
    for name, stage, tables in (("large", "over_500m", large), ("rising", "growth", rising)):
        made.append(
            Firm(name=name, model="general", stage=stage, tables=tables, answers=answers(ill=True))
        )
    return made


def _pair(ill: bool) -> list[Firm]:
    kind, said = "ill" if ill else "well", answers(ill=ill)
    monthly = Shop(ill=ill, a_month=120, stay=0.7, subscription=True)
    kinds = (
        ("goods", "general", "over_500m" if ill else "growth", goods(Shop(ill=ill)), {}),
        ("box", "single_item_subscription", "zero_to_one", goods(monthly), {}),
        ("maker", "made_to_order", "growth", maker(ill=ill), {}),
        ("cloud", "saas", "growth", cloud(ill=ill), {"q.ful.pattern": "onsite"}),
    )
    return [
        Firm(name=f"{name}_{kind}", model=model, stage=stage, tables=tables, answers=said | more)
        for name, model, stage, tables, more in kinds
    ]


def write(root: Path, firm: Firm) -> Path:
    """A client's folder of a firm."""
    folder = root / firm.name
    (folder / "data").mkdir(parents=True)
    for name, frame in firm.tables.items():
        frame.to_csv(folder / "data" / f"{name}.csv", index=False)
    if "メールアドレス" in firm.tables.get("customers", ()):
        (folder / "mappings").mkdir()
        (folder / "mappings" / "customers.toml").write_text(MATCHED, encoding="utf-8")
    profile = {
        "client_id": firm.name, "company_name": "架空商店", "model": firm.model,
        "stage": firm.stage, "as_of": "2026-06-30", "answers": dict(firm.answers),
    }  # fmt: skip
    text = yaml.safe_dump(profile, allow_unicode=True, sort_keys=False)
    (folder / "client.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, dict[str, str]]:
    """Statuses by rule and firm."""
    root = tmp_path_factory.mktemp("reachable")
    made: dict[str, dict[str, str]] = {code: {} for code in load_method().section("rules")}
    for firm in firms():
        for one in diagnose(write(root, firm)).judged:
            made[one.id][firm.name] = one.status
    return made


@pytest.mark.parametrize("code", list(load_method().section("rules")))
def test_rule_can_fail_and_pass(found, code):
    assert {"fail", "pass"} <= set(found[code].values()), found[code]


def test_what_is_well_is_left_in_peace(found):
    well = {
        code: [name for name, status in one.items() if name.endswith("_well") and status == "fail"]
        for code, one in found.items()
    }
    # Personal data is in the list of customers on purpose; the plan is not the maker's; of eight
    # entries one is low by chance.
    known = {"CRM005", "MLO003", "PLA009", "PRO003"}
    assert {code: names for code, names in well.items() if names and code not in known} == {}
