"""What reading an entry must not do, show, leave or cost."""

from __future__ import annotations

import json

from manifest_checks.entries import LANGS
from manifest_checks.reading import Read


def must_not_contain(one: Read, expected: list[str]) -> None:
    done = one.run()
    texts = [
        done.out,
        done.err,
        *(json.dumps(one.document(lang), ensure_ascii=False) for lang in LANGS),
    ]
    if one.report.kind not in ("profile", "clients") and not one.report.refused:
        texts.append(one.table().frame.drop(columns=["_file"]).to_csv())
    for text in texts:
        assert [word for word in expected if word in text] == []


def no_traceback(one: Read, expected: bool) -> None:
    done = one.run()
    assert "Traceback" not in done.out + done.err
    assert done.code == (1 if one.report.refused else 0)
    assert json.loads(done.out)["outcome"] == one.report.outcome


def max_seconds(one: Read, expected: float) -> None:
    assert one.run().seconds < expected


def max_rss_mb(one: Read, expected: float) -> None:
    assert one.run().megabytes < expected


def must_not_execute(one: Read, expected: bool) -> None:
    assert one.watched() == []


def must_not_create(one: Read, expected: list[str]) -> None:
    assert one.run().made == ()
    assert one.watched() == []
    assert not [name for name in expected if (one.path.parent / name).exists()]


def must_not_write_outside(one: Read, expected: bool) -> None:
    must_not_create(one, [])
