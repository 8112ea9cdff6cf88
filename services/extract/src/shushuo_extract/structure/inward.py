"""Self-criticism: the headings and the opening words by which a report turns to what its own work lacks."""

import re
import tomllib
from importlib.resources import files

from shushuo_extract.engine.literals import any_of

_TERMS = tomllib.loads(files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))["criticism"]
_LACKS, _WEAK, _FLAWS, _OURS = (any_of(_TERMS[key]) for key in ("lacks", "weak", "flaws", "ours"))
_STILL = r"(?:还|仍|依然|尚)"
_ALSO = r"(?:也|还|同时|同样|一并|并)"
_OWNS_UP = any_of(_TERMS["owns_up"])
_OTHERS = rf"(?![^，。；]{{0,14}}{any_of(_TERMS['others'])})"
_TELLER = r"(?:报告|白皮书|通报|会议|发布会|全会|院长|检察长|庭长|厅长|局长|主任|负责人|[他她])"
_STANDS = r"(?:工作中?|执法办案中|队伍建设)"

TITLE = re.compile(
    rf"{any_of(_TERMS['titles'])}"
    rf"|^[【（]?(?:[还仍尚也]有|正视|直面|看到|查找|自曝)?(?:哪些|什么|这些|的)?{_FLAWS}"
    rf"(?:[和与、 ]?{_FLAWS})?(?:在哪里?|有哪些|何在|清单)?[】）]?$"
)
TITLE_SIGNS: tuple[str, ...] = (*_TERMS["titles"], *_TERMS["flaws"])
SIGNS: tuple[str, ...] = tuple(_TERMS["signs"])

_OPENINGS = (
    r"(?:在)?(?:看到|肯定|总结|取得)[^。]{0,12}成绩的?同时",
    r"(?:但|但是|与此同时|同时)?，?(?:我们|也|必须)[^。，]{0,6}清醒(?:地)?(?:认识|看)到",
    r"(?:报告|会议)?(?:指出)?[，]?当前[^。]{0,20}还(?:存在|面临)",
    rf"(?:报告|白皮书|通报)(?:也|还|同时)?(?:指出|提到|坦言)，[^。；，]{{0,16}}(?:还|仍)(?:存在|有|面临)[^。；，]{{0,40}}{_LACKS}",
    rf"[^。；，]{{0,12}}(?:院|报告|白皮书)(?:也|还|同时|同样|坦诚)?(?:直面|正视|{any_of(_TERMS['unhidden'])})[^。；，]{{0,8}}{_LACKS}",
    rf"{_OTHERS}[^。；，：“”]{{0,20}}{_OWNS_UP}[^。]{{0,60}}?{_WEAK}",
    rf"{any_of(_TERMS['turns_to'])}[^，。；]{{0,8}}{_FLAWS}(?:时|所在)?，[^。；，]{{0,20}}(?:说|表示|指出|认为|告诉|没有|不|{_OWNS_UP})",
    rf"{_TELLER}{_ALSO}*{any_of(_TERMS['lays_open'])}了?(?!{any_of(_TERMS['of_others'])})[^，。；]{{0,6}}{_FLAWS}",
    rf"[^。；，]{{0,16}}[给为对][^。；，]{{0,10}}“?{any_of(_TERMS['finds_fault'])}”?",
    r"[^。；，]{0,16}自曝(?:短板|家丑|不足)",
    rf"{_OTHERS}[^。；，]{{0,16}}(?:同时|也|还)(?:提到|谈到|指出|提醒|表示|说)，(?=[^。]{{0,60}}{_OURS})[^。]{{0,60}}?{any_of(_TERMS['scarce'])}",
    rf"[^。；，]{{0,12}}(?:指出|认为|强调|提到)，[^。]{{0,40}}(?:仍|还|依然|仍然|还是)[是为有](?:明显|突出)?(?:的)?{_FLAWS}",
    rf"(?:但是?|不过|然而|同时|与此同时)，?(?:我们|该院|我院|本院)?(?:也|{_STILL})(?:存在|面临|有)[^。]{{0,20}}{_LACKS}",
    rf"(?:但是?|不过|同时|与此同时)?，?(?:我们)?也?应?[要当]看到，?[^。]{{0,30}}(?:{_LACKS}|严峻|压力|挑战)",
    rf"(?:虽然|尽管)[^。；，]{{2,20}}，但[^。；，]{{0,24}}{_STILL}[^。；，]{{0,6}}{_LACKS}",
    rf"对照[^。；，]{{2,30}}，[^。；，]{{0,14}}{_STILL}[^。；，]{{0,6}}(?:存在|有)[^。；，]{{0,10}}{_LACKS}",
    rf"[^。；，]{{0,8}}?{_STANDS}(?:也|还|同样){{1,2}}存在[^。]{{0,20}}{_LACKS}",
    rf"{any_of(_TERMS['own_work'])}*工作中?[^。；，：]{{0,4}}{_STILL}[^。；，：]{{0,4}}(?:存|有)[^。；，：]{{0,8}}{_FLAWS}",
    rf"{_FLAWS}(?:(?:也|{_STILL}|仍然|依旧|同样)(?:客观|很|十分|较为|比较)*)(?:存在|明显|突出|不少|不容忽视)",
    rf"[^。；，]{{0,12}}[与同距离][^。；，]{{2,20}}(?:期待|期盼|期望|要求|需求|目标|标准)[^。；，]{{0,4}}{_STILL}[^。；，]{{0,6}}(?:差距|距离)",
    rf"[^。；，]{{0,8}}?(?:工作中|我们的工作|法院工作|检察工作)[^。]{{0,14}}{_STILL}[^。]{{0,6}}(?:存在|面临|有)[^。]{{0,20}}{_LACKS}",
)
OPENING = re.compile(
    rf"回顾[^。，]{{0,16}}，(?:我们)?[^。，]{{0,6}}(?:还|仍)[^。，]{{0,4}}(?:存在|有)[^。]{{0,20}}{_LACKS}"
    rf"|(?:[^。；]{{0,24}}，)?(?:{'|'.join(_OPENINGS)})"
)
