"""A table of finished jobs as a firm hands it over."""

from datetime import date

from toolkit.intake.case import load_case

ROWS = (
    "案件番号,取引先コード,完了日,見積原価,実績原価,受注金額\n"
    'J-001,T01,2025/01/31,"1,000,000","1,120,000","1,500,000"\n'
    "J-002,T02,2025/02/28,800000,780000,1000000\n"
)


def test_a_ledger_of_jobs_is_read_by_its_headers(make_client, method) -> None:
    folder = make_client({"data/案件別原価一覧.csv": ROWS})
    case = load_case(folder, method=method, as_of=date(2025, 3, 31))
    frame = case.tables["jobs"].frame
    assert list(frame["job_id"]) == ["J-001", "J-002"]
    assert list(frame["estimated_cost"]) == [1_000_000.0, 800_000.0]
    assert list(frame["actual_cost"]) == [1_120_000.0, 780_000.0]
    assert list(frame["amount"]) == [1_500_000.0, 1_000_000.0]
    assert frame["finished_at"].dt.date.iloc[0] == date(2025, 1, 31)


def test_a_job_stands_once(make_client, method) -> None:
    twice = ROWS + "J-002,T02,2025/02/28,800000,990000,1000000\n"
    folder = make_client({"data/jobs.csv": twice})
    case = load_case(folder, method=method, as_of=date(2025, 3, 31))
    health = {one.kind: one for one in case.health}["jobs"]
    assert health.rows_total == 3
    assert len(case.tables["jobs"].frame) < 3
