"""How the key of a customer is read: an id as it is, an address or a number in its normal form."""

from __future__ import annotations

from toolkit.intake.cells import parse_id
from toolkit.intake.converting import Reader
from toolkit.intake.plain import plain_ids
from toolkit.intake.setting import Setting


def key_reader(header: str, setting: Setting) -> Reader:
    """The reader of a customer's key under a header of a file."""
    return Reader(type="id", parse=parse_id, plain=plain_ids)
