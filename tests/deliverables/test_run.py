"""A report by the real notebook in a real kernel: files, languages, failures, edits."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from toolkit.deliverables.options import Options
from toolkit.deliverables.run import page_name, render, report
from toolkit.deliverables.verify import printed_numbers, verify
from toolkit.diagnosis.amounts import amounts
from toolkit.errors import InputError, OutputError, UsageError
from toolkit.resources import folder
from toolkit.store import whole_files

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory, root):
    """The shop's report in Japanese, and the client's folder it was made from."""
    base = tmp_path_factory.mktemp("run")
    client = base / "clients" / "aoba_shop"
    shutil.copytree(root / "datasets" / "aoba_shop", client)
    return report(client, base / "out"), client


def copied(made, tmp_path):
    out, client = made
    shutil.copytree(out, tmp_path / "out" / out.name)
    shutil.copytree(client, tmp_path / client.name)
    return tmp_path / "out" / out.name, tmp_path / client.name


def test_what_a_report_consists_of(made):
    out, _ = made
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {
        "report.html",
        "report.ipynb",
        "diagnosis.json",
        "quarantine.csv",
        "manifest.json",
    } <= names
    assert any(name.startswith("evidence/") for name in names)
    assert all(whole_files(out).values())
    assert set(whole_files(out)) == names - {"manifest.json"}
    assert {path.name for path in out.parent.iterdir()} == {out.name, ".ledger"}


def test_the_page_asks_for_nothing_and_carries_every_number(made, shop):
    out, _ = made
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert len(page.encode()) <= 600_000
    printed = printed_numbers(page)
    assert printed.lang == "ja"
    known = amounts(shop)
    for key, _ in printed.numbers:
        assert key in known or shop.facts[key].known


def test_the_notebook_holds_no_path_and_no_injected_cell(made, tmp_path_factory):
    out, client = made
    text = (out / "report.ipynb").read_text(encoding="utf-8")
    for trace in (str(client), str(out.parent), "staging", "injected-parameters", "papermill"):
        assert trace not in text
    notebook = json.loads(text)
    assert all("execution" not in cell["metadata"] for cell in notebook["cells"])


def test_the_figures_verify(made):
    out, client = made
    found = verify(out, client)
    assert found.differing == ()
    assert found.checked > 500


def test_a_changed_figure_of_the_page_or_the_document_is_named(made, tmp_path):
    """One number and one yen of the page and one yen of the document, each named by its key."""
    out, client = copied(made, tmp_path)
    page = (out / "report.html").read_text(encoding="utf-8")
    numbers = printed_numbers(page).numbers
    number = next(text for key, text in numbers if key == "customers.aov")
    yen = next(key for key, _ in numbers if key.endswith(".effect"))
    changed = page.replace(number, "9,999円")
    assert changed != page
    again = re.sub(rf'(data-fact="{re.escape(yen)}"[^>]*>)[^<]*', r"\g<1>999万円", changed, count=1)
    assert again != changed
    (out / "report.html").write_text(again, encoding="utf-8")
    document = json.loads((out / "diagnosis.json").read_text(encoding="utf-8"))
    findings = [one for one in document["findings"] if (one["yen"] or {}).get("gap")]
    gap = next(one for one in findings if f"yen.{one['id']}.gap" != yen)
    gap["yen"]["gap"] += 1000
    (out / "diagnosis.json").write_text(json.dumps(document), encoding="utf-8")
    named = {one.fact: one.printed for one in verify(out, client).differing}
    assert {"customers.aov", yen, f"yen.{gap['id']}.gap"} <= set(named)
    assert named[yen] == "999万円"
    assert "report.html" in named  # the manifest's hash tells it, too


def test_a_changed_row_of_the_input_is_named_by_its_figures(made, tmp_path):
    out, client = copied(made, tmp_path)
    path = client / "data" / "問合せ台帳.csv"
    text = path.read_bytes().decode("cp932")
    path.write_bytes(text.rstrip("\r\n").rsplit("\n", 1)[0].encode("cp932") + b"\n")
    found = verify(out, client)
    facts = {one.fact for one in found.differing if one.format == "diagnosis"}
    assert facts
    assert all(fact.startswith(("contacts.", "work.contacts")) for fact in facts), facts


def test_another_language_without_the_client_s_folder(made, tmp_path):
    out, client = copied(made, tmp_path)
    shutil.rmtree(client)
    kept = (out / "report.html").read_bytes()
    again = render(out / "diagnosis.json", out.parent, Options(langs=("en",)))
    assert again == out
    assert (out / "report.html").read_bytes() == kept
    japanese = printed_numbers(kept.decode())
    english = printed_numbers((out / "report.en.html").read_text(encoding="utf-8"))
    assert english.lang == "en"
    assert sorted({key for key, _ in japanese.numbers}) == sorted(
        {key for key, _ in english.numbers}
    )
    assert all(whole_files(out).values())
    assert (out / "quarantine.csv").is_file()


def test_the_same_again_gives_the_same_bytes(made, tmp_path):
    out, client = made
    again = report(client, tmp_path / "again")
    for name in whole_files(out):
        assert (again / name).read_bytes() == (out / name).read_bytes(), name


def test_an_edited_cell_changes_the_page(client_of, tmp_path):
    text = (folder("notebooks") / "diagnose" / "report.ipynb").read_text(encoding="utf-8")
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["id"] == "section-limits":
            cell["source"] = ['print("私たちの事務所からのひとこと <b>")']
    mine = tmp_path / "mine.ipynb"
    mine.write_text(json.dumps(notebook), encoding="utf-8")
    out = report(client_of(), tmp_path / "out", options=Options(notebook=mine))
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "私たちの事務所からのひとこと &lt;b&gt;" in page
    assert 'id="sec-limits"' not in page


def test_a_refused_client_leaves_the_earlier_report(made, tmp_path):
    out, client = copied(made, tmp_path)
    before = {name: (out / name).read_bytes() for name in whole_files(out)}
    (client / "client.yaml").write_text("company_name: A\ncompany_name: B\n", encoding="utf-8")
    with pytest.raises(InputError):
        report(client, out.parent)
    assert {name: (out / name).read_bytes() for name in whole_files(out)} == before


def test_bad_data_is_refused_with_every_problem_and_a_failure_note(client_of, tmp_path):
    client = client_of(**{"data__orders.csv": 'order_id,customer_id,order_date,amount\n1,"2,x\n'})
    with pytest.raises(InputError) as caught:
        report(client, tmp_path / "out")
    assert caught.value.problems[0].row == 2
    failure = json.loads((tmp_path / "out" / "aoyama" / "failure.json").read_text())
    assert failure["problems"][0]["row"] == 2
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"aoyama", ".ledger"}


def test_a_profile_that_cannot_be_read_leaves_a_failure_note(client_of, tmp_path):
    client = client_of(**{"client.yaml": "company_name: A\ncompany_name: B\n"})
    with pytest.raises(InputError):
        report(client, tmp_path / "out")
    failure = json.loads((tmp_path / "out" / "aoyama" / "failure.json").read_text())
    assert failure["code"] == "profile_refused"
    assert failure["problems"][0]["line"] == 2


def test_a_failing_cell_makes_no_report(client_of, tmp_path):
    text = (folder("notebooks") / "diagnose" / "report.ipynb").read_text(encoding="utf-8")
    notebook = json.loads(text)
    notebook["cells"][-1]["source"] = ["1 / 0"]
    mine = tmp_path / "mine.ipynb"
    mine.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(OutputError):
        report(client_of(), tmp_path / "out", options=Options(notebook=mine))
    assert not (tmp_path / "out" / "aoyama" / "report.html").exists()


@pytest.mark.parametrize(
    "options", [Options(formats=("docx",)), Options(langs=("fr",)), Options(formats=("html", "x"))]
)
def test_what_is_not_there_yet_is_a_usage_error(client_of, tmp_path, options):
    with pytest.raises(UsageError):
        report(client_of(), tmp_path / "out", options=options)
    assert not (tmp_path / "out").exists()


def test_page_names():
    assert page_name("ja", "ja") == page_name("en", "en") == "report.html"
    assert page_name("en", "ja") == "report.en.html"
