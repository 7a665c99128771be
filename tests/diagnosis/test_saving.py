"""diagnosis.json: by its schema, back to the same value, the same bytes twice."""

from __future__ import annotations

import json

import pytest

import toolkit as tk
from toolkit.diagnosis.saving import check, to_document
from toolkit.errors import UsageError
from toolkit.store import sha256_file, to_json


def test_the_document_fits_the_schema(shop, firm):
    for d in (shop, firm):
        check(json.loads(to_json({**to_document(d), "evidence": []})))


def test_the_schema_refuses_what_does_not_belong(shop):
    document = json.loads(to_json({**to_document(shop), "evidence": []}))
    document["findings"][0]["status"] = "fine"
    with pytest.raises(UsageError) as caught:
        check(document)
    assert caught.value.params["place"] == "findings/0/status"


def test_saved_and_loaded_it_is_the_same_document(shop, tmp_path):
    path = shop.save(tmp_path / "one")
    again = tk.load(path)
    assert to_json(to_document(again)) == to_json(to_document(shop))
    second = again.save(tmp_path / "two")
    assert second.read_bytes() == path.read_bytes()


def test_objects_come_back_as_objects(shop, tmp_path):
    again = tk.load(shop.save(tmp_path))
    assert type(again.journey) is type(shop.journey)
    assert again.journey.to_frame().equals(shop.journey.to_frame())


def test_evidence_is_named_with_its_hash_and_holds_nothing_personal(shop, tmp_path):
    import pandas as pd

    document = json.loads(shop.save(tmp_path).read_text(encoding="utf-8"))
    assert document["evidence"]
    for one in document["evidence"]:
        path = tmp_path / one["file"]
        assert sha256_file(path) == one["sha256"]
        frame = pd.read_parquet(path)
        assert len(frame) == one["rows"] <= 20_000
        assert not {"name", "phone", "address", "mail", "氏名", "電話番号"} & set(frame.columns)


def test_without_a_kept_month_nothing_changed_is_told(shop):
    assert to_document(shop)["changes"] is None


def test_yen_stand_on_findings_actions_and_totals(shop):
    document = to_document(shop)
    yen = {one["id"]: one["yen"] for one in document["findings"] if one["yen"]}
    assert {code: one["effect"] for code, one in yen.items() if one["counted"]}
    for action in document["actions"]:
        own = yen.get(action["findings"][0])
        if action["yen"] is not None:
            assert action["yen"] == own["effect"]
            assert action["kind"] == own["kind"]
    assert document["totals"]["profit"]["effect"] == pytest.approx(
        sum(one["effect"] for one in yen.values() if one["counted"] and one["kind"] == "profit")
    )


def test_loading_something_else_is_a_usage_error(tmp_path):
    (tmp_path / "diagnosis.json").write_text("{}")
    with pytest.raises(UsageError):
        tk.load(tmp_path)
    with pytest.raises(UsageError):
        tk.load(tmp_path / "nothing.json")
