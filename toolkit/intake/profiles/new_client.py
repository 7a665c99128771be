"""A new client's folder, with a client.yaml that explains itself from the questions."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.errors import Problem, UsageError
from toolkit.intake.persons.customer_key import SALT_FILE
from toolkit.intake.profiles.edits import FILE as EDITS
from toolkit.intake.profiles.new_client_examples import examples
from toolkit.intake.profiles.profile import FILE
from toolkit.intake.profiles.profile_fields import FIELDS, client_id_fault, codes_of
from toolkit.method import Entry, Method, load_method
from toolkit.store import write_bytes, write_text
from toolkit.words import Words, words

REQUIRED = ("client_id", "company_name")
DEFAULTS = {"currency": "JPY", "timezone": "Asia/Tokyo", "fiscal_year_start": "4"}
EXAMPLE = {"as_of": "2026-04-01"}
ASKED_ABOVE = ("q.pla.model", "q.pla.stage")
SALT_BYTES = 32


def new_client(
    client_id: str, folder: Path, lang: str = "ja", method: Method | None = None
) -> Path:
    """Make ``folder/client_id``: client.yaml, edits.yaml, data/, mappings/ and a salt of its own.

    Raises:
        UsageError: the id cannot name a folder, or the folder is there already.
    """
    fault = client_id_fault(client_id)
    if fault is not None:
        raise UsageError(fault, [Problem(code=fault, value=client_id)], {"value": client_id})
    made = folder / client_id
    if made.exists():
        raise UsageError("client_exists", params={"folder": str(made)})
    content = method or load_method()
    for name in ("data", "mappings"):
        (made / name).mkdir(parents=True)
    write_bytes(made / SALT_FILE, secrets.token_hex(SALT_BYTES).encode())
    (made / SALT_FILE).chmod(0o600)
    write_text(made / FILE, blank_profile(client_id, content, lang))
    write_text(made / EDITS, blank_edits(content, lang))
    return made


def blank_edits(method: Method, lang: str) -> str:
    """The text of an edits.yaml that says how to write in it, all of it a comment."""
    book = words(method, lang)
    lines = book.text("client.edits").strip().splitlines()
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def blank_profile(client_id: str, method: Method, lang: str) -> str:
    """The text of a client.yaml in which everything but id and name is still a comment."""
    book = words(method, lang)
    lines = [
        f"# {book.text('client.file.intro')}",
        "",
        f"# {book.text('client.file.required')}",
        f"client_id: {client_id}",
        f'company_name: ""   # {book.text("client.field.company_name")}',
        "",
        f"# {book.text('client.file.profile')}",
        *(_field(name, method, book) for name in FIELDS if name not in REQUIRED),
        "",
        f"# {book.text('client.file.answers')}",
        f"# {book.text('client.file.answer_form')}",
        f"# {book.text('client.file.sheets')}",
        *(f"#   {line}" for line in examples(method, book)),
        "answers:",
        *_questions(method, book),
        "",
    ]
    for name in ("thresholds", "compliance", "suppress", "actions"):
        lines += [f"# {book.text(f'client.list.{name}')}", f"{name}:"]
        lines += _checks(method, book) if name == "compliance" else ()
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _checks(method: Method, book: Words) -> Iterator[str]:
    """The checks of the law, each still a comment."""
    for code in method.section("legal"):
        yield f"  # {code}:   # {_line(book.text(f'legal.{code}.check'))}"


def _field(name: str, method: Method, book: Words) -> str:
    codes = codes_of(name, method)
    about = book.text(f"client.field.{name}")
    if codes:
        listed = _coded(codes, _label_places(name), book)
        about = book.text("client.file.line", name=about, text=listed)
    value = DEFAULTS.get(name) or EXAMPLE.get(name) or (codes[0] if codes else "")
    return f"# {name}: {value}   # {about}"


def _label_places(name: str) -> str:
    return (
        f"questions.q.pla.{name}.choices" if name in ("model", "stage") else f"errors.field.{name}"
    )


def _coded(codes: Sequence[str], at: str, book: Words) -> str:
    """Codes with their labels: yes（はい） / no（いいえ）."""
    opening, closing = ("（", "）") if book.lang == "ja" else (" (", ")")
    return " / ".join(
        f"{code}{opening}{book.text(f'{at}.{code}')}{closing}" if book.has(f"{at}.{code}") else code
        for code in codes
    )


def _questions(method: Method, book: Words) -> Iterator[str]:
    questions = sorted(
        (entry for entry in method.section("questions").values() if entry.id not in ASKED_ABOVE),
        key=lambda entry: (not entry.get("key", False), entry["order"]),
    )
    heading = ""
    for entry in questions:
        part = (
            "client.file.key_questions" if entry.get("key") else f"common.module.{entry['module']}"
        )
        if part != heading:
            heading = part
            yield f"  # ── {book.text(part)} ──"
        yield from _question(entry, book)


def _question(entry: Entry, book: Words) -> Iterator[str]:
    name = f"questions.{entry.id}"
    yield "  #"
    yield f"  # {_line(book.text(f'{name}.text'))}"
    if book.has(f"{name}.why"):
        yield f"  #   {_about('why', book.text(f'{name}.why'), book)}"
    if book.has(f"{name}.hint"):
        yield f"  #   {_line(book.text(f'{name}.hint'))}"
    yield from (f"  #   {line}" for line in _how(entry, book))
    yield f"  # {entry.id}: {_form(entry)}".rstrip()


def _how(entry: Entry, book: Words) -> Iterator[str]:
    """What may be answered, a line for each kind of choice."""
    name = f"questions.{entry.id}"
    if entry["kind"] in ("map", "multi") and entry.get("items"):
        coded = _coded(entry["items"], f"{name}.items", book)
        yield _about("items", coded, book)
    if entry.get("open_items"):
        yield book.text("client.file.open_items")
    codes = entry.get("choices") or entry.get("codes")
    if codes:
        yield _about("choices", _coded(codes, f"{name}.choices", book), book)
    if "low" in entry and "high" in entry and entry["kind"] != "canvas":
        yield _about("range", f"{entry['low']} – {entry['high']}", book)
    if entry["kind"] in ("multi", "text", "canvas"):
        yield book.text(f"client.file.{'several' if entry['kind'] == 'multi' else entry['kind']}")


def _about(name: str, text: str, book: Words) -> str:
    return book.text("client.file.line", name=book.text(f"client.file.{name}"), text=_line(text))


def _form(entry: Entry) -> str:
    """The empty form of an answer, as YAML on one line."""
    kind = entry["kind"]
    if kind == "map":
        return "{ " + ", ".join(f"{item}: " for item in entry["items"]) + "}"
    if kind in ("multi", "canvas"):
        return "[]"
    return '""' if kind == "text" else ""


def _line(text: str) -> str:
    return " ".join(text.split())
