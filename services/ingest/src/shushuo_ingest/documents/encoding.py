"""Bytes to text by what the bytes are: marks first, then whichever encoding makes Chinese of them.

Declarations (HTTP header, meta element) only break ties: pages that declare the wrong encoding are common.
"""

import codecs
import re
from collections.abc import Sequence

from shushuo_ingest.documents.common_words import COMMON
from shushuo_shared.errors import Poison

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65536
_HINT_BONUS = 0.05


def decode(data: bytes, *, hints: Sequence[str] = ()) -> str:
    """The text of the bytes, exactly; Poison when no encoding makes language of them."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name)
    if _is_utf8(data):
        return _strictly(data, "utf-8")
    best = max(_candidates(data, hints), key=lambda scored: scored[0], default=None)
    if best is None or best[0] <= 0.1:
        raise Poison("the bytes are text in no encoding known here (tried UTF-8, UTF-16, GB18030, Big5)")
    return _strictly(data, best[1])


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8; zero bytes mean UTF-16 written without a mark."""
    if b"\x00" in data[:_SAMPLE]:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as e:
        # One cut character at the very end is a truncated download, not another encoding.
        return e.start > 1000 and e.start >= len(data) - 3 and e.reason == "unexpected end of data"
    return True


def _candidates(data: bytes, hints: Sequence[str]) -> list[tuple[float, str]]:
    names = ["gb18030", "big5hkscs"]
    if len(data) % 2 == 0:
        names += ["utf-16-le", "utf-16-be"]
    hinted = {_known(hint) for hint in hints}
    scored = []
    for name in names:
        sample = codecs.getincrementaldecoder(name)("strict")
        try:
            text = sample.decode(data[:_SAMPLE], final=len(data) <= _SAMPLE)
        except UnicodeDecodeError:
            continue
        scored.append((likeness(text) + (_HINT_BONUS if name in hinted else 0.0), name))
    return scored


def _known(hint: str) -> str:
    """The candidate that a declared name means."""
    name = hint.strip().lower().replace("_", "-")
    aliases = {
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "gb-2312": "gb18030",
        "big5": "big5hkscs",
        "big5-hkscs": "big5hkscs",
    }
    return aliases.get(name, name)


def likeness(text: str) -> float:
    """How much the text is like Chinese: the share of common characters, marks and ASCII among all but spaces."""
    dense = re.sub(r"\s+", "", text)
    if not dense:
        return 0.0
    return sum(1 for char in dense if char in COMMON or "!" <= char <= "~") / len(dense)


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as e:
        if e.reason in ("unexpected end of data", "incomplete multibyte sequence", "truncated data"):
            raise Poison(f"the file is cut off: its last character is incomplete at byte {e.start}") from e
        raise Poison(f"the file is damaged: byte {e.start} is no {name} text") from e
