"""A mapping confirmed once is filed in the client's folder and read from then on."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.errors import InputError, UsageError
from toolkit.intake.case import load_case
from toolkit.intake.client_setting import client_setting
from toolkit.intake.proposals.confirming import Client, Confirmed, confirm, filed_mapping
from toolkit.intake.proposals.likeness import synonyms
from toolkit.intake.setting import today
from toolkit.method import Method
from toolkit.words import date_text

MakeClient = Callable[..., Path]
File = Callable[..., Confirmed]
HEAD = "伝票No.,お客様コード,売上日付,売上金額計,状況\n"


def rows(month: int, count: int = 25) -> str:
    return HEAD + "".join(
        f"{month}-{i},C{i % 7},2024-{month:02d}-{i:02d},{i}00,{'取消し' if i == 3 else '済'}\n"
        for i in range(1, count + 1)
    )


@pytest.fixture
def file(method: Method) -> File:
    """Confirm the mapping of a file of a client, given by its path in the folder."""

    def filing(folder: Path, name: str, kind: str = "orders", **more: object) -> Confirmed:
        client = Client(folder=folder, method=method, lang=str(more.get("lang", "ja")))
        mapping = more.get("mapping")
        given = None
        if isinstance(mapping, str):
            given = folder.parent / "m.toml"
            given.write_text(mapping, encoding="utf-8")
        return confirm(folder / name, kind, client, given)

    return filing


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_mapping_is_filed_and_explains_each_line(make_client: MakeClient, file: File) -> None:
    folder = make_client({"data/売上.csv": rows(1)})
    before = written(folder)
    done = file(folder, "data/売上.csv")
    assert done.path == folder / "mappings" / "orders-売上.toml"
    assert done.file == "data/売上.csv"
    after = written(folder)
    assert set(after) - set(before) == {"mappings/orders-売上.toml"}
    assert {name: after[name] for name in before} == before
    text = done.path.read_text(encoding="utf-8")
    assert text.splitlines()[0] == (
        f"# {date_text(today('Asia/Tokyo'), 'ja')}に内容を確かめて保存した対応表です。"
    )
    for line in text.splitlines():
        assert not line or line.startswith(("[", "table")) or "#" in line, line
    assert tomllib.loads(text)["columns"] == {
        "order_id": "伝票No.",
        "customer_id": "お客様コード",
        "order_date": "売上日付",
        "amount": "売上金額計",
        "status": "状況",
    }
    assert done.report.rows_accepted == 25
    assert done.report.rows_cancelled == 1
    assert done.report.mapping is not None
    assert done.report.mapping["file"] == "orders-売上.toml"


def test_comments_are_in_the_language_asked_for(make_client: MakeClient, file: File) -> None:
    folder = make_client({"data/売上.csv": rows(1)})
    text = file(folder, "data/売上.csv", lang="en").path.read_text(encoding="utf-8")
    assert "A mapping checked and filed on " in text
    assert "header means the same (confidence 0.90)" in text


def test_next_month_is_read_through_it_too(
    make_client: MakeClient, file: File, method: Method
) -> None:
    folder = make_client({"data/売上_202401.csv": rows(1)})
    with pytest.raises(InputError):
        load_case(folder, method=method)
    done = file(folder, "data/売上_202401.csv")
    assert done.file == "data/売上_*.csv"
    (folder / "data" / "売上_202402.csv").write_text(rows(2), encoding="utf-8")
    case = load_case(folder, method=method)
    assert len(case.tables["orders"].frame) == 50
    assert case.tables["orders"].frame["_cancelled"].sum() == 2
    setting = client_setting(folder, folder, method, None)
    for name in ("売上_202401.csv", "売上_202402.csv"):
        assert filed_mapping(folder / "data" / name, "orders", folder, setting) == done.path
    assert filed_mapping(folder / "data" / "売上_202402.csv", "leads", folder, setting) is None


def test_other_files_of_that_name_keep_the_mapping_to_its_own_file(
    make_client: MakeClient, file: File
) -> None:
    other = "コード,名前\n1,茶\n"
    folder = make_client({"data/売上_202401.csv": rows(1), "data/売上_明細.csv": other})
    assert file(folder, "data/売上_202401.csv").file == "data/売上_202401.csv"


def test_a_second_mapping_of_a_file_is_refused_and_named(
    make_client: MakeClient, file: File
) -> None:
    folder = make_client({"data/売上_202401.csv": rows(1), "data/売上_202402.csv": rows(2)})
    file(folder, "data/売上_202401.csv")
    before = written(folder)
    with pytest.raises(UsageError) as caught:
        file(folder, "data/売上_202402.csv")
    assert caught.value.code == "confirm_same_file"
    assert caught.value.params["other"] == "mappings/orders-売上.toml"
    assert written(folder) == before


def test_no_mapping_is_overwritten(make_client: MakeClient, file: File) -> None:
    old = 'table = "orders"\nfile = "data/old.csv"\n'
    folder = make_client(
        {
            "data/a/売上.csv": rows(1),
            "data/b/売上.csv": rows(2),
            "mappings/orders-売上.toml": old,
        }
    )
    assert file(folder, "data/a/売上.csv").path.name == "orders-売上-2.toml"
    assert file(folder, "data/b/売上.csv").path.name == "orders-売上-3.toml"
    assert (folder / "mappings" / "orders-売上.toml").read_text(encoding="utf-8") == old


def test_a_mapping_of_one_of_the_months_keeps_the_new_one_to_its_file(
    make_client: MakeClient, file: File, method: Method
) -> None:
    old = '[columns]\norder_id = "伝票No."\ncustomer_id = "お客様コード"\n'
    old += 'order_date = "売上日付"\namount = "売上金額計"\n'
    folder = make_client(
        {
            "data/売上_202401.csv": rows(1),
            "data/売上_202402.csv": rows(2),
            "mappings/january.toml": f'table = "orders"\nfile = "data/売上_202401.csv"\n{old}',
        }
    )
    assert file(folder, "data/売上_202402.csv").file == "data/売上_202402.csv"
    assert len(load_case(folder, method=method).tables["orders"].frame) == 50


def test_a_file_outside_the_folder_is_refused(
    make_client: MakeClient, file: File, tmp_path: Path
) -> None:
    folder = make_client({})
    (tmp_path / "売上.csv").write_text(rows(1), encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "link.csv").symlink_to(tmp_path / "売上.csv")
    for name in ("../売上.csv", "data/link.csv"):
        with pytest.raises(UsageError) as caught:
            file(folder, name)
        assert caught.value.code == "confirm_outside"
    assert not (folder / "mappings").exists()


def test_mappings_that_lie_elsewhere_are_not_written(
    make_client: MakeClient, file: File, tmp_path: Path
) -> None:
    folder = make_client({"data/売上.csv": rows(1)})
    (tmp_path / "elsewhere").mkdir()
    (folder / "mappings").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError) as caught:
        file(folder, "data/売上.csv")
    assert caught.value.problems[0].code == "link_out"
    assert not list((tmp_path / "elsewhere").iterdir())


def test_what_is_unclear_is_not_filed(make_client: MakeClient, file: File) -> None:
    folder = make_client({"data/売上.csv": rows(1).replace("お客様コード", "あ")})
    with pytest.raises(InputError) as caught:
        file(folder, "data/売上.csv")
    assert [(one.code, one.column) for one in caught.value.problems] == [
        ("proposal_unclear", "customer_id")
    ]
    assert "会員番号にあたる列が見つかりません" in caught.value.problems[0].params["reason"]
    assert not (folder / "mappings").exists()


def test_a_column_that_turns_unreadable_further_down_is_not_filed(
    make_client: MakeClient, file: File
) -> None:
    good = "".join(f"A{i},C{i % 9},2024-01-05,{i},2024-01-09\n" for i in range(1000))
    bad = "".join(f"B{i},C{i % 9},2024-01-05,{i},later\n" for i in range(252))
    head = HEAD.replace("状況", "発送日")
    folder = make_client({"data/売上.csv": head + good + bad})
    with pytest.raises(InputError) as caught:
        file(folder, "data/売上.csv")
    codes = {(one.code, one.column) for one in caught.value.problems}
    assert ("proposal_unreadable", "shipped_at") in codes
    assert not (folder / "mappings").exists()
    fewer = "\n".join(bad.splitlines()[:248]) + "\n"
    (folder / "data" / "売上.csv").write_text(head + good + fewer, encoding="utf-8")
    assert file(folder, "data/売上.csv").report.rows_quarantined == 248


def test_a_known_header_over_cells_that_cannot_be_it_stays_out(
    make_client: MakeClient, file: File
) -> None:
    """What the proposal leaves out is not read under its header either."""
    lines = rows(1, 8).replace("状況", "発送日").replace("済", "2024-01-20").splitlines()
    lines[1:3] = [line.replace("2024-01-20", "翌日") for line in lines[1:3]]
    folder = make_client({"data/売上.csv": "\n".join(lines) + "\n"})
    report = file(folder, "data/売上.csv").report
    assert report.rows_quarantined == 0
    assert "shipped_at" not in (report.mapping or {})["columns"]


def test_exports_of_known_systems_need_no_mapping(make_client: MakeClient, file: File) -> None:
    export = Path(__file__).parents[1] / "adapters" / "fixtures" / "base_orders" / "orders.csv"
    folder = make_client({"data/orders.csv": export.read_bytes()})
    with pytest.raises(UsageError) as caught:
        file(folder, "data/orders.csv")
    assert caught.value.code == "confirm_known"
    assert caught.value.params["system"] == "BASE"


def test_canonical_headers_may_be_filed_all_the_same(make_client: MakeClient, file: File) -> None:
    """Where a folder holds files that could be several tables, a mapping says which they are."""
    text = "order_id,customer_id,order_date,amount\n1,a,2024-01-05,100\n"
    folder = make_client({"data/x.csv": text})
    assert file(folder, "data/x.csv").path.name == "orders-x.toml"


@pytest.mark.parametrize("kind", ["profile", "clients", "order"])
def test_only_tables_have_mappings(make_client: MakeClient, file: File, kind: str) -> None:
    folder = make_client({"data/x.csv": rows(1)})
    with pytest.raises(UsageError) as caught:
        file(folder, "data/x.csv", kind)
    assert caught.value.code == "confirm_kind"


GIVEN = """# our own words
table = "orders"
[columns]
order_id = "伝票No."
customer_id = "お客様コード"
order_date = "売上日付"
amount = "売上金額計"
"""


def test_a_given_mapping_is_filed_with_its_comments(make_client: MakeClient, file: File) -> None:
    folder = make_client({"data/売上_202401.csv": rows(1)})
    done = file(folder, "data/売上_202401.csv", mapping=GIVEN)
    text = done.path.read_text(encoding="utf-8")
    assert text.endswith(GIVEN)
    assert tomllib.loads(text)["file"] == done.file == "data/売上_*.csv"
    assert done.report.rows_accepted == 25


def test_a_given_mapping_that_names_the_file_is_filed_as_it_is(
    make_client: MakeClient, file: File
) -> None:
    folder = make_client({"data/売上_202401.csv": rows(1)})
    given = GIVEN.replace("[columns]", 'file = "data/*.csv"\n[columns]')
    done = file(folder, "data/売上_202401.csv", mapping=given)
    assert done.path.read_text(encoding="utf-8") == given
    assert done.file == "data/*.csv"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('file = "data/other.csv"', "confirm_other_file"),
        ('source = "sqlite:///data/x.db"\nquery = "SELECT 1"', "confirm_source"),
    ],
)
def test_a_given_mapping_of_something_else_is_refused(
    make_client: MakeClient, file: File, line: str, code: str
) -> None:
    folder = make_client({"data/売上.csv": rows(1)})
    with pytest.raises(UsageError) as caught:
        file(folder, "data/売上.csv", mapping=GIVEN.replace("[columns]", f"{line}\n[columns]"))
    assert caught.value.code == code
    assert not (folder / "mappings").exists()


def test_a_given_mapping_that_cannot_read_the_file_is_not_filed(
    make_client: MakeClient, file: File
) -> None:
    folder = make_client({"data/売上.csv": rows(1)})
    with pytest.raises(InputError) as caught:
        file(folder, "data/売上.csv", mapping=GIVEN.replace("売上金額計", "利益"))
    assert caught.value.problems[0].code == "mapped_column_missing"
    assert not (folder / "mappings").exists()


def test_a_given_mapping_of_another_table_is_refused(make_client: MakeClient, file: File) -> None:
    folder = make_client({"data/売上.csv": rows(1)})
    with pytest.raises(UsageError) as caught:
        file(folder, "data/売上.csv", "leads", mapping=GIVEN)
    assert caught.value.problems[0].code == "mapping_other_table"


def test_a_given_mapping_of_files_that_another_one_reads_is_refused(
    make_client: MakeClient, file: File
) -> None:
    folder = make_client({"data/売上_202401.csv": rows(1), "data/b.csv": rows(2)})
    file(folder, "data/b.csv")
    with pytest.raises(UsageError) as caught:
        file(folder, "data/売上_202401.csv", mapping=f'file = "data/*.csv"\n{GIVEN}')
    assert caught.value.params["other"] == "mappings/orders-b.toml"


def test_ideas_of_headers_are_each_written_once(method: Method) -> None:
    entry = method.section("columns")["synonyms"]
    listed = [word for listed in entry["ideas"].values() for word in listed]
    assert len(listed) == len(set(listed))
    assert synonyms(method).names == set(entry["ideas"])
    kinds = {one.id for one in method.section("columns").values() if not one.get("_vocabulary")}
    assert set(entry["also"]) <= kinds
    for kind, columns in entry["also"].items():
        assert set(columns) <= set(method.section("columns")[kind])
