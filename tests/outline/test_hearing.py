"""Answers that differ: shown in the report, beside the findings that rest on them, and by check."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

import toolkit as tk
from toolkit.cli import toolkit
from toolkit.outline.build import outline
from toolkit.outline.hearing import contradictions_in

PEOPLE = (
    "answers:\n"
    "  q.sal.repeat_kpi: [{value: 'yes', by: 社長}, "
    "{value: 'no', by: 専務, on: 2026-04-01, basis: seen}]\n"
    "  q.pay.system_cost: [{value: 1200000, by: 社長}, {value: 2000000, by: 専務}]\n"
)
HEAD = "company_name: 青山商店\nmodel: general\nstage: growth\nas_of: 2026-05-01\n"


def printed(section) -> str:
    return json.dumps(tk_plain(section), ensure_ascii=False)


def tk_plain(value):
    from toolkit.diagnosis.saving import plain

    return plain(value)


@pytest.fixture
def disputed(client_of):
    return client_of("aoyama", **{"client.yaml": "client_id: aoyama\n" + HEAD + PEOPLE})


def texts(blocks) -> str:
    """All texts of some blocks, in reading order."""
    if isinstance(blocks, dict):
        return "".join(texts(value) for key, value in blocks.items() if key != "fact")
    if isinstance(blocks, list):
        return "".join(texts(one) for one in blocks)
    return blocks if isinstance(blocks, str) else ""


def section(diagnosis, name, lang="ja") -> str:
    found = {one.id: one for one in outline(diagnosis, lang).sections}
    return texts(tk_plain(found[name]))


def test_the_record_of_the_hearing_shows_who_said_what(disputed) -> None:
    diagnosis = tk.diagnose(disputed)
    shown = section(diagnosis, "answers")
    assert "回答の食い違い" in shown
    assert "専務（2026年4月1日）：していない" in shown
    assert "社長：している" in shown
    assert "現物を確認した回答のため" in shown
    assert "社長：120万円" in shown
    assert "専務：200万円" in shown
    assert "It was seen, not only said" in section(diagnosis, "answers", "en")


def test_answers_that_gave_way_are_kept_with_a_flag_and_survive_saving(disputed, tmp_path) -> None:
    diagnosis = tk.diagnose(disputed)
    diagnosis.save(tmp_path / "out")
    loaded = tk.load(tmp_path / "out")
    kept = [
        (one["value"], one["by"], one["used"], one["source"])
        for one in loaded.answers
        if one["question"] == "q.sal.repeat_kpi"
    ]
    assert kept == [("no", "専務", True, "client.yaml"), ("yes", "社長", False, "client.yaml")]
    assert contradictions_in(loaded) == contradictions_in(diagnosis)
    assert loaded.fact("q.sal.repeat_kpi").value == "no"


def test_a_finding_decided_by_such_an_answer_says_so_and_stays_of_low_confidence(
    disputed,
) -> None:
    diagnosis = tk.diagnose(disputed)
    found = [one for one in diagnosis.judged if "q.sal.repeat_kpi" in one.evidence.facts]
    failed = [one for one in found if one.status == "fail"]
    assert failed
    assert {one.confidence for one in failed} == {"low"}
    assert "お答えになった方によって分かれています" in section(diagnosis, "findings")
    assert "People answered differently" in section(diagnosis, "findings", "en")


def test_without_a_contradiction_nothing_of_it_is_printed(disputed) -> None:
    yaml = disputed / "client.yaml"
    yaml.write_text("client_id: aoyama\n" + HEAD + "answers:\n  q.sal.repeat_kpi: 'no'\n", "utf-8")
    diagnosis = tk.diagnose(disputed)
    assert contradictions_in(diagnosis) == ()
    assert "食い違い" not in section(diagnosis, "answers")
    assert "分かれています" not in section(diagnosis, "findings")


def test_check_tells_contradictions_on_the_screen_and_as_json(disputed) -> None:
    run = CliRunner().invoke(toolkit, ["check", str(disputed), "--lang", "ja"])
    assert run.exit_code == 0, run.output
    assert "回答の食い違い：" in run.stdout
    assert "用いた回答＝専務（2026年4月1日）：していない　ほかの回答＝社長：している" in run.stdout
    run = CliRunner().invoke(toolkit, ["check", str(disputed), "--json"])
    early, first = json.loads(run.stdout)["contradictions"]
    assert (early["question"], early["reason"]) == ("q.pay.system_cost", "first")
    assert (first["question"], first["item"], first["reason"]) == ("q.sal.repeat_kpi", None, "seen")
    assert (first["used"]["value"], first["used"]["by"], first["used"]["on"]) == (
        "no",
        "専務",
        "2026-04-01",
    )
    assert [voice["value"] for voice in first["others"]] == ["yes"]


def test_a_sheet_beside_client_yaml_counts_as_an_input(disputed) -> None:
    made = CliRunner().invoke(toolkit, ["questions", "--out", str(disputed / "hearing.xlsx")])
    assert made.exit_code == 0, made.output
    files = [one["file"] for one in tk.diagnose(disputed).inputs]
    assert files == ["client.yaml", "hearing.xlsx"]
    shutil.copy(disputed / "hearing.xlsx", disputed / "hearing_専務.xlsx")
    files = [one["file"] for one in tk.diagnose(disputed).inputs]
    assert files == ["client.yaml", "hearing.xlsx", "hearing_専務.xlsx"]
