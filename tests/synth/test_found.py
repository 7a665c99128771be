"""Planted faults that the diagnosis finds in models that tests/quality leaves to `make quality`."""

from __future__ import annotations

import pytest

from toolkit.diagnosis.diagnose import diagnose
from toolkit.synth.client import write_client


@pytest.mark.parametrize(
    ("model", "seed", "code"),
    [
        ("mkt", 1, "SAL012"),
        ("shop", 2, "SAL006"),
    ],
)
def test_a_plain_case_is_found(invented, model, seed, code, tmp_path):
    write_client(invented(model, seed, (code,)), tmp_path)
    (found,) = (one for one in diagnose(tmp_path).judged if one.id == code)
    assert found.status == "fail"
