"""Texts of a client are shown as texts, wherever a form shows them."""

import ipywidgets

from toolkit.forms.hearing import HearingForm
from toolkit.forms.look import marked, table_html

BAD = "<img src=x onerror=alert(1)>"


def _walk(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _walk(child)


def test_markup_is_escaped():
    assert "<img" not in marked(BAD) + table_html([BAD], [[BAD]])


def test_a_hostile_answer_stays_text(client_of):
    text = f"client_id: aoyama\ncompany_name: '{BAD}'\nanswers:\n  q.val.promise: '{BAD}'\n"
    folder = client_of(**{"client.yaml": text + f"  q.off.price: '{BAD}'\n"})
    form = HearingForm(folder, "ja")
    for place in range(len(form._tabs)):
        form._open(place)
    form.save()
    for widget in _walk(form.widget):
        if isinstance(widget, ipywidgets.HTML):
            assert "<img" not in widget.value
        assert not getattr(widget, "description_allow_html", False)
    assert "&lt;img" in form._said.value


def test_each_input_is_named_and_described(client_of):
    form = HearingForm(client_of(), "en")
    for place in range(len(form._tabs)):
        form._open(place)
    kinds = (ipywidgets.Text, ipywidgets.Textarea, ipywidgets.Dropdown, ipywidgets.Checkbox)
    inputs = [one for one in _walk(form.widget) if isinstance(one, kinds)]
    assert len(inputs) > 200
    for one in inputs:
        assert one.description.strip()
        assert one.tooltip.strip()
