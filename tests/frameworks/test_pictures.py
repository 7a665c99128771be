"""Pictures: drawn in both languages, with the client's text as it is and no raw codes."""

from __future__ import annotations

import io

import pytest

from toolkit.frameworks import BusinessSystem, Channel, Fulfillment, Sales, ToBLifecycle
from toolkit.frameworks.display import code_label
from toolkit.method import load_method
from toolkit.words import words

DRAWN = (
    "value",
    "planning",
    "sales",
    "fulfillment",
    "journey",
    "payment",
    "system",
    "tob",
    "mail_order",
)


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


@pytest.mark.parametrize("name", DRAWN)
def test_each_picture_draws_without_raw_codes(name, filled, lang):
    ax = filled[name].plot()
    ax.figure.savefig(io.BytesIO(), format="svg")
    shown = texts(ax)
    assert shown
    assert not [text for text in shown if "frameworks." in text or "_" in text.replace("<", "")]
    assert ax.get_title() == ""


def test_grid_names_patterns_means_and_what_suits(lang):
    shown = texts(Fulfillment(pattern="goods").plot())
    book = words(load_method(), lang)
    for codes, code in (("pattern", "onsite"), ("means", "outsource"), ("suitability", "low")):
        assert code_label(codes, code, book) in shown


def test_channels_not_in_use_are_left_out(lang):
    sales = Sales(channels=[Channel("web", reach=True, affordable=True), Channel("dm", used=False)])
    shown = texts(sales.plot())
    book = words(load_method(), lang)
    assert code_label("channel", "web", book) in shown
    assert code_label("channel", "dm", book) not in shown


def test_funnel_where_counts_are_known(lang):
    shown = texts(Sales(funnel={"leads": 200, "won": 30}).plot())
    assert {"200", "30"} <= set(shown)


def test_edges_that_exist_for_the_model_only(lang):
    book = words(load_method(), lang)
    product = code_label("module_short", "product", book)
    assert product in texts(BusinessSystem(model="saas").plot())
    assert product not in texts(BusinessSystem(model="shop_service").plot())


def test_modules_stand_in_the_order_of_the_method(lang):
    book = words(load_method(), lang)
    names = [code_label("module_short", name, book) for name in ("planning", "sales", "aftercare")]
    drawn = "".join(texts(BusinessSystem(model="general").plot())).replace("\n", "")
    assert sorted(names, key=drawn.index) == names


def test_guide_stands_beside_the_system(lang):
    from toolkit.frameworks import PaymentSystem

    pay = PaymentSystem(cost_shares={"system": 0.08}, guide_share=0.06)
    assert any("6.0%" in text for text in texts(pay.plot()))


def test_no_guide_beside_the_system_of_another_model(lang):
    from toolkit.frameworks import PaymentSystem

    pay = PaymentSystem(model="saas", cost_shares={"system": 0.08})
    assert not any("5.0%" in text for text in texts(pay.plot()))


def test_lifecycle_without_contracts(lang):
    shown = texts(ToBLifecycle(assignees={"reach": "no"}).plot())
    book = words(load_method(), lang)
    assert code_label("lifecycle", "renew", book) in shown
    assert code_label("have", "no", book) in shown


def test_axes_of_the_caller_are_used(filled):
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    assert filled["fulfillment"].plot(ax) is ax


def test_canvas_shows_each_need_with_weight_and_cover(lang):
    from toolkit.frameworks import Need, Value

    needs = [Need("dry", importance=2, covered="yes"), Need("price", importance=5, covered="no")]
    shown = texts(Value(canvas=needs).plot())
    book = words(load_method(), lang)
    assert shown.index("price") < shown.index("dry")
    assert {"5", "2", code_label("covered", "no", book)} <= set(shown)


def test_planning_draws_pairs_where_there_are_several_else_the_cost_plan(lang):
    from toolkit.frameworks import FitCell, Planning

    def cell(value, target, score):
        return FitCell(
            value=value, target=target, reach=score, need=score, pay=score, ability=score
        )

    pairs = Planning(fit=[cell("rest", "nurses", 4), cell("rest", "drivers", 2)])
    assert {"rest", "nurses", "drivers", "4.00", "2.00"} <= set(texts(pairs.plot()))
    plan = Planning(fit=[cell("rest", "nurses", 4)], cost_plan={"cogs": 0.3, "profit": 0.7})
    book = words(load_method(), lang)
    shown = texts(plan.plot())
    assert any(code_label("cost_item", "cogs", book) in text for text in shown)
    assert "nurses" not in shown


def test_stages_by_measure_and_kpi(lang):
    from toolkit.frameworks import MailOrderDesign, Stage

    book = words(load_method(), lang)
    marks = {c: code_label("grid_mark", c, book) for c in ("yes", "partly", "no")}
    drawn = texts(MailOrderDesign(grid=[Stage("delivery", measure="insert")]).plot())
    assert (drawn.count(marks["yes"]), drawn.count(marks["no"])) == (1, 1)
    said = texts(MailOrderDesign(stages={"delivery": "partly"}).plot())
    assert said.count(marks["partly"]) == 2
    assert code_label("stage_cell", "win_back", book) in said
