"""The numbers that Word draws before paragraphs (一、 （二） 3. ④), which are nowhere in the text itself."""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "chineseLegalSimplified",
    }
)


class Numbering:
    """Counts the lists of one document; ``label`` must be called once for each paragraph, in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        if numbering is not None:
            self._learn(numbering)

    def _learn(self, numbering: Any) -> None:
        abstracts = {a.get(f"{W}abstractNumId"): a for a in numbering.iter(f"{W}abstractNum")}
        for num in numbering.iter(f"{W}num"):
            number, link = num.get(f"{W}numId"), num.find(f"{W}abstractNumId")
            abstract = abstracts.get(_val(link))
            if number is None or abstract is None:
                continue
            self._abstract[number] = _val(link)
            self._levels[number] = {int(level.get(f"{W}ilvl", "0")): level for level in abstract.iter(f"{W}lvl")}
            starts = {}
            for override in num.iter(f"{W}lvlOverride"):
                if (start := override.find(f"{W}startOverride")) is not None:
                    starts[int(override.get(f"{W}ilvl", "0"))] = int(_val(start) or 1)
            self._starts[number] = starts

    def label(self, paragraph: Any) -> str:
        """What Word draws before the paragraph; empty for a paragraph without number or with a mere bullet."""
        found = self._place(paragraph)
        if found is None:
            return ""
        number, depth = found
        levels = self._levels[number]
        counts = self._counts[self._abstract[number] if not self._starts[number] else number]
        counts[depth] = counts.get(depth, self._start(number, depth) - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        pattern = _val(levels[depth].find(f"{W}lvlText"))
        if _val(levels[depth].find(f"{W}numFmt")) in ("bullet", "none"):
            return ""

        def drawn(match: re.Match[str]) -> str:
            level = int(match.group(1)) - 1
            kind = _val(levels[level].find(f"{W}numFmt")) if level in levels else "decimal"
            return counted(counts.get(level, self._start(number, level)), kind)

        return re.sub(r"%(\d)", drawn, pattern)

    def _start(self, number: str, depth: int) -> int:
        level = self._levels[number].get(depth)
        start = _val(level.find(f"{W}start")) if level is not None else ""
        return self._starts[number].get(depth, int(start) if start.isdigit() else 1)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of the paragraph, its own or its style's."""
        properties = paragraph.find(f"{W}pPr")
        for _ in range(20):
            if properties is None:
                return None
            number = _val(properties.find(f"{W}numPr/{W}numId"))
            if number:
                depth = int(_val(properties.find(f"{W}numPr/{W}ilvl")) or 0)
                known = number in self._levels and depth in self._levels[number]
                return (number, depth) if known else None
            style = properties.find(f"{W}pStyle")
            if style is None:
                style = properties.getparent().find(f"{W}basedOn")
            parent = self._styles.get(_val(style))
            properties = parent.find(f"{W}pPr") if parent is not None else None
        return None


def _val(element: Any) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def counted(number: int, kind: str) -> str:
    """The number as the format writes it; in Arabic digits where the format is not known."""
    if kind.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return _FORMATS.get(kind, str)(number)


def chinese(number: int) -> str:
    """A number below 100 in Chinese characters, digit by digit above."""
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def roman(number: int) -> str:
    """A number in Roman capitals."""
    text = ""
    for value, letters in _ROMAN:
        text, number = text + letters * (number // value), number % value
    return text


def _letters(number: int) -> str:
    return chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(_CHINESE, chinese),
    "ideographTraditional": lambda n: _STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "decimalFullWidth": lambda n: "".join(chr(ord(digit) + 0xFEE0) for digit in str(n)),
    "decimalZero": lambda n: f"{n:02d}",
}
