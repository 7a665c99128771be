"""From bytes to text, strictly: the first encoding that fits, never a guess by frequency."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from toolkit.errors import InputError, Problem, UsageError

CANDIDATES = ("utf-8", "cp932", "euc_jp", "euc_jis_2004")
LOWEST_SHARE = 0.8
_NO_TEXT_FILES = ("unicode-escape", "raw-unicode-escape", "utf-7", "punycode", "idna", "undefined")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@B]|\([BJI]|\$\([DOPQ])")
_UNDECODED = re.compile("[\udc80-\udcff]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]")
_WIDE = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text and its encoding; where ``mixed``, undecodable bytes stand as surrogates."""

    text: str
    encoding: str
    mixed: bool = False

    @property
    def normalised(self) -> bool:
        """Whether the file was anything but UTF-8 without a BOM."""
        return self.encoding != "utf-8"


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Decode a file by BOM, ISO-2022-JP escape, utf-8, cp932, EUC, in this order.

    Where none decodes every line, the one that decodes at least 80 % of the lines is taken;
    the cells that do not decode are found by ``undecoded``.

    Raises:
        InputError: no encoding fits, or the file is no text.
        UsageError: the given encoding is not known.
    """
    if encoding is not None:
        _known(encoding)
    decoded = _whole(data, encoding) or _mostly(data, encoding)
    if decoded is None:
        code = "not_text" if _binary(data) else "undecodable"
        raise InputError("file_refused", [Problem(code=code, file=name)])
    zero = decoded.text.find("\0")
    if zero >= 0 or _binary(decoded.text[:4096].encode("utf-8", "surrogateescape")):
        line = decoded.text.count("\n", 0, zero) + 1 if zero >= 0 else None
        raise InputError("file_refused", [Problem(code="not_text", file=name, line=line)])
    return decoded


def undecoded(text: str) -> bool:
    """Whether a cell of a mixed file holds bytes that did not decode."""
    return _UNDECODED.search(text) is not None


def _known(encoding: str) -> None:
    try:
        known = codecs.lookup(encoding).name not in _NO_TEXT_FILES
        known = known and "a".encode(encoding).decode(encoding) == "a"
    except (LookupError, UnicodeError, ValueError):
        known = False
    if not known:
        raise UsageError("encoding_unknown", params={"encoding": encoding})


def _whole(data: bytes, encoding: str | None) -> Decoded | None:
    """The text if some encoding decodes every line of the file."""
    if encoding is not None:
        return _strict(data, encoding)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _strict(data, codec)
    if _ISO_2022_JP.search(data) and (found := _strict(data, "iso2022_jp_ext")):
        return Decoded(text=found.text, encoding="iso2022_jp")
    return _wide_without_bom(data) or _strict(data, "utf-8") or _legacy(data)


def _legacy(data: bytes) -> Decoded | None:
    """cp932 or EUC, unless the file is UTF-8 with a few lines in another encoding.

    UTF-8 often happens to decode as cp932, into nonsense; the reverse hardly ever happens, so
    a line that is Japanese in UTF-8 is UTF-8.
    """
    wide = [line for line in data.split(b"\n") if not line.isascii()]
    modern = sum(map(modern_japanese, wide))
    if modern >= LOWEST_SHARE * len(wide):
        return _by_line(data, "utf-8")
    fitting = [found for codec in CANDIDATES[1:] if (found := _strict(data, codec))]
    found = _likelier(fitting)
    return _by_line(data, found.encoding) if found and modern else found


def modern_japanese(line: bytes) -> bool:
    """Whether bytes are Japanese text in UTF-8."""
    found = _strict(line, "utf-8")
    return found is not None and _JAPANESE.search(found.text) is not None


def _by_line(data: bytes, codec: str) -> Decoded:
    """Each line in its encoding; one in another keeps its bytes as surrogates."""
    parts = []
    for line in data.split(b"\n"):
        foreign = codec != "utf-8" and modern_japanese(line)
        found = None if foreign else _strict(line, codec)
        parts.append(found.text if found else line.decode("ascii", "surrogateescape"))
    return Decoded(text="\n".join(parts), encoding=codec, mixed=True)


def _likelier(fitting: list[Decoded]) -> Decoded | None:
    """The first that fits; EUC text also decodes as cp932, into half-width kana only."""
    if not fitting:
        return None
    first = fitting[0]
    if first.encoding == "cp932" and len(fitting) > 1:
        kana = len(_HALF_KANA.findall(first.text))
        if kana * 2 > len(_WIDE.findall(first.text)):
            return fitting[1]
    return first


def _strict(data: bytes, codec: str) -> Decoded | None:
    try:
        return Decoded(text=data.decode(codec), encoding=codec)
    except UnicodeError:
        return None


def _wide_without_bom(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every second byte of ASCII separators and digits is zero."""
    head = data[:2000]
    for start, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[start::2]
        if len(head) >= 4 and half.count(0) * 2 > len(half) and not head[1 - start :: 2].count(0):
            return _strict(data, codec)
    return None


def _mostly(data: bytes, encoding: str | None) -> Decoded | None:
    lines = [line for line in data.split(b"\n") if line.strip()]
    best: tuple[float, str] | None = None
    for codec in (encoding,) if encoding else CANDIDATES:
        share = sum(_strict(line, codec) is not None for line in lines) / max(len(lines), 1)
        if share >= LOWEST_SHARE and (best is None or share > best[0]):
            best = (share, codec)
    if best is None or b"\x00" in data:
        return None
    return _by_line(data, best[1])


def _binary(data: bytes) -> bool:
    head = data[:4096].removesuffix(b"\x1a")  # end of file as DOS wrote it
    odd = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    return b"\x00" in head or odd * 50 > len(head)
