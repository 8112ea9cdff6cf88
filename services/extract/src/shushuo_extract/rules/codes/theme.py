"""What a report's field of law, or that of the court told of, leaves of a code that the words alone would have."""

import re
from functools import cached_property

from shushuo_extract.engine.types import Document

_FIELD = re.compile(
    r"(?:知识产权|环境资源|环资|生态环境|未成年人?|少年|家事|破产|金融|黑恶|扫黑|毒品|禁毒|电信网络诈骗|养老诈骗|职务犯罪|公益诉讼|劳动争议|消费者?|反垄断)"
    r"(?!法院|法庭|检察院)[^，。；\n]{0,12}(?:审判|检察|司法|保护|犯罪|案件|白皮书|状况|情况|发布会|未检)"
)
_ENFORCING = re.compile(r"(?<!审判)(?<!审判、)(?<!审判和)(?<!审)执行(?:工作|攻坚|专项|白皮书|质效|数据|情况)")
_OF_ALL_WORK = ("cases.", "criminal.", "civil.", "administrative.", "enforcement.", "quality.", "mediation.settlement")
_OF_ALL_PROSECUTION = ("procuratorate.arrest", "procuratorate.prosec", "procuratorate.protests")
_COURT = re.compile("(?P<special>(?:知识产权|海事|金融|互联网|铁路运输(?:中级)?)法院)|(?<=[一-龥])法院|[高中]院")
_MARITIME = "海事"
_TITLE, _REACH = 80, 200


class Theme:
    """What a report's title, and the courts that its sentences name, say about the codes that can fit its figures.

    In a report on one field bare counts are of that field, but all that a special court does is its whole work.
    """

    def __init__(self, doc: Document) -> None:
        self._view = doc.view
        title, line_end, _ = doc.view[:_TITLE].lstrip().partition("\n")
        is_title = bool(line_end) and not title.endswith(("。", "；", "："))
        self._narrow = is_title and _FIELD.search(title) is not None
        self._enforces = is_title and _ENFORCING.search(title) is not None

    def fit(self, code: str, indicator: str, offset: int) -> str | None:
        """The code of an indicator at an offset whose words alone would have ``code``, None where it is of a part."""
        if _MARITIME in indicator and self._is_maritime_part(indicator, offset):
            return None
        if self._narrow and code.startswith(_OF_ALL_WORK + _OF_ALL_PROSECUTION):
            return code if self._special(offset) else None
        return code.replace("cases.", "enforcement.", 1) if self._enforces else code

    def _is_maritime_part(self, indicator: str, offset: int) -> bool:
        """Whether maritime cases are a part: of another court's docket, or told beside administrative ones at sea."""
        beside = "各类" not in indicator and self._has_administrative_part
        return beside or self._special(offset) is False

    @cached_property
    def _has_administrative_part(self) -> bool:
        return f"{_MARITIME}行政" in self._view

    def _special(self, offset: int) -> bool | None:
        """Whether the court that the sentence names last before an offset is special; None where it names none."""
        lowest = max(0, offset - _REACH)
        since = max(lowest, self._view.rfind("。", lowest, offset), self._view.rfind("\n", lowest, offset))
        courts = list(_COURT.finditer(self._view, since, offset))
        return courts[-1]["special"] is not None if courts else None
