"""What a mapping may say about a database, and what is refused before anything is opened."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import Formatter

import pytest

import toolkit.intake
from toolkit.errors import InputError
from toolkit.intake.sources.address import parse_address
from toolkit.intake.sources.query import first_word, statements
from toolkit.intake.sources.source import query_table, source_faults, source_identity
from toolkit.method import load_method
from toolkit.words import Words, error_text, problem_text

GOOD = "sqlite:///data/shop.db"
PASSWORDS = [
    "postgresql://reader:hunter2@db.example.com/shop",
    "postgresql://reader:hun/hunter2@db.example.com/shop",
    "postgresql://reader:hunter2#x@db.example.com/shop",
    "postgresql://:hunter2@db.example.com/shop",
    "postgresql://reader@db.example.com/shop?password=hunter2",
    "postgresql://reader@db.example.com/shop?sslmode=require&p%61ssword=hunter2",
    "postgresql://reader@db.example.com/shop?sslpassword=hunter2",
    "postgresql://reader@db.example.com/shop?passfile=hunter2",
    "postgresql://reader@db.example.com/shop?sslkey=hunter2",
    "mysql://reader:hunter2@db.example.com/shop",
    "sqlite:///data/shop.db?key=hunter2",
]


def codes(source: str, query: str | None = "SELECT 1") -> list[tuple[str, str | None]]:
    return [(problem.code, problem.key) for problem in source_faults(source, query, "m.toml")]


@pytest.mark.parametrize(
    "source",
    [
        GOOD,
        "sqlite:///data/売上 2026.db",
        "duckdb:///shop.duckdb",
        r"duckdb:///data\shop.duckdb",
        "postgresql://reader@db.example.com:5432/shop",
        "postgresql://db.example.com/shop",
        "postgresql://reader@[::1]:5433/shop",
        "postgresql://reader@db.example.com/shop?sslmode=verify-full&sslrootcert=system",
    ],
)
def test_addresses_that_can_be_used(source: str) -> None:
    assert codes(source) == []


@pytest.mark.parametrize(
    ("source", "code"),
    [
        *((source, "source_secret") for source in PASSWORDS),
        ("postgres://reader@db.example.com/shop", "source_scheme"),
        ("mysql://reader@db.example.com/shop", "source_scheme"),
        ("host=db.example.com password=hunter2", "source_shape"),
        ("data/shop.db", "source_shape"),
        ("", "source_shape"),
        ("sqlite://data/shop.db", "source_shape"),
        ("postgresql://reader@db.example.com", "source_shape"),
        ("postgresql://reader@db.example.com/", "source_shape"),
        ("postgresql:///shop", "source_shape"),
        ("postgresql://reader@db.example.com:0/shop", "source_shape"),
        ("postgresql://reader@db.example.com:65536/shop", "source_shape"),
        ("postgresql://reader@db.example.com:5432,db2.example.com/shop", "source_shape"),
        ("postgresql://reader@db.example.com/shop/more", "source_shape"),
        ("postgresql://reader@db.example.com/sh%00op", "source_shape"),
        ("postgresql://reader@db.example.com/shop?options=-csearch_path%3Dx", "source_parameter"),
        ("postgresql://reader@db.example.com/shop?service=shop", "source_parameter"),
        ("postgresql://reader@db.example.com/shop?sslrootcert=/etc/ssl/x", "source_parameter"),
        ("sqlite:///data/shop.db?mode=rw", "source_parameter"),
        ("sqlite:////data/shop.db", "source_path"),
        ("sqlite:///../shop.db", "source_path"),
        (r"sqlite:///data\..\..\shop.db", "source_path"),
        ("duckdb:///C:/data/shop.duckdb", "source_path"),
        ("duckdb:///", "source_path"),
    ],
)
def test_addresses_that_are_refused(source: str, code: str) -> None:
    assert codes(source) == [(code, "source")]


@pytest.mark.parametrize("source", [*PASSWORDS, "host=db.example.com password=hunter2"])
def test_a_password_is_never_shown(source: str, tmp_path: Path, book: Words) -> None:
    with pytest.raises(InputError) as caught:
        query_table(source, "SELECT 1", tmp_path, "m.toml")
    told = f"{caught.value!r} {error_text(caught.value, book)} {source_identity(source)}"
    assert "hunter2" not in told


def test_an_unknown_kind_names_the_nearest() -> None:
    (problem,) = source_faults("postgres://db.example.com/shop", "SELECT 1", "m.toml")
    assert (problem.file, problem.params["given"]) == ("m.toml", "postgres")
    assert problem.params["near"] == "postgresql"


def test_both_entries_are_checked() -> None:
    assert codes("sqlite:////shop.db", None) == [
        ("source_path", "source"),
        ("source_query_missing", "query"),
    ]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (None, "source_query_missing"),
        (" -- nothing\n ; /* at all */", "source_query_missing"),
        ("SELECT 1; DROP TABLE t", "source_query_several"),
        ("SELECT '\\'; DROP TABLE t; --'", "source_query_several"),
        ("SELECT 1 /* ; */ ; SELECT 2", "source_query_several"),
        ("DELETE FROM t", "source_query_kind"),
        ("COPY t TO '/tmp/x'", "source_query_kind"),
        ("PRAGMA table_info(t)", "source_query_kind"),
        ("EXPLAIN ANALYZE DELETE FROM t", "source_query_kind"),
        ("FROM t", "source_query_kind"),
        ("'SELECT'", "source_query_kind"),
        ("SELECT 1\0", "source_query_kind"),
    ],
)
def test_queries_that_are_refused(query: str | None, code: str) -> None:
    assert codes(GOOD, query) == [(code, "query")]


@pytest.mark.parametrize(
    "query",
    [
        "select * from t;",
        "-- orders; all\n(SELECT 1) UNION (SELECT 2) ;; -- end",
        "WITH x AS (SELECT ';') SELECT * FROM x",
        "VALUES (1), (2)",
        "TABLE orders",
        "SELECT $$ ; $$, $a$ ; $b$ ; $a$, E'\\'; ', \"a;b\" FROM t",
        "SELECT 'it''s; fine'",
    ],
)
def test_queries_that_read(query: str) -> None:
    assert codes(GOOD, query) == []


def test_a_statement_keeps_its_text() -> None:
    assert statements("SELECT 1 -- a;b\n, 2; ") == ["SELECT 1 -- a;b\n, 2"]
    assert first_word("/* DELETE */ ( VALUES (1))") == "VALUES"


@pytest.mark.parametrize(
    ("source", "identity"),
    [
        (
            "postgresql://reader@db.example.com:5432/sh%6Fp?sslmode=require",
            "postgresql://db.example.com:5432/shop",
        ),
        ("postgresql://reader@[::1]/shop", "postgresql://[::1]/shop"),
        (r"sqlite:///data\shop.db", "sqlite:///data/shop.db"),
        ("postgresql://reader:hunter2@db.example.com/shop", "postgresql"),
        ("hunter2://x", ""),
    ],
)
def test_identity_has_neither_user_nor_options(source: str, identity: str) -> None:
    assert source_identity(source) == identity


def test_parts_of_an_address() -> None:
    parts = parse_address("postgresql://r%40x@db.example.com/shop?sslmode=require")
    assert (parts.user, parts.port, parts.options) == ("r@x", None, {"sslmode": "require"})


def test_without_the_driver_the_fix_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Words
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError) as caught:
        query_table("postgresql://db.example.com/shop", "SELECT 1", tmp_path, "m.toml")
    (problem,) = caught.value.problems
    assert problem.code == "source_driver"
    assert "business-system-toolkit[postgresql]" in problem_text(problem, book)[1]


FOLDER = Path(next(iter(toolkit.intake.__path__)))
CODES = sorted(
    {
        code
        for path in (FOLDER / "sources").glob("*.py")
        for code in re.findall(r'"(source_[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
)


def test_codes_are_found_in_the_source() -> None:
    assert {"source_secret", "source_dropped", "source_in_use", "source_unread"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_its_words_with_equal_placeholders(code: str) -> None:
    languages = load_method().words
    for part in ("message", "fix"):
        texts = [languages[lang][f"errors.{code}.{part}"] for lang in ("ja", "en")]
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts]
        assert names[0] == names[1]


@pytest.fixture(params=["ja", "en"])
def book(request: pytest.FixtureRequest) -> Words:
    return Words(lang=request.param, table=load_method().words[request.param])
