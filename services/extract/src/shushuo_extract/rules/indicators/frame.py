"""What the clauses before have said, so that a later one may leave it out."""

import re
from functools import partial
from typing import Literal

from msgspec import field
from msgspec.structs import replace

from shushuo_extract.engine.literals import any_of
from shushuo_extract.engine.records import Draft, Record

from .clauses import Slot, is_bare
from .pointing import spelt
from .vocabulary import ELLIPTIC, TERMS, VERBS, WIDE
from .words import clean, deed_and_thing, shorten, thing_of, verb_of

_CASES = re.compile(rf"{any_of(TERMS['case_nouns'])}(?:案件|数)?$")
_NO_THING = ("立案", "撤案", "结案", "办案", "收案")
_ASIDE = re.compile(
    r"^(?:在|对|针对|围绕|聚焦|紧盯|依托|通过|结合|随着)?(?P<what>.+?)(?:的同时|过程中|工作中|方面|领域)?$"
)
_ELLIPTIC_ENDINGS = frozenset("数").union(word[-1] for word in TERMS["elliptic"])
_LABEL = re.compile(rf"(?P<thing>.*(?:案件|纠纷|公益诉讼)){ELLIPTIC}数?$")
_BRANCH = re.compile(
    r"^.{0,4}?(?P<branch>刑事|民商事|民事|商事|行政|执行|公益诉讼(?=$|检察))(?:案件)?(?:审判|审执|检察(?<=诉讼检察)|工作)?(?:工作|方面|条线)?$"
)
_HELPED = re.compile(
    r"(?:惠及|救助|帮助|资助|帮扶|抚慰)(?:了)?(?=[^，]{0,10}(?:当事人|被害人|申请执行人|申请人|群众|家庭|对象)$)"
)
_ANY_CASES = re.compile(rf"(?P<deed>{VERBS})案件")
_REACHED = re.compile(
    r"惠及(?:(?:困难|涉案|特困|涉诉|经济困难)*(?:群众|家庭|当事人|被害人|对象))?|(?:困难|涉案|特困)*(?:群众|家庭|当事人|被害人)?(?:受益|受惠)"
)
_RELIEVED = re.compile("司法救助|因案[^，]{0,8}[困贫]")
_DEALS = frozenset({"新收", "受理", "收案", "立案", "审结", "办结", "结案", "执结", "审执结"})
_RELIEFS = ("救助金", "诉讼费", "诉讼费用", "案件受理费")
_NONE = re.compile(r"(?:^|[年院]|连续)(?:无|没有|未发生|未出现|杜绝)")
_BRANCH_WORD = re.compile(r"民事|行政|刑事")
_AGAINST = re.compile(r"(?:惩治|打击|严惩|惩处|整治)(?P<what>[^，“”]{2,20})$")
_PUNISHED = (
    r"(?:保持|坚持|始终|一律|依法|持续|继续|坚决|从来)*(?:穷追|毫不|从不|决不|绝不|不手软|不放过|不姑息|从[严重快]|严[惩厉打查]|重拳|出重拳|重点打击|“?零容忍|露头就打"
    r"|高压|亮剑|下重手|一查到底|精准打击|坚决打击|打早打小|打防并举|全链条|说“?不|常抓不懈|紧盯不放)"
)
_GUILT = (
    r"(?:犯罪|案件|纠纷|诈骗|暴力|罪|走私|传销|集资|欺诈|盗窃|洗钱|黑恶|腐败|欠薪|赌博|毒品|侵权|造假|乱象"
    r"|违法行为|违法活动|醉驾)"
)
_AIMED = re.compile(
    rf"(?:^|[院关])(?:(?:对|针对)(?P<at>[^，“”]{{2,24}}?){_PUNISHED}|[向同](?P<foe>[^，]{{2,16}}?)(?:宣战|亮剑|说不|开刀|亮出)"
    r"|[把将]“?(?P<target>[^，”]{2,16}?)”?(?:作为|列为|纳入|摆在)[^，]{0,6}(?:重点|打击|首位|突出)"
    rf"|(?:面对|聚焦|紧盯|瞄准|围绕|针对|严防|剑指)(?:[^，]{{0,8}}(?:高发|多发|频发|突出|上升|新型)的)?"
    rf"(?P<theme>[^，“”]{{0,16}}{_GUILT})[^，]{{0,8}}$)"
)
_LONG_THING, _MEMORY = 24, 12
_PLACED = re.compile(r"(?:连续[^，]{1,3}年)?(?:位?居|位列|排名?|名列)[^，]{0,10}(?:首位|第[^，]{1,3}|前列|之首)$")
_NO_TOPIC = re.compile(r"[“‘把将]|品牌|平台|机制")
_RISE = re.compile(
    r"(?:(?<=案件)|(?<=纠纷)|(?<=犯罪))(?:受[^，]{2,14}影响)?(?:数量|数|总量|收案)?(?:大幅|持续|明显|不断|继续|稳步|首次|快速|急剧|逐年|连年|年年|逐步|连续|显著|仍|呈|有所)*"
    r"(?:[上攀回]升|增[长加多]|下[降滑]|减少|高发|多发|易发|激增|[猛剧骤]增|走高|回落|增[势幅]).*$"
)
_CONCEDED = re.compile(  # 环境侵权案件虽然不多: what is said of the cases leads over to a count of them
    r"^(?:虽然?|虽说|尽管|固然|从数量看)?(?P<cases>[^，]{2,20}?(?:案件|纠纷|犯罪))"
    r"(?=(?:的?(?:总|数|体量|收案|类型|占|案均|难度|审理|社会|情况|背后|标的|案情)|虽|尽管|固然|看似|看上去|并?不|较|较为|大多|多[为涉数是]|往往|通常|常|事关|关系|关乎|牵[涉动系]"
    r"|一头|背后|专业|案情|疑难|复杂|新型|呈|点多)[^，]{1,20}$)"
)
_FOREMOST = re.compile(
    r"^(?:收案|数量|占比|案件)?(?:答案|其次|首位|居首的?|最[多高大]的?|第[一二三]|排名?第[一二三]的?)[是为](?P<next>[^，]{2,24})$"
    r"|^(?P<what>[^，]{2,24}?)(?:数量|占比|收案|总量)*(?:仍然?|依然|依旧|始终|一直)*(?:(?:是|为|占|占据|成为|属于?)(?:绝对)?“?(?:大头|主体|主力|绝?大多数|多数|重灾区|大户|主流|高发区|突出问题|重头)”?"
    r"|(?:[位高稳]?居|位列|排名?|排在|雄踞)(?:首位|第一|榜首|前列|首)|最[多高大]|次之"
    r"|(?<![型域点况由名较最尤更对分])(?<![较最尤更]为)(?:较|最|尤|更|十分|相对|比较|较为|最为|尤为|更为)?(?:突出|集中|高发|多发|普遍|常见|频发|严重))$"
)
_CAMPAIGN = re.compile(
    r"(?:等)?(?:斗争|专项斗争|专项行动|行动|专项工作|工作|力度|(?:刑事)?犯罪活动|(?:刑事)?犯罪|案件|违法犯罪|问题|活动)$"
)
_FIELD = re.compile(r"^(?:在(?P<what>.+)(?:方面|领域|工作中)|(?P<kind>.+(?:案件|纠纷|犯罪))(?:方面|领域))$")


class Reading(Record, frozen=True):
    """One figure's wording.

    ``paired``: it shares the words of the figure before. ``kind``: an object may stand for what later clauses leave
    out, a measure (rate, share) may not, one of several siblings leaves nothing clear to stand for; the whole that a
    share is of is all work, of whatever part the clauses before have spoken.
    """

    text: str
    alt: tuple[str, ...] = ()
    paired: bool = False
    kind: Literal["object", "measure", "sibling", "whole"] = "object"
    rule: str = ""
    narrowed: bool = False

    def by(self, rule: str, *, narrowed: bool) -> "Reading":
        """The same reading as the one that ``rule`` made, perhaps of a part only."""
        narrowed = (self.narrowed or narrowed) and self.kind != "whole"
        return Reading(self.text, self.alt, self.paired, self.kind, rule, narrowed)


class Frame(Draft):
    """What runs on from figure to figure inside a sentence.

    ``thing`` and ``verb``: what was counted last. ``object`` and ``unit``: the wording and unit of that figure.
    ``subject``: who counts. ``whole``: of which 其中 tells parts, up to the next ；, and ``done``: what was done to it.
    ``branch``: the cases that the heading is about, ``drive``: what the title is on. ``lead``: what opened the clause.
    ``earlier``: what the sentence before measured. ``title``: that sentence where it only names what this
    one tells. ``parted``: whether 其中 has begun a list of parts,
    ``listed``: whether that has gone on with 、 (then a comma ends it).
    ``queue``: names that wait for their figures. ``told`` and ``heard``: what was measured and what was only said.
    """

    thing: str = ""
    verb: str = ""
    unit: str = ""
    subject: str = ""
    whole: str = ""
    done: str = ""
    branch: str = ""
    drive: str = ""
    lead: tuple[str, ...] = ()
    last: Reading | None = None
    changed: Reading | None = None
    object: str = ""
    queue: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    earlier: tuple[str, ...] = ()
    parted: bool = False
    listed: bool = False
    title: str = ""

    def restricts(self) -> bool:
        """Whether the cases spoken of are only some of their kind."""
        return bool(self.thing) and self.thing not in WIDE

    def enter(self, slot: Slot) -> None:
        """Go on to the next figure: what 分别 deals out and what opened the clause end with it."""
        if self.queue and not is_bare(slot):
            self.queue = []
        lead = slot.lead
        if lead or len(self.heard) > _MEMORY:
            self.heard = [*self.heard[-_MEMORY:], *lead]
        if slot.before.startswith("其中") or (lead and lead[-1] == "其中"):
            self.whole, self.done, self.parted, self.listed = self.thing, self.verb, True, False
        elif self.whole and not slot.joint:
            self.listed = self.listed or slot.before.startswith("、")
        elif self.whole and (slot.joint == "；" or (slot.joint == "，" and self.listed)):
            self.thing, self.verb, self.whole = self.whole, self.done or self.verb, ""
            self.object = self.done + self.thing if self.done in _DEALS else self.object
        if slot.joint or self.last is None:
            self.lead = lead

    def spell_out(self, reading: Reading) -> Reading:
        """A reading with what was spoken of: judicial relief for 救助, the branch for 生效裁判监督."""
        if "生效裁判" in reading.text and not _BRANCH_WORD.search(reading.text):
            branch = next(filter(None, map(_BRANCH_WORD.search, (*reversed(self.heard), self.branch))), None)
            return replace(
                reading, text=reading.text.replace("生效裁判", (branch[0] if branch else "") + "生效裁判", 1)
            )
        part = _ANY_CASES.fullmatch(reading.text) if self.whole and self.whole not in WIDE else None
        if part:
            return replace(reading, text=part["deed"] + self.whole.removeprefix("各类"), alt=(reading.text,))
        if "这" in reading.text or "该" in reading.text:
            named = spelt(reading.text, (*reversed(self.heard), *reversed(self.told[-2:])))
            reading = reading if named == reading.text else replace(reading, text=named)
        relieved = self.last.text if self.last else self.title
        helped = _HELPED.match(reading.text) if "司法救助" in relieved else None
        if helped:
            return replace(reading, text="司法救助" + reading.text[helped.end() :], alt=(reading.text,))
        if self.last and self.last.text.endswith(_RELIEFS) and _REACHED.fullmatch(reading.text):
            return replace(reading, text=self.last.text + reading.text, alt=(reading.text,))
        relief = reading.text in {"救助", "救助当事人", "救助被害人"} or (
            "救助金" in reading.text and "司法救助" not in reading.text
        )
        if relief and any(map(_RELIEVED.search, (self.title, *self.heard, *self.told[-_MEMORY:]))):
            return replace(reading, text=reading.text.replace("救助", "司法救助", 1))
        return reading

    def take(self, reading: Reading, unit: str) -> None:
        """Remember a reading for the figures that follow."""
        self.last, self.changed = reading, None
        if reading.paired:
            return
        text, kind = reading.text, reading.kind
        self.told.append(text)
        verb, thing = deed_and_thing(text)
        self.verb = verb or self.verb
        if kind in {"measure", "whole"}:
            return
        self.object, self.unit = text, unit
        if _names_cases(thing):
            self.thing, self.verb = "" if kind == "sibling" else thing, verb
        elif not verb and text[-1:] in _ELLIPTIC_ENDINGS and (labelled := _LABEL.match(text)):
            self.thing = labelled["thing"]
            self.verb = verb_of(text[labelled.end("thing") :]) if self.restricts() else self.verb

    def speak_of(self, part: str) -> None:
        """Take the cases that a share is of for the bare verbs after it, where none were counted before."""
        verb, thing = deed_and_thing(part)
        if not self.thing and _names_cases(thing):
            self.thing, self.verb = thing.removeprefix("的"), verb

    def part(self, anew: str | None) -> "Frame":
        """What runs on into a sentence that tells of a part of this one's or looks ``anew`` at it (分年度看)."""
        last = None if anew else self.last
        return Frame(
            thing=self.whole if anew and self._is_divided() else self.thing,
            verb=self.verb,
            unit=self.unit,
            last=last,
            object=self.object,
            branch=self.branch,
            drive=self.drive,
            earlier=tuple(self.told[-2:]),
        )

    def _is_divided(self) -> bool:
        """Whether two parts at least of the whole have been told, so that what goes on is of the whole."""
        since = next((at for at, said in enumerate(reversed(self.told)) if said.endswith(self.whole)), 0)
        parts = [said for said in self.told[len(self.told) - since :] if not said.endswith(("占比", "率"))]
        return self.whole != "" and len(parts) > 1


def _names_cases(thing: str) -> bool:
    """Whether a thing is one that later clauses may leave out."""
    return _CASES.search(thing) is not None and not thing.endswith(_NO_THING)


def lead_topic(lead: tuple[str, ...]) -> str:
    """What the clause without figures just before speaks of, "" where there is none."""
    for words in map(partial(_PLACED.sub, ""), reversed(lead)):
        found = _ASIDE.match(words) if not _NO_TOPIC.search(words) else None
        topic = thing_of(clean(without_rise(found["what"]))).removeprefix("的") if found else ""
        if 2 <= len(topic) <= _LONG_THING:
            return topic
    return ""


def has_turned(words: str) -> bool:
    """Whether a clause says that cases of some kind have become more or fewer."""
    return _RISE.search(words) is not None


def without_rise(words: str) -> str:
    """A clause without saying that the cases it names have become more or fewer."""
    return _RISE.sub("", words)


def foremost(words: str) -> str:
    """What a clause puts first or next among its kind (著作权纠纷仍是大头; 其次是房屋买卖), "" where it does not."""
    found = _FOREMOST.match(words)
    return (found["next"] or found["what"]) if found else ""


def lead_cases(lead: tuple[str, ...]) -> str:
    """The cases that a clause without figures names, for a bare verb that follows it."""
    for words in reversed(lead):
        if _NONE.search(words):
            continue
        conceded = _CONCEDED.match(words)
        named = conceded["cases"] if conceded else without_rise(_FIELD.sub(r"\g<what>\g<kind>", words))
        thing = thing_of(clean(named))
        thing = thing.rpartition("的")[2] if len(thing) > _LONG_THING else thing
        if 2 <= len(thing) <= _LONG_THING and _CASES.search(thing):
            return thing
        evil = _AGAINST.search(words)
        if evil:
            return shorten(evil["what"])
        titled = _BRANCH.match(words)
        if titled:
            return titled["branch"] + "案件"
        if words.endswith(("斗争", "专项行动")):
            return campaign(clean(thing))
    return ""


def lead_aim(lead: tuple[str, ...]) -> str:
    """What the clause just before is directed at (对电信诈骗穷追猛打; 向污染犯罪宣战), "" where it is at nothing."""
    found = _AIMED.search(lead[-1]) if lead else None
    return shorten(clean(next(filter(None, found.groups())))) if found else ""


def campaign(topic: str) -> str:
    """A topic without the words for struggle, drive or work that close it."""
    return _CAMPAIGN.sub("", topic)
