import pytest

import toolkit as tk
from toolkit.outline.finding_words import basis_text, items_text, threshold_text
from toolkit.outline.writer import writer


def text(spans):
    return "".join(span.text for span in spans)


@pytest.fixture(scope="module")
def works(root):
    return tk.diagnose(root / "datasets" / "minato_works")


@pytest.mark.parametrize(
    ("lang", "names"),
    [("ja", "よくある質問集、研修資料"), ("en", "Questions and answers, Training material")],
)
def test_items_have_the_labels_of_the_question_that_lists_them(firm, lang, names):
    # TOB011 rests on two questions; the documents are items of the second one
    assert items_text(writer(firm, lang), firm.finding("TOB011")) == names


def test_a_stretch_of_days_is_told_by_its_months(works):
    assert items_text(writer(works, "ja"), works.finding("BIL010")) == "2024年5月〜2024年11月"
    assert items_text(writer(works, "en"), works.finding("BIL010")) == "May 2024 – Nov 2024"


def test_a_cell_of_a_breakdown_is_named_in_the_basis(works):
    pen = writer(works, "ja")
    bucket = works.facts["receivables.ageing[bucket=90+]"]
    cell = pen.cell(bucket.id, bucket.by)
    assert f"期日経過別の売掛金（{cell}） 0円" in text(basis_text(pen, works.finding("BIL002")))


def test_a_margin_on_a_figure_is_a_level_and_a_floor_a_difference(firm, works):
    # BIL006: 0.25 % by contract and 0.3 points allowed make 0.55 %, no difference
    level = text(threshold_text(writer(firm, "ja"), firm.finding("BIL006")))
    floor = text(threshold_text(writer(works, "ja"), works.finding("BIL010")))
    assert "差を重く" not in level
    assert floor.startswith("5日以上の差を重く")


def test_the_win_rate_is_told_by_the_size_of_its_fall(works):
    threshold = works.finding("SAL015").evidence.threshold
    assert (threshold.name, threshold.value) == ("win_rate_fall", -0.05)
