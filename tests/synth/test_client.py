"""What is written: a client's folder that reads without a row set aside."""

from __future__ import annotations

import json

import pytest
import yaml

from toolkit.diagnosis.diagnose import diagnose
from toolkit.errors import OutputError
from toolkit.intake.case import load_case
from toolkit.method import load_method
from toolkit.synth.client import write_client
from toolkit.synth.synth import MODELS


@pytest.mark.parametrize("model", MODELS)
def test_no_row_is_set_aside(invented, model, tmp_path):
    client = invented(model, 1)
    write_client(client, tmp_path)
    case = load_case(tmp_path, method=load_method())
    assert set(case.tables) == set(client.tables)
    for name, frame in client.tables.items():
        assert len(case.tables[name].frame) == len(frame), name
    assert len(case.quarantined) == 0


def test_the_folder_tells_who_it_is_and_what_is_true(invented, tmp_path):
    client = invented("gen", 1, ("SAL006",), 0.5)
    files = write_client(client, tmp_path)
    assert [file.name for file in files[-2:]] == ["client.yaml", "truth.json"]
    assert all(file.is_file() for file in files)
    said = yaml.safe_load((tmp_path / "client.yaml").read_text(encoding="utf-8"))
    assert said["client_id"] == client.client_id == "gen_1_sal006"
    assert said["model"] == "general"
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert truth["faults"] == [{"rule": "SAL006", "strength": 0.5}]
    (changed,) = truth["parameters"]
    assert changed["parameter"] == "cart_rate"
    assert changed["today"] == pytest.approx(0.85 * changed["healthy"])


def test_mail_addresses_are_matched_into_persons(invented, tmp_path):
    write_client(invented("shop", 1, ("CRM004",), 1.0), tmp_path)
    assert (tmp_path / "mappings" / "customers.toml").is_file()
    found = diagnose(tmp_path)
    assert found.facts.number("crm.duplicate_share") > 0.03


def test_without_personal_columns_nobody_is_matched(invented, tmp_path):
    write_client(invented("shop", 1), tmp_path)
    assert not (tmp_path / "mappings").exists()


def test_a_folder_that_is_a_file_is_told(invented, tmp_path):
    place = tmp_path / "taken"
    place.write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as refused:
        write_client(invented("shop", 1), place)
    assert refused.value.code == "cannot_write"
