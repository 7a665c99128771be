"""Yen on paper: kinds worded, formulas with their figures, open amounts, held sums, the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.diagnosis.amounts import amounts
from toolkit.diagnosis.plan import Action
from toolkit.impact.totals import Total, Totals, Year
from toolkit.outline.blocks import Chart, Paragraph, Table, plain
from toolkit.outline.judged import card
from toolkit.outline.planned import actions, first_actions, plan, yen_ranges
from toolkit.outline.worth import assumed, worth, yen_basis
from toolkit.outline.writer import writer
from toolkit.outline.yen_words import amount, brief_gap, effect_text, formula_text, gap_text
from toolkit.rules.yen import Step, Yen

HOURS = Yen(
    kind="capacity",
    gap=398958.0,
    share=199479.0,
    closure=0.5,
    effect=99739.5,
    hours=24.5,
    formula="labour",
    steps=(Step(fact="journey.manual_seam_hours", now=24.5, target=0.0),),
    inputs=("q.pla.wage",),
    overlaps=("JRN004",),
    counted=True,
)
PROFIT = Yen(kind="profit", gap=2_000_000.0, low=1_234_567.0, high=2_765_433.0, share=2_000_000.0,
             closure=0.5, effect=1_000_000.0, counted=True)  # fmt: skip
TOTALS = Totals(
    profit=Total(gap=9e6, low=8e6, high=1.1e7, effect=4.5e6, findings=("AFT009",)),
    cash=Total(gap=1e6, low=None, high=None, effect=5e5, findings=("PRO005",)),
    first_year=Year(effect=4.5e6, initial_yen=None, monthly_yen=None, net=None, uncosted=3),
    margin=3e7,
    cap=6e6,
    closure=0.5,
)


def given(d, yen=None, totals=None, **action):
    """The shop with the yen of JRN007, totals and the first action set."""
    judged = tuple(replace(f, yen=yen) if f.id == "JRN007" else f for f in d.judged)
    first = replace(d.actions[0], id="act.JRN007", findings=("JRN007",), **action)
    changed = replace(d, judged=judged, actions=(first, *d.actions[1:]))
    return changed if totals is None else replace(changed, totals=totals)


def pens(d, **fields):
    made = given(d, **fields)
    return writer(made, "ja"), made.finding("JRN007"), made.actions[0]


def said(blocks):
    return [plain(b.text) for b in blocks if isinstance(b, Paragraph)]


def table(blocks, place=0):
    found = [block for block in blocks if isinstance(block, Table)][place]
    return [[plain(cell) for cell in row] for row in found.rows]


def test_hours_are_worded_as_hours_with_formula_and_own_part(shop):
    pen, finding, action = pens(shop, yen=HOURS)
    assert plain(gap_text(pen, finding)) == (
        "月24.5時間、人件費に換算して年間40万円。"
        "「同じ情報の二重入力」と重なるため、重なりを除いた取り分は20万円です。"
    )
    assert plain(formula_text(pen, finding)).endswith(
        "24.5時間 × 12か月 × 時給 1,180円 × 社会保険などの上乗せ 1.15 ＝ 40万円"
    )
    numbers = {span.fact: span.value for span in formula_text(pen, finding) if span.fact}
    assert numbers["journey.manual_seam_hours"] == 24.5
    assert numbers["q.pla.wage"] == 1180
    assert numbers["yen.JRN007.gap"] == 398958.0
    assert plain(effect_text(pen, replace(action, yen=99739.5, kind="capacity"))) == (
        "時間 年間10万円相当"
    )


def test_a_range_is_printed_with_the_digits_it_can_bear(shop):
    pen, finding, _ = pens(shop, yen=PROFIT)
    assert plain(brief_gap(pen, finding)) == ("差額 利益 年間200万円（80％の幅 123万円〜277万円）")
    low = amount(pen, "JRN007.low")[0]
    assert (low.text, low.value, low.fact) == ("123万円", 1_234_567.0, "yen.JRN007.low")
    english = writer(pen.diagnosis, "en")
    assert amount(english, "JRN007.low")[0].text == "¥1,230,000"


@pytest.mark.parametrize(
    ("yen", "gap", "effect"),
    [
        (
            Yen(kind="risk", gap=626000.0),
            "影響を受ける金額（リスク）63万円。起こる確率は見込んでいません。",
            "影響を受ける金額 63万円（リスク）",
        ),
        (
            Yen(kind="cash", gap=1_500_000.0, effect=750_000.0, share=1_500_000.0),
            "資金の差額 150万円、1回限り。",
            "資金 75万円（1回限り）",
        ),
    ],
)
def test_an_exposure_is_worded_as_one_and_cash_comes_once(shop, yen, gap, effect):
    counted = yen.effect if yen.kind == "cash" else None
    pen, finding, action = pens(shop, yen=yen)
    assert plain(gap_text(pen, finding)) == gap
    assert plain(effect_text(pen, replace(action, yen=counted))) == effect


@pytest.mark.parametrize(
    ("yen", "brief", "effect"),
    [
        (None, "", "—"),
        (
            Yen(kind="profit", reason="no_input", missing=("q.pla.wage",)),
            "金額は未算定。必要な資料・回答：従業員の平均時給はいくらですか。",
            "未算定（資料待ち）",
        ),
        (
            Yen(kind="profit", reason="no_margin", missing=("costs",)),
            "金額は未算定：限界利益率が分からないため。必要な資料・回答：",
            "未算定（資料待ち）",
        ),
        (Yen(kind="profit", reason="no_gain"), "金額にできる差はありません", "未算定（資料待ち）"),
        (Yen(kind="profit", reason="no_input"), "金額は未算定", "未算定（資料待ち）"),
    ],
)
def test_an_open_amount_says_why_on_the_details_and_nothing_on_the_card(shop, yen, brief, effect):
    pen, finding, action = pens(shop, yen=yen)
    assert plain(brief_gap(pen, finding)).startswith(brief)
    assert plain(effect_text(pen, action)) == effect
    rows = dict(card(pen, finding).rows)
    assert "金額" not in rows
    assert "金額の計算" not in rows


def test_where_moves_multiply_the_inputs_are_named(shop):
    steps = (
        Step(fact="acquisition.new_customers_12m", now=1875.0, target=2000.0),
        Step(fact="customers.f2_conversion_t3[window_days=180]", now=0.208, target=0.3),
    )
    yen = replace(PROFIT, steps=steps, inputs=("costs.contribution_margin_rate",))
    pen, finding, _ = pens(shop, yen=yen)
    text = plain(formula_text(pen, finding))
    assert "を動かしたときの差" in text
    assert "限界利益率" in text
    assert "＝" not in text


def test_the_first_three_show_effect_cost_assignee_and_date(shop):
    pen, *_ = pens(
        shop,
        yen=HOURS,
        initial_yen=300_000.0,
        monthly_yen=20_000.0,
        assignee="田口",
        due="2027-01-31",
    )
    (first, *rest) = table(first_actions(pen, {}))
    assert first[3:] == ["初期30万円、毎月20,000円", "田口", "2027年1月31日"]
    assert [row[3:] for row in rest] == [["費用未入力", "未定", "未定"]] * 2


def test_costs_stated_in_part_and_what_is_left_after_them(shop):
    pen, *_ = pens(shop, yen=HOURS, initial_yen=300_000.0)
    assert table(first_actions(pen, {}))[0][3] == "初期30万円、毎月は未入力"
    pen, *_ = pens(
        shop,
        yen=HOURS,
        initial_yen=0.0,
        monthly_yen=1000.0,
        net=87739.5,
        steady_net=87739.5,
        payback_months=0.0,
    )
    blocks = list(actions(pen, {"most": 10}))
    assert table(blocks, 1)[0][2:] == ["0円", "1,000円", "88,000円", "88,000円", "0か月"]
    assert len([b for b in actions(writer(shop, "ja"), {"most": 10}) if isinstance(b, Table)]) == 1


def test_sums_stand_apart_and_wait_for_costs(shop):
    blocks = list(worth(writer(replace(shop, totals=TOTALS), "ja"), {}))
    assert table(blocks) == [
        ["利益（年間）", "900万円", "800万円〜1,100万円", "450万円"],
        ["資金（1回限り）", "100万円", "—", "50万円"],
    ]
    assert said(blocks) == [
        "効果は初年度も2年目以降も同額を見込んでいます。費用が未入力の打ち手が3件あるため、"
        "費用を差し引いた金額はまだ出していません。",
        "利益・資金・時間は性質が違うため、足し合わせていません。",
    ]


def test_after_costs_the_first_year_and_later_ones_are_told(shop):
    year = Year(effect=4.5e6, initial_yen=5e5, monthly_yen=1e4, net=3.88e6, uncosted=0)
    later = replace(year, initial_yen=0.0, net=4.38e6)
    totals = replace(TOTALS, cash=None, first_year=year, steady_year=later, capacity_counts=True)
    (sentence,) = said(worth(writer(replace(shop, totals=totals), "ja"), {}))
    assert sentence == (
        "費用を差し引いた利益は、初年度388万円、2年目以降は年間438万円の見込みです。"
    )


def test_a_sum_above_the_cap_is_held_back(shop):
    totals = replace(TOTALS, held=True)
    blocks = list(worth(writer(replace(shop, totals=totals), "ja"), {}))
    assert table(blocks)[0] == ["利益（年間）", "前提の確認が必要", "—", "前提の確認が必要"]
    text = said(blocks)[0]
    assert "年間の限界利益3,000万円の20%にあたる600万円を超えました" in text
    assert "450" not in "".join([*said(blocks), *map(str, table(blocks))])


def test_without_margin_no_profit_and_what_to_ask(shop):
    totals = Totals(closure=0.5)
    blocks = list(worth(writer(replace(shop, totals=totals), "ja"), {}))
    assert not [b for b in blocks if isinstance(b, Table)]
    assert said(blocks)[0].startswith("限界利益率が分からないため、利益の金額は出していません。")
    assert said(blocks)[0].split("：")[1].strip()


def test_every_amount_printed_is_of_the_diagnosis_and_has_a_row(shop):
    from toolkit.outline.blocks import spans
    from toolkit.outline.places import anchor_of

    pen = writer(shop, "ja")
    blocks = list(yen_basis(pen, {}))
    anchors = {a for b in blocks if isinstance(b, Table) for a in b.anchors}
    known = amounts(shop)
    shown = [*blocks, *worth(pen, {}), *actions(pen, {"most": 99}), *first_actions(pen, {})]
    printed = [s for s in spans(shown) if (s.fact or "").startswith("yen.")]
    assert len(printed) > 30
    for span in printed:
        assert span.value == known[span.fact]
        assert anchor_of(span.fact) in anchors


def test_an_exposure_has_no_effect_in_the_table_of_amounts(shop):
    made = given(shop, yen=Yen(kind="risk", gap=5e6, effect=2.5e6, share=5e6, closure=0.5))
    blocks = [b for b in yen_basis(writer(made, "ja"), {}) if isinstance(b, Table)]
    risk = next(b for b in blocks if "リスク" in plain(b.caption))
    assert risk.columns == ("診断項目と計算", "影響を受ける金額", "80％の幅")
    assert "yen.JRN007.effect" not in {s.fact for row in risk.rows for cell in row for s in cell}


def test_shares_of_the_table_add_up_to_its_sum(shop):
    for kind in ("profit", "capacity"):
        total = getattr(shop.totals, kind)
        counted = [f.yen for f in shop.judged if f.yen and f.yen.kind == kind and f.yen.counted]
        assert sum(one.share for one in counted) == pytest.approx(total.gap)


def test_the_plan_lays_actions_one_after_another(shop):
    pen = writer(shop, "ja")
    rows = table(plan(pen, {}))
    ranks = [int(row[1]) for row in rows]
    assert ranks == sorted(ranks)
    within = [one for one in shop.actions if one.horizon != "later"]
    wanted = [one for one in within if shop.finding(one.findings[0]).severity != "idea"]
    assert len(rows) == len([one for one in wanted if _shown(shop, one)])
    assert rows[0][0] == "30日以内"
    assert "月10人日" in said(plan(pen, {}))[0]
    own = replace(shop, client={**shop.client, "thresholds": {"plan_days_a_month": 4.0}})
    assert "月4人日とみて（貴社の実績・計画・目標）" in said(plan(writer(own, "ja"), {}))[0]


def _shown(d, action: Action) -> bool:
    return d.finding(action.findings[0]).severity in ("high", "medium", "check")


def test_the_picture_shows_gaps_with_ranges_largest_first(shop):
    (made,) = yen_ranges(writer(shop, "ja"), {"kind": "profit", "least": 2, "most": 4})
    assert isinstance(made, Chart)
    gaps = [row[2] for row in made.rows]
    assert gaps == sorted(gaps, reverse=True)
    assert len(gaps) == 4
    assert all(low is None or low <= value <= high for _, low, value, high, _ in made.rows)
    assert list(yen_ranges(writer(shop, "ja"), {"kind": "profit", "least": 99, "most": 4})) == []


def test_what_is_assumed_is_what_is_in_force(shop):
    own = replace(shop, client={**shop.client, "thresholds": {"closure": 0.3, "yen_cap": 0.125}})
    given_ = assumed(writer(own, "ja"))
    assert given_["closure"] == "30%"
    assert given_["cap"] == "12.5%"
    assert given_["effort_M"] == "15"
    assert given_["draws"] == "4,000"


def test_every_answer_in_a_formula_has_a_short_name_in_both_languages(shop):
    """A question in the middle of a product cannot be read."""
    content = shop.content
    asked = {
        name
        for entry in content.section("tree").values()
        for factor in entry["times"]
        for name in ([factor] if isinstance(factor, str) else _named(factor))
        if name.startswith("q.")
    }
    assert asked
    for name in asked:
        for lang in ("ja", "en"):
            assert f"report.yen.answer.{name}" in content.words[lang]


def _named(factor):
    given_ = factor.values() if hasattr(factor, "values") else ()
    return [one for one in given_ if isinstance(one, str)]
