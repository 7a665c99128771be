"""The page of a client without a report: every fault with its place, and what to do next."""

from __future__ import annotations

import json

import pytest

from toolkit.batch.child import run
from toolkit.batch.failures import write_failures
from toolkit.batch.outcome import Outcome, Trouble
from toolkit.batch.pages import failure_page
from toolkit.words import screen_words

BOOK = screen_words("ja")


def refused(name="a", **given):
    troubles = (
        Trouble(place="data/orders.csv 2行目", message="閉じていません。", fix="閉じてください。"),
        Trouble(place="client.yaml", message="<b>名前</b>がありません。"),
    )
    told = {"status": "refused", "code": "client_refused", "troubles": troubles}
    return Outcome(**{"client_id": name, "company_name": "青山"} | told | given)


def page(out, name="a"):
    return (out / failure_page(name)).read_text(encoding="utf-8")


def test_every_fault_is_told_with_its_place_and_its_fix(tmp_path):
    write_failures(tmp_path, [refused()], BOOK)
    text = page(tmp_path)
    for part in ("data/orders.csv 2行目", "閉じていません。", "閉じてください。", "client.yaml"):
        assert part in text
    assert "<b>名前" not in text
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert 'href="index.html"' in text


def test_a_fault_of_many_rows_stands_once_with_its_first_places(tmp_path):
    same = {"message": "日付として読めません。", "fix": "直してください。"}
    troubles = [Trouble(place=f"data/orders.csv {row}行目", **same) for row in range(2, 42)]
    write_failures(tmp_path, [refused(troubles=tuple(troubles))], BOOK)
    text = page(tmp_path)
    assert text.count(same["message"]) == text.count(same["fix"]) == 1
    assert text.count("data/orders.csv") == 5
    assert BOOK.text("cli.failures.places", n=35) in text


@pytest.mark.parametrize(
    ("given", "step"),
    [
        ({}, "check"),
        ({"status": "failed", "code": "timed_out"}, "again"),
        ({"status": "failed", "code": "given_up"}, "force"),
        ({"status": "failed", "code": "child_died"}, "force"),
        ({"code": "same_client_id"}, "same_id"),
    ],
)
def test_what_to_do_next_follows_from_what_went_wrong(given, step, tmp_path):
    write_failures(tmp_path, [refused(**given)], BOOK)
    assert BOOK.text(f"cli.failures.step.{step}", client="a") in page(tmp_path)


def test_pages_of_clients_that_are_well_again_go(tmp_path):
    write_failures(tmp_path, [refused("a"), refused("b"), refused("c")], BOOK)
    later = [
        Outcome(client_id="a", status="done"),
        Outcome(client_id="b", status="not_run"),
        refused("c"),
    ]
    write_failures(tmp_path, later, BOOK)
    names = sorted(path.name for path in tmp_path.glob("failure.*.html"))
    assert names == ["failure.b.html", "failure.c.html"]
    assert not (tmp_path / "a" / "failure.json").exists()


def test_a_process_that_died_leaves_a_failure_too_and_the_old_report_is_linked(tmp_path):
    (tmp_path / "a").mkdir()
    manifest = {"run_date": "2026-10-31", "files": {"report.html": "x", "report.en.html": "y"}}
    (tmp_path / "a" / "manifest.json").write_text(json.dumps(manifest))
    write_failures(tmp_path, [refused(status="failed", code="timed_out")], BOOK)
    assert json.loads((tmp_path / "a" / "failure.json").read_text())["code"] == "timed_out"
    assert 'href="a/report.en.html"' in page(tmp_path) or "a/report.html" in page(tmp_path)
    assert "2026年10月31日" in page(tmp_path)


def test_what_the_client_itself_wrote_down_is_kept(tmp_path):
    (tmp_path / "a").mkdir()
    told = {"code": "client_refused", "problems": [{"code": "x", "row": 2}]}
    (tmp_path / "a" / "failure.json").write_text(json.dumps(told))
    write_failures(tmp_path, [refused()], BOOK)
    assert json.loads((tmp_path / "a" / "failure.json").read_text()) == told


def test_two_folders_with_one_id_share_a_page_and_touch_no_report(tmp_path):
    one = refused(code="same_client_id", troubles=(Trouble(message="二つあります。"),))
    write_failures(tmp_path, [one, one], BOOK)
    assert page(tmp_path).count("二つあります。") == 1
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("name", ["あ" * 80, "x" * 300, "a\\b", "a/../../b", "a\udcff", "a\nb"])
def test_no_id_leads_out_of_the_folder_or_to_a_name_too_long(name, tmp_path):
    path = tmp_path / failure_page(name)
    assert path.parent == tmp_path
    assert len(path.name.encode()) < 140
    path.touch()


def test_a_client_tells_each_fault_apart(client_of, tmp_path):
    head = "order_id,customer_id,order_date,amount\n"
    folder = client_of(**{"data/orders.csv": head + '1,"2,3,4\n'})
    task = {
        "client": str(folder),
        "out": str(tmp_path / "out"),
        "langs": (),
        "formats": ("html",),
        "as_of": None,
        "method": None,
        "theme": None,
        "notebook": None,
        "timeout": 60,
        "lang": "ja",
        "client_id": "aoyama",
        "engine": "toolkit",
        "key": "k",
    }
    told = run(task)
    assert told["status"] == "refused"
    (trouble,) = told["troubles"]
    assert "orders.csv" in trouble["place"]
    assert "2行目" in trouble["place"]
    assert trouble["message"] in told["reason"]
    assert trouble["fix"] in told["reason"]
