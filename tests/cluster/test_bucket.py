"""Reports in an object store: the old one or the new one, never a part; no key in an address."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from toolkit.batch.bucket import Address, deliver, parse_bucket
from toolkit.batch.hashes import Hashes
from toolkit.batch.shelf import open_shelf
from toolkit.errors import OutputError, UsageError
from toolkit.store import write_manifest

sys.path.insert(0, str(Path(__file__).parent))
from reader_of_a_store import read

pytestmark = pytest.mark.slow


def test_a_report_of_inputs_that_changed_is_disowned(object_store, place, tmp_path, monkeypatch):
    """It stands, but is no longer taken for that of the inputs; the newest one is meant."""
    monkeypatch.setenv("TOOLKIT_STATE", str(tmp_path / "state"))
    deliver(made(tmp_path / "one", a="old"), place, "c00")
    shelf = open_shelf(str(place))
    shelf.refresh()
    assert shelf.standing("c00", "k", Hashes()) is not None
    deliver(made(tmp_path / "two", a="new"), place, "c00")
    shelf.disown("c00")
    shelf.disown("c77")
    shelf.refresh()
    assert read(object_store, place.root) == {"a": b"new"}
    assert shelf.standing("c00", "k", Hashes()) is None
    assert (shelf.home.stat().st_mode & 0o777) == 0o700


def made(folder, **files):
    """A report in a folder of this machine."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_manifest(folder, {"client_id": "c00", "key": "k"})
    return folder


@pytest.fixture
def place(object_store, tmp_path):
    """A prefix of the test's own."""
    return Address(f"firm/{tmp_path.name}")


def test_a_report_is_replaced_whole(object_store, place, tmp_path):
    deliver(made(tmp_path / "one", a="old", sub__b="old b"), place, "c00")
    deliver(made(tmp_path / "long", a="other client"), place, "c001")
    assert read(object_store, place.root) == {"a": b"old", "sub/b": b"old b"}
    before = set(object_store.find(place.of("c00")))
    deliver(made(tmp_path / "two", a="new"), place, "c00")
    assert read(object_store, place.root) == {"a": b"new"}
    # Who is reading the old one still finds all of it.
    assert before <= set(object_store.find(place.of("c00")))
    assert read(object_store, place.root, "c001") == {"a": b"other client"}


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_an_upload_that_breaks_off_leaves_the_old_report(
    object_store, place, tmp_path, monkeypatch, nth
):
    """At any object: the second of two files, or the manifest itself."""
    import s3fs

    deliver(made(tmp_path / "one", a="old", b="old b"), place, "c00")
    real, done = s3fs.S3FileSystem._call_s3, []

    async def breaks(self, method, *given, **named):
        if method == "put_object":
            if len(done) == nth:
                raise OSError("the network is gone")
            done.append(named)
        return await real(self, method, *given, **named)

    monkeypatch.setattr(s3fs.S3FileSystem, "_call_s3", breaks)
    with pytest.raises(OutputError) as caught:
        deliver(made(tmp_path / "two", a="new", b="new b"), place, "c00")
    assert caught.value.code == "bucket_failed"
    monkeypatch.undo()
    assert read(object_store, place.root) == {"a": b"old", "b": b"old b"}
    deliver(tmp_path / "two", place, "c00")
    assert read(object_store, place.root) == {"a": b"new", "b": b"new b"}


@pytest.mark.parametrize(
    ("out", "code"),
    [
        ("s3://key:secret@firm/reports", "bucket_secret"),
        ("s3://firm/reports?secret=x", "bucket_secret"),
        ("s3://firm/../other", "bucket_shape"),
        ("s3://firm//reports", "bucket_shape"),
        ("s3://", "bucket_shape"),
        ("s3://Firm/x", "bucket_shape"),
        ("ftp://firm/reports", "bucket_shape"),
    ],
)
def test_addresses_that_are_refused(out, code):
    with pytest.raises(UsageError) as caught:
        parse_bucket(out)
    assert caught.value.code == code
    assert "secret" not in str(caught.value.params)


@pytest.mark.parametrize(
    ("root", "code"), [("nowhere-at-all", "bucket_missing"), ("firm/reports", "bucket_failed")]
)
def test_a_store_that_cannot_be_used_is_told_before_any_work(
    object_store, few, batch, monkeypatch, root, code
):
    if code == "bucket_failed":
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(OutputError) as caught:
        batch(f"s3://{root}", few)
    assert caught.value.code == code


def test_without_a_key_in_the_environment(object_store, few, batch, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    with pytest.raises(OutputError) as caught:
        batch("s3://firm/x", few)
    assert caught.value.code == "bucket_refused"
