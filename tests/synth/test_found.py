"""Planted faults that the diagnosis finds; `make quality` counts all of them."""

from __future__ import annotations

import pytest

from toolkit.diagnosis.diagnose import diagnose
from toolkit.synth.client import write_client


@pytest.mark.parametrize(
    ("model", "seed", "code"),
    [
        ("gen", 1, "AFT006"),
        ("gen", 2, "FUL007"),
        ("mkt", 1, "SAL012"),
        ("sub", 2, "AFT011"),
        ("shop", 2, "SAL006"),
    ],
)
def test_a_plain_case_is_found(invented, model, seed, code, tmp_path):
    write_client(invented(model, seed, (code,)), tmp_path)
    (found,) = (one for one in diagnose(tmp_path).judged if one.id == code)
    assert found.status == "fail"
