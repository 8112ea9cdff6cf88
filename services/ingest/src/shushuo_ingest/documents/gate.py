"""The gate for garbled text: what is not language is refused with its reason instead of being published."""

import re
import unicodedata

from shushuo_shared.errors import Poison

_MOJIBAKE = re.compile(r"锟斤拷|烫烫烫|屯屯屯|ï»¿|(?:[ÃÂ][\u0080-\u00bf]){2,}|(?:[äåæçèé][\u0080-\u00bf]{2}){2,}")
_SAMPLE = 200_000


def refuse_garbage(text: str) -> None:
    """Poison when the text is empty or more than a trace of it is replacement, private or control characters."""
    sample = text[:_SAMPLE]
    dense = re.sub(r"\s+", "", sample)
    if not dense:
        raise Poison("the document has no text")
    odd = sum(1 for char in dense if char == "\ufffd" or unicodedata.category(char) in ("Co", "Cc", "Cs", "Cn"))
    if odd / len(dense) > 0.01:
        raise Poison(f"the text is garbled: {odd} of {len(dense)} characters are no characters of any script")
    garbled = sum(len(found) for found in _MOJIBAKE.findall(dense))
    if garbled / len(dense) > 0.005:
        raise Poison("the text is garbled: it was decoded with the wrong encoding before it was published")
