"""How the key of a customer is read: an id as it is, a mail or telephone in its normal form."""

from __future__ import annotations

from toolkit.intake.persons.normal_forms import key_form, load_forms
from toolkit.intake.rows.working import Working
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import Parsed, parse_id
from toolkit.intake.values.converting import Reader
from toolkit.intake.values.plain import plain_ids

NORMALISED = ("mail", "phone")
SEPARATOR = "\x1f"


def key_reader(header: str, work: Working, setting: Setting) -> Reader:
    """The reader of a customer's key under a header of a file.

    Mails and telephone numbers are in the form they have in every file. What is neither, under
    such a header, is an id of another kind; where other headers stand in, they are asked. Where
    several systems deliver orders, the ids of each are kept apart.
    """
    role = work.roles.role_at(work.position(header))
    if role in NORMALISED:
        forms = load_forms(setting.method)
        asked_further = len(work.sources["customer_id"].headers) > 1

        def parse_contact(text: str) -> Parsed:
            made = key_form(role, text, forms)
            if made is None:
                return (None, False) if asked_further else parse_id(text)
            return made, made != text

        return Reader(type="id", parse=parse_contact)
    system = work.mapping.system if work.mapping and setting.apart else None
    if system is None:
        return Reader(type="id", parse=parse_id, plain=plain_ids)

    def parse_apart(text: str) -> Parsed:
        made, changed = parse_id(text)
        return f"{system}{SEPARATOR}{made}", changed

    return Reader(type="id", parse=parse_apart)
