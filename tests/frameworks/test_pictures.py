"""Pictures: drawn in both languages, with the client's text as it is and no raw codes."""

from __future__ import annotations

import io

import pytest

from toolkit.frameworks import BusinessSystem, Channel, Fulfillment, Sales, ToBLifecycle
from toolkit.frameworks.display import code_label
from toolkit.method import load_method
from toolkit.words import words

DRAWN = ("sales", "fulfillment", "journey", "payment", "system", "tob")


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


def test_lifecycle_without_contracts(lang):
    shown = texts(ToBLifecycle(assignees={"reach": "no"}).plot())
    book = words(load_method(), lang)
    assert code_label("lifecycle", "renew", book) in shown
    assert code_label("have", "no", book) in shown


def test_axes_of_the_caller_are_used(filled):
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    assert filled["fulfillment"].plot(ax) is ax
