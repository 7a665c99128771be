"""Files spoiled as files get spoiled: one seed gives one and the same mutation, always."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

LARGEST = 256 * 1024
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp_ext", "utf-16", "utf-16-le")
SEPARATORS = (b",", b"\t", b";", b"|", b" ")
TOKENS: tuple[bytes, ...] = (
    *(b"\0", b'"', b'""', b"\n", b"\r", b"\r\n", b",", b"\t", b";", b"\x1a", b"\x1b$B", b"\x1b[1m"),
    *(b"\\", b"|", b"\x83\x5c", b"\x95", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xf5"),
    *(b"", b" ", b"\xe3\x80\x80", b"\xe2\x80\x8b", b"\xe2\x80\xae", b"\xef\xb7\x90", b"\x7f"),
    *(b"=1+1", b"+1", b"-1", b"@SUM(1)", b"'", b"{0}", b"{value}", b"%s", b"%00", b"../..", b"~"),
    *(b"nan", b"NaN", b"inf", b"-Infinity", b"1e309", b"-1e-400", b"1E+5", b"0x10", b"1_000"),
    *(b"9" * 400, b"1.2.3", b"1,2,3", b"\xc2\xb2", b"--5", b"(5)", b"$5", b"5" + b"0" * 30, b"-0"),
    *(b"0000-00-00", b"9999-12-31", b"2024-02-30", b"03/04/2024", b"24:00", b"2024-01-01T99:99Z"),
    *(b"2024-01-01T00:00:00+99:99", b"99999999", b"1899-12-31", b"44000", b"2024", b"1/1/1"),
    *(b"order_id", b"customer_id", b"amount", b"00012", b"."),
    *(text.encode() for text in ("令和0年1月1日", "平成99年13月", "R6.4.1", "１２３", "△5", "①")),
    *(text.encode() for text in ("合計", "総計", "計", "キャンセル", "はい", "約10", "5万円", "−")),
    *(text.encode() for text in ("１時間半", "㍻", "金額", "氏名", "\U0001f600", "é")),
)
YAML_TOKENS = (
    *(b"&a ", b"*a", b"!!python/object:os.system ", b"!!binary ", b"<<: *a", b"? ", b"- ", b": "),
    *(b"---\n", b"...\n", b"%YAML 1.1\n", b"{", b"}", b"[", b"]", b"|", b">", b"\t", b"  ", b"'"),
    *(b'"', b"#", b"[" * 200, b"{a: " * 100, b"- " * 300, b"a: " * 50, b"null", b"~", b"yes"),
    *(b"answers:\n  q.x: 1\n", b"client_id: x\n", b"compliance: {L-01: yes}\n", b"0o17", b"1:30"),
    *(b"thresholds: {a: nan}\n", b"as_of: 2024-13-01\n", b"timezone: ../x\n", b"suppress: [a]\n"),
    *(
        b"currency: ZZZ\n",
        b"\xef\xbb\xbf",
        b'"\\ud800"',
        b'"\\x00\\x1b"',
        b"a: *a\n",
        b"\xe2\x80\xae",
    ),
)
XML_TOKENS = (
    *(b"&amp;", b"&#0;", b"&lol;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<", b">", b"/>", b"]]>"),
    *(b"XFD1048576", b"A0", b"ZZZZ9", b"-1", b"1e999", b"99999999999", b'"', b"<v/>", b"<c/>"),
    *(b't="s"', b't="e"', b't="d"', b't="inlineStr"', b't="b"', b's="99999"', b's="-1"', b"NaN"),
    *(b"<row/>", b"\0", b"INF", b"_xD800_", b"_x001B_", b"_x0000_", b"\xef\xb7\x90"),
)
Mutation = Callable[[bytes, random.Random], bytes]


def place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: place(data, chance)]


def behead(data: bytes, chance: random.Random) -> bytes:
    return data[place(data, chance) // 4 :]


def flip_bits(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8) if data else 0):
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def insert_bytes(data: bytes, chance: random.Random) -> bytes:
    at = place(data, chance)
    return data[:at] + chance.randbytes(chance.randint(1, 6)) + data[at:]


def delete_bytes(data: bytes, chance: random.Random) -> bytes:
    at = place(data, chance)
    return data[:at] + data[at + chance.randint(1, 20) :]


def repeat_bytes(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted((place(data, chance), place(data, chance)))
    return data[:end] + data[start:end] * chance.randint(1, 3) + data[end:]


def token_inserter(tokens: tuple[bytes, ...]) -> Mutation:
    def insert_token(data: bytes, chance: random.Random) -> bytes:
        at = place(data, chance)
        return data[:at] + chance.choice(tokens) + data[at:]

    return insert_token


def swap_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def drop_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def repeat_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one = chance.randrange(len(lines))
    return b"\n".join([*lines[:one], lines[one], *lines[one:]])


def blank_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice((b"", b" ", b",,,", b"\r")))
    return b"\n".join(lines)


def repeat_header(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(chance.randrange(len(lines) + 1), lines[0])
    return b"\n".join(lines)


def repeat_all(data: bytes, chance: random.Random) -> bytes:
    head, _, rest = data.partition(b"\n")
    return head + b"\n" + rest * chance.randint(2, 8)


def _in_a_line(
    change: Callable[[list[bytes], random.Random], None],
) -> Mutation:
    def in_a_line(data: bytes, chance: random.Random) -> bytes:
        lines = data.split(b"\n")
        at = 0 if chance.random() < 0.2 else chance.randrange(len(lines))
        separator = max(SEPARATORS, key=lines[at].count)
        cells = lines[at].split(separator)
        change(cells, chance)
        lines[at] = separator.join(cells)
        return b"\n".join(lines)

    in_a_line.__name__ = change.__name__.strip("_")
    return in_a_line


def _swap_cells(cells: list[bytes], chance: random.Random) -> None:
    one, two = chance.randrange(len(cells)), chance.randrange(len(cells))
    cells[one], cells[two] = cells[two], cells[one]


def _drop_cell(cells: list[bytes], chance: random.Random) -> None:
    del cells[chance.randrange(len(cells))]


def _repeat_cell(cells: list[bytes], chance: random.Random) -> None:
    cells.insert(chance.randrange(len(cells)), chance.choice(cells))


def _replace_cell(cells: list[bytes], chance: random.Random) -> None:
    cells[chance.randrange(len(cells))] = chance.choice(TOKENS)


def _quote_cell(cells: list[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(cells))
    cells[at] = b'"' + cells[at] + chance.choice((b'"', b'"', b"", b'" '))


def replace_column(data: bytes, chance: random.Random) -> bytes:
    """One column of the whole table says the same on each line."""
    lines = data.split(b"\n")
    separator = max(SEPARATORS, key=lines[0].count)
    at, token = chance.randrange(lines[0].count(separator) + 1), chance.choice(TOKENS)
    for number in range(1, len(lines)):
        cells = lines[number].split(separator)
        if at < len(cells) > 1:
            cells[at] = token
        lines[number] = separator.join(cells)
    return b"\n".join(lines)


def change_separator(data: bytes, chance: random.Random) -> bytes:
    old, new = chance.choice(SEPARATORS), chance.choice(SEPARATORS)
    head, rest = divided(data, chance)
    return head + rest.replace(old, new)


def change_newlines(data: bytes, chance: random.Random) -> bytes:
    head, rest = divided(data, chance)
    return head + rest.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"\n\r", b"")))


def divided(data: bytes, chance: random.Random) -> tuple[bytes, bytes]:
    """Nothing and the whole, or some lines and the rest."""
    at = data.rfind(b"\n", 0, place(data, chance)) + 1 if chance.random() < 0.5 else 0
    return data[:at], data[at:]


def change_encoding(data: bytes, chance: random.Random) -> bytes:
    """The whole, or the rest from some line, written in another encoding."""
    head, rest = divided(data, chance)
    for known in ("utf-8-sig", "cp932", "utf-16"):
        try:
            text = rest.decode(known)
        except UnicodeDecodeError:
            continue
        return head + text.encode(chance.choice(ENCODINGS), "replace")
    return data


def pack(data: bytes, chance: random.Random) -> bytes:
    """Put it into an archive, which is then sometimes damaged."""
    if chance.random() < 0.5:
        packed = gzip.compress(data, mtime=0)
    else:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(chance.choice((0, 1, 1, 1, 2))):
                archive.writestr(zipfile.ZipInfo(f"{number}.csv"), data)
        packed = made.getvalue()
    return flip_bits(packed, chance) if chance.random() < 0.5 else packed


def rezip(data: bytes, chance: random.Random) -> bytes:
    """A workbook with one of its parts changed, renamed, doubled or gone."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(item.filename, archive.read(item)) for item in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        return flip_bits(data, chance)  # already past opening
    if not parts:
        return data
    at = chance.randrange(len(parts))
    if chance.random() < 0.6:
        at = max(range(len(parts)), key=lambda number: "sheet1" in parts[number][0])
    name, content = parts[at]
    what = chance.random()
    if what < 0.85:
        parts[at] = (name, chance.choice(XML)(content, chance))
    elif what < 0.9:
        del parts[at]
    elif what < 0.95:
        parts[at] = (chance.choice((name.upper(), "x/" + name, name + "x")), content)
    else:
        parts[at] = (name, chance.choice(parts)[1])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content[:LARGEST])
    return made.getvalue()


def retype(data: bytes, chance: random.Random) -> bytes:
    """A Parquet file with one of its columns of another type, renamed, doubled or emptied."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(io.BytesIO(data))
    except (pa.ArrowException, OSError):
        return flip_bits(data, chance)
    if not table.num_columns:
        return data
    at = chance.randrange(table.num_columns)
    name, rows = table.column_names[at], len(table)
    column = pa.array(*chance.choice(ODD_COLUMNS)(rows, chance))
    what = chance.random()
    if what < 0.7:
        table = table.set_column(at, name, column)
    elif what < 0.8:
        table = table.append_column(chance.choice((name, "", "氏名", "\x1b", name * 99)), column)
    elif what < 0.9:
        table = table.remove_column(at)
    else:
        some = [chance.randrange(rows) for _ in range(chance.randrange(40))] if rows else []
        table = table.take(pa.array(some, pa.int64()))
    made = io.BytesIO()
    parquet.write_table(table, made)
    return made.getvalue()


def _column_of(kind: str, *values: Any) -> Callable[[int, random.Random], tuple[Any, Any]]:
    """A column of a type with some of these values in it, and gaps."""

    def column(rows: int, chance: random.Random) -> tuple[Any, Any]:
        import pyarrow as pa

        types = {
            "decimal": pa.decimal128(38, 9),
            "list": pa.list_(pa.int64()),
            "zoned": pa.timestamp("ns", tz="America/New_York"),
            "struct": pa.struct([("a", pa.int64())]),
            "dictionary": pa.dictionary(pa.int32(), pa.string()),
        }
        chosen = types.get(kind) or pa.type_for_alias(kind)
        return [chance.choice((*values, None)) for _ in range(rows)], chosen

    return column


ODD_COLUMNS = (
    _column_of("float64", 0.5, float("nan"), float("inf"), -1e308, 1e15, -0.0),
    _column_of("float32", 0.1, 3e38, float("nan")),
    _column_of("int64", 0, -1, 2**63 - 1, -(2**63), 20240101),
    _column_of("uint64", 0, 2**64 - 1),
    _column_of("int8", 0, -128),
    _column_of("bool", True, False),
    _column_of("decimal", Decimal("1.5"), Decimal("9" * 29), Decimal("-0.000000001")),
    _column_of("timestamp[us]", 0, 2**62, -(2**62), 1_700_000_000_000_000),
    _column_of("timestamp[s]", 0, 1_700_000_000, 2**40, -(2**40)),
    _column_of("zoned", 0, 1_700_000_000_000_000_000, 2**62),
    _column_of("date32", 0, 20_000, 2**30, -(2**30)),
    _column_of("date64", 0, 86_400_000 * 20_000),
    _column_of("time64[us]", 0, 3_600_000_000),
    _column_of("duration[s]", 0, -1, 2**40),
    _column_of("binary", b"1", b"\xff\xfe", b""),
    _column_of("string", "", "x", "令和6年4月1日", "1e5", "\ufdd0x", "\u202e"),
    _column_of("large_string", "1", "2024-01-01"),
    _column_of("list", [1], []),
    _column_of("struct", {"a": 1}),
    _column_of("dictionary", "1", "2024-01-01"),
    _column_of("null"),
)


def swap_tags(data: bytes, chance: random.Random) -> bytes:
    tags = re.split(rb"(?=<)", data)
    one, two = chance.randrange(len(tags)), chance.randrange(len(tags))
    tags[one], tags[two] = tags[two], tags[one]
    return b"".join(tags)


def drop_tag(data: bytes, chance: random.Random) -> bytes:
    tags = re.split(rb"(?=<)", data)
    del tags[chance.randrange(len(tags))]
    return b"".join(tags)


def change_attribute(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb'"[^"<>]*"', data))
    if not found:
        return data
    one = chance.choice(found)
    value = chance.choice((*XML_TOKENS, chance.choice(found)[0].strip(b'"')))
    return data[: one.start() + 1] + value + data[one.end() - 1 :]


def change_text(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb">[^<>]+<", data))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start() + 1] + chance.choice(TOKENS) + data[one.end() - 1 :]


BYTES: tuple[Mutation, ...] = (
    *(truncate, behead, flip_bits, insert_bytes, delete_bytes, repeat_bytes),
)
KEEPING: tuple[Mutation, ...] = (swap_lines, drop_line, repeat_line, blank_line, change_newlines)
CELLS: tuple[Mutation, ...] = (
    *map(_in_a_line, (_swap_cells, _drop_cell, _repeat_cell, _quote_cell)),
    *[_in_a_line(_replace_cell)] * 6,
)
TEXT: tuple[Mutation, ...] = (
    *(*BYTES, *KEEPING * 2, *CELLS * 2, token_inserter(TOKENS), token_inserter(TOKENS)),
    *(repeat_header, repeat_all, change_separator, change_encoding, pack, replace_column),
)
YAML: tuple[Mutation, ...] = (*BYTES, *KEEPING, *[token_inserter(YAML_TOKENS)] * 4, change_encoding)
XML: tuple[Mutation, ...] = (
    *(*BYTES, token_inserter(XML_TOKENS), swap_tags, drop_tag),
    *([change_attribute] * 4 + [change_text] * 4),
)
BY_FORM = {
    "text": TEXT,
    "yaml": YAML,
    "book": (truncate, flip_bits, *[rezip] * 12),
    "binary": (truncate, flip_bits, *[retype] * 6),
}


def mutated(data: bytes, form: str, chance: random.Random) -> bytes:
    """A file of a form (text, yaml, book, binary), spoiled one to four times."""
    for _ in range(chance.choice((1, 1, 1, 1, 2, 4))):
        data = chance.choice(BY_FORM[form])(data, chance)[:LARGEST]
    return data


def rearranged(data: bytes, chance: random.Random) -> bytes:
    """A table whose lines below the header were moved: each cell still under its header."""
    head, _, rest = data.partition(b"\n")
    for _ in range(chance.randint(1, 3)):
        rest = chance.choice((swap_lines, drop_line, repeat_line))(rest, chance)
    return head + b"\n" + rest
