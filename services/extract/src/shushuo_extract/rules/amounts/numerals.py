"""Numerals, Arabic, Chinese and mixed, to exact numbers: whole ones, or decimals where they have a point."""

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_PART = re.compile(r"[0-9]+(?:\.[0-9]+)?|.")
_SPREAD = re.compile(r"([一二三四五六七八两])([二三四五六七八九])(?=[十百千万亿]|$)")
_FOUR_PLACES = Decimal("0.0001")

Number = int | Decimal


def value(numeral: str) -> Number | None:
    """The value of a numeral such as 5.19亿, 三万 or 1亿2000万; None for a row of digits, which names something."""
    if numeral.isdecimal():
        return int(numeral)
    if "," in numeral or " " in numeral:
        numeral = numeral.replace(",", "").replace(" ", "")
    if numeral.isascii():
        return Decimal(numeral)
    if numeral in DIGITS:
        return DIGITS[numeral]
    head, scale = numeral[:-1], _BIG.get(numeral[-1])
    if scale and head and head.isascii():  # 5.19亿
        return _arabic(head) * scale
    return _with_point(numeral) if "点" in numeral else _composed(numeral)


def _arabic(numeral: str) -> Number:
    return int(numeral) if numeral.isdecimal() else Decimal(numeral)


def _composed(numeral: str) -> Number | None:
    total: Number = 0
    section: Number = 0
    number: Number | None = None
    row = 0
    for part in _PART.findall(numeral):
        if part in DIGITS:
            number = DIGITS[part]
            row += number > 0
            if row > 1:
                return None
        elif part in _SMALL:
            section += (1 if number is None else number) * _SMALL[part]
            number, row = None, 0
        elif part in _BIG:
            section += number or 0
            number, row = None, 0
            base = total + section if part == "亿" else section
            total = (0 if part == "亿" else total) + (base or 1) * _BIG[part]
            section = 0
        else:
            number = _arabic(part)
    return total + section + (number or 0)


def _with_point(numeral: str) -> Number | None:
    """百分之三点五: the digits after 点 are read one by one."""
    whole, _, rest = numeral.partition("点")
    integer = _composed(whole)
    if integer is None or not rest or any(c not in DIGITS for c in rest):
        return None
    return integer + Decimal("0." + "".join(str(DIGITS[c]) for c in rest))


def lower_of_spread(numeral: str) -> str | None:
    """The lower numeral of a spread such as 五六 or 三四十, None where it is no spread."""
    match = _SPREAD.search(numeral)
    if match is None:
        return None
    low, high = DIGITS[match.group(1)], DIGITS[match.group(2)]
    if high - low != 1 and (low, high) != (3, 5):
        return None
    return numeral[: match.end(1)] + numeral[match.end() :]


def fraction(numerator: Number, denominator: Number) -> Decimal | None:
    """A fraction to four decimals, exact where it ends sooner."""
    if not denominator:
        return None
    return (Decimal(numerator) / denominator).quantize(_FOUR_PLACES)


def plain(number: Number) -> str:
    """The decimal string of a value, without exponent and without idle zeros."""
    if isinstance(number, int):
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
