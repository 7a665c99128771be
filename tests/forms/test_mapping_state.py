import re
import shutil

import pytest

from toolkit.forms.mapping import MappingReview
from toolkit.forms.mapping_state import open_mappings
from toolkit.intake.mappings.mapping_file import load_mapping

ORDERS = "伝票No,得意先コード,売上日,税込金額,備考欄\n" + "".join(
    f"A{n},C{n % 7},2026-0{n % 9 + 1}-1{n % 10},{1000 + n},メモ{n}\n" for n in range(40)
)


@pytest.fixture
def folder(client_of):
    """A client with one file nobody knows and one with our own headers."""
    return client_of(
        **{
            "data/dump.csv": ORDERS,
            "data/costs.csv": "month,item,amount\n2026-01,advertising,1000\n",
        }
    )


def _file(state, name):
    return next(one for one in state.files if one.name == name)


def test_each_file_is_told_with_how_it_is_read(folder, method):
    state = open_mappings(folder, method, "ja")
    assert [(one.name, one.by) for one in state.files] == [
        ("data/costs.csv", "headers"),
        ("data/dump.csv", ""),
    ]


def test_a_corrected_column_is_tried_and_filed(folder, method):
    state = open_mappings(folder, method, "ja")
    file = _file(state, "data/dump.csv")
    proposal = state.proposal(file, "orders")
    headers = state.headers(proposal, file)
    assert headers == ("伝票No", "得意先コード", "売上日", "税込金額", "備考欄")
    columns = {
        "order_id": "伝票No",
        "customer_id": "得意先コード",
        "order_date": "売上日",
        "amount": "税込金額",
        "channel": "備考欄",
    }
    tried = state.tried(file, state.corrected(proposal, columns))
    assert (tried.report.rows_total, tried.report.rows_accepted) == (40, 40)
    assert "メモ0" in tried.rows[0]
    assert not (folder / "mappings").exists()
    path, problems = state.confirm(file, proposal, columns)
    assert problems == ()
    mapping = load_mapping(path, state.kinds)
    assert (mapping.table, mapping.file) == ("orders", "data/dump.csv")
    assert {name: one.headers for name, one in mapping.columns.items()}["channel"] == ("備考欄",)
    again = _file(open_mappings(folder, method, "ja"), "data/dump.csv")
    assert (again.by, again.kind) == ("mapping", "orders")


def test_a_required_column_left_out_is_told_and_nothing_filed(folder, method):
    state = open_mappings(folder, method, "ja")
    file = _file(state, "data/dump.csv")
    proposal = state.proposal(file, "orders")
    path, problems = state.confirm(file, proposal, {"order_date": ""})
    assert path is None
    assert "order_date" in {one.column for one in problems}
    assert not (folder / "mappings").exists()


def test_a_file_is_confirmed_as_proposed_by_the_button(folder):
    review = MappingReview(folder, "en")
    review._file.value = 1
    review._kind.value = "orders"
    for box in review._columns.children:
        for name, header in (("order_id", "伝票No"), ("amount", "税込金額")):
            if name in box.description.casefold():
                box.value = header
    shown = re.sub("<[^>]+>", " ", review._result.value)
    assert "40" in shown
    assert review.confirm() is not None
    assert review.file.by == "mapping"
    assert review._button.disabled


def test_personal_columns_are_not_shown(copied, method):
    folder = copied(data=True)
    shutil.rmtree(folder / "mappings")
    state = open_mappings(folder, method, "ja")
    file = _file(state, "data/顧客台帳.csv")
    tried = state.tried(file, None)
    raw = file.path.read_text("cp932").splitlines()[1].split(",")
    texts = {text for row in tried.rows for text in row}
    assert tried.rows
    assert not any("@" in text for text in texts)
    assert len(tried.heads) < len(raw)
