"""One run a client in a folder of reports."""

from __future__ import annotations

import pytest

from toolkit.deliverables.options import Options
from toolkit.deliverables.run import report
from toolkit.errors import LockedError
from toolkit.lock import client_locked


def test_a_second_run_of_a_client_is_refused(client_of, tmp_path):
    out = tmp_path / "out"
    with client_locked(out, "aoyama"), pytest.raises(LockedError) as told:
        report(client_of("aoyama"), out, options=Options(formats=()))
    assert told.value.exit_code == 75
    assert not (out / "aoyama").exists()
    with client_locked(out, "aoyama"), client_locked(out, "other"):
        pass
