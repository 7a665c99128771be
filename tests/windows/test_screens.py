"""Screens and logs in cp932, as a Japanese Windows writes them."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from toolkit.commands.screen import make_writable


def toolkit(*arguments, encoding, cwd):
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "TOOLKIT_LANG": "ja"}
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments],
        capture_output=True,
        env=env,
        cwd=cwd,
        check=False,
    )
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


@pytest.mark.parametrize("name", ["nobody—©", "髙橋", "😀"])
def test_a_log_in_cp932_takes_any_name(tmp_path, name):
    code, _, told = toolkit("check", name, encoding="cp932", cwd=tmp_path)
    assert code == 2
    assert "見つかりません" in told
    assert "Traceback" not in told


def test_a_result_in_cp932_is_told_in_full(tmp_path):
    (tmp_path / "o.csv").write_text(
        "order_id,customer_id,order_date,amount\n1,a,2026-02-31 — ©髙,1\n", encoding="utf-8"
    )
    code, told, _ = toolkit("read", "o.csv", "--kind", "orders", encoding="cp932", cwd=tmp_path)
    assert code == 1
    assert "― C髙" in told


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("cp932", "― － ～ ￥ C 髙 ? A"),
        ("shift_jis", "― − 〜 \\ C 高 ? A"),
        ("ascii", "- - ~ \\ C ? ? A"),
        ("utf-8", "— − 〜 ¥ © 髙 😀 A"),
    ],
)
def test_what_is_lacking_is_written_in_its_next_of_kin(monkeypatch, encoding, written):
    raw = io.BytesIO()
    screen = io.TextIOWrapper(raw, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", screen)
    make_writable()
    screen.write("— − 〜 ¥ © 髙 😀 A")
    screen.flush()
    assert raw.getvalue().decode(encoding) == written
