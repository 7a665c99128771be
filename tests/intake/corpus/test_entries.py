"""Every entry of the shared corpus, and everything it expects: one test for each of its keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from manifest_checks.checks import APART, CHECKS, SLOW
from manifest_checks.entries import KINDS, LANGS, entries
from manifest_checks.reading import Read

EXPECTED = [
    pytest.param(
        entry["id"],
        key,
        id=f"{entry['id']}-{key}",
        marks=[pytest.mark.slow] if key in SLOW else [],
    )
    for entry in entries()
    for key in entry["expected"]
    if key not in APART
]


@pytest.mark.parametrize(("identity", "key"), EXPECTED)
def test_what_the_manifest_expects(read: Callable[[str], Read], identity: str, key: str) -> None:
    one = read(identity)
    assert key in CHECKS, "a key of the manifest that no test looks at"
    CHECKS[key](one, one.entry["expected"][key])


def test_the_corpus_is_whole_and_every_check_is_used(shared: Path) -> None:
    given = json.loads((shared / "corpus" / "MANIFEST.json").read_text(encoding="utf-8"))
    for entry in given["entries"]:
        data = (shared / "corpus" / entry["file"]).read_bytes()
        assert len(data) == entry["bytes"]
        assert hashlib.sha256(data).hexdigest().startswith(entry["sha256"])
        assert entry["kind"] in KINDS
    asked = {key for entry in given["entries"] for key in entry["expected"]} - set(APART)
    assert asked == set(CHECKS)
    assert {entry["expected"]["outcome"] for entry in given["entries"]} <= set(given["outcomes"])


@pytest.mark.parametrize("identity", [entry["id"] for entry in entries()])
def test_reading_does_nothing_but_read(read: Callable[[str], Read], identity: str) -> None:
    assert read(identity).watched() == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("identity", [entry["id"] for entry in entries()])
def test_every_message_is_a_sentence(read: Callable[[str], Read], identity: str, lang: str) -> None:
    document = read(identity).document(lang)
    told = [problem["message"] for problem in document["problems"]]
    told += [problem["fix"] for problem in document["problems"]]
    told += [note["message"] for note in (*document["notes"], *document["warnings"])]
    for text in told:
        assert text.endswith("。" if lang == "ja" else (".", ")")), text
        assert "{" not in text.replace("{client.__class__}", ""), text
        assert not text.startswith("errors."), text
    assert document["kind"]
    assert document["outcome"]
