"""A process that makes one client after the other forgets each before the next."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys

import pytest

from toolkit.batch.crew import ONE_THREAD, RECYCLED_AFTER, SpawnCrew
from toolkit.batch.forget import KEPT, alone, caches, forget

# Makes one client's report as a worker does, then looks for its words in all that lives on.
WORKER = """
import gc, json, sys
from functools import partial
from toolkit.batch import child
from toolkit.batch.forget import KEPT, alone, caches
from toolkit.batch.warming import warm

warm(None)
task = json.loads(sys.stdin.read())
words = task.pop("words")
alone(partial(child.carry_out, task))
words = [word.encode().decode() for word in words]

def told(text):
    return text if isinstance(text, str) else text.decode("utf-8", "replace")

sys.planted = [{"deep": ("x " + words[0],)}]
seen, found = {id(words), *map(id, words)}, []
todo = [one for one in gc.get_objects() if type(one).__name__ != "frame"]
while todo:
    holder = todo.pop()
    for one in gc.get_referents(holder) if holder is not words else ():
        if id(one) in seen:
            continue
        if isinstance(one, str | bytes):
            seen.add(id(one))
            if any(word in told(one) for word in words):
                found.append(told(one)[:90])
        elif isinstance(one, dict | tuple) and not gc.is_tracked(one):
            seen.add(id(one))
            todo.append(one)
sizes = {name: cache.cache_info().currsize for name, cache in caches()}
held = {name: size for name, size in sizes.items() if size and name not in KEPT}
print(json.dumps({"found": found, "held": held}))
"""


@pytest.fixture(scope="module")
def afterwards(tmp_path_factory):
    base = tmp_path_factory.mktemp("forget")
    client = base / "clients" / "a"
    (client / "data").mkdir(parents=True)
    (client / "client.yaml").write_text(
        "client_id: a\ncompany_name: 鱧鵺商店 Q77zX\n", encoding="utf-8"
    )
    rows = "".join(
        f"Q77zX{n},M{n % 4},2026-0{1 + n % 8}-03,{900 + n},鱧鵺の佃煮{n % 3}\n" for n in range(40)
    )
    (client / "data" / "orders.csv").write_text(
        "order_id,customer_id,order_date,amount,product\n" + rows, encoding="utf-8"
    )
    task = {
        "client": str(client),
        "client_id": "a",
        "out": str(base / "out"),
        "langs": ["ja"],
        "formats": ["html", "csv", "xlsx", "ipynb"],
        "as_of": "2026-10-01",
        **dict.fromkeys(("method", "theme", "notebook")),
        "timeout": 600,
        "lang": "ja",
        "engine": "toolkit",
        "key": "k",
        "memory": 0,
        "result": str(base / "made.json"),
        "words": ["鱧鵺", "Q77zX"],
    }
    done = subprocess.run(
        [sys.executable, "-c", WORKER],
        input=json.dumps(task),
        env={**os.environ, **ONE_THREAD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((base / "made.json").read_text())["status"] == "done"
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_no_text_of_a_client_lives_on(afterwards):
    assert afterwards["found"] == ["x 鱧鵺"]  # what was planted, and nothing else


@pytest.mark.slow
def test_no_cache_of_ours_holds_anything_but_content(afterwards):
    assert afterwards["held"] == {}


def test_every_cache_that_is_kept_is_there():
    """A name that has gone from the code goes from the list too."""
    for name in KEPT:
        importlib.import_module(f"toolkit.{name.rpartition('.')[0]}")
    assert {name for name, _ in caches()} >= KEPT


def test_a_cache_of_documents_is_emptied():
    from toolkit.deliverables.slides.fitting import _wide
    from toolkit.method import load_method

    load_method()
    _wide("鱧", False)
    assert dict(caches())["deliverables.slides.fitting._wide"].cache_info().currsize
    forget()
    assert not _wide.cache_info().currsize
    assert load_method.cache_info().currsize


def test_language_environment_and_folder_are_as_before(tmp_path, monkeypatch):
    from toolkit.words import language

    def work():
        language.set("en")
        os.environ["CANARY"] = "1"
        os.environ.pop("KNOWN")
        os.chdir(tmp_path)
        raise KeyError

    monkeypatch.setenv("KNOWN", "x")
    before = language.get(), os.getcwd()
    with pytest.raises(KeyError):
        alone(work)
    assert (language.get(), os.getcwd()) == before
    assert (os.environ.get("CANARY"), os.environ["KNOWN"]) == (None, "x")


def test_a_firms_own_notebook_has_a_process_for_each_client(monkeypatch):
    """Cells we know nothing of may patch what they like: nobody comes after them."""
    from queue import Queue

    from toolkit.batch import crew as module

    closed = []

    class Worker:
        def __init__(self, most):
            self.done, self.most, self.process = 1, most, object()

    monkeypatch.setattr(module, "_close", closed.append)
    crew = SpawnCrew(Queue(), None)
    ours, theirs = Worker(RECYCLED_AFTER), Worker(1)
    crew.ended(ours, 1, 0)
    crew.ended(theirs, 2, 0)
    assert crew._idle == [ours]
    assert closed == [theirs.process]
