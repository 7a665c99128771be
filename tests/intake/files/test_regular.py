"""Whole columns at once and row by row are two ways to one grid: equal wherever both can go."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.intake.files.decoding import decode
from toolkit.intake.files.delimited import at_once, read_delimited, row_by_row
from toolkit.intake.files.grid import Fits, Grid, ReadOptions
from toolkit.intake.files.opening import Opened

PLAIN = ReadOptions()
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "euc_jp", "iso2022_jp_ext")
CASES = settings(max_examples=200, deadline=None)


def orders(fields: Sequence[str]) -> bool:
    return "注文番号" in fields or "order_id" in fields


def content(grid: Grid) -> tuple[Any, ...]:
    """All that a grid says."""
    return (
        grid.header,
        grid.header_row,
        [column.to_pylist() for column in grid.columns],
        [str(column.type) for column in grid.columns],
        grid.rows.tolist(),
        grid.lines.tolist(),
        grid.broken,
        grid.problems,
        grid.notes,
        grid.encoding,
    )


def told(read: Callable[[], Grid]) -> tuple[Any, ...]:
    """What a grid says, or the problems it was refused for."""
    try:
        return content(read())
    except InputError as error:
        return error.problems


def slowly(data: bytes, options: ReadOptions, fits: Fits | None) -> Grid:
    decoded = decode(data, "f.csv", options.encoding)
    grid = row_by_row(decoded, "f.csv", options, fits)
    return replace(grid, encoding=decoded.encoding)


def agree(data: bytes, options: ReadOptions = PLAIN, fits: Fits | None = None) -> bool:
    """Hold the two ways together; tells whether the fast one could be gone."""
    slow = told(lambda: slowly(data, options, fits))
    fast = at_once(data, "f.csv", options, fits)
    if fast is not None:
        assert content(fast) == slow
    read = told(lambda: read_delimited(Opened(data=data), "f.csv", options, fits))
    if len(read) == len(slow) == 10:  # the reader adds a note on the encoding
        read = (*read[:8], tuple(note for note in read[8] if note.code != "encoding"), read[9])
    assert read == slow
    return fast is not None


REGULAR = {
    "plain": b"a,b\n1,2\n3,4\n",
    "no newline at the end": b"a,b\n1,2\n3,4",
    "windows newlines": b"a,b\r\n1,2\r\n3,4\r\n",
    "both newlines": b"a,b\r\n1,2\n3,4\r\n",
    "quotes": b'"a","b"\n"1","2"\n"3",4\n',
    "comma in quotes": b'a,b\n"1,5",2\n3,"4,"\n',
    "a doubled quote": b'a,b\n"1 ""x""",2\n"""",4\n',
    "empty fields": b'a,b\n,\n"",""\n,2\n"",4\n',
    "blank fields": ("a,b\n \u3000,\u00a0\n\x1c,\x85\n" + "1,2\n" * 20).encode(),
    "blank lines at the end": b"a,b\n1,2\n\n\r\n\n",
    "blank lines between": b"a,b\n\n1,2\n\n4,5\n",
    "semicolons": b"a;b\n1;2\n",
    "tabs": b'a\tb\n"1"\t2\n',
    "rows of one field": b"a\n1\n\n2\n",
    "mark of UTF-8": b"\xef\xbb\xbfa,b\n1,2\n",
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbfa,b\n1,2\n",
    "cp932": "注文番号,商品\nO1,表示ソ十ー｜\nO2,ﾊﾝｶｸ\n".encode("cp932"),
    "cp932 of NEC and IBM": "注文番号,商品\nO1,髙①㈱纊\nO2,〜\n".encode("cp932", "replace"),
    "utf-8": "注文番号,商品\nO1,髙島屋𠮷\n".encode(),
    "end of a DOS file": b"a\n1\n\x1a",
    "separators of lines and pages": "a,b\n1\u2028,2\u0085\x0b\n".encode(),
    "a title": b"report,\n\norder_id,b\n1,2\n",
    "a title of two lines": b'"report\nof May",\norder_id,b\n1,2\n',
}
ODD = {
    "a quote within a field": b'a,b\n1"2,3\n',
    "quotes that seem to match": b'a,b\nx","y\n',
    "text behind a quote": b'a,b\n"1"2,3\n',
    "space behind a quote": b'a,b\n"1" ,3\n',
    "a field of one quote": b'a,b\n",2\n3,4\n',
    "a last field of one quote": b'a,b\n1,"',
    "a newline in a field": b'a,b\n"1\n2",3\n4,5\n',
    "a newline in a field, and an old one": b'a,b\n1,"x\ny"\r2,3\n',
    "a newline in the header": b'a,"b\nc"\n1,2\n',
    "old newlines": b"a,b\r1,2\r3,4\r",
    "an old newline above the header": b"title\ra,b\n1,2\n3,4\n",
    "an old newline within a line": b"a,b\n1,2\r3,4\n",
    "too many fields": b"a,b\n1,2,3\n4,5\n",
    "blank fields too many": b"a,b\n1,2,, \n4,5\n",
    "too few fields": b"a,b\n1\n4,5\n",
    "end of a DOS file": b"a,b\n1,2\n\x1a",
    "a mark in the first cell": b"a,b\n\xef\xbb\xbf1,2\n3,4\n",
    "zero bytes": b"a,b\n1,\x002\n",
    "an escape": "a,b\n1,高\n".encode("iso2022_jp_ext"),
    "a lone surrogate": "a,b\n1,茶\n2,碗\n3,蒸\n4,し\n".encode() + b"5,\xed\xa0\x80\n",
    "a cp932 line": "a,b\n1,茶\n2,碗\n3,蒸\n4,し\n".encode() + "5,髙\n".encode("cp932"),
    "a utf-8 line": "a,b\n1,茶\n2,碗\n3,蒸\n4,し\n".encode("cp932") + "5,髙橋\n".encode(),
    "half a letter before a comma": b"a,b\n\x83,2\n" + "3,茶\n".encode("cp932") * 9,
    "half a letter before a newline": b"a,b\n1,\x83\n" + "3,茶\n".encode("cp932") * 9,
    "a header alone": b"a,b\n",
    "nothing but newlines": b"\n\n\n",
}


@pytest.mark.parametrize("data", REGULAR.values(), ids=REGULAR)
def test_a_regular_text_is_read_at_once(data: bytes) -> None:
    assert agree(data, fits=orders if b"order_id" in data else None)


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_any_other_text_is_read_row_by_row(data: bytes) -> None:
    assert not agree(data)


def test_every_short_text() -> None:
    """All texts of a few letters: no arrangement of quotes and newlines deceives the fast way."""
    taken = 0
    for head, longest in (("h,i\n", 5), ("h\n", 5), ('"\n",i\n', 4), ('h,"\n"\n', 4)):
        for length in range(1, longest + 1):
            for letters in product('",\na\r', repeat=length):
                taken += agree((head + "".join(letters)).encode())
    assert taken > 200


@pytest.mark.parametrize("size", [131_072, 131_073, 200_000])
def test_a_very_long_field(size: int) -> None:
    assert agree(b"a,b\n1," + b"x" * size + b"\n3,4\n") is (size <= 131_072)
    agree(b"a,b\n1," + "茶".encode() * size + b"\n3,4\n")


def long_file(head: bytes, row: bytes, tail: bytes) -> bytes:
    """A file far longer than what is looked at first."""
    return head + row * (80 * 1024 // len(row)) + tail


RARE_EUC = "1,燹\n".encode("euc_jp")  # kanji in cp932 as well
LATE = {
    "much EUC at last": f"1,{'高橋様' * 9}\n".encode("euc_jp") * 200,
    "utf-8 that cp932 decodes, at last": "1,番茶\n".encode(),
    "cp932 at last": "1,髙橋\n".encode("cp932"),
    "EUC at last": "1,高橋様\n".encode("euc_jp"),
    "utf-8 at last": "1,髙橋\n".encode(),
    "JIS at last": "1,高橋\n".encode("iso2022_jp_ext"),
    "zero at last": b"1,\x00\n",
    "half a letter at last": b"1,\x83\n",
    "an open quote at last": b'1,"2\n',
    "a mark at last": b"\xef\xbb\xbf1,2\n",
    "one field more at last": b"1,2,3\n",
    "nothing at last": b"",
}
ROWS = {
    "rare EUC": RARE_EUC + b"1,%b\n" % (b"2" * 60) * 1_100,
    "ascii": b"1,%b\n" % (b"2" * 60),
    "cp932": f"1,{'茶碗' * 20}\n".encode("cp932"),
    "utf-8": f"1,{'茶碗' * 20}\n".encode(),
    "kana": f"1,{'ｶﾅ茶' * 20}\n".encode("cp932"),
    "EUC": f"1,{'茶碗' * 20}\n".encode("euc_jp"),
}


@pytest.mark.parametrize("tail", LATE.values(), ids=LATE)
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_comes_late_in_a_long_file(row: bytes, tail: bytes) -> None:
    agree(long_file(b"order_id,b\n", row, tail), fits=orders)


@pytest.mark.parametrize("lines", [0, 1, 5, 28, 29, 30, 31, 40])
@pytest.mark.parametrize("width", [1, 1_400, 14_000])
def test_a_header_far_below(lines: int, width: int) -> None:
    title = ("題" * width + "\n").encode() * lines
    data = long_file(title + b"order_id;b;c\n", b"1;2;3%b\n" % (b" " * 60), b"")
    spaced = data.replace("題\n".encode(), "題\n\n".encode())
    for text in (data, b"\n" * 40 + data, spaced):
        agree(text)
        agree(text, fits=orders)
        agree(text, options=replace(PLAIN, header_row=lines + 1))


@pytest.mark.parametrize(
    "options",
    [
        replace(PLAIN, header=("p", "q")),
        replace(PLAIN, header_row=2),
        replace(PLAIN, separator=";"),
        replace(PLAIN, separator="tab"),
        replace(PLAIN, separator="|"),
        replace(PLAIN, encoding="cp932"),
        replace(PLAIN, encoding="utf-8"),
        replace(PLAIN, encoding="euc_jp"),
    ],
    ids=str,
)
@pytest.mark.parametrize("data", [*REGULAR.values(), *ODD.values()], ids=[*REGULAR, *ODD])
def test_what_a_mapping_says_holds_for_both(data: bytes, options: ReadOptions) -> None:
    agree(data, options=options)


CELLS = st.one_of(
    st.sampled_from(["", " ", "\u3000", "1", "０１", "表示ソ", "髙", "ﾊﾝｶｸ", "a,b", "x;y", "\t"]),
    st.sampled_from(['"', '""', 'a"b', '"a"', "a\nb", "a\r\nb", "\x1a", "\ufeff", "\u2028"]),
    st.text(max_size=4),
)


@st.composite
def tables(draw: Callable[..., Any]) -> str:
    """A table as some program might write it, well or badly."""
    separator = draw(st.sampled_from([",", ",", "\t", ";"]))
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    width = draw(st.integers(1, 4))
    quoting = draw(st.sampled_from(["all", "needed", "never"]))
    sloppy = draw(st.integers(0, 9)) == 0

    def written(cell: str) -> str:
        needed = any(mark in cell for mark in f'"{separator}\r\n')
        if quoting == "never" or (quoting == "needed" and not needed):
            return cell
        return '"' + (cell if sloppy else cell.replace('"', '""')) + '"'

    rows = [["注文番号", "商品", "金額", "備考"][:width]]
    rows += draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    if draw(st.integers(0, 3)) == 0:
        rows.insert(draw(st.integers(0, len(rows))), draw(st.lists(CELLS, max_size=5)))
    lines = [separator.join(map(written, row)) for row in rows]
    if draw(st.integers(0, 3)) == 0:
        lines.insert(draw(st.integers(0, len(lines))), "")
    trailing = draw(st.sampled_from(["", "", separator]))
    return end.join(line + trailing for line in lines) + draw(st.sampled_from([end, "", end * 2]))


@CASES
@given(tables(), st.sampled_from(ENCODINGS), st.booleans())
def test_any_table_in_any_encoding(text: str, encoding: str, judged: bool) -> None:
    data = text.encode(encoding, "ignore")
    agree(data, fits=orders if judged else None)


@CASES
@given(tables(), st.sampled_from(ENCODINGS), st.integers(0), st.integers(1, 4))
def test_any_table_with_a_few_bytes_changed(text: str, encoding: str, seed: int, n: int) -> None:
    chance = random.Random(seed)
    data = bytearray(text.encode(encoding, "ignore"))
    for _ in range(n):
        at = chance.randrange(len(data) + 1)
        odd = chance.choice(b'"\n\r,;\t\x00\x1a\x1b\x5c\x7c\x83\x8f\xed\xa0\xef\xbb\xbf\xfe\xff a1')
        data[at : at + chance.randrange(2)] = bytes([odd])
    agree(bytes(data), fits=chance.choice([None, orders]))


def test_most_generated_tables_take_the_fast_way() -> None:
    """The properties above say nothing if no text is regular."""
    rows = "".join(f'O{i},"茶,{i}",{i}\r\n' for i in range(50))
    for encoding in ("utf-8", "utf-8-sig", "cp932"):
        assert agree(("注文番号,商品,金額\r\n" + rows).encode(encoding), fits=orders)
