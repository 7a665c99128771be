"""The index in the morning: what failed stands first, and any order is one key away."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
import subprocess
import sys

import pytest

from toolkit.batch.index import ORDERS, write_index
from toolkit.batch.outcome import Outcome
from toolkit.words import screen_words


def well(name, **given):
    counts = {"act": 1, "check": 2, "unknown": 3}
    return Outcome(
        **{"client_id": name, "status": "done", "page": f"{name}/report.html", "counts": counts}
        | given
    )


@pytest.fixture
def index(tmp_path):
    def made(*outcomes, lang="ja"):
        write_index(tmp_path, list(outcomes), screen_words(lang), "2026-11-23")
        return (tmp_path / "index.html").read_text(encoding="utf-8")

    return made


def order(page, name):
    """Ids as a reader sees them by an order."""
    rows = re.findall(r'data-client-id="([^"]+)".*?style="([^"]+)"', page)
    rank = re.compile(rf"--by-{name}:(\d+);")
    return [client for client, style in sorted(rows, key=lambda row: int(rank.search(row[1])[1]))]


def test_what_needs_somebody_stands_first(index):
    page = index(
        well("e", status="unchanged"),
        well("d"),
        Outcome(client_id="c", status="not_run"),
        Outcome(client_id="b", status="refused"),
        Outcome(client_id="a", status="failed"),
    )
    assert re.findall(r'data-client-id="(\w)"', page) == ["a", "b", "c", "d", "e"]
    assert order(page, "state") == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("name", "given", "seen"),
    [
        ("name", ({"company_name": "い"}, {"company_name": "あ"}, {"company_name": "う"}), "bac"),
        ("yen", ({"yen_base": 1.0}, {"yen_base": None}, {"yen_base": 9.0}), "cab"),
        ("act", ({"counts": {}}, {"counts": {"act": 2}}, {"counts": {"act": 4}}), "cba"),
        ("worse", ({"change": {"worse": 1, "better": 9}}, {}, {"change": None}), "abc"),
        ("health", ({"health": 1.0}, {"health": None}, {"health": 0.9}), "cab"),
        ("seconds", ({"seconds": 1.0}, {"seconds": 3.0}, {"seconds": 2.0}), "bca"),
    ],
)
def test_every_order_puts_what_is_not_known_last(name, given, seen, index):
    page = index(*(well(client, **each) for client, each in zip("abc", given, strict=True)))
    assert order(page, name) == list(seen)
    assert f"main:has(#by-{name}:checked) .list tbody tr {{ order: var(--by-{name}); }}" in page


def test_sums_in_two_currencies_are_not_mixed_in_one_order(index):
    page = index(
        well("a", yen_base=5.0, currency="USD"),
        well("b", yen_base=1.0),
        well("c", yen_base=9.0),
        well("d", yen_base=8.0, currency="USD"),
    )
    assert order(page, "yen") == ["c", "b", "d", "a"]


def test_a_row_says_what_is_known(index):
    page = index(
        well("a", yen_base=12_400_000.0, health=0.987, change={"worse": 3, "better": 5}),
        well("b", held=True, yen_base=None),
        well("c", yen_base=1200.0, currency="USD"),
    )
    for text in ("1,240万円", "98.7%", "悪化 3・改善 5", ">保留<", "$1,200"):
        assert text in page


def test_one_script_of_ours_may_run_and_nothing_is_fetched(index):
    page = index(well("a"))
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert f"default-src 'none'; script-src 'sha256-{allowed}';" in policy
    assert page.count("<script") == 1
    assert page.count('type="radio"') == len(ORDERS) + 2


def test_names_of_clients_are_text_and_addresses_are_quoted(index):
    page = index(well('<i>"&', page='<i>"&/report.html', company_name="<b>x</b>"))
    assert "<i>" not in page
    assert "<b>x" not in page
    assert 'href="%3Ci%3E%22%26/report.html"' in page


def test_a_long_reason_is_cut_and_its_page_has_the_rest(index):
    reason = "\n".join(f"line {n}" for n in range(9))
    page = index(Outcome(client_id="a", status="refused", reason=reason))
    assert "line 2" in page
    assert "line 3" not in page
    assert "6" in re.search(r'class="why".*?</td>', page, re.DOTALL)[0]
    assert 'href="failure.a.html"' in page


def test_the_lists_have_the_columns_that_were_promised(index, tmp_path):
    index(well("a", yen_base=2.5), Outcome(client_id="b", status="not_run", reason="=1+1"))
    keys = ["client_id", "status", "reason", "seconds", "findings", "yen_base"]
    listed = json.loads((tmp_path / "outcomes.json").read_text(encoding="utf-8"))
    assert [list(one) for one in listed] == [keys, keys]
    assert [one["findings"] for one in listed] == [3, None]
    with (tmp_path / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["yen_base"] for row in rows] == ["2.5", ""]
    assert rows[1]["reason"] == "'=1+1"


def test_both_languages_and_a_page_made_again_are_the_same_bytes(index):
    assert "Diagnosis reports" in index(well("a"), lang="en")
    assert index(well("a")) == index(well("a"))


def test_the_font_is_cut_once_for_the_same_characters(index, monkeypatch):
    index(well("a"))
    import toolkit.deliverables.fonts as fonts

    monkeypatch.setattr(fonts, "fonts", lambda *_: pytest.fail("cut again"))
    assert "@font-face" in index(well("a"))


def test_the_page_of_a_quiet_night_loads_no_tables(index, tmp_path):
    index(well("a"))
    script = f"""
import sys
from toolkit.batch.index import write_index
from toolkit.batch.outcome import Outcome
from toolkit.words import screen_words
from pathlib import Path
counts = {{"act": 1, "check": 2, "unknown": 3}}
one = Outcome(client_id="a", status="done", page="a/report.html", counts=counts)
write_index(Path({str(tmp_path)!r}), [one], screen_words("ja"), "2026-11-23")
print([name for name in ("pandas", "matplotlib", "fontTools") if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert run.stdout.strip() == b"[]"
