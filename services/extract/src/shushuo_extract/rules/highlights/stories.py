"""Cases told as a story: one case by its name or its parties, what was done for somebody in it, how fast."""

import re

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.types import Rule

from .cues import Cue, rule
from .endings import ends_well
from .vocabulary import entries, words

_NEAR, _REACH = 40, 120
_AVERAGE = re.compile("[平人]均[^，]*\\Z")
_SETS_OUT = re.compile("(?:要|赶|前|准备)[去往]")
_SOMEBODY = re.compile(r"某|该案|双方|老[\u4e00-\u9fff]|小[\u4e00-\u9fff](?:[，的和])")
_IN_PERSON = ("在检察官", "在法官", "在承办人", "在检察院", "在法院")
_FINDS = re.compile("认为|查明|辩称")
_GOES_ON = re.compile(r"，(?:依法|最终|成功)?(?:适用|判[赔令处]|认定|促成|推动|历时|[一二]审|法院|法官|检察[机官])")
_ONE_DISPUTE = re.compile(
    r"一[起件宗笔艘辆套名条台]|该案|[她他]的案|双方|某|握手言和|[拿领][回到]|兑付|拖欠[^，]{0,8}款[^，]{0,10}执行到位"
    r"|“[^”]{2,20}”[^，]{0,8}案|[助使让帮令]其|该(?:公司|企业|厂|店)|[送发交][到至][^，]{0,8}手[中里上]"
)
_SOMEONE = (
    rf"(?:{words('case', 'surnames')}某|(?<![\u4e00-\u9fff]{{2}}某)某(?:某|[\u4e00-\u9fff]{{0,8}}"
    r"(?:公司|集团|企业|酒店|银行|学校|医院|工厂|合作社|平台|店)))"
)
_SURNAMES = entries("case", "surnames")[0].strip("[]")
_FAME = re.compile(
    rf"[“某×等{_SURNAMES}](?:(?<=[某×])|(?<=“)[^”]{{2,}}”|(?<=等)(?:一批)?[^，]{{0,14}}(?:典型|重大|影响|关注|恶劣)"
    rf"|(?<=[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}(?:等(?:[0-9]*人)?)?{any_of(entries('case', 'matters'))})"
)  # one character first, which lets the search skip
_BY_NAME = f"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}{any_of(entries('case', 'matters'))}"
_NAMED_CASE = "“(?:[^”]{2,20}”[^，]{0,8}案|[^”]{2,24}案”)"
_FOR_SHOW = re.compile("，[^，]{0,14}(?:却|不料|谁知|岂料)")
_APPEALED = re.compile("[；，。]二审|上诉后")
_SUM = re.compile(
    "(?:赔偿|支付|返还|退还|赔付|补偿|给付|退款|退回)[^，；]{0,20}[0-9一二三四五六七八九十][0-9.]*[余多]?[万亿]?[余多]?美?元|[0-9][0-9.]*[万亿]?[余多]?元"
)
_AWARDED = re.compile(rf"，(?:依法|最终|终审|二审|一审)?(?:判令|判决|改判|判赔)[^，；]{{0,40}}?(?:{_SUM.pattern})")
_CASES_COUNTED = re.compile(r"案件?[0-9]|[0-9]+(?:余|多)?[件起宗]")
_MANY = re.compile("等[0-9]{2,}(?:余|多)?[名人]")
_HANDLING = "(?:办理|审理|执行|处理|调处|审查|监督|复查|侦办)"
_IN = f"(?:在{_HANDLING}?的?|{_HANDLING}的)"
_HANDLES = words("case", "handles")
_OWN = re.compile(words("context", "own") + "|干警")
_CAME_OF = re.compile(
    "(?:推动|促成|促使|督促)[^，；]{0,30}(?:整改|拆除|取缔|治理|修复|恢复|建立|出台|落实)|被(?:取缔|拆除)"
)
_SPARED = re.compile(
    r"[让使帮助][^，；]{0,20}(?:不受影响|重获[^，；]{1,4}|走出困境|渡过难关|如期[^，；]{2,6}|按期[^，；]{2,6}|得以[^，；]{2,10}|重返[^，；]{2,6}"
    r"|起死回生|恢复生产|复工复产)"
    r"|(?:企业|公司|[药饭工]厂|店)[^，；]{0,6}(?:恢复(?:生产|经营|正常)|复工|起死回生|走出困境|渡过难关|重获新生|转危为安)"
)


def _story(match: re.Match[str], name: str) -> Cue:
    return Cue(("case_story",), *match.span(), name, recognition=False)


def _case(match: re.Match[str], name: str) -> Cue | None:
    if not _FAME.search(match.group()) or _CASES_COUNTED.search(match.string, match.start(), match.endpos):
        return None
    return _story(match, name)


def _judged(match: re.Match[str], name: str) -> Cue | None:
    """One case that was closed, with the sum that the next clause says was awarded."""
    awarded = _AWARDED.match(match.string, match.endpos)
    return Cue(("case_story",), match.start(), awarded.end(), name, recognition=False) if awarded else None


def _counted_out(match: re.Match[str], name: str) -> Cue | None:
    return None if _CASES_COUNTED.search(match.string, match.start(), match.endpos) else _story(match, name)


def _handled(match: re.Match[str], name: str) -> Cue | None:
    """One case that was handled, not one that somebody sets out for, nor what one takes on average."""
    before = match.string[max(0, match.pos - _NEAR) : match.start()]
    return None if _SETS_OUT.search(before) or _AVERAGE.search(before) else _story(match, name)


def _helped(match: re.Match[str], name: str) -> Cue | None:
    """Somebody whom an organ helped, or, with a judge or prosecutor in person, what came of it."""
    text = match.string
    in_person = match.group().startswith(_IN_PERSON)
    return _story(match, name) if _SOMEBODY.search(text) or (in_person and ends_well(text, match.end())) else None


def _sued(match: re.Match[str], name: str) -> Cue | None:
    """One suit that says what it asks for."""
    return _story(match, name) if match.string.startswith("，请求", match.endpos) else None


def _told_case(match: re.Match[str], name: str) -> Cue | None:
    """A case by its name that the words go on with: in its clause, or, where that is only the name, in the next."""
    bare = match.group().endswith(("案", "”"))
    return None if bare and not _GOES_ON.match(match.string, match.endpos) else _story(match, name)


def _acted(match: re.Match[str], name: str) -> Cue | None:
    """What an organ did for or against one party, not how many such cases it had."""
    if _CASES_COUNTED.search(match.string, match.pos, match.endpos) or _MANY.search(
        match.string, match.pos, match.endpos
    ):
        return None
    return Cue(("case_story",), match.end("organ"), match.end(), name, recognition=False)


def _court_acts(match: re.Match[str]) -> int | None:
    """Where the clause begins that tells first what the court did for what is matched; None where none does."""
    text = match.string
    opening = max(text.rfind(mark, 0, match.start()) for mark in "；。：") + 1
    own = _OWN.search(text, max(opening, match.start() - _REACH), match.start())
    return max(opening, text.rfind("，", 0, own.start()) + 1) if own else None


def _received(match: re.Match[str], name: str) -> Cue | None:
    """Somebody's due, or a good end, with what the court did for it in the clauses before; no count of cases."""
    start = _court_acts(match)
    if (
        start is None
        or _FINDS.search(match.string, start, match.start())
        or match["who"].endswith(("代表", "委员"))
        or _CASES_COUNTED.search(match.string, start)
    ):
        return None
    return Cue(("case_story",), start, match.end(), name, recognition=False)


def _ruled(match: re.Match[str], name: str) -> Cue | None:
    """What a court ordered one party to pay or do, with a sum told; how many cases or persons is a figure."""
    text = match.string
    start = match.start()
    told = _SUM.search(text, start) and not _CASES_COUNTED.search(text, start) and not _APPEALED.search(text, start)
    return _story(match, name) if told else None


def _reconciled(match: re.Match[str], name: str) -> Cue | None:
    """Two sides that made peace, with the court's part in it that the clauses before it tell; no peace for show."""
    if _FOR_SHOW.search(match.string, match.end(), match.end() + _REACH):
        return None
    start = _court_acts(match)
    return Cue(("case_story",), match.start() if start is None else start, match.end(), name, recognition=False)


def _set_right(match: re.Match[str], name: str) -> Cue | None:
    """A problem of one place, with what came of taking it up."""
    return _story(match, name) if _CAME_OF.search(match.string, match.end()) else None


def _spared(match: re.Match[str], name: str) -> Cue | None:
    """A court that stepped in at once, and whom it spared what."""
    return _story(match, name) if _SPARED.search(match.string, match.end()) else None


def _speedy(match: re.Match[str], name: str) -> Cue | None:
    """One dispute settled within days, not an average."""
    near = match.string[max(0, match.pos - _NEAR) : match.endpos + _NEAR]
    if not _ONE_DISPUTE.search(near) or "平均" in near:
        return None
    start = _court_acts(match)
    return Cue(("case_story",), match.start() if start is None else start, match.end(), name, recognition=False)


CASES: tuple[Rule[Cue], ...] = (
    rule("handles the case of <name>", rf"{_HANDLES}[^，]{{0,60}}案", _case, besides=_FAME.pattern + "[^，案]{0,60}案"),
    rule("awards in <case>", r"[审办]结[^，0-9批起]{2,40}(?:[侵确]权|纠纷|合同|责任|秘密)案$", _judged),
    rule(
        "<case of name> is brought on",
        r"对[^，]{0,24}(?:某|“|一[起件宗])[^，]{0,40}案件?[^，]{0,6}(?:提起公诉|提[起出]抗诉|不起诉|公开宣判|公开开庭)",
        _counted_out,
        besides="对",
    ),
    rule("sues for <due>", r"提起了?[^，]{0,14}诉讼$", _sued),
    rule("handles one <case>", rf"{_HANDLES}[^，]{{0,10}}(?:一起|一件|一宗)[^，]{{4,40}}(?:案|纠纷)", _handled),
    rule(
        "one <case> ends",
        r"一[起件宗][^，]{4,40}案件?(?:判赔|判令|判决(?!书)|改判|达成|和解|宣判|开庭|执行到位|握手言和)",
        _counted_out,
        besides="案件?(?:判|改|达|和|宣|开|执|握)",
    ),
    rule("both sides make peace", r"(?:双方|两家|两人|兄弟|姐妹|父子|母子|夫妻|邻里)[^，]{0,24}握手言和", _reconciled),
    rule(
        "ends a <dispute> of years",
        rf"{_HANDLES}了?[^，]{{0,6}}(?:历时|长达|持续|拖了|时隔)[0-9一二三四五六七八九十数]{{1,3}}[余多]?年[^，]{{2,30}}(?:案|纠纷)",
        _counted_out,
        besides="年[^，]{2,30}(?:案|纠纷)",
    ),
    rule(
        "“<name>” case comes to trial",
        r"“[^”]{2,24}”[^，“0-9]{0,12}案件?(?:近日|已经?|陆续|先后|相继|依法|公开|集中|一审|二审|终审|、)*"
        r"(?:开庭审理|开庭|宣判|提起公诉)"
        r"|(?:“[^”]{2,24}”|案)等一批[^，]{0,14}案件?[^，]{0,8}(?:进入|宣判|开庭|审结|起诉|判决|告破|纠正|改判)",
        _story,
        besides="”[^，“0-9]{0,22}案|案等一批",
    ),
)
STORIES: tuple[Rule[Cue], ...] = (
    rule(
        "“<name>” case is told",
        r"(?<![^，；。：！？\x00])(?:其中)?在?"
        + _NAMED_CASE
        + r"(?:中|是|系|从|经|历时|用时|执行|一审|二审|达成|(?![一-龥]))",
        _told_case,
        besides=_NAMED_CASE,
    ),
    rule(
        "<organ> acts on <somebody>",
        rf"(?P<organ>法院|检察院|检察机关|[中高]院|法庭|法官|检察官)(?=[^，]{{0,60}}{words('case', 'acts')})"
        rf"[^，]{{0,36}}{_SOMEONE}",
        _acted,
    ),
    rule(
        "<somebody> gets <due> in the end",
        rf"(?P<who>[老小][一-龥]|{words('case', 'surnames')}(?:某某?|女士|先生|大爷|大妈|阿姨|师傅|老汉))"
        r"[^，]{0,8}[拿领收要讨][到回](?:了|拖欠|被[拖拿]欠|[^，]{0,12}的)*(?:全部|这笔)*"
        r"(?:执行案?款|赔偿[款金]|工[资钱]|货款|欠款|补偿[款金]|抚养费|救助金|血汗钱|养老钱)",
        _received,
        besides="款|资|钱|金|费",
    ),
    rule(
        "in the end <somebody> is well served",
        r"(?<![^，；。])最终[^，]{0,4}"
        rf"(?P<who>双方|两家|企业|公司|当事人|被执行人|孩子|老人|[老小][一-龥]|{words('case', 'surnames')}某)",
        _received,
    ),
    rule(
        "steps in at once and spares <somebody>",
        r"(?:法院|法庭|法官|检察院|检察机关|检察官|干警)[^，]{0,6}(?:第一时间|当即|立即|迅速|连夜|主动)[^，]{0,4}"
        r"(?:介入|上门|赶[赴到往]|联系|出击|启动|组织)",
        _spared,
    ),
    rule(
        "spares one <firm>",
        r"对(?:一[家户位名]|某)[^，]{2,20}(?:企业|公司|[工药饭]厂|店|合作社|户|业主|老人|女童|学生)[^，]{2,}",
        _spared,
    ),
    rule(
        "<court> rules against <somebody>",
        r"(?:法院|法庭)[^，]{0,8}?(?:认定|判决|判令)(?!书|结果|生效|执行|、)[^，]{0,12}?(?:公司|企业|银行|医院|学校|物业|单位|船[东方]|被告|其|某|对方|侵权|商家|平台|店|中心)[^，]*",
        _ruled,
        besides="认定|判决|判令",
    ),
    rule(
        "<court> sentences <somebody>",
        r"(?:法院|法庭)[^，]{0,8}?以[^，]{2,24}罪[^，]{0,4}(?:判处|对)(?:被告人|被执行人)?(?!上述|其中|其他|涉案|这些|被告)"
        r"[一-龥]{2,3}(?:等|有期|无期|死刑|拘役|判处|作出)",
        _story,
        besides="法[院庭][^，]{0,8}以",
    ),
    rule(
        "<somebody> is sentenced or pays",
        r"(?P<who>[一-龥]某某?)[^，]{0,14}(?:被(?:依法)?判处|结清|付清|还清|缴清)",
        _received,
        besides="某",
    ),
    rule("takes up <case> itself", r"直接立案(?:办理|侦查|调查|审查)?[^，]{4,40}案(?!件)", _story),
    rule(
        "within <days>",
        r"(?:用时)?(?:仅|只)(?:用时?|花)?了?[0-9一二三四五六七八九十两半几]+(?:余|多)?个?(?:天|日|小时|月|周|分钟)"
        r"|(?<![第十0-9])[0-9一二三四五六七八九十两半几]+个?(?:天|小时|分钟)就(?!能|可|[坏没死丢跑倒花])",
        _speedy,
    ),
    rule(
        "in one <case>",
        rf"{_IN}(?:一[起件宗桩][^，]{{0,40}}|“[^”]{{2,20}}”[^，]{{0,20}})(?:案|纠纷)件?(?:中|时|过程中)"
        rf"|{_HANDLING}了?一[起件宗桩][^，]{{1,40}}(?:案|纠纷)件?[中时后]",
        _story,
        besides=f"(?:{_IN}|{_HANDLING}了?)(?:一[起件宗桩]|“)",
    ),
    rule(
        "while handling <case>",
        rf"在{_HANDLING}[^，]{{0,40}}(?:某|（化名）|{_BY_NAME})[^，]{{0,30}}(?:案|纠纷)件?(?:中|时|过程中)",
        _story,
        besides=f"在{_HANDLING}",
    ),
    rule(
        "with the help of <organ>",
        r"在(?:检察机关|检察院|检察官|法院|法官|承办人)[^，]{0,8}(?:支持|帮助|监督|努力|调解|推动|协调|释法|引导|主持|劝说|见证|斡旋|撮合|牵线|陪同|督促|敦促)下",
        _helped,
        besides="在[检法承]",
    ),
    rule(
        "<lower organ> by <action> achieves <result>",
        r"(?:[\u4e00-\u9fff]{1,4}省)?[\u4e00-\u9fff]{1,4}[市县区旗州](?:人民)?(?:检察院|检察机关|法院)(?:通过(?:开展|办理|审理)|在(?:办案|履职)中发现)",
        _story,
        besides="院通过|关通过|在办案中|在履职中",
    ),
    rule(
        "<lower organ> sets <problem> right",
        r"[\u4e00-\u9fff]{1,4}[市县区旗州](?:人民)?(?:检察院|检察机关|法院)针对[^，]{4,40}(?:问题|现象|乱象|隐患|漏洞)$",
        _set_right,
        besides="[院关]针对",
    ),
)
