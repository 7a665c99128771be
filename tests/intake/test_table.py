"""What becomes of rows: orders and lines, duplicates, totals, guests, conflicts, refusal."""

from __future__ import annotations

import pytest

from toolkit.intake.mappings.mapping import Source, TableMapping
from toolkit.intake.table import SourceFile, read_table

HEAD = "order_id,customer_id,order_date,amount\n"


def rows(count: int, start: int = 0) -> str:
    return "".join(f"A{i},C{i % 3},2024-04-01,100\n" for i in range(start, start + count))


def codes(report) -> list[str]:
    return [problem.code for problem in report.problems]


def notes(report) -> dict[str, int]:
    return {note.code: note.count for note in report.notes}


def test_clean_rows_are_accepted_without_a_word(read) -> None:
    report = read(HEAD + rows(3))
    assert (report.outcome, report.notes, report.problems) == ("accepted", (), ())
    assert report.figures == {
        "amount_sum": 300,
        "orders": 3,
        "distinct_customers": 3,
        "minutes_sum": None,
        "first_date": "2024-04-01",
        "last_date": "2024-04-01",
    }


def test_equal_rows_of_orders_count_once_unless_kept(read) -> None:
    text = HEAD + rows(2) + rows(1)
    dropped = read(text)
    assert (dropped.rows_accepted, dropped.rows_deduplicated) == (2, 1)
    kept = read(text, mapping='[rows]\nduplicates = "keep"\n')
    assert (kept.rows_accepted, notes(kept)) == (3, {"order_total_repeated": 1})
    assert kept.figures["amount_sum"] == dropped.figures["amount_sum"] == 200


def test_an_order_total_on_several_rows_is_counted_once(read) -> None:
    head = "order_id,customer_id,order_date,amount,product\n"
    report = read(head + "A1,C1,2024-04-01,300,a\nA1,C1,2024-04-01,300,b\n")
    assert (report.rows_accepted, report.figures["amount_sum"]) == (2, 300)
    assert notes(report) == {"order_total_repeated": 1}


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("A1,C1,2024-04-01,200", "order_amount_conflict"),
        ("A1,C2,2024-04-01,100", "order_customer_id_conflict"),
    ],
)
def test_rows_of_an_order_that_disagree_are_all_quarantined(second: str, code: str, read) -> None:
    report = read(HEAD + f"A1,C1,2024-04-01,100\n{second}\nA9,C1,2024-04-01,5\n")
    assert codes(report) == [code, code]
    assert report.figures["amount_sum"] == 5
    assert report.problems[0].params["rows"] == "2, 3"


def test_lines_are_summed_and_equal_lines_kept_and_noted(read) -> None:
    text = HEAD + "A1,C1,2024-04-01,100\nA1,C1,2024-04-01,200\nA1,C1,2024-04-01,100\n"
    report = read(text, mapping='[rows]\nmodel = "lines"\n')
    assert (report.figures["amount_sum"], report.figures["orders"]) == (400, 1)
    assert notes(report) == {"equal_lines": 1}
    dropped = read(text, mapping='[rows]\nmodel = "lines"\nduplicates = "drop"\n')
    assert (dropped.figures["amount_sum"], dropped.rows_deduplicated) == (300, 1)


def test_a_line_number_makes_lines_and_a_line_given_twice_a_duplicate_or_conflict(read) -> None:
    head = "order_id,line_no,customer_id,order_date,amount,product\n"
    first = "A1,1,C1,2024-04-01,100,a\nA1,2,C1,2024-04-01,100,a\n"
    again = read(head + first + "A1,1,C1,2024-04-01,100,renamed\n")
    assert (again.rows_deduplicated, again.figures["amount_sum"]) == (1, 200)
    other = read(head + first + "A1,1,C1,2024-04-01,999,a\n")
    assert codes(other) == ["line_conflict", "line_conflict"]


def test_cancelled_rows_are_accepted_and_left_out_of_every_figure(read) -> None:
    head = "order_id,customer_id,order_date,amount,status\n"
    report = read(head + "A1,C1,2024-04-01,100,発送済\nA2,C2,2024-05-01,900,キャンセル\n")
    assert (report.outcome, report.rows_accepted, report.rows_cancelled) == ("accepted", 2, 1)
    assert report.figures["amount_sum"] == 100
    assert report.figures["distinct_customers"] == 1
    assert report.figures["last_date"] == "2024-04-01"


def test_a_status_that_sounds_cancelled_is_a_warning(read) -> None:
    head = "order_id,customer_id,order_date,amount,status\n"
    report = read(head + "A1,C1,2024-04-01,100,キャンセル不可\n")
    assert (report.rows_cancelled, [w.code for w in report.warnings]) == (0, ["status_unclear"])


def test_refunds_are_summed_and_warned_of_by_customer(read) -> None:
    report = read(HEAD + "A1,C1,2024-04-01,100\nA2,C1,2024-04-02,-300\nA3,C2,2024-04-03,50\n")
    assert report.figures["amount_sum"] == -150
    assert [(w.code, w.count) for w in report.warnings] == [("refund_exceeds_sales", 1)]


@pytest.mark.parametrize(
    ("policy", "fates", "orders"),
    [("quarantine", (1, 1, 0), 1), ("keep", (2, 0, 0), 2), ("drop", (1, 0, 1), 1)],
)
def test_guests(policy: str, fates: tuple[int, int, int], orders: int, read) -> None:
    mapping = f'[rows]\nguests = "{policy}"\n'
    report = read(HEAD + "A1,,2024-04-01,100\nA2,C1,2024-04-01,50\n", mapping=mapping)
    assert (report.rows_accepted, report.rows_quarantined, report.rows_dropped) == fates
    assert (report.figures["orders"], report.figures["distinct_customers"]) == (orders, 1)


def test_zero_amounts_are_kept_unless_dropped(read) -> None:
    text = HEAD + "A1,C1,2024-04-01,0\nA2,C1,2024-04-01,50\n"
    assert read(text).rows_accepted == 2
    report = read(text, mapping='[rows]\nzero_amount = "drop"\n')
    assert (report.rows_accepted, report.rows_dropped) == (1, 1)


@pytest.mark.parametrize("label", ["合計", "総合計", "Total:", "ＴＯＴＡＬ", "小計"])
def test_a_row_of_totals_is_quarantined(label: str, read) -> None:
    report = read(HEAD + rows(3) + f"{label},,,300\n")
    assert (codes(report), report.figures["amount_sum"]) == (["total_row"], 300)


def test_a_record_that_is_called_total_is_no_total(read) -> None:
    report = read(HEAD + rows(3) + "SUM,C1,2024-04-01,5\n")
    assert (report.rows_accepted, report.figures["amount_sum"]) == (4, 305)


@pytest.mark.parametrize(("bad", "good", "outcome"), [(4, 16, "quarantined"), (5, 16, None)])
def test_more_than_a_fifth_of_bad_rows_refuses_a_file_of_twenty(bad, good, outcome, read) -> None:
    text = HEAD + rows(good) + "".join(f"B{i},C1,x,1\n" for i in range(bad))
    assert read(text).outcome == (outcome or "error-with-location")


def test_totals_and_dropped_rows_stay_out_of_that_share(read) -> None:
    bad = "".join(f"B{i},C1,x,1\n" for i in range(4))
    assert read(HEAD + rows(16) + bad + "合計,,,1600\n").outcome == "quarantined"
    dropped = "".join(f"D{i},C1,2024-04-01,0\n" for i in range(9))
    mapping = '[rows]\ndrop = [{ column = "amount", at_most = 0 }]\n'
    assert read(HEAD + rows(15) + bad + dropped, mapping=mapping).outcome == "error-with-location"


def test_a_small_file_is_refused_only_if_no_row_is_left(read) -> None:
    assert read(HEAD + "A1,C1,x,1\nA2,C1,y,1\nA3,C1,2024-04-01,1\n").outcome == "quarantined"
    left = read(HEAD + "A1,C1,x,1\n")
    assert (left.outcome, codes(left)[-1]) == ("error-with-location", "no_row_left")


def test_a_missing_column_lists_what_is_there_and_what_comes_nearest(read) -> None:
    problem = read("order_id,customer_id,order_date,amuont\nA1,C1,2024-04-01,1\n").problems[0]
    assert (problem.code, problem.row, problem.column) == ("column_missing", 1, "amount")
    assert problem.params["near"] == "amuont"
    assert "customer_id" in problem.params["found"]


def test_headers_by_alias_width_and_case(read) -> None:
    report = read("注文番号, Customer-ID ,注文日時,合計金額\nA1,C1,2024-04-01,1\n")
    assert (report.outcome, notes(report)) == ("accepted-after-normalisation", {"headers": 4})
    assert report.mapping["columns"]["order_date"] == "注文日時"


def test_the_own_name_wins_over_an_alias_and_a_header_given_twice_is_refused(read) -> None:
    report = read("order_id,customer_id,order_date,合計金額,amount\nA1,C1,2024-04-01,9,1\n")
    assert report.figures["amount_sum"] == 1
    twice = read("order_id,customer_id,order_date,amount,Amount\nA1,C1,2024-04-01,9,1\n")
    assert [(p.code, p.column) for p in twice.problems] == [("column_twice", "amount")]


def test_personal_columns_are_dropped_and_their_values_shown_nowhere(read, method) -> None:
    from toolkit.words import words

    head = "order_id,メールアドレス,order_date,amount,氏名\n"
    mapping = '[columns]\ncustomer_id = "メールアドレス"\n'
    text = head + "A1,1.2E+10,2024-04-01,1,山田花子\nA2,a@example.com,2024-04-01,1,佐藤\n"
    report = read(text, mapping=mapping)
    assert notes(report)["personal_dropped"] == 1
    problem = report.problems[0]
    assert (problem.code, problem.value) == ("id_scientific", None)
    assert "1.2E+10" not in str(report.to_dict(words(method, "ja")))


def test_frame_is_typed_and_keeps_file_and_row(setting, tmp_path) -> None:
    path = tmp_path / "orders.csv"
    head = "order_id,customer_id,order_date,amount,trial,status,memo\n"
    path.write_text(
        head
        + "A1,C1,2024-04-01 10:00,100,yes,,\nA1,C1,2024-04-01 10:00,100,no,取消,\nA2,C1,x,1,,,\n"
    )
    source = SourceFile(path=path, name="data/orders.csv")
    table = read_table([source], setting.kinds["orders"], setting)
    frame = table.frame
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "order_id": "str",
        "customer_id": "str",
        "order_date": "datetime64[us]",
        "amount": "float64",
        "trial": "boolean",
        "status": "str",
        "_file": "str",
        "_row": "int64",
        "_cancelled": "bool",
        "_repeated": "bool",
    }
    assert list(frame["_row"]) == [2, 3]
    assert list(frame["_repeated"]) == [False, True]
    assert list(frame["_cancelled"]) == [False, True]
    assert table.timed
    assert table.unused == ("memo",)
    assert table.completeness["status"] == 0.5


def test_customer_ids_leave_as_keys_that_depend_on_the_salt(setting, tmp_path) -> None:
    from dataclasses import replace

    path = tmp_path / "orders.csv"
    path.write_text(HEAD + rows(4))
    source = [SourceFile(path=path, name="orders.csv")]
    one = read_table(source, setting.kinds["orders"], replace(setting, salt=b"a")).frame
    two = read_table(source, setting.kinds["orders"], replace(setting, salt=b"b")).frame
    assert one["customer_id"].str.fullmatch("[0-9a-f]{16}").all()
    assert list(one["customer_id"].factorize()[0]) == list(two["customer_id"].factorize()[0])
    assert set(one["customer_id"]).isdisjoint(set(two["customer_id"]))


def test_no_id_made_of_a_person_leaves_as_it_is(setting, tmp_path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("会員,メール,日,amount,担当\nCANARY1,CANARY2@x,2024-04-01,5,佐藤\n")
    mapping = TableMapping(
        name="m.toml",
        table="orders",
        columns={
            "order_id": Source(operation="join", headers=("会員", "日")),
            "customer_id": Source(operation="column", headers=("会員",)),
            "order_date": Source(operation="column", headers=("日",)),
            "channel": Source(operation="column", headers=("メール",)),
            "product": Source(operation="column", headers=("担当",)),
        },
    )
    source = SourceFile(path=path, name="orders.csv", mapping=mapping)
    frame = read_table([source], setting.kinds["orders"], setting).frame
    assert "CANARY" not in frame.to_csv()
    assert frame["product"][0] == "佐藤"


def test_files_of_one_table_share_their_duplicates(setting, tmp_path) -> None:
    sources = []
    for name, text in (("a.csv", rows(3)), ("b.csv", rows(3, start=2))):
        (tmp_path / name).write_text(HEAD + text)
        sources.append(SourceFile(path=tmp_path / name, name=name))
    table = read_table(sources, setting.kinds["orders"], setting)
    assert (table.report.rows_accepted, table.report.rows_deduplicated) == (5, 1)
    assert [(one.name, one.rows) for one in table.files] == [("a.csv", 3), ("b.csv", 3)]


def test_costs_take_words_for_items_and_refuse_negative_amounts(read) -> None:
    text = (
        "月,費目,金額\n2024年4月,広告宣伝費,1000\n2024-05,cogs,-5\n2024-05,謎,1\n2024-06,物流費,2\n"
    )
    report = read(text, kind="costs")
    assert codes(report) == ["number_below", "choice_unknown"]
    assert (report.rows_accepted, report.figures["amount_sum"]) == (2, 1002)


def test_contracts_need_a_start_or_a_tenure(read) -> None:
    assert read("account_id,start\nA,2024-04-01\n", kind="contracts").rows_accepted == 1
    assert read("account_id,tenure,Churn\nA,5,Yes\n", kind="contracts").rows_accepted == 1
    neither = read("account_id,plan\nA,x\n", kind="contracts")
    assert [problem.column for problem in neither.problems] == ["start"]


def test_records_with_one_key_agree_or_are_quarantined(read) -> None:
    text = "contact_id,date\nK1,2024-04-01\nK1,2024-04-01\nK2,2024-04-01\nK2,2024-04-09\n"
    report = read(text, kind="contacts")
    assert (report.rows_accepted, report.rows_deduplicated) == (1, 1)
    assert codes(report) == ["record_conflict", "record_conflict"]
