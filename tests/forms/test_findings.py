from toolkit.forms.edits_state import EditsState
from toolkit.forms.finding_view import finding_html, finding_rows
from toolkit.forms.findings import FindingsBrowser, chosen
from toolkit.forms.health import health_html
from toolkit.intake.profiles.edits import read_edits
from toolkit.outline.writer import writer

EDITS = """# ours
by: 佐藤
AFT001:
  comment: {ja: あ, en: b}
  # keep
"""


def test_filters_keep_what_matches_and_put_what_failed_first(shop):
    every = chosen(shop, {"module": "", "status": "", "severity": ""})
    assert len(every) == len(shop.judged)
    assert every[0].status == "fail"
    assert every[0].severity == "high"
    some = chosen(shop, {"module": "sales", "status": "fail", "severity": ""})
    assert some
    assert {(one.module, one.status) for one in some} == {("sales", "fail")}


def test_each_finding_can_be_shown_in_both_languages(shop, firm):
    for diagnosis in (shop, firm):
        for lang in ("ja", "en"):
            pen = writer(diagnosis, lang)
            for finding in diagnosis.judged:
                html = finding_html(pen, finding)
                assert finding.id in html
                assert "forms." not in html


def test_a_finding_tells_its_threshold_its_yen_and_its_rows(shop):
    pen = writer(shop, "en")
    finding = shop.finding("AFT006")
    rows = dict(finding_rows(pen, finding))
    assert "n=447" in rows["Basis"]
    assert "3.0 pt" in rows["Threshold"]
    assert rows["Sources"] == pen.joined(finding.sources)
    html = finding_html(pen, finding)
    first = shop.evidence[finding.evidence.table].iloc[0]
    assert str(first["first_order_id"]) in html


def test_fields_are_saved_beside_what_stands_there(client_of, method):
    folder = client_of(**{"edits.yaml": EDITS})
    state = EditsState(folder=folder, method=method, lang="ja")
    assert state.fields("AFT001")["comment"] == "あ"
    fields = {**state.fields("AFT001"), "comment": "<b>い</b>\n: う", "due": "2026-12-01"}
    assert state.save("AFT001", fields) == ()
    assert state.save("AFT006", {**state.fields("AFT006"), "assignee": "店長"}) == ()
    one, other = read_edits(folder, method)
    assert dict(one.comment) == {"ja": "<b>い</b>\n: う", "en": "b"}
    assert (one.due, one.by, other.id, other.assignee) == ("2026-12-01", "佐藤", "AFT006", "店長")
    text = (folder / "edits.yaml").read_text("utf-8")
    assert text.startswith("# ours\n")
    assert "  # keep\n" in text


def test_a_wrong_field_is_told_and_nothing_is_written(client_of, method):
    folder = client_of(**{"edits.yaml": EDITS})
    state = EditsState(folder=folder, method=method, lang="en")
    fields = {**state.fields("AFT001"), "due": "soon", "status": "dropped"}
    codes = {one.code for one in state.save("AFT001", fields)}
    assert codes == {"field_date", "edit_reason"}
    assert (folder / "edits.yaml").read_text("utf-8") == EDITS


def test_the_browser_saves_for_the_finding_it_shows(shop, client_of, method):
    folder = client_of()
    browser = FindingsBrowser(shop, folder, "ja")
    code = browser._list.value
    browser._fields["comment"].value = "確認済み"
    assert browser.save() == ()
    assert [(one.id, dict(one.comment)) for one in read_edits(folder, method)] == [
        (code, {"*": "確認済み"})
    ]
    browser._list.value = browser._list.options[1][1]
    assert browser._fields["comment"].value == ""
    browser._list.value = code
    assert browser._fields["comment"].value == "確認済み"


def test_health_tells_rows_and_what_to_ask_for(shop):
    for lang in ("ja", "en"):
        html = health_html(shop, lang)
        assert "受注明細_2025.csv" in html
        assert "forms." not in html
    total = sum(one["rows_total"] for one in shop.health if one["kind"] == "orders")
    assert f"{total:,}" in html
