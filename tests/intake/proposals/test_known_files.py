"""Files whose reading is known: exports of systems and the corpus, proposed as if unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from proposed.answers import read_through

from toolkit.intake.proposals.proposal import propose
from toolkit.intake.read import read_file
from toolkit.intake.setting import Setting

FIXTURES = Path(__file__).parents[1] / "adapters" / "fixtures"
JOINED_TO_ANOTHER = ("amazon_unshipped", "yahoo_items")


def adapted() -> list[tuple[str, Path]]:
    files = (path for path in sorted(FIXTURES.glob("*/*")) if path.is_file())
    return [(path.parent.name, path) for path in files if path.parent.name not in JOINED_TO_ANOTHER]


@pytest.mark.parametrize(
    ("adapter", "path"), adapted(), ids=lambda value: getattr(value, "name", value)
)
def test_exports_of_systems_read_as_if_unknown(adapter: str, path: Path, setting: Setting) -> None:
    """No column is refused in more than a fifth of the rows, no person is shown or used."""
    known = {one.id: one for one in setting.adapters}[adapter]
    assert known.table is not None
    proposal = propose(path, path.name, setting.kinds[known.table], setting)
    allowed = ("メール", "mail", "電話", "phone", "tel")
    for one in proposal.columns:
        for header in one.source.headers:
            personal = any(part in header for part in ("氏名", "住所", "カナ", "郵便"))
            assert not personal, header
            contact = any(part in header.casefold() for part in allowed)
            assert not contact or one.column == "customer_id", header
    if not proposal.ready:
        assert all(one.headers or one.reason in ("none", "few") for one in proposal.unclear)
        return
    report = read_through(proposal, path, setting)
    bad: dict[str, int] = {}
    for problem in report.problems:
        if problem.code != "total_row":
            column = problem.params.get("field", "")
            bad[column] = bad.get(column, 0) + 1
    assert not {name for name, count in bad.items() if count > 0.2 * (report.rows_total or 0)}


RENAMED = {
    "order_id": "受注No",
    "customer_id": "お客様CD",
    "order_date": "受注日付",
    "amount": "購入額",
    "channel": "受注ルート",
    "product": "品目",
    "status": "受注状態",
}
CORPUS = {
    "o00_clean.csv": "utf-8",
    "o01_cp932.csv": "cp932",
    "o02_utf8_sig.csv": "utf-8-sig",
    "o06_wareki.csv": "utf-8",
    "o07_fullwidth_amount.csv": "utf-8",
    "o09_formula_injection.csv": "utf-8",
    "o12_ragged.csv": "utf-8",
    "o20_refunds.csv": "utf-8",
    "o21_duplicate_rows.csv": "utf-8",
    "o31_total_row.csv": "utf-8",
    "o35_nan_inf_amount.csv": "utf-8",
    "o40_one_order.csv": "utf-8",
    "o43_invisible_spaces.csv": "utf-8",
}


@pytest.mark.parametrize(("name", "encoding"), CORPUS.items())
def test_the_corpus_under_other_headers_gives_the_same_figures(
    name: str, encoding: str, shared: Path, setting: Setting, tmp_path: Path
) -> None:
    path = shared / "corpus" / "orders" / name
    head, rest = path.read_bytes().decode(encoding).split("\n", 1)
    cells = [RENAMED[text] for text in head.strip().split(",")]
    other = tmp_path / name
    other.write_bytes(f"{','.join(cells)}\n{rest}".encode(encoding))
    proposal = propose(other, name, setting.kinds["orders"], setting)
    assert {one.column: one.header for one in proposal.columns}.items() <= RENAMED.items()
    assert proposal.ready
    own = read_file(path, "orders", method=setting.method, as_of=setting.run_date)
    through = read_through(proposal, other, setting)
    assert through.figures == own.figures
    assert through.rows_quarantined == own.rows_quarantined
