"""The headline a report stands under: the line of its head that is one, told from mastheads, bylines and body text."""

import re

_LONGEST = 60
_SHORTEST = 6
_FIRST_LINES = 6
_SEGMENTED = 40
_SEGMENT = 8
_HALF_LINE = 18
_NOT_TITLE = re.compile(
    r"通讯员|记者|来源|作者|编辑|责编|编者按|版式|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|20[0-9]{2}-[0-9]{2}-[0-9]{2}|各位代表|届人民代表大会"
    r"|(?:院长|检察长)(?!会议|座谈|会)|关注我们|点击|扫码|第[0-9]{1,2}版|会议文件|会议材料|内部资料|星期[一二三四五六日天]|^!\[|^图为|^[一二三四五六七八九十0-9]+[、.]"
    r"|^(?:[一二三四五近多]年来|今年以来|去年以来|20[0-9]{2}年(?:以来)?|近日|日前|当前|[0-9]{1,2}月[0-9]{1,2}日(?:上午|下午)?)，"
)
_ORGAN_ALONE = re.compile(r"[一-龥]{2,20}(?:法院|检察院)")
_REPORT_LINE = re.compile(r"[^，。；\n]{0,24}(?:报告|白皮书|公报|通报)(?:（[^）]{2,20}）)?")
_TELLING = re.compile("法院|检察|报告|司法")
_ENDS_PROSE = ("。", "；", "：", "，")

Lines = tuple[tuple[int, str], ...]


def choose(text: str, lines: Lines) -> str | None:
    """The headline in the text's own characters; None where the head has none. ``lines`` are of the view."""
    for at, (start, line) in enumerate(lines[:_FIRST_LINES]):
        if len(line) > _LONGEST or line.endswith(_ENDS_PROSE):
            return None
        if _NOT_TITLE.search(line):
            continue
        whole = _whole(text, lines, at)
        if whole or len(line) >= _SHORTEST:
            return whole or _segment(text[start : start + len(line)])
    return None


def _whole(text: str, lines: Lines, at: int) -> str | None:
    """A headline set on two lines: an organ above its 工作报告, or two halves above a sub-headline."""
    start, line = lines[at]
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or len(below[1]) > _LONGEST or below[1].endswith(_ENDS_PROSE):
        return None
    joined = _plain(text[start : start + len(line)]) + _plain(text[below[0] : below[0] + len(below[1])])
    if _ORGAN_ALONE.fullmatch(line):
        if _REPORT_LINE.fullmatch(below[1]):
            return joined
        usable = len(below[1]) >= _SHORTEST and not _NOT_TITLE.search(below[1]) and not _ORGAN_ALONE.fullmatch(below[1])
        return _plain(text[below[0] : below[0] + len(below[1])]) if usable else None
    after = lines[at + 2][1] if at + 2 < len(lines) else ""
    halves = max(len(line), len(below[1])) <= _HALF_LINE and below[0] == start + len(line) + 1
    return joined if halves and after.startswith("—") and " " not in line + below[1] else None


def _segment(title: str) -> str:
    """The headline proper of a poster that runs several headlines together: the last that tells what it is of."""
    parts = [part for part in title.split() if len(part) >= _SEGMENT]
    if len(title) < _SEGMENTED or len(parts) < 2:
        return _plain(title)
    return next((part for part in reversed(parts) if _TELLING.search(part)), parts[-1])


def _plain(words: str) -> str:
    return " ".join(words.split())
