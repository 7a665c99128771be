"""Nothing of one client in anything of another, and nothing of a person in anything at all."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdf
import pypdf.generic
import pytest

pytestmark = pytest.mark.slow
FULL = bool(os.environ.get("TOOLKIT_TEST_FULL"))
LONG = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make faults")
"""More orders, engines and formats than every run needs."""
KANJI = "鼈鶺鴒鵯鶫鷁鸛鼯鼬鵤鵥鵠"
KANA = "ヰヱヲヂヅヮヵヶヴヸヹヺ"
PASSWORD = "pw-P99wJ-鱸"
ALL = "html,pdf,pptx,xlsx,csv,ipynb"


@dataclass(frozen=True, slots=True)
class Canary:
    """A client's own words, and those of its customers."""

    at: int

    @property
    def words(self) -> str:
        return f"{KANJI[self.at]}鱧鵺"

    @property
    def code(self) -> str:
        return f"Q{self.at:02d}zX"

    @property
    def persons(self) -> dict[str, str]:
        n = self.at
        return {
            "name": f"{KANJI[n]}鰆 麿子",
            "kana": f"{KANA[n]}ヌヌ マロコ",
            "phone": f"099-8{n:02d}7-7818",
            "mail": f"p{n:02d}wj@mail.example",
            "street": f"鯱鉾町{n + 3}丁目 P{n:02d}wJ館",
            "birthday": f"1931-02-{n + 1:02d}",
        }

    @property
    def private(self) -> list[str]:
        """What must be found nowhere, in the ways it may be written."""
        p = self.persons
        told = [p["name"], p["name"].replace(" ", ""), f"{KANJI[self.at]}鰆", f"P{self.at:02d}wJ"]
        told += [p["kana"], p["kana"].replace(" ", ""), f"{KANA[self.at]}ヌヌ"]
        told += [p["phone"], p["phone"].replace("-", ""), f"p{self.at:02d}wj", "鯱鉾町"]
        return [*told, p["birthday"], p["birthday"].replace("-", "/"), f"salt-{self.code}"]

    @property
    def public(self) -> list[str]:
        return [self.words, self.code]


def make(folder: Path, canary: Canary, *, broken: bool = False) -> None:
    """A small client that has words of its own wherever a client may have some."""
    w, c, p = canary.words, canary.code, canary.persons
    answers = {
        "q.pla.president_words": f"「{w}の話 {c}」",
        "q.val.promise": f"{w}を今日のうちに {c}",
        "q.sal.process": f"{w}に電話→{c}",
    }
    lines = [f"client_id: {folder.name}", f"company_name: {w}商店 {c}", "lang: ja", "answers:"]
    lines += [
        f"  {key}: {{value: {text}, by: {w}川, on: 2026-09-01, basis: said, evidence: {c}の帳面}}"
        for key, text in answers.items()
    ]
    edits = f"by: {w}川\non: 2026-09-02\n\nSAL015:\n  comment: {{ja: {w}に確かめる {c}, en: {c}}}\n"
    orders = [f"伝票{c},会員番号,注文者氏名,フリガナ,電話番号,メールアドレス,住所1,生年月日,"]
    orders[0] += "注文日,金額,商品名,備考"
    who = ",".join(p.values())
    for n in range(36):
        day = f"2026-{n % 8 + 1:02d}-{n % 27 + 1:02d}"
        row = f"{c}-{n},M{n % 5},{who},{day},{900 + 37 * n},{w}の佃煮{n % 3} {c},{w} {c}"
        orders.append(row)
    orders.append(f"{c}-bad,M1,{who},{w}の日,{c}円,{w},{c}")
    if broken:
        orders.append(f'{c}-open,"{who}')
    mapping = f'table = "orders"\nfile = "data/orders.csv"\n[columns]\norder_id = "伝票{c}"\n'
    mapping += (
        'customer_id = "会員番号"\norder_date = "注文日"\namount = "金額"\nproduct = "商品名"\n'
    )
    contacts = ["受付番号,日付,会員番号,氏名,種別,誰が,何を,どのように,対応者"]
    contacts += [
        f"{c}-T{n},2026-0{n + 1}-04,M1,{p['name']},苦情,本人,{w},{c},{w}川" for n in range(6)
    ]
    customers = "会員番号,氏名,電話番号,メールアドレス,生年月日,都道府県,初回購入日\n"
    customers += f"M1,{p['name']},{p['phone']},{p['mail']},{p['birthday']},東京都,2026-01-01\n"
    journey = f"番号,工程,側,担当,道具,方法,所要分\n1,{w}の受付,会社,{w}川,{c}台帳,手作業,12\n"
    texts = {
        "client.yaml": "\n".join(lines) + "\n",
        "edits.yaml": edits,
        ".salt": f"salt-{c}-P{canary.at:02d}wJ\n",
        "mappings/orders.toml": mapping,
        "data/orders.csv": "\n".join(orders) + "\n",
        "data/contacts.csv": "\n".join(contacts) + "\n",
        "data/customers.csv": customers,
        "data/journey.csv": journey,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


NAMES = {
    "rising": [f"a{n:02d}" for n in range(12)],
    "falling": [f"z{99 - n}" for n in range(12)],
    "mixed": [f"{'kcxbq'[n % 5]}{n * 7 % 12:02d}" for n in range(12)],
}


@dataclass(frozen=True, slots=True)
class Made:
    """A batch that has been run: whose folder is whose, all that it wrote and told."""

    base: Path
    owners: dict[str, Canary]
    told: bytes

    @property
    def out(self) -> Path:
        return self.base / "out"


def batch(base: Path, names: list[str], *arguments: str, broken: tuple[int, ...] = ()) -> Made:
    owners = {name: Canary(n) for n, name in enumerate(names)}
    for name, canary in owners.items():
        make(base / "clients" / name, canary, broken=canary.at in broken)
    places = {name: base / name.lower() for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", "CWD")}
    for place in places.values():
        place.mkdir(parents=True)
    command = [sys.executable, "-m", "toolkit", "batch", str(base / "clients")]
    command += ["--out", str(base / "out"), "--as-of", "2026-10-01", *arguments]
    done = subprocess.run(
        command,
        cwd=places.pop("CWD"),
        env={
            **os.environ,
            **{name: str(place) for name, place in places.items()},
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TOOLKIT_DB_PASSWORD": PASSWORD,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == (1 if broken else 0), (done.stdout + done.stderr).decode()
    return Made(base, owners, done.stdout + done.stderr)


@cache
def parts(path: Path) -> tuple[bytes, ...]:
    return tuple(_parts(path))


def _parts(path: Path) -> Iterator[bytes]:
    """What a file holds: as it lies there, unpacked, and as text."""
    raw = path.read_bytes()
    yield raw
    yield from _embedded(raw)
    if path.suffix == ".pdf":
        yield from _pdf(raw)
    elif zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as held:
            for name in held.namelist():
                yield name.encode()
                yield held.read(name)
                yield from _embedded(held.read(name))


def _pdf(raw: bytes) -> Iterator[bytes]:
    reader = pypdf.PdfReader(io.BytesIO(raw))
    for page in reader.pages:
        text = page.extract_text()
        yield text.encode()
        yield "".join(text.split()).encode()
    yield str(reader.metadata).encode()
    for number in range(1, int(reader.trailer["/Size"])):
        one = reader.get_object(number)
        if isinstance(one, pypdf.generic.StreamObject):
            yield one.get_data()


DATA = re.compile(rb"base64,([A-Za-z0-9+/=]{40,})|\"image/png\": \"([A-Za-z0-9+/=\\n]{40,})\"")
ESCAPED = re.compile(rb"\\u([0-9a-f]{4})|&#x?([0-9a-f]+);")


def _embedded(raw: bytes) -> Iterator[bytes]:
    """Pictures and fonts within a text, and the text with its escapes undone."""
    for found in DATA.finditer(raw):
        yield base64.b64decode((found[1] or found[2]).replace(b"\\n", b""))
    if b"\\u" in raw or b"&#" in raw:
        yield ESCAPED.sub(lambda m: _letter(m), raw)


def _letter(found: re.Match[bytes]) -> bytes:
    hexadecimal = found[1] is not None or found[0].startswith(b"&#x")
    code = int(found[1] or found[2], 16 if hexadecimal else 10)
    return chr(code).encode("utf-8", "replace") if code < 0x110000 else b""


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def found_in(path: Path, texts: list[str]) -> list[str]:
    """Which of the texts a file holds, in UTF-8 or UTF-16."""
    ways = {way: one for one in texts for way in (one.encode(), one.encode("utf-16-le"))}
    sought = re.compile(b"|".join(map(re.escape, sorted(ways, key=len, reverse=True))))
    return sorted({ways[found] for part in parts(path) for found in sought.findall(part)})


def check(made: Made) -> None:
    """The matrix: every file of every client for the words of every other."""
    reports = [made.out / name for name in made.owners if (made.out / name).is_dir()]
    assert reports
    leaks = []
    for folder in reports:
        own = made.owners[folder.name]
        others = [text for one in made.owners.values() if one != own for text in one.public]
        for path in files(folder):
            leaks += [(folder.name, path.name, text) for text in found_in(path, others)]
    assert leaks == []
    check_lists(made)
    check_persons(made)


def check_lists(made: Made) -> None:
    """A row of a list tells of its own client only."""
    for path in made.out.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        for row in re.findall(r"<tr[^>]*data-client-id=.*?</tr>", text, re.DOTALL):
            named = re.search(r'data-client-id="([^"]+)"', row)
            assert named
            others = [one for name, one in made.owners.items() if name != named[1]]
            assert not [t for one in others for t in one.public if t in row], path.name
    for path in made.out.glob("outcomes.csv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            inside = {one.at for one in made.owners.values() for t in one.public if t in line}
            assert len(inside) <= 1


def check_persons(made: Made) -> None:
    """Not in reports, lists, ledger, caches, temporary folders, nor on the screen."""
    private = [text for one in made.owners.values() for text in one.private]
    private += [PASSWORD, "P99wJ"]
    written = [path for path in files(made.base) if made.base / "clients" not in path.parents]
    assert any(path.parent.name == ".ledger" for path in written)
    leaks = [(str(path.relative_to(made.base)), found_in(path, private)) for path in written]
    assert [one for one in leaks if one[1]] == []
    assert not [text for text in private if text.encode() in made.told]
    assert not [str(path) for path in written for text in private if text in path.name]
    assert files(made.base / "tmpdir") == []


def shows(made: Made, endings: tuple[str, ...]) -> None:
    """The search finds what is there: each client's own words in each of its formats."""
    for name, own in made.owners.items():
        for ending in endings:
            held = [path for path in files(made.out / name) if path.name.endswith(ending)]
            assert any(found_in(path, own.public) for path in held), (name, ending)


@LONG
def test_twelve_clients_side_by_side(tmp_path):
    made = batch(
        tmp_path,
        NAMES["mixed"],
        *("--formats", "html,csv,ipynb", "--jobs", "2", "--engine", "warm"),
        broken=(4, 9),
    )
    check(made)
    failed = {name for name, one in made.owners.items() if one.at in (4, 9)}
    assert {n for n in made.owners if not (made.out / n / "report.html").is_file()} == failed
    assert all((made.out / name / "failure.json").is_file() for name in failed)


@LONG
def test_every_format_of_three(tmp_path):
    made = batch(tmp_path, NAMES["falling"][:3], "--formats", ALL, "--engine", "warm")
    check(made)
    shows(made, (".html", ".ipynb", ".json", ".csv", ".xlsx", ".pptx", ".pdf"))


@LONG
def test_one_worker_after_the_other_client(tmp_path):
    made = batch(
        tmp_path,
        NAMES["rising"][:4],
        *("--formats", "html,ipynb", "--engine", "spawn", "--jobs", "1"),
        broken=(1,),
    )
    check(made)


@pytest.mark.skipif(not FULL, reason="TOOLKIT_TEST_FULL is not set")
@pytest.mark.parametrize("order", NAMES)
@pytest.mark.parametrize(
    ("engine", "jobs", "many", "formats"),
    [
        ("warm", "1", 12, ALL),
        ("warm", "2", 12, ALL),
        ("spawn", "1", 12, ALL),
        ("spawn", "2", 12, ALL),
        ("nbclient", "2", 4, ALL),
    ],
)
def test_all_orders_engines_and_formats(tmp_path, order, engine, jobs, many, formats):
    made = batch(
        tmp_path,
        NAMES[order][:many],
        *("--formats", formats, "--engine", engine, "--jobs", jobs),
        broken=(3,),
    )
    check(made)
