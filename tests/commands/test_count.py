"""``toolkit count``: a workbook and a short table from nothing but an order report."""

import json
import zipfile
from functools import partial

import pytest

HEADERS = "order-id order-item-id purchase-date buyer-email buyer-name product-name item-price"
AMAZON = """
503-1\t1\t2025-01-05T10:00:00+09:00\taaa111@marketplace.example.jp\t見本 花子\t茶\t1000
503-1\t2\t2025-01-05T10:00:00+09:00\taaa111@marketplace.example.jp\t見本 花子\t米\t2000
503-2\t3\t2025-02-05T10:00:00+09:00\tbbb222@marketplace.example.jp\t見本 太郎\t茶\t1000
503-3\t4\t2025-03-05T10:00:00+09:00\tbbb222@marketplace.example.jp\t見本 太郎\t茶\t1000
503-4\t5\t2025-03-06T10:00:00+09:00\tccc333@marketplace.example.jp\t見本 次郎\t酒\t1500
"""
MAPPING = """table = "orders"
file = "data/new_orders.txt"
[read]
separator = "\\t"
[columns]
order_id = "order-id"
line_no = "order-item-id"
order_date = "purchase-date"
customer_id = "buyer-email"
product = "product-name"
amount = "item-price"
[rows]
model = "lines"
"""


@pytest.fixture
def client(client_of):
    folder = client_of()
    text = HEADERS.replace(" ", "\t") + AMAZON
    (folder / "data" / "new_orders.txt").write_text(text, encoding="utf-8")
    (folder / "mappings").mkdir()
    (folder / "mappings" / "orders.toml").write_text(MAPPING, encoding="utf-8")
    return folder


@pytest.fixture
def run(toolkit_command):
    return partial(toolkit_command, "count")


def test_a_report_of_new_orders_alone_is_enough(run, client, tmp_path):
    done = run(client, "--out", tmp_path / "out", "--as-of", "2025-12-31")
    assert done.returncode == 0, done.stderr
    file = tmp_path / "out" / "aoyama" / "customer_count.ja.xlsx"
    assert file.is_file()
    assert list(file.parent.iterdir()) == [file]
    assert "3人" in done.stdout
    assert "1回" in done.stdout
    assert str(file) in done.stderr
    with zipfile.ZipFile(file) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8")
    for personal in ("marketplace.example", "aaa111", "見本", "花子"):
        assert personal not in whole + done.stdout + done.stderr


def test_json_has_steps_trap_classes_and_keys_only(run, client, tmp_path):
    done = run(client, "--out", tmp_path / "out", "--lang", "en", "--json")
    document = json.loads(done.stdout)
    assert document["file"].endswith("customer_count.en.xlsx")
    assert document["rows"]["total"] == 5
    assert document["moved_customers"] == 1
    by_class = [(one["low"], one["customers"], one["by_rows"]) for one in document["classes"]]
    assert by_class[:2] == [(1, 2, 1), (2, 1, 2)]
    assert [(one["orders"], one["rows"]) for one in document["top"]] == [(2, 2), (1, 2), (1, 1)]
    assert all(len(one["key"]) == 16 for one in document["top"])
    figures = {one["id"]: one for one in document["figures"] if not one["by"]}
    assert figures["customers.count"]["value"] == 3
    assert figures["customers.count"]["period"][0] == "2025-01-05"


def test_a_client_without_orders_is_told_what_to_do(run, client_of, tmp_path):
    done = run(client_of("bare"), "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "bare").exists()


def test_a_folder_that_cannot_be_written_is_told(run, client, tmp_path):
    (tmp_path / "out").write_text("a file stands here", encoding="utf-8")
    done = run(client, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "→" in done.stderr
