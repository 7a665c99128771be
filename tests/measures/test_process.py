"""Event logs: the published figures through the mapping, and cases worked out by hand."""

import shutil
from datetime import date

import pytest

from toolkit.facts import Facts
from toolkit.intake.case import load_case
from toolkit.measures import measure
from toolkit.method import load_method

RUNNING = """
table = "events"
file = "data/running-example.csv"
[columns]
case_id = "case:concept:name"
activity = "concept:name"
timestamp = "time:timestamp"
resource = "org:resource"
"""
BILLING = """
table = "events"
file = "data/hospital_billing.csv.gz"
[columns]
case_id = "case_id"
activity = "activity"
timestamp = "timestamp"
resource = "resource"
"""


def _published(folder, source, mapping):
    (folder / "data").mkdir()
    (folder / "mappings").mkdir()
    shutil.copy(source, folder / "data" / source.name)
    (folder / "mappings" / "m.toml").write_text(mapping, encoding="utf-8")
    (folder / "client.yaml").write_text("client_id: log\ncompany_name: Log\n", encoding="utf-8")
    case = load_case(folder, method=load_method(), as_of=date(2026, 1, 1))
    return Facts(measure(case, load_method()).facts)


@pytest.fixture(scope="module")
def running(shared, tmp_path_factory):
    return _published(tmp_path_factory.mktemp("r"), shared / "running-example.csv", RUNNING)


@pytest.fixture(scope="module")
def billing(shared, tmp_path_factory):
    return _published(tmp_path_factory.mktemp("b"), shared / "hospital_billing.csv.gz", BILLING)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("work.cases", 6),
        ("work.directly_follows[from=check ticket,to=decide]", 6),
        ("work.directly_follows[from=examine casually,to=check ticket]", 4),
        ("work.directly_follows[from=register request,to=examine casually]", 3),
    ],
)
def test_the_textbook_log(running, key, value):
    assert (running[key].value, running[key].rows_total) == (value, 42)
    assert running[key].period == ("2010-12-30", "2011-01-24")


def test_edges_and_arcs_of_the_textbook_log(running):
    edges = running.breakdown("work.directly_follows")
    assert (len(edges), sum(edge.value for edge in edges)) == (16, 36)


def test_the_billing_log(billing):
    assert billing.value("work.cases") == 9_999
    assert billing.value("work.variants") == 288
    rework = billing["work.rework_rate"]
    assert (round(rework.value, 6), rework.n) == (0.118612, 9_999)
    # one event has no case and is quarantined; 23,576 others have no resource
    assert billing["work.workload_gini"].n == 49_951 - 1 - 23_576


EVENTS = [
    # case, activity, time, resource
    ("c1", "take", "2025-01-06 09:00", "ann"),
    ("c1", "pack", "2025-01-06 11:00", "bob"),  # a handover
    ("c1", "send", "2025-01-07 09:00", "bob"),
    ("c2", "take", "2025-01-06 10:00", "ann"),
    ("c2", "pack", "2025-01-08 10:00", None),  # nobody known: no pair on either side
    ("c2", "pack", "2025-01-09 10:00", "cid"),
    ("c2", "send", "2025-01-10 10:00", "cid"),
    ("c3", "take", "2025-01-07 09:00", "ann"),
    ("c3", "pack", "2025-01-07 09:00", "ann"),  # at the same time: the file's order counts
    ("c3", "send", "2025-01-07 21:00", "ann"),
]
NAMES = ("case_id", "activity", "timestamp", "resource")
LOG = [dict(zip(NAMES, event, strict=True)) for event in EVENTS]


def test_paths_of_three_cases(facts):
    found = facts("2025-01-31", events=LOG)
    assert (found.value("work.cases"), found.value("work.variants")) == (3, 2)
    counts = {
        (fact.by["from"], fact.by["to"]): fact.value
        for fact in found.breakdown("work.directly_follows")
    }
    assert counts == {("take", "pack"): 3, ("pack", "send"): 3, ("pack", "pack"): 1}


def test_days_and_handovers_of_three_cases(facts):
    found = facts("2025-01-31", events=LOG)
    assert found.value("work.cycle_days_median") == 1.0  # 1, 4 and a half
    # known pairs: two of c1, one of c2 (the last), two of c3; one of them changes hands
    assert (found["work.handovers"].value, found["work.handovers"].n) == (1, 5)
    rate = found["work.handover_rate"]
    assert (rate.value, rate.n) == (0.2, 5)
    assert rate.low < 0.2 < rate.high


def test_load_of_three_people(facts):
    found = facts("2025-01-31", events=LOG)
    # ann 5, bob 2, cid 2 of nine: sum (2i - 4) x = -2·2 + 0·2 + 2·5 = 6, over 3 · 9
    assert found.value("work.workload_gini") == pytest.approx(6 / 27)
    top = found["work.workload_top_share"]
    assert (top.value, top.n) == (pytest.approx(5 / 9), 9)
    assert [item.key for item in top.items] == ["ann"]


def test_order_is_case_then_time_then_file(facts):
    turned = [{**row, "_row": place + 2} for place, row in enumerate(LOG)][::-1]
    one, two = facts("2025-01-31", events=LOG), facts("2025-01-31", events=turned)
    work = [key for key in one if key.startswith("work.")]
    assert {key: one[key].value for key in work} == {key: two[key].value for key in work}
    assert two.value("work.variants") == 2


def test_a_log_without_people_has_no_handovers(facts):
    log = [{key: value for key, value in row.items() if key != "resource"} for row in LOG]
    found = facts("2025-01-31", events=log)
    assert found.value("work.cases") == 3
    for name in ("handovers", "handover_rate", "workload_gini", "workload_top_share"):
        assert found[f"work.{name}"].reason == "no_column"


def test_people_who_are_never_named_are_no_rows(facts):
    found = facts("2025-01-31", events=[{**row, "resource": None} for row in LOG])
    assert found["work.handover_rate"].reason == "no_rows"
    assert found["work.workload_gini"].reason == "no_rows"


def test_no_log(facts):
    assert facts("2025-01-31")["work.directly_follows"].reason == "no_table"


def test_the_table_of_what_follows_what(measured):
    found = measured("2025-01-31", events=LOG)
    series = {one.id: one for one in found.series}["directly_follows"]
    assert series.rows == (("pack", "send", 3), ("take", "pack", 3), ("pack", "pack", 1))
    cases = found.evidence["events"]
    assert list(cases["case_id"]) == ["c2", "c1", "c3"]  # most repeats first
    assert list(cases["repeats"]) == [1, 0, 0]
    assert (cases["days"].iloc[0], cases["events"].iloc[0]) == (4.0, 4)
    assert (cases["file"].iloc[0], cases["row"].iloc[0]) == ("data/events.csv", 5)
