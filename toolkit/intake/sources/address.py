"""The address of a database in a mapping: its parts, without a password."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from toolkit.intake.files.paths import inner_pattern
from toolkit.intake.notes import shown
from toolkit.intake.sources.session import SourceFault

SERVER = "postgresql"
SCHEMES = (SERVER, "sqlite", "duckdb")
OPTIONS = ("sslmode", "sslrootcert", "channel_binding")
_SECRET_OPTION = re.compile(r"[?&][^=&]*(?:pass|pwd|secret|token|key)[^=&]*=", re.IGNORECASE)
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::([0-9]{1,5}))?")
LAST_PORT = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a database is.

    A server has ``host``, ``port`` (None: its usual one), ``user`` (None: that of the system) and
    ``database``; a database in a file has ``path``, relative to the client's folder.
    """

    scheme: str
    host: str = ""
    port: int | None = None
    user: str | None = None
    database: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    path: str = ""

    @property
    def identity(self) -> str:
        """The address as messages show it: neither user nor options."""
        if self.scheme != SERVER:
            return f"{self.scheme}:///{shown(self.path)}"
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}/{shown(self.database)}"


def parse_address(source: str) -> Address:
    """The parts of an address.

    Raises:
        SourceFault: not of a known form, a password in it, or a path that leads outside. Nothing
            that could be a password is in its params.
    """
    scheme, separator, rest = source.strip().partition("://")
    if _holds_secret(rest):
        raise _refused("source_secret")
    if not separator:
        raise _refused("source_shape")
    if scheme not in SCHEMES:
        near = difflib.get_close_matches(scheme.lower(), SCHEMES, n=1, cutoff=0.0)
        known = ", ".join(SCHEMES)
        raise _refused("source_scheme", {"given": shown(scheme), "near": near[0], "known": known})
    location, _, options = rest.partition("?")
    given = _options(options, OPTIONS if scheme == SERVER else ())
    return _server(location, given) if scheme == SERVER else _file(scheme, location)


def _refused(code: str, params: Mapping[str, str] | None = None) -> SourceFault:
    return SourceFault(code, "source", params)


def _holds_secret(rest: str) -> bool:
    """Whether there is a password before the host or among the options."""
    location, _, options = rest.partition("?")
    before_host = location.rpartition("@")[0]
    return ":" in before_host or _SECRET_OPTION.search(f"?{unquote(options)}") is not None


def _options(text: str, known: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for part in filter(None, text.split("&")):
        name, _, value = part.partition("=")
        if name not in known or (name == "sslrootcert" and value != "system"):
            names = ", ".join(known) or "—"
            raise _refused("source_parameter", {"given": shown(name), "known": names})
        given[name] = unquote(value)
    return given


def _server(location: str, options: Mapping[str, str]) -> Address:
    authority, _, name = location.partition("/")
    user, _, place = authority.rpartition("@")
    host = _HOST.fullmatch(place)
    port = int(host[2]) if host and host[2] else None
    texts = [unquote(user), unquote(name)]
    if host is None or not name or "/" in name or not all(map(str.isprintable, texts)):
        raise _refused("source_shape")
    if port is not None and not 0 < port <= LAST_PORT:
        raise _refused("source_shape")
    return Address(
        scheme=SERVER,
        host=host[1],
        port=port,
        user=texts[0] or None,
        database=texts[1],
        options=options,
    )


def _file(scheme: str, location: str) -> Address:
    if not location.startswith("/"):
        raise _refused("source_shape")
    path = inner_pattern(location[1:])
    if path is None:
        raise _refused("source_path")
    return Address(scheme=scheme, path=path)
