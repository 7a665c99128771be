"""toolkit whatif: the JSON of the contract, the lines on the screen, and wrong uses."""

from __future__ import annotations

import json

import pytest

from toolkit.resources import folder

CLIENT = str(folder("datasets") / "minato_works")


@pytest.fixture(scope="module")
def told(toolkit_command):
    done = toolkit_command("whatif", CLIENT, "--set", "acquisition.win_rate=12%", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_before_after_delta_and_tornado(told):
    assert {"before", "after", "delta", "tornado"} <= set(told)
    assert told["after"]["profit"] - told["before"]["profit"] == pytest.approx(
        told["delta"]["profit"]
    )
    (setting,) = told["set"]
    assert setting["fact"] == "acquisition.win_rate"
    assert setting["after"] == 0.12
    assert told["delta"]["profit"] < 0  # it was won more often than that
    assert told["delta"]["cash"] == 0
    assert len(told["cash"]) == 12


def test_what_is_tried_by_hand_is_no_bar(told):
    assert "acquisition.win_rate" not in {bar["fact"] for bar in told["tornado"]}


def test_lines_on_the_screen(toolkit_command):
    done = toolkit_command("whatif", CLIENT, "--set", "receivables.dso_days=60", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "Cash freed once: " in done.stdout
    assert "Yearly sales: " in done.stdout
    assert "Hours freed" not in done.stdout  # nothing of them was moved


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("acquisition.win_rat=0.1", "unknown_fact"),
        ("acquisition.win_rate", "whatif_setting"),
        ("acquisition.win_rate=", "whatif_setting"),
        ("acquisition.win_rate=nan", "whatif_setting"),
        ("=3", "whatif_setting"),
        ("work.variants=3", "whatif_unknown"),
        ("accounts.equity_ratio=0.5", "whatif_no_effect"),
    ],
)
def test_wrong_uses(toolkit_command, setting, code):
    done = toolkit_command("whatif", CLIENT, "--set", setting, "--json", "--lang", "en")
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error["code"] == code
    assert error["fix"]
    if code == "unknown_fact":
        assert "acquisition.win_rate" in error["message"]
