"""The worked firm's folder of templates/method, from its files to what the report says."""

from __future__ import annotations

import pytest

from toolkit import resources
from toolkit.diagnosis.diagnose import diagnose
from toolkit.outline.build import outline

FIRM = resources.folder("templates") / "method"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """The shipped mail-order shop with one more answer, to the firm's own question."""
    import shutil

    folder = tmp_path_factory.mktemp("clients") / "aoba"
    shutil.copytree(resources.folder("datasets") / "aoba_shop", folder)
    profile = folder / "client.yaml"
    text = profile.read_text(encoding="utf-8")
    assert "\nanswers:\n" in text
    text = text.replace("\nanswers:\n", '\nanswers:\n  q.x.referral: "no"\n')
    profile.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def judged(client):
    return diagnose(client, method=FIRM)


def test_the_rule_is_judged_on_the_answer_and_the_figure(judged):
    finding = judged.finding("XSAL01")
    assert judged.fact("customers.repeat_rate").value >= 0.30
    assert (finding.status, finding.severity) == ("fail", "check")
    assert finding.evidence.threshold.level == "method:method"
    assert any(action.findings == ("XSAL01",) for action in judged.actions)


def test_the_question_is_refused_without_the_firms_folder(client):
    from toolkit.errors import InputError

    with pytest.raises(InputError) as refused:
        diagnose(client)
    assert [problem.key for problem in refused.value.problems] == ["q.x.referral"]


def test_the_sentences_are_the_firms_in_both_languages(judged):
    assert outline(judged, "ja").title == "経営健康診断書"
    assert outline(judged, "en").title == "Business health check"
    said = repr(outline(judged, "ja").sections)
    assert "ご紹介をお願いする工程" in said


def test_the_changed_threshold_is_the_firms_and_the_document_says_whose_method(judged):
    from toolkit.diagnosis.saving import to_document
    from toolkit.rules.thresholds import resolve

    found = resolve("matching_hours_limit", judged.content, judged.facts, {})
    assert (found.value, found.level, found.origin) == (5, "method:method", "house")
    assert [one["name"] for one in to_document(judged)["method"]] == ["toolkit", "method:method"]
