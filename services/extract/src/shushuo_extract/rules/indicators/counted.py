"""Figures that stand before what they count (38名法官) or inside a clause whose words they share."""

import re

from shushuo_extract.engine.literals import any_of

from .clauses import Slot
from .frame import Reading
from .place import ANDS, Place, leans
from .scenery import without_scene
from .vocabulary import ADVERBS, PEOPLE_WORDS, VERBS
from .words import ELLIPTIC_ONLY, clean, deeds_apart, is_verbal, strip_tail, thing_of, tidy, verb_of

_STOP = re.compile(
    r"(?:同比|环比|较|比|[升降增减](?=[至到])|上升|下降|增长|增加|减少|占|位居|位列|居|排名|名列|以上|以下|左右|不等|其中|后|时|起|内|，|、|和|及|与|并|而|共|计"
    r"|[↑↓+-]|大关|均|分别|约|达|为|是|以|至|到|由|未(?!成年)|没有|全部)"
)
_SUBJECT_END = re.compile(rf"(?:人均|年均|一年|当场|终于|如愿|{ADVERBS}|分别|全部|年内|全年|{VERBS})")
_WHITHER = re.compile(r"(?<=[一-龥]{2})(?:在|(?<![领拿收得讨要])到|赴|深入|前往)[^，]{0,12}$")
_AT_WORK = re.compile(rf"(?P<who>[^，]{{0,8}}(?:{PEOPLE_WORDS}))(?:(?P<post>担任|兼任)|在|到|赴|深入|前往)$")
_LEADING, _LED = re.compile(r"(?:居|列)(?:全[国省市])?$"), re.compile(r"(?<=..)之首$")
_NAMES = re.compile(r"(?<=[荣喜]获|获评|获得|入选)(?:“[^“”]*”、?)+$")
_BESIDE = re.compile(r"[一-龥》”](?:和|(?<!涉)及|与)(?:其?配套|附带|随附|相应)?的?$")
_FOLK_FIRST = re.compile(rf"[^，的]{{0,8}}?(?:{PEOPLE_WORDS})(?=[^，的]{{0,4}}的)")
_AGAIN = re.compile(r"(?:先后|前后|曾|又|也|还|再|多次|接连)$")
_TIMES = frozenset({"次", "趟", "回", "轮"})
_OWN_PEOPLE = re.compile(
    r"^(?:[^，]{0,8}?)(?:是|离不开|凝聚着?|饱含着?|浸透着?|承载着?|得益于|源自|源于|归功于|靠的是)(?=全|我|本|这)"
)
_OWNED = re.compile(r"(.*的)[^的]*、[^的]*$")
_WORTH = re.compile(r"(?:总价值|价值|总值|市值)$")
_PREPOSITION = re.compile(r"(?:仅|只|全)?(?:依)?靠$|^[在从]$|^(?:为|向|对|给|将|把|由|让|使|令)|(?<=助)(?:为|向|对)")
_FOLK = re.compile(rf"(?:{PEOPLE_WORDS}|人士|各界|队伍|力量)$")
_COORDINATED = re.compile(any_of(ANDS) + "$")
_PREDICATE = re.compile(VERBS + ".*")
_FOLLOWS_WORDS = frozenset({"元", "%", "百分点", "倍", "天", "年"})
_PHRASE = re.compile(
    r"(?:始终|牢牢|紧紧|紧扣|坚持以|认真贯彻|深入学习|全面贯彻|忠实履|以[^，]*为(?:指导|主线|引领|抓手)|在[^，]*(?:领导|指导|支持|监督|关心|帮助)下).*$"
)
_ALL_OF = ("全部", "全都", "均", "均已", "都", "都已", "已全部")
_AVERAGE = re.compile(  # each way begins with its letters, which lets the search skip
    "|".join(
        [
            *(f"{each}(?<=[官员警]{each}).*$" for each in ("年均", "月均", "人均", "平均")),
            *(f"{all_of}(?<=[一-龥]{{2}}{all_of})实现.*$" for all_of in _ALL_OF),
            *(f"{living}(?<=金{living})$" for living in ("生活", "度日", "维持生计")),
        ]
    )
)
_PAID = re.compile(  # 26万元拖欠多年的货款终于到账
    r"(?:[^，的]{1,10}(?:年|月|久|已|欠|骗|属于[^，的]{1,4})的)?(?P<sum>[^，的]{0,8}(?:款|金|费用?|工资|薪酬|欠薪|报酬|本息|损失|债务))"
    r"(?=的|通过|经过?|[在由从]|全部|全额|足额|如数|悉数|一次性|一分|终于|最终|已|便|就|都|陆续|随即|当天|当场|及时|顺利|很快|[打汇转发划送交退]|到[账了手位])"
)
_OWED = re.compile(r"(?:拖欠|欠付|欠|骗取|侵占|挪用)[^，]{0,8}(?:款|金|工资|薪酬|报酬|费|债务)$")
_SUM_ONLY = re.compile(
    r"(?:[一-龥]{2,6})?(?:奖金|赔偿款|执行款|工资|货款|案款|救助金|补偿款|赔偿金|报酬|抚养费|赡养费)"
)
_QUARRELLED = re.compile(
    r"的?(?P<over>[^，的]{0,8}(?:款|金|费用?|工资|薪酬|报酬|本息|损失|债务))(?:[发产]生|引发|而)?(?:争|纠纷|闹|各执|互不|打[起了]?官司|对簿)"
)
_HEADS = frozenset({"人", "名", "位", "户", "家"})
_OF_THEM = re.compile("中(?<=[标案件员果率院庭业户市县区镇村校]中)$")
_LASTED = re.compile("(?:历时|长达|持续|时隔)[近约]?$")
_LONG_CASE = re.compile("的(?P<what>[^，的]{2,20}?(?:案件|案|纠纷|争议|官司))")
_PLACED_AMONG = re.compile(r"(?:[位稳]?居|[位名并]列|排名?)(?:全[国省市县区州])?(?=[一-龥]{0,4}$)")
_RIVALS = re.compile(
    r"(?P<whom>[^，。0-9]{2,10}?)(?:中|的)?(?:第[一二三四五六七八九十0-9]|前[一二三四五六七八九十0-9列]|首位|之首|榜首)"
)
_AMONG, _PEERS = (
    re.compile("在全[国省市县区州]$"),
    re.compile("(?<=[一-龥]{2})中(?:[名位]列|位居|排名|居|排|率先|第|领先)"),
)
_WHERE_ONLY = re.compile("(?:全[国省市县区州])?")
_AMONG_THEM = re.compile(rf"(?P<whom>[^，]{{2,16}}?)中(?={VERBS}|[筛选梳查检发抽])")
_OPEN_ENDS = frozenset({"", "的"})
_TAKEN = re.compile(r"(?:骗取|诈骗|盗取|窃取|侵占|侵吞|敲诈|骗走)$")
_MOVED = re.compile(  # 将8万元案款交到当事人手中
    r"(?P<what>[^，]{2,12}?)(?:全部|全额|足额|如数|及时|当场|当庭|依法|一次性|分批|先行)*"
    r"(?P<deed>发放|支付|交付|返还|退还|发还|移交|划拨|拨付|转交|兑付|打入|转入|汇入|送到|交到)"
)
_LEAD_AMONG = re.compile(r"^(?:在|从)?(?P<whom>[^，]{2,16}?)(?:当中|之中|(?<![其年期程])中)$")
_EVERY = re.compile(r"凡是?(?P<whom>[^，]{2,24})$")
_RATED = ("服判", "息诉", "自动履行")
_OVER = ("为", "因", "就")
_TO = ("向", "为", "给")
_ORGANS = frozenset({"法院", "检察院", "法庭", "检察机关", "派出所"})
_LONGEST, _LONGEST_VICTIM = 40, 5


def governed(place: Place) -> str:
    """The words after a figure where it counts those (38名法官), "" where it counts those before (法官38名)."""
    after = _after(place)
    return after if after and (_tells_how_often(place) or _governs(place, after)) else ""


def _tells_how_often(place: Place) -> bool:
    """Whether a figure counts the deeds after it (先后三次前往现场)."""
    return place.unit in _TIMES and not place.slot.shared and _AGAIN.search(place.slot.before) is not None


def _governs(place: Place, after: str) -> bool:
    slot = place.slot
    to_people = place.unit in _HEADS and slot.before.endswith(_TO)
    if _STOP.match(after) or (slot.shared and slot.before and not to_people and is_verbal(after)):
        return False
    before = clean(slot.before)
    if not before or leans(slot.before) or slot.before.endswith("其中"):
        return True
    if place.unit in _FOLLOWS_WORDS:
        return _measures(place, before, after)
    if slot.loose or (slot.shared and after.endswith("率")):
        return False
    if not is_verbal(after):
        return True
    people = len(before) <= 4 and place.unit in _HEADS | {"人次"} and not is_verbal(before)
    return people or (not slot.shared and _FOLK.search(before) is not None)


def _measures(place: Place, before: str, after: str) -> bool:
    """Whether a sum or a share, which commonly follows its words, is one of the words after it (8万元的案款)."""
    if place.unit == "元" and _OWED.search(before):
        return False
    sum_only = place.unit == "元" and _SUM_ONLY.fullmatch(after)
    return bool(sum_only or place.slot.after.startswith("的") or _WORTH.search(place.slot.before))


def _after(place: Place) -> str:
    """The words after a figure; those after both where a pair (42类185万条信息) counts them."""
    slot, following = place.slot, place.following
    if not slot.after and slot.shared and following is not None and not following.shared:
        return following.after.removeprefix("的")
    return slot.after.removeprefix("的")


def counted(match: re.Match[str], place: Place) -> Reading | None:
    """What follows the figure, with the verb before it (择优遴选38名员额法官: 遴选员额法官)."""
    after = governed(place)
    if not after:
        return None
    slot = place.slot
    moved = _MOVED.match(after) if slot.before.endswith(("将", "把")) else None
    if moved:
        return Reading(moved["deed"] + moved["what"])
    apart = _own_people(place, after) or _told_apart(place, after)
    if apart:
        return apart
    summed = slot.before.endswith(ANDS) and slot.opener.endswith("等")
    before = _unlisted(place.said, slot.opener if summed else slot.before)
    if slot.shared and slot.after:
        after = _shared_noun(place, before, after)
    owed = _PAID.match(after) if place.unit == "元" else None
    after = owed["sum"] if owed else after
    before = clean(before[2:]) if before.startswith("针对") else "" if slot.before.endswith("对其中") else before
    before = _PREPOSITION.sub("", before) if place.unit in _HEADS or before.endswith(("在", "从", "靠")) else before
    text = before + tidy(_OF_THEM.sub("", strip_tail(_PHRASE.sub("", _AVERAGE.sub("", after[:_LONGEST])))))
    if slot.before.endswith("对") and not slot.shared and not _PREDICATE.search(after.rpartition("的")[2]):
        text += clean(slot.then[:_LONGEST])
    if place.unit in {"%", "", "成"} and (slot.after.startswith("的") or not before):
        text = _share_of(place, text)
    if ELLIPTIC_ONLY.match(text) and place.frame.thing:
        return Reading(place.frame.thing + text, alt=(text,))
    if slot.before[:1] == "在" and after[-1:] == "中":
        text = text.removeprefix("在")
    text = without_scene(text) if place.unit in _TIMES else text
    return Reading(text) if len(text) >= 2 else None


def _own_people(place: Place, after: str) -> Reading | None:
    """Those whose work something is said to be (这是全院112名干警的付出: 全院干警)."""
    before = place.slot.before
    own = _OWN_PEOPLE.match(before) if place.unit in _HEADS and "的" in after else None
    folk = _FOLK_FIRST.match(after) if own else None
    return Reading(before[own.end() :] + folk.group()) if own and folk else None


def _told_apart(place: Place, after: str) -> Reading | None:
    """What the words around a figure say only together: over what, taken from whom, how long, among which peers."""
    before = place.slot.before
    if (
        place.unit == "部门" and before.endswith("等") and after.startswith("就")
    ):  # who they are, not on what they spoke
        return Reading(before + place.unit)
    quarrelled = _QUARRELLED.match(place.slot.after) if before.endswith(_OVER) else None
    if quarrelled:
        return Reading(quarrelled["over"])
    robbed = place.unit == "元" and len(before) <= _LONGEST_VICTIM and _FOLK.search(before)
    taken = _TAKEN.search(place.slot.opener) if robbed else None
    if taken:
        return Reading(f"{taken[0]}{before}金额")
    lasted = _LONG_CASE.match(place.slot.after) if _LASTED.search(before) else None
    if lasted:
        return Reading(lasted["what"] + "历时", kind="measure")
    placed = _PLACED_AMONG.search(before) if "居" in before or "列" in before or "排" in before else None
    rivals = _RIVALS.match(after) if placed else None
    if placed and rivals:
        return Reading(before[placed.end() :] + rivals["whom"])
    led = _LED.search(after) if _LEADING.search(before) else None
    peers = led or (_PEERS.search(after) if _AMONG.search(before) else None)
    return Reading(after[: peers.start()]) if peers else None


def _unlisted(before: str, said: str) -> str:
    """The words before a figure without the examples that it sums up (获取被执行人的存款、车辆等25项信息)."""
    before = _NAMES.sub("", _WORTH.sub("", before))
    if _BESIDE.search(said) and verb_of(before):
        return verb_of(before)
    if not said.endswith("等") and not (len(before) > 12 and "、" in before):
        return before
    owned = _OWNED.match(before)
    return owned[1] if owned else verb_of(before)


def _of_counted(place: Place) -> str:
    """What was just counted where the clause of that goes on to tell of a share (在1200件案件中，有97%…)."""
    before = place.slots[place.at - 1] if place.at and place.slot.joint == "，" else None
    last = place.frame.last
    return thing_of(last.text.removeprefix("在")) if before and last and before.after.endswith("中") else ""


def _share_of(place: Place, text: str) -> str:
    """A share, of all those whom the clause before names (凡申请调解的案件，100%在线调解), or the rate it is."""
    slot = place.slot
    all_such = _EVERY.match(slot.lead[-1]) if slot.lead and slot.joint == "，" else None
    among = _LEAD_AMONG.match(slot.lead[-1]) if slot.lead and slot.joint == "，" and not all_such else None
    of_counted = _of_counted(place) if not slot.lead else ""
    text = (clean(all_such["whom"]) if all_such else clean(among["whom"]) if among else of_counted) + text
    if text.endswith(("率", "占比")):
        return text
    return text + ("率" if text.endswith(_RATED) else "占比")


def _deed_of(at_work: re.Match[str], following: Slot) -> str:
    """What those do whose place of work, or office, the next figure counts (9名法官在8所学校担任辅导员)."""
    if at_work["post"]:
        return at_work["post"] + following.after
    deed = _PREDICATE.search(following.after)
    return deed.group() if deed else ""


def _shared_noun(place: Place, before: str, after: str) -> str:
    """The noun that is counted where the words up to the next figure serve that one, too."""
    after, _ = deeds_apart(after)
    coordinated = _COORDINATED.search(after)
    if coordinated:
        alone = (
            place.following is not None and not place.slot.before.endswith("从") and not _PREPOSITION.sub("", before)
        )
        predicate = _PREDICATE.search(place.following.after) if alone and place.following else None
        return after[: coordinated.start()] + (predicate.group() if predicate else "")
    at_work = None if before else _AT_WORK.match(after)
    if at_work and place.following is not None:
        return _deed_of(at_work, place.following) + at_work["who"]
    if after.endswith("的") and place.following is not None and place.following.after[:1] not in _OPEN_ENDS:
        return clean(after[:-1]) + place.following.after
    some = place.unit in _HEADS and place.slot.before.endswith("等")
    if (before or not _WHERE_ONLY.fullmatch(place.slot.before)) and not some:
        opens = place.slot.opener if place.slot.before.endswith(ANDS) else place.slot.before
        among = _AMONG_THEM.match(after) if opens.endswith(("从", "在")) else None
        return among["whom"] if among else _WHITHER.sub("", after)
    end = _SUBJECT_END.search(after, 2)
    if end is None:
        return after
    place.frame.subject = who = after[: end.start()]
    return f"{after[end.start() :]}的{who}" if who in _ORGANS else who
