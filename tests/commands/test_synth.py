"""toolkit synth: the client it writes, what it tells, and what it refuses."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from toolkit.cli import toolkit
from toolkit.errors import UsageError


def call(*arguments):
    return CliRunner().invoke(toolkit, ["synth", *map(str, arguments)])


def test_a_client_with_a_fault_is_written_and_told(tmp_path):
    asked = ("--fault", "SAL006", "--model", "shop_service", "--seed", 4, "--out", tmp_path)
    done = call(*asked, "--lang", "en")
    assert done.exit_code == 0
    assert "Planted: SAL006" in done.stdout
    assert "cart_rate: 0.12 → 0.084" in done.stdout
    assert (tmp_path / "shop_4_sal006" / "client.yaml").is_file()
    assert (tmp_path / "shop_4_sal006" / "data" / "orders.csv").is_file()


def test_without_a_fault_the_client_is_healthy(tmp_path):
    done = call("--model", "shop", "--seed", 1, "--out", tmp_path, "--json")
    told = json.loads(done.stdout)
    assert (told["client_id"], told["model"], told["faults"]) == ("shop_1", "shop", [])
    assert f"{tmp_path.as_posix()}/shop_1/truth.json" in told["files"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--fault", "SAL066"), "fault_unknown"),
        (("--fault", "AFT011", "--model", "shop"), "fault_not_of_model"),
        (("--model", "kiosk"), "synth_model_unknown"),
        (("--model", "shop", "--strength", "1.5"), "strength_outside"),
    ],
)
def test_what_cannot_be_is_a_wrong_use(tmp_path, arguments, code):
    done = call(*arguments, "--seed", 1, "--out", tmp_path)
    assert isinstance(done.exception, UsageError)
    assert (done.exception.code, done.exception.exit_code) == (code, 2)
    assert not list(tmp_path.iterdir())
