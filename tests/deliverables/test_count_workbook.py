"""The customer analysis workbook, read back: its formulas give the figures they stand beside."""

import io
import re
import zipfile
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from toolkit.deliverables import count_list
from toolkit.deliverables.count_workbook import SHEETS, About, count_workbook
from toolkit.intake.case import load_case
from toolkit.measures.customer_count import customer_count, delivered
from toolkit.measures.summaries import summarise
from toolkit.method import load_method
from toolkit.words import words

HEAD = "order_id,line_no,customer_id,order_date,amount,product\n"
MAPPING = 'table = "orders"\nfile = "data/orders.csv"\n[rows]\nmodel = "lines"\nguests = "keep"\n'
HOSTILE = '=HYPERLINK("http://example.com")'
ABOUT = About(company_name="青山商店", currency="JPY", tax="included")


def _orders():
    """Forty customers: one to twelve orders of one to three lines each, and a guest."""
    lines, number = [], 0
    for customer in range(40):
        for nth in range(1 + customer % 4 + (8 if customer == 7 else 0)):
            number += 1
            day = date(2025, 1, 5) + timedelta(days=customer % 3 * 31 + nth * (20 + customer))
            for line in range(1 + number % 3):
                product = HOSTILE if customer < 31 and nth == 0 else "茶"
                cells = [f"o{number:04d}", line + 1, f"m{customer:03d}", day, 500 + number, product]
                lines.append(cells)
    lines.append(["o9999", 1, "", date(2025, 6, 1), 1000, "茶"])
    quoted = [[f'"{str(c).replace(chr(34), chr(34) * 2)}"' for c in line] for line in lines]
    return HEAD + "".join(",".join(line) + "\n" for line in quoted)


@pytest.fixture
def case(client_of):
    folder = client_of()
    (folder / "data" / "orders.csv").write_text(_orders(), encoding="utf-8")
    (folder / "mappings").mkdir()
    (folder / "mappings" / "orders.toml").write_text(MAPPING, encoding="utf-8")
    return load_case(folder, method=load_method(), as_of=date(2026, 3, 31))


@pytest.fixture
def count(case):
    return customer_count(summarise(case))


@pytest.fixture
def made(case, count):
    def write(lang="ja", about=ABOUT):
        return count_workbook(count, delivered(case), about, words(load_method(), lang))

    return write


def _open(data, *, values=False):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


class _Text(str):
    """A text of a formula: ``&`` joins, as in a spreadsheet."""

    def __and__(self, other):
        return _Text(self + f"{_number(other):g}")

    def __truediv__(self, other):  # an error that the IF around it keeps out of sight
        return _Number("nan")


class _Number(float):
    """A number that a spreadsheet would divide by zero without stopping the whole formula."""

    def __truediv__(self, other):
        return _Number(float(self) / other) if other else _Number("nan")


def _number(value):
    if isinstance(value, datetime | date):
        day = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return _Number((day - datetime(1899, 12, 30)).days)
    return _Number(value) if isinstance(value, int | float) else value


class _Calculator:
    """The few functions our formulas use, over the cells of a workbook."""

    def __init__(self, book):
        self.book = book

    def cell(self, sheet, place):
        value = self.book[sheet][place.replace("$", "")].value
        if isinstance(value, str) and value.startswith("=") and self._ours(sheet, place):
            return self.result(sheet, value)
        return _number(value)

    def _ours(self, sheet, place):
        return self.book[sheet][place.replace("$", "")].data_type == "f"

    def cells(self, sheet, span):
        rows = self.book[sheet][span.replace("$", "")]
        return [self.cell(sheet, one.coordinate) for row in rows for one in row]

    def result(self, sheet, formula):
        text = formula[1:]
        pieces = re.split(r'("(?:[^"]|"")*")', text)
        place = r"\$?[A-Z]{1,2}\$?\d+"
        for index, piece in enumerate(pieces):
            if index % 2:
                pieces[index] = f"_Text({piece})"
                continue
            named = rf"'([^']+)'!({place}:{place})"
            found = {}

            def keep(made, found=found):
                found[f"@{len(found)}@"] = made
                return f"@{len(found) - 1}@"

            piece = re.sub(named, lambda m: keep(f"me.cells({m[1]!r},{m[2]!r})"), piece)
            piece = re.sub(f"({place}:{place})", lambda m: keep(f"me.cells(sheet,{m[1]!r})"), piece)
            piece = re.sub(f"({place})", lambda m: keep(f"me.cell(sheet,{m[1]!r})"), piece)
            for mark, value in found.items():
                piece = piece.replace(mark, value)
            pieces[index] = piece
        scope = {"me": self, "sheet": sheet, "_Text": _Text, **FUNCTIONS}
        return eval("".join(pieces), scope)


def _met(value, test):
    sign, wanted = re.match(r"(>=|<=|>|<|)(.*)", test, re.DOTALL).groups()
    if not sign:
        return value == wanted
    if not isinstance(value, float):
        return False
    limit = float(wanted)
    return {">=": value >= limit, "<=": value <= limit, ">": value > limit, "<": value < limit}[
        sign
    ]


def _kept(pairs):
    rows = zip(*pairs[::2], strict=True)
    return [all(_met(v, t) for v, t in zip(row, pairs[1::2], strict=True)) for row in rows]


def _sumifs(sums, *pairs):
    return _Number(sum(v for v, kept in zip(sums, _kept(pairs), strict=True) if kept))


def _edate(serial, months):
    day = datetime(1899, 12, 30) + timedelta(days=int(serial))
    number = day.year * 12 + day.month - 1 + int(months)
    return _number(datetime(number // 12, number % 12 + 1, day.day))


FUNCTIONS = {
    "COUNTIFS": lambda *pairs: _Number(sum(_kept(pairs))),
    "COUNTIF": lambda *pairs: _Number(sum(_kept(pairs))),
    "SUMIFS": _sumifs,
    "SUM": lambda cells: _Number(sum(cells)),
    "IF": lambda test, yes, no: yes if test else no,
    "ISNUMBER": lambda value: isinstance(value, float),
    "EDATE": _edate,
}


def _formulas(book):
    return [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_formula_gives_the_value_written_beside_it(made, lang):
    data = made(lang)
    book, stored = _open(data), _open(data, values=True)
    found = _formulas(book)
    assert len(found) > 60
    calculator = _Calculator(book)
    for sheet, place, formula in found:
        value = stored[sheet][place].value
        result = calculator.result(sheet, formula)
        if isinstance(value, str):
            assert result == value, (sheet, place, formula)
        else:
            assert result == pytest.approx(value, abs=1e-12), (sheet, place, formula)


def test_the_sheets_say_what_was_counted(made, count):
    stored = _open(made(), values=True)
    book = words(load_method(), "ja")
    assert stored.sheetnames == [book.text(f"count.sheet.{name}") for name in SHEETS]
    classes = stored["回数分布"]
    assert [classes.cell(5 + i, 2).value for i in range(7)] == [
        one.customers for one in count.classes
    ]
    assert [classes.cell(5 + i, 7).value for i in range(7)] == [
        one.by_rows for one in count.classes
    ]
    assert classes["B12"].value == 40
    front = stored["はじめに"]
    assert front["B19"].value == count.moved > 0
    listed = stored["顧客別"]
    keys = [listed.cell(5 + i, 1).value for i in range(40)]
    assert keys == count.customers["customer_id"].tolist()
    assert [listed.cell(5 + i, 2).value for i in range(3)] == count.customers["orders"][:3].tolist()
    f2 = stored["F2"]
    fact = count.fact("customers.f2_conversion[window_days=90]")
    assert (f2["B5"].value, f2["D5"].value) == (fact.n, pytest.approx(fact.value))
    months = {f2.cell(r, 1).value.strftime("%Y-%m"): r for r in range(11, 11 + len(count.cohorts))}
    assert list(months) == [one.label for one in count.cohorts]


def test_every_figure_has_its_definition_n_and_period(made, count):
    sheet = _open(made(), values=True)["定義とn"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == len(count.facts)
    for row, fact in zip(rows, count.facts, strict=True):
        name, value, unit, n, period, text = row
        assert all(isinstance(one, str) and one for one in (name, period, text))
        assert (unit is None) == (fact.unit == "share")
        assert not re.search(r"^(count|definitions|common)\.", f"{name}\n{text}\n{unit}", re.M)
        assert n == fact.n
        assert value == pytest.approx(fact.value) if fact.known else isinstance(value, str)


def test_few_customers_and_open_windows_are_no_rates(made):
    stored = _open(made(), values=True)
    products = stored["初回商品別"]
    rows = {row[0]: row for row in products.iter_rows(min_row=5, values_only=True)}
    assert rows[HOSTILE][4] == pytest.approx(rows[HOSTILE][3] / rows[HOSTILE][2])
    assert (rows["茶"][1], rows["茶"][4]) == (9, "判定保留")
    f2 = stored["F2"]
    assert f2["C11"].value is not None
    assert f2["D11"].value == "判定保留"  # fewer than 30 new customers a month
    assert {f2.cell(r, 7).value for r in range(11, 14)} >= {"期間未了"}


def test_a_client_s_text_is_never_a_formula(made):
    data = made()
    book = _open(data)
    hostile = [
        cell for row in book["初回商品別"].iter_rows() for cell in row if cell.value == HOSTILE
    ]
    assert [cell.data_type for cell in hostile] == ["s"]
    assert all("HYPERLINK" not in formula for _, _, formula in _formulas(book))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name]
        assert b"http://example.com" not in b"".join(
            parts.read(n) for n in parts.namelist() if n.endswith(".rels")
        )


def test_no_name_or_code_of_a_customer_is_in_the_file(made):
    with zipfile.ZipFile(io.BytesIO(made())) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist())
    assert b"m007" not in whole


def test_the_same_count_gives_the_same_bytes(made):
    assert made() == made()
    created = _open(made()).properties.created
    assert created == datetime(2026, 3, 31)


def test_pages_print_on_a4_across_with_the_head_on_each(made):
    book = _open(made())
    for sheet in book:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert int(sheet.page_setup.fitToHeight) == 0  # as many pages down as it takes
    assert book["顧客別"].freeze_panes == "B5"
    assert book["顧客別"].print_title_rows == "$4:$4"
    assert book["顧客別"].auto_filter.ref == "A4:J44"
    fonts = {cell.font.name for sheet in book for row in sheet.iter_rows() for cell in row}
    assert fonts == {"Yu Gothic"}
    assert book["顧客別"]["B5"].number_format == "#,##0"
    assert book["回数分布"]["C5"].number_format == "0.0%"
    assert book["顧客別"]["E5"].number_format == "yyyy/mm/dd"


def test_the_chart_is_native_and_reads_the_sheet(made):
    with zipfile.ZipFile(io.BytesIO(made())) as parts:
        (name,) = [n for n in parts.namelist() if n.startswith("xl/charts/chart")]
        chart = parts.read(name).decode("utf-8")
    assert chart.count("<c:ser>") == 2
    assert "'回数分布'!$B$5:$B$11" in chart.replace("回数分布!", "'回数分布'!")
    assert "Yu Gothic" in chart


def test_a_long_list_is_cut_and_says_so(made, count, monkeypatch):
    monkeypatch.setattr(count_list, "MOST_CUSTOMERS", 15)
    data = made()
    book = _open(data)
    assert book["顧客別"].max_row == 4 + 15
    assert "40" in book["顧客別"]["A2"].value
    assert "15" in book["顧客別"]["A2"].value
    assert book["回数分布"]["A2"].value == book["顧客別"]["A2"].value
    # over a part of the customers a formula would be wrong: values of all of them instead
    assert [book["回数分布"].cell(5 + i, 2).value for i in range(7)] == [
        one.customers for one in count.classes
    ]
    over_list = [f for _, _, f in _formulas(book) if "顧客別" in f]
    assert over_list == []


def test_another_currency_has_its_code_and_decimals(made):
    book = _open(made(about=About(company_name="Aoyama", currency="USD", tax="unknown")))
    assert "USD" in book["顧客別"]["D4"].value
    assert book["顧客別"]["D5"].number_format == "#,##0.00"


def test_words_of_both_languages_fit_each_other():
    tables = load_method().words
    ours = {
        lang: {k: v for k, v in tables[lang].items() if re.match(r"(count|cli\.count)\.", k)}
        for lang in ("ja", "en")
    }
    assert set(ours["ja"]) == set(ours["en"])
    for key, text in ours["ja"].items():
        assert sorted(re.findall(r"{(\w+)}", text)) == sorted(
            re.findall(r"{(\w+)}", ours["en"][key])
        ), key
