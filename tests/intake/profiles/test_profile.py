"""client.yaml: strict YAML, fields by type, secrets never shown, all faults at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.intake.profiles.profile import Profile, read_profile
from toolkit.words import error_text, words

HEAD = "client_id: aoyama\ncompany_name: 青山商店\n"


@pytest.fixture
def profile(tmp_path: Path, method):
    def reading(text: str | bytes) -> Profile:
        path = tmp_path / "client.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_profile(path, method)

    return reading


@pytest.fixture
def faults(profile):
    def reading(text: str | bytes) -> list[tuple[str, int | None]]:
        with pytest.raises(InputError) as raised:
            profile(text)
        return [(problem.code, problem.line) for problem in raised.value.problems]

    return reading


def test_a_name_and_an_id_are_enough(profile) -> None:
    one = profile(HEAD)
    assert (one.client_id, one.company_name, one.model, one.stage) == (
        "aoyama",
        "青山商店",
        None,
        None,
    )
    assert (one.currency, one.timezone, one.tax, one.lang) == ("JPY", "Asia/Tokyo", "unknown", None)


def test_every_field(profile) -> None:
    one = profile(
        HEAD + "industry: 通販\nmodel: general\nstage: growth\ncurrency: usd\ntimezone: UTC\n"
        "tax: included\nfiscal_year_start: 4月\nlang: en\nas_of: 2026-04-01\nstaff_names: hide\n"
    )
    assert (one.industry, one.model, one.stage, one.currency) == (
        "mail_order",
        "general",
        "growth",
        "USD",
    )
    assert (one.fiscal_year_start, one.lang, str(one.as_of)) == (4, "en", "2026-04-01")
    assert one.staff_names == "hide"


def test_scalars_are_text_typed_by_their_field(profile) -> None:
    one = profile("client_id: 0123\ncompany_name: NO\n")
    assert (one.client_id, one.company_name) == ("0123", "NO")


def test_an_unknown_stage_is_none_and_its_answer_unknown(profile) -> None:
    one = profile(HEAD + "stage: わからない\n")
    assert one.stage is None
    assert [(a.question, a.value) for a in one.answers] == [("q.pla.stage", "unknown")]


def test_a_folder_will_do_and_a_missing_file_is_told(tmp_path, method) -> None:
    (tmp_path / "client.yaml").write_text(HEAD, encoding="utf-8")
    assert read_profile(tmp_path, method).client_id == "aoyama"
    with pytest.raises(InputError) as raised:
        read_profile(tmp_path / "none.yaml", method)
    assert [problem.code for problem in raised.value.problems] == ["file_missing"]


def test_windows_notepad_writes_cp932(profile) -> None:
    assert profile("client_id: a\ncompany_name: 髙島屋①㈱\n".encode("cp932")).company_name == (
        "髙島屋①㈱"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("yaml_empty", 1)]),
        ("- a\n- b\n", [("yaml_no_map", 1)]),
        (HEAD + "tax: !!str x\n", [("yaml_tag", 3)]),
        (HEAD + "tax: &x included\n", [("yaml_anchor", 3)]),
        ("a: &x 1\nb: *x\n", [("yaml_anchor", 1), ("yaml_alias", 2)]),
        (HEAD + "client_id: b\n", [("yaml_key_twice", 3)]),
        (HEAD + "answers:\n  q: [1\n", [("yaml_syntax", 5)]),
        (HEAD + "? [a]\n: b\n", [("yaml_key_no_text", 3)]),
        (HEAD + f"answers: {'[' * 30}{']' * 30}\n", [("yaml_too_deep", 3)]),
        (HEAD + "x" * 300_000, [("yaml_too_large", None)]),
        ("client_id: a\n", [("key_missing", 1)]),
        ('client_id: a\ncompany_name: " "\n', [("company_name_blank", 2)]),
        (f"client_id: a\ncompany_name: {'長' * 201}\n", [("company_name_long", 2)]),
        ("client_id: COM1\ncompany_name: A\n", [("client_id_pattern", 1)]),
        ("client_id: com1\ncompany_name: A\n", [("client_id_device", 1)]),
        (HEAD + "tax: maybe\n", [("field_choice", 3)]),
        (HEAD + "fiscal_year_start: 13\n", [("field_month", 3)]),
        (HEAD + "as_of: 2026-02-30\n", [("field_date", 3)]),
        (HEAD + "timezone: Asia/Edo\n", [("field_timezone", 3)]),
        (HEAD + "currency: yen!\n", [("field_currency", 3)]),
        (HEAD + "tax: [included]\n", [("field_no_scalar", 3)]),
        (HEAD + "answers: yes\n", [("yaml_no_map_under", 3)]),
        (HEAD + "colour: blue\n", [("key_unknown", 3)]),
        (HEAD + "thresholds:\n  no_such_line: 1\n", [("key_unknown", 4)]),
        (HEAD + "thresholds:\n  whole: much\n", [("field_number", 4)]),
        (HEAD + "compliance:\n  L-01: perhaps\n", [("field_choice", 4)]),
    ],
)
def test_faults_with_their_line(text: str, expected: list[tuple[str, int]], faults) -> None:
    assert faults(text) == expected


def test_all_faults_at_once_in_the_order_of_lines(faults) -> None:
    text = "client_id: ../x\ncompany_name: A\ntax: maybe\nindustri: other\nanswers:\n  q.no: 1\n"
    assert faults(text) == [
        ("client_id_pattern", 1),
        ("field_choice", 3),
        ("key_unknown", 4),
        ("key_unknown", 6),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "api_key: CANARY",
        "db_password: CANARY",
        "パスワード: CANARY",
        "site: https://user:CANARY@example.com/x",
        "answers:\n  q.sal.process: postgresql://u:CANARY@h/x",
        "answers:\n  token: [CANARY]",
    ],
)
def test_secrets_are_refused_and_not_shown(line: str, profile, method) -> None:
    with pytest.raises(InputError) as raised:
        profile(HEAD + line + "\n")
    assert [problem.code for problem in raised.value.problems] == ["key_secret"]
    assert "CANARY" not in repr(raised.value)
    assert "CANARY" not in error_text(raised.value, words(method, "ja"))


def test_thresholds_compliance_and_suppressed_rules(profile, method) -> None:
    rule = next(iter(method.section("rules")))
    law = next(iter(method.section("legal")))
    one = profile(
        HEAD + f"thresholds:\n  f2_target: 30%\ncompliance:\n  {law}: 'yes'\n"
        f"suppress:\n  {rule}: 今期は対象外のため\n"
    )
    assert one.thresholds == {"f2_target": 0.3}
    assert one.compliance == {law: "yes"}
    assert one.suppress == {rule: "今期は対象外のため"}


def test_a_suppressed_rule_needs_its_reason_and_must_exist(faults, method) -> None:
    rule = next(iter(method.section("rules")))
    assert faults(HEAD + f"suppress:\n  {rule}:\n  ZZZ999: x\n") == [
        ("suppress_reason", 4),
        ("key_unknown", 5),
    ]


def test_a_profile_without_client_id_goes_by_its_folder(tmp_path: Path, method) -> None:
    folder = tmp_path / "aoyama"
    folder.mkdir()
    (folder / "client.yaml").write_text("company_name: A\n", encoding="utf-8")
    assert read_profile(folder, method).client_id == "aoyama"
    bad = tmp_path / "青山"
    bad.mkdir()
    (bad / "client.yaml").write_text("company_name: A\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_profile(bad, method)
    assert [problem.code for problem in raised.value.problems] == ["key_missing"]
