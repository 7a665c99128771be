"""Edits in the diagnosis: which fit and why not, what they agree, and back from diagnosis.json."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import toolkit as tk
from toolkit.diagnosis.edits import applied, own_words, taken
from toolkit.diagnosis.reread import reread, stale, written_now, written_then
from toolkit.diagnosis.saving import check, to_document
from toolkit.errors import InputError
from toolkit.facts import Fact, Facts
from toolkit.intake.profiles.edit import Edit
from toolkit.rules.finding import Evidence, Finding
from toolkit.store import to_json

ASKED = "answers:\n  q.tob.stakeholders: no\n  q.pla.absence: [quoting]\n"
HEAD = "client_id: aoyama\ncompany_name: 青山商店\nmodel: made_to_order\n"


@pytest.fixture
def edited(client_of):
    """Diagnose a small firm (TOB013 and PLA007 fail) with an edits.yaml."""

    def make(edits, profile=""):
        text = HEAD + ASKED + profile
        return tk.diagnose(client_of(**{"client.yaml": text, "edits.yaml": edits}))

    return make


def finding(code="A01", **fields):
    return Finding(id=code, module="sales", severity="high", **{"status": "fail", **fields})


@pytest.mark.parametrize(
    ("judged", "told"),
    [
        (finding(), (True, None, None, None)),
        (finding(status="pass"), (False, "not_failing", "pass", None)),
        (finding(status="unknown"), (False, "not_failing", "unknown", None)),
        (finding(status="not_applicable"), (False, "not_failing", "not_applicable", None)),
        (finding(suppressed="季節の要因"), (False, "suppressed", None, None)),
        (finding("A02"), (False, "no_rule", None, "A02")),
    ],
)
def test_whether_an_edit_fits_and_why_not(judged, told):
    (one,) = applied([Edit(id="A01", line=1)], [judged], Facts([]))
    assert (one.fits, one.reason, one.now, one.near) == told


def test_the_verdict_always_fits_and_no_edit_is_lost():
    edits = [Edit(id=code, line=1) for code in ("verdict", "A01", "X99")]
    assert [one.edit.id for one in applied(edits, [finding()], Facts([]))] == [
        "verdict",
        "A01",
        "X99",
    ]
    assert applied(edits[:1], [], Facts([]))[0].fits


def test_words_of_an_edit_that_does_not_fit_are_not_used(edited):
    d = edited("TOB013: {title: 新}\nAFT001: {title: 旧}\n")
    assert own_words(d, "TOB013", "title", "ja") == "新"
    assert own_words(d, "AFT001", "title", "ja") is None
    assert taken(d, "AFT001") is None


def test_assignee_date_and_status_go_before_those_of_client_yaml(edited):
    agreed = "actions:\n  TOB013: {assignee: 社長, due: 2026-12-01}\n  PLA007: {assignee: 社長}\n"
    d = edited("TOB013: {assignee: 田中, status: doing}\nPLA007: {due: 2027-01-31}\n", agreed)
    actions = {one.findings[0]: one for one in d.actions}
    first, second = actions["TOB013"], actions["PLA007"]
    assert (first.assignee, first.due, first.status) == ("田中", "2026-12-01", "doing")
    assert (second.assignee, second.due, second.status) == ("社長", "2027-01-31", None)
    assert d.client["actions"]["TOB013"]["assignee"] == "社長"


def test_what_was_decided_against_is_in_no_net_sum(copy_of):
    folder = copy_of("minato_works")
    (folder / "edits.yaml").unlink()
    before = tk.diagnose(folder)
    (folder / "edits.yaml").write_text("SAL015: {status: dropped, reason: x}\n", encoding="utf-8")
    after = tk.diagnose(folder)
    lost = next(one.yen for one in before.actions if one.findings == ("SAL015",))
    years = before.totals.first_year.effect - after.totals.first_year.effect
    assert years == pytest.approx(lost)
    assert after.totals.profit == before.totals.profit


def test_saved_and_loaded_the_edits_are_the_same(edited, tmp_path):
    d = edited("by: 佐藤\nTOB013: {title: {ja: 新}, due: 2026-12-31}\nZZZ: {comment: x}\n")
    path = d.save(tmp_path / "out")
    check(json.loads(path.read_text(encoding="utf-8")))
    again = tk.load(path)
    assert again.edits == d.edits
    assert to_json(to_document(again)) == to_json(to_document(d))


def test_a_document_of_before_edits_has_none(edited, tmp_path):
    path = edited("").save(tmp_path / "out")
    document = json.loads(path.read_text(encoding="utf-8"))
    del document["edits"]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert tk.load(path).edits == ()


def test_wrong_edits_stop_the_diagnosis(edited):
    with pytest.raises(InputError) as raised:
        edited("TOB013: {titel: 新}\n")
    assert [(one.file, one.line) for one in raised.value.problems] == [("edits.yaml", 1)]


def test_the_notebooks_first_look_has_the_title_of_the_consultant(edited):
    shown = edited("TOB013: {title: <b>新</b>}\n")._repr_html_()
    assert "&lt;b&gt;新&lt;/b&gt;" in shown


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A diagnosis that a month is made of by setting figures and edits by hand."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "client.yaml").write_text(HEAD, encoding="utf-8")
    return tk.diagnose(folder)


@pytest.fixture
def month(small):
    """The diagnosis of a month: A01 rests on one share and one answer."""

    def make(share, answer="no", **fields):
        texts = {"title": {"*": "二割です"}, "on": "2026-10-20", **fields}
        edit = Edit(id="A01", line=1, **texts)
        judged = [finding(evidence=Evidence(facts=("a.share", "q.a")))]
        facts = Facts([Fact(id="a.share", value=share, unit="share"), Fact(id="q.a", value=answer)])
        return replace(
            small, facts=facts, judged=tuple(judged), edits=applied([edit], judged, facts)
        )

    return make


@pytest.mark.parametrize(
    ("now", "then", "reason"),
    [
        ({"share": 0.2}, {"share": 0.2}, None),
        ({"share": 0.20004}, {"share": 0.2}, None),  # printed 20.0 % both times
        ({"share": 0.25}, {"share": 0.2}, "figure_changed"),
        ({"share": 0.2, "answer": "yes"}, {"share": 0.2}, None),
        ({"share": 0.25, "on": "2026-11-20"}, {"share": 0.2}, None),
        ({"share": 0.25, "title": {"*": "四分の一です"}}, {"share": 0.2}, None),
        ({"share": 0.25, "title": {}}, {"share": 0.2, "title": {}}, None),
    ],
)
def test_the_same_words_over_other_figures_want_reading_again(month, now, then, reason):
    saved = json.loads(to_json(to_document(month(**then))))
    (one,) = reread(written_now(month(**now)), [written_then(saved)])
    assert (one.fits, one.reason) == (True, reason)


def test_words_stay_marked_until_they_are_read_again(month):
    kept = [written_now(month(0.2)), written_now(month(0.25))]
    assert reread(written_now(month(0.25)), kept)[0].reason == "figure_changed"
    assert reread(written_now(month(0.25)), kept[1:])[0].reason is None
    assert reread(written_now(month(0.25)), [])[0].reason is None


def test_an_edit_that_does_not_fit_keeps_its_reason(month):
    now = replace(month(0.25), edits=applied([Edit(id="B01", line=1)], [], Facts([])))
    assert reread(written_now(now), [written_now(month(0.2))]) == now.edits


def test_stale_needs_the_same_words_then(month):
    edit = month(0.25).edits[0].edit
    now, then = written_now(month(0.25)), written_now(month(0.2))
    assert stale(edit, now, then)
    assert not stale(edit, now, replace(then, edits=()))
