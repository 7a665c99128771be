"""The ledger on a real PostgreSQL: ended once, held by one machine, no password in an address."""

from __future__ import annotations

import pytest

from toolkit.batch import ledger_server
from toolkit.batch.hashes import Hashes
from toolkit.batch.ledger import Known
from toolkit.batch.ledger_server import open_server_ledger
from toolkit.errors import LockedError, OutputError, ToolkitError, UsageError

pytestmark = pytest.mark.slow


def test_an_attempt_ends_once(ledger_address, tmp_path):
    """Who ends it first is believed, and only of the same place."""
    place, other = str(tmp_path), f"{tmp_path}/other"
    with open_server_ledger(ledger_address, place) as ledger:
        attempt = ledger.begin("a\udce3", "k")
        with open_server_ledger(ledger_address, other) as elsewhere:
            assert elsewhere.end(attempt, "died", "9")
            assert elsewhere.deaths("a\udce3", "k") == 0
        assert not ledger.end(attempt, "done")
        assert not ledger.end(attempt + 1_000_000, "done")
        assert ledger.deaths("a\udce3", "k") == 1
        assert (ledger.deaths("a\udce3", "other"), ledger.deaths("b", "k")) == (0, 0)
        ledger.forgive()
        assert ledger.deaths("a\udce3", "k") == 0


def test_what_a_dead_batch_left_running_is_no_death(ledger_address, tmp_path):
    with open_server_ledger(ledger_address, str(tmp_path)) as ledger:
        attempt = ledger.begin("a", "k")
    with open_server_ledger(ledger_address, f"{tmp_path}/other") as other:
        other.interrupt_all()
    with open_server_ledger(ledger_address, str(tmp_path)) as ledger:
        assert ledger.end(attempt, "done")
        attempt = ledger.begin("a", "k")
        ledger.interrupt_all()
        assert not ledger.end(attempt, "done")


def test_one_batch_a_place_from_whatever_machine(ledger_address, tmp_path):
    place = str(tmp_path)
    with open_server_ledger(ledger_address, place):
        with pytest.raises(LockedError), open_server_ledger(ledger_address, place):
            pass
        with open_server_ledger(ledger_address, f"{place}/other"):
            pass
    with open_server_ledger(ledger_address, place):
        pass


def test_hashes_and_profiles_are_kept(ledger_address, tmp_path):
    stamp = (1, 2**62, 3, 2**64 - 1)
    known = Known(sha256="x", client_id="a", company_name="青山", as_of=None, timezone="Asia/Tokyo")
    for digest in ("x", "y"):
        with open_server_ledger(ledger_address, str(tmp_path)) as ledger:
            ledger.keep_hashes(Hashes(fresh={f"{tmp_path}/あ": (stamp, digest)}))
            ledger.keep_profiles({str(tmp_path): known})
    with open_server_ledger(ledger_address, str(tmp_path)) as ledger:
        assert ledger.hashes().known[f"{tmp_path}/あ"] == (stamp, "y")
        assert ledger.profiles()[str(tmp_path)] == known


def test_the_lock_is_given_back_though_the_server_still_has_the_connection(
    ledger_address, tmp_path, monkeypatch
):
    connected, left = ledger_server._connected, []

    class Lingering:
        """A connection whose server has not noticed yet that it ended."""

        def __init__(self, *given):
            self.db = connected(*given)
            left.append(self.db)

        def __getattr__(self, name):
            return getattr(self.db, name)

        def close(self):
            pass

    monkeypatch.setattr(ledger_server, "_connected", Lingering)
    try:
        for _ in range(2):
            with open_server_ledger(ledger_address, str(tmp_path)) as ledger:
                assert ledger.place == str(tmp_path)
    finally:
        for one in left:
            one.close()


def test_a_connection_that_breaks_is_told(ledger_address, server, tmp_path):
    def broken():
        with open_server_ledger(ledger_address, str(tmp_path)) as ledger:
            own = ledger.db.info.backend_pid
            server.run(f"SELECT pg_terminate_backend({own})")
            ledger.begin("a", "k")

    with pytest.raises(OutputError) as caught:
        broken()
    assert caught.value.code == "ledger_lost"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://me:word@127.0.0.1/shop", "ledger_secret"),
        ("postgresql://me@127.0.0.1/shop?password=word", "ledger_secret"),
        ("sqlite:///ledger.sqlite", "ledger_shape"),
        ("ledger", "ledger_shape"),
        ("postgresql://127.0.0.1", "ledger_shape"),
    ],
)
def test_addresses_that_are_refused(url, code, tmp_path):
    with pytest.raises(UsageError) as caught, open_server_ledger(url, str(tmp_path)):
        pass
    assert caught.value.code == code
    assert "word" not in str(caught.value.params)


def test_a_wrong_password_is_not_repeated(ledger_address, monkeypatch, tmp_path):
    monkeypatch.setenv("PGPASSWORD", "a-secret-that-is-wrong")
    with (
        pytest.raises(ToolkitError) as caught,
        open_server_ledger(ledger_address, str(tmp_path)),
    ):
        pass
    assert caught.value.code == "ledger_unreachable"
    assert "secret" not in str(caught.value.params)
    assert "postgresql://127.0.0.1" in caught.value.params["place"]
