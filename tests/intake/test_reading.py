"""From bytes to rows: encodings, archives, quotes, row numbers, what is no text."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from toolkit.intake.files.decoding import decode
from toolkit.intake.files.records import records

HEAD = "order_id,customer_id,order_date,amount,product\n"
ROWS = "A1,C1,2024-04-01,100,定期便\nA2,C2,2024-04-02,200,青汁\n"
TEXT = HEAD + ROWS


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-le", "iso2022_jp"],
)
def test_each_encoding_is_found(encoding: str, read) -> None:
    report = read(TEXT.encode(encoding))
    assert (report.rows_accepted, report.figures["amount_sum"]) == (2, 300)
    assert report.encoding == encoding
    assert ("encoding" in [note.code for note in report.notes]) == (encoding != "utf-8")


def test_signs_beyond_shift_jis_are_cp932() -> None:
    assert decode("髙島屋①㈱～".encode("cp932"), "f").text == "髙島屋①㈱～"


def test_half_width_kana_stays_cp932_where_it_is_rare() -> None:
    text = "商品名,ﾊﾝｶｸ,定期便の商品です"
    assert decode(text.encode("cp932"), "f").text == text


def test_euc_that_would_also_pass_as_half_width_kana_is_euc() -> None:
    text = "ひらがな"
    assert text.encode("euc_jp").decode("cp932") != text
    assert decode(text.encode("euc_jp"), "f").text == text


def test_a_given_encoding_decides(read) -> None:
    report = read(TEXT.encode("cp932"), mapping='[read]\nencoding = "cp932"\n')
    assert report.rows_accepted == 2


def test_one_line_in_another_encoding_is_quarantined_with_its_column(read) -> None:
    rows = "".join(f"B{i},C1,2024-04-01,100,定期便\n" for i in range(5))
    odd = "B9,C1,2024-04-01,100,定期便\n".encode("cp932")
    report = read((HEAD + rows).encode() + odd)
    assert (report.rows_accepted, report.rows_quarantined) == (5, 1)
    assert [(p.row, p.column, p.code) for p in report.problems] == [
        (7, "product", "cell_undecodable")
    ]


@pytest.mark.parametrize(
    "junk", [b"\x89PNG\r\n\x00\x01\x02" * 50, b"a,b\n1,\x002\n", b"\x07" * 900]
)
def test_what_is_no_text_is_refused(junk: bytes, read) -> None:
    assert [problem.code for problem in read(junk).problems] == ["not_text"]


def test_archives_of_one_file_are_opened(read) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("orders.csv", TEXT)
    assert read(gzip.compress(TEXT.encode()), name="f.csv.gz").rows_accepted == 2
    assert read(packed.getvalue(), name="f.zip").rows_accepted == 2


def test_archives_that_are_damaged_bombs_or_of_many_are_refused(read) -> None:
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        archive.writestr("a.csv", TEXT)
        archive.writestr("b.csv", TEXT)
    cases = {
        "archive_damaged": gzip.compress(TEXT.encode())[:-9],
        "archive_not_one": many.getvalue(),
        "archive_too_large": gzip.compress(b"0" * 40_000_000),
    }
    for code, data in cases.items():
        assert [problem.code for problem in read(data).problems] == [code]


def test_excel_is_told_by_what_it_is_not_by_its_name(read) -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    assert [p.code for p in read(book.getvalue()).problems] == ["office_not_workbook"]
    with zipfile.ZipFile(outer := io.BytesIO(), "w") as archive:
        archive.writestr("orders.xlsx", book.getvalue())
    assert [p.code for p in read(outer.getvalue()).problems] == ["archive_of_excel"]
    assert [n.code for n in read(TEXT, name="f.xlsx").notes] == ["named_like_excel"]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_separators_are_told_from_the_header(separator: str, read) -> None:
    assert read(TEXT.replace(",", separator)).rows_accepted == 2


def test_rows_count_as_a_spreadsheet_shows_them_lines_as_they_are(read) -> None:
    text = HEAD + 'A1,C1,2024-04-01,100,"two\nlines"\n\nA2,C2,x,200,b\n'
    problem = read(text).problems[0]
    assert (problem.row, problem.line, problem.column) == (4, 5, "order_date")


def test_blank_lines_are_no_rows_but_count(read) -> None:
    report = read("\n" + HEAD + "\n,,,,\nA1,C1,2024-04-01,100,a\nA2,C2,x,1,b\n")
    assert (report.rows_total, report.problems[0].row) == (2, 6)


def test_an_open_quote_names_the_row_that_opens_it_even_if_a_later_one_closes(read) -> None:
    text = HEAD + 'A1,C1,2024-04-01,100,"open\nA2,C2,2024-04-02,200,"x"\n'
    problem = read(text).problems[0]
    assert (problem.code, problem.row, problem.line) == ("quote_not_closed", 2, 2)


def test_a_misplaced_quote_on_one_line_costs_that_row_only(read) -> None:
    report = read(HEAD + 'A1,C1,2024-04-01,100,"a"b\n' + ROWS)
    assert (report.rows_accepted, report.rows_quarantined) == (2, 1)
    assert report.problems[0].code == "quote_misplaced"


def test_a_giant_field_costs_its_row_only(read) -> None:
    report = read(HEAD + f"A0,C1,2024-04-01,100,{'x' * 200_000}\n" + ROWS)
    assert [problem.code for problem in report.problems] == ["field_too_long"]
    assert report.rows_accepted == 2


def test_ragged_rows(read) -> None:
    report = read(
        HEAD + "A1,C1,2024-04-01,100\nA2,C2,2024-04-02,200,b,c\nA3,C3,2024-04-03,300,d,,\n"
    )
    assert [problem.code for problem in report.problems] == ["fields_too_few", "fields_too_many"]
    assert report.rows_accepted == 1


def test_white_space_separated_lines() -> None:
    found = list(records(" id  date\r\n 001 19970101\r\n", "whitespace", "f"))
    assert [record.fields for record in found] == [["id", "date"], ["001", "19970101"]]


@pytest.mark.parametrize(("main", "odd"), [("utf-8", "cp932"), ("cp932", "utf-8")])
@pytest.mark.parametrize("word", ["定期便", "青汁", "髙島屋", "クリーム", "美容液A"])
def test_a_line_pasted_from_another_system_is_never_read_as_nonsense(main, odd, word, read) -> None:
    lines = [f"B{i},C1,2024-04-01,100,{word}\n" for i in range(6)]
    data = HEAD.encode(main) + b"".join(line.encode(main) for line in lines[:5])
    report = read(data + lines[5].encode(odd))
    assert (report.encoding, report.rows_accepted) == (main, 5)
    assert [(p.row, p.code) for p in report.problems] == [(7, "cell_undecodable")]
