"""Published figures, through the reader and the mapping as a client's files would go."""

import shutil
from datetime import date

import pytest

from toolkit.facts import Facts
from toolkit.intake.case import load_case
from toolkit.measures import measure
from toolkit.method import load_method

CDNOW = """
table = "orders"
file = "data/CDNOW_master.txt.gz"
[read]
separator = "whitespace"
[columns]
order_id = { join = ["customer_id", "date"] }
customer_id = "customer_id"
order_date = "date"
amount = "dollar_value"
[rows]
model = "lines"
duplicates = "keep"
"""
TELCO = """
table = "contracts"
file = "data/Telco-Customer-Churn.csv.gz"
[columns]
account_id = "customerID"
tenure_months = "tenure"
churned = "Churn"
plan = "Contract"
"""


def _client(folder, source, mapping, model):
    (folder / "data").mkdir()
    (folder / "mappings").mkdir()
    shutil.copy(source, folder / "data" / source.name)
    (folder / "mappings" / "m.toml").write_text(mapping, encoding="utf-8")
    (folder / "client.yaml").write_text(
        f"client_id: published\ncompany_name: Published\nmodel: {model}\ncurrency: USD\n",
        encoding="utf-8",
    )
    case = load_case(folder, method=load_method(), as_of=date(2026, 1, 1))
    return case, measure(case, load_method())


@pytest.fixture(scope="module")
def cdnow(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cdnow")
    return _client(folder, shared / "CDNOW_master.txt.gz", CDNOW, "general")


@pytest.fixture(scope="module")
def telco(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("telco")
    return _client(folder, shared / "Telco-Customer-Churn.csv.gz", TELCO, "saas")


@pytest.mark.parametrize(
    ("key", "value", "digits"),
    [
        ("customers.count", 23_570, 0),
        ("customers.orders", 67_591, 0),
        ("customers.net_sales", 2_500_315.63, 2),
        ("customers.repeat_rate", 0.488587, 6),
        ("customers.aov", 36.9918, 4),
        ("customers.top_decile_sales_share", 0.509427, 6),
        ("customers.top_quintile_sales_share", 0.677774, 6),
        ("customers.sales_gini", 0.634571, 6),
        ("customers.purchase_interval_median_days", 34, 0),
        ("customers.cohort_active[cohort=1997-01,month=0]", 7_846, 0),
        ("customers.cohort_active[cohort=1997-02,month=0]", 8_476, 0),
        ("customers.cohort_active[cohort=1997-03,month=0]", 7_248, 0),
        ("customers.cohort_active[cohort=1997-01,month=1]", 1_157, 0),
        ("customers.cohort_active[cohort=1997-02,month=1]", 1_312, 0),
        ("customers.cohort_active[cohort=1997-03,month=1]", 1_032, 0),
    ],
)
def test_cdnow(cdnow, key, value, digits):
    fact = Facts(cdnow[1].facts)[key]
    assert round(fact.value, digits) == value
    assert fact.table == "orders"
    assert fact.rows_total == 69_659


def test_cdnow_as_of_is_the_last_order(cdnow):
    assert Facts(cdnow[1].facts)["customers.count"].period == ("1997-01-01", "1998-06-30")


@pytest.mark.parametrize(
    ("month", "share"),
    [
        (1, 0.945961),
        (6, 0.884826),
        (12, 0.843200),
        (24, 0.788736),
        (36, 0.748545),
        (48, 0.708840),
        (60, 0.664404),
        (72, 0.592790),
    ],
)
def test_telco_survival(telco, month, share):
    fact = Facts(telco[1].facts)[f"contracts.survival[month={month}]"]
    assert round(fact.value, 6) == share
    assert fact.low95 < fact.low < fact.value < fact.high < fact.high95


@pytest.mark.parametrize(
    ("cell", "n", "rate"),
    [
        ("", 7_043, 0.265370),
        ("[plan=Month-to-month]", 3_875, 0.427097),
        ("[plan=One year]", 1_473, 0.112695),
        ("[plan=Two year]", 1_695, 0.028319),
    ],
)
def test_telco_churn(telco, cell, n, rate):
    fact = Facts(telco[1].facts)[f"contracts.logo_churn_rate{cell}"]
    assert (fact.n, round(fact.value, 6)) == (n, rate)


def test_tenure_alone_gives_no_dated_fact(telco):
    facts = Facts(telco[1].facts)
    assert facts["contracts.mrr"].reason == "no_column"
    assert facts["contracts.renewal_rate"].reason == "no_column"
