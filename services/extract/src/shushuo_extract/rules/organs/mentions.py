"""Finding the words that mean a court, a procuratorate or another body, before it is known whose text this is."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from msgspec.structs import replace

from shushuo_extract.engine.literals import Ends
from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import bodies, declared, groups, institutions, modifiers, namesakes, scopes, within
from shushuo_extract.rules.organs.mention import TAILS, Mention, Words
from shushuo_extract.rules.organs.names import OrganKind
from shushuo_extract.rules.organs.vocabulary import terms
from shushuo_extract.rules.organs.within import ONE_PLACE
from shushuo_extract.rules.regions import Division

_SUPREME = ("最高人民法院", "最高人民检察院", "最高法院", "最高检察院", "最高法", "最高检", "最高院")
_BRANCH = "分院"
_OWN = ("我院", "本院", "该院", _BRANCH)
_PROVINCIAL, _DEPARTMENT = "省院", "部门"
_PLACES_OWN = ("区院", "县院", "州院", "旗院")  # 惠农区院: likewise


_NO_ORGAN_AFTER, _NO_ORGAN_BEFORE = tuple(terms()["no_organ_after"]), tuple(terms()["no_organ_before"])
_NEXT, _LAST = frozenset(word[0] for word in _NO_ORGAN_AFTER), frozenset(word[-1] for word in _NO_ORGAN_BEFORE)
_REPORTS = tuple(terms()["reports"])
_PLACE_ENDS = frozenset("市县区旗")
_GROUP_ENDS, _COUNTED_ENDS = frozenset("市份省区州地级角冀"), frozenset("家个")
_GROUP = re.compile(
    r"(?=[长黄京粤东西成沿珠环淮太0-9一二两三四五六七八九十苏浙皖赣闽鲁豫冀晋陕甘川黔滇湘鄂桂琼辽吉黑])(?:(?:[苏浙皖赣闽粤鲁豫冀晋陕甘川黔滇湘鄂桂琼辽吉黑][东南西北中]|[长黄珠淮太][江河湖]?(?:流域|经济带)?|京津冀|长三角|珠三角|粤港澳大湾区|东北|西部|成渝|环渤海)?(?:沿线|沿岸|沿[江黄淮海河湖边])?"
    r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})个?(?:省区市|省市|省份|省|市|州|县|地)(?:\Z|(?:两级|三级|各级)\Z)|(?:长三角|京津冀)(?:地区)?\Z)"
)
_NAMES_END = _PLACE_ENDS | _GROUP_ENDS | _COUNTED_ENDS | institutions.CORPS_ENDS
_GUESS_REACH = 12
_STOP = re.compile(rf"(?s:.*)[\u0000-\u4dff\u9fa6-\U0010ffff{''.join(sorted(declared.FUNCTION_WORDS))}]")
_NO_OFFICE, _FULL = frozenset("校长落子士"), 3
_AS_SPELLED = ("林区", "油田", "矿区", "农垦", "垦区")  # their courts' names follow no one form
_DISTRICTS = ("矿区", "林区")
_SHORTEST, _CIRCUIT_LENGTH = 2, 4


def _excluded(view: str, start: int, end: int) -> bool:
    """Whether the word for an organ is part of another name (法院报, 微法院)."""
    if view[end : end + 1] in _NEXT and view.startswith(_NO_ORGAN_AFTER, end) and not view.startswith(_REPORTS, end):
        return True
    return view[start - 1 : start] in _LAST and view.endswith(_NO_ORGAN_BEFORE, max(0, start - 5), start)


def _is_word(char: str) -> bool:
    """Whether a character can be of a name, or of the number of places that share one."""
    return "一" <= char <= "龥" or "0" <= char <= "9"


def _guessed_place(view: str, end: int) -> str:
    """The run of characters before ``end`` that may be a place no table knows, without a leading function word."""
    before = view[max(0, end - _GUESS_REACH) : end]
    stop = _STOP.match(before)
    run = before[stop.end() :] if stop else before
    alone = len(run) == 1 and before[-2:-1] not in declared.FUNCTION_WORDS
    return "" if alone else run


def _local(view: str, start: int, tail: str) -> Mention | None:
    """A mention by 法院, 检察院 and their like, with whatever stands before it."""
    end = start + len(tail)
    if _excluded(view, start, end):
        return None
    kind, of_many, own_grade, branched = TAILS[tail]
    modified = view[start - 1 : start] in modifiers.ENDS
    begin, nth, field, grade = _modified(view, start, tail) if modified else (start, "", "", "")
    scope = scopes.before(view, begin) if view[begin - 1 : begin] in scopes.ENDS else (begin, "", "")
    first, wide, level = scope
    plural = of_many or bool(level) or wide[:1] == "全"
    words = (own_grade or grade, nth, field, tail, plural)
    branch = institutions.branch(view, end) if branched else None
    if branch is None and not _is_word(view[first - 1 : first]):  # nothing stands before it
        return _relative((first, end), kind, view[first:begin] if begin - first > 1 else "", wide, words)
    if branch is None and not field and not _may_end(view, begin, scope):
        return _relative((first, end), kind, _guessed_place(view, begin), wide, words)
    plain = Mention(first, end, "generic", kind, "", (), "", *words)
    plain = _branched(plain, branch) if branch else plain
    return _standing(view, plain, begin, max(0, start - bodies.REACH), scope, branch=branch)


def _may_end(view: str, begin: int, scope: scopes.Scope) -> bool:
    """Whether a place, several or a number of organs can end before an organ's words, or the scope before these."""
    first, wide, level = scope
    endings, narrow = regions.endings(), len(wide) < _SHORTEST
    for end in (begin,) if first == begin else (begin, begin - len(level), first):
        if view[end - _SHORTEST : end] in endings or (narrow and view[end - 1] in _NAMES_END):
            return True
    return bool(declared.declared(view))


def _relative(span: tuple[int, int], kind: OrganKind, place: str, wide: str, words: Words) -> Mention:
    """A mention without a place of its own: the nation's, one seen from the text's place, or any."""
    start, end = span
    if wide == "全国":
        return Mention(start, end, "national", kind, "", (), "", *words)
    return Mention(start, end, "relative" if wide else "generic", kind, place, (), wide, *words)


def _standing(
    view: str, plain: Mention, begin: int, lowest: int, scope: scopes.Scope, *, branch: re.Match[str] | None
) -> Mention:
    """The mention whose own words begin at ``begin``, with the place and scope that stand before them."""
    inner, wide, level = scope
    corps = institutions.corps(view, lowest, begin - len(level), plain.kind, view[begin : plain.end])
    if corps:
        return plain.at(corps.start, "named", found=corps.found, spelled=corps.name)
    own = declared.named(view, lowest, begin, inner if wide.startswith("全") else begin)
    if own:
        return _declared(view, plain, begin, own)
    alone = not level and len(wide) < _SHORTEST
    for cut in (begin,) if alone else (begin, begin - len(level), inner if len(wide) >= _SHORTEST else begin):
        placed = bodies.placed(view, lowest, cut)
        if placed:
            named = _of_place(view, plain, begin, (cut, *placed))
            return _of_branch(view, named, branch) if branch and named.shape == "named" else named
    return _unplaced(view, plain, begin, lowest, wide)


def _of_place(view: str, plain: Mention, begin: int, placed: tuple[int, int, tuple[Division, ...]]) -> Mention:
    """A mention of an organ of the place that ends and begins as given, or of a list of places that ends with it."""
    cut, start, found = placed
    listed = groups.list_start(view, cut) if view[start - 1 : start] in ("、", "和") else start
    if listed < start:
        return plain.at(listed, "group", view[listed:begin])
    spelled = view[start : plain.end] if plain.field in _AS_SPELLED and plain.end - begin > _CIRCUIT_LENGTH else ""
    return plain.at(start, "named", view[start:begin], found, spelled=spelled)


def _declared(view: str, plain: Mention, begin: int, own: tuple[int, declared.Declared]) -> Mention:
    """A mention of an organ of a place that the text itself declares."""
    start, one = own
    words = view[begin : plain.end]
    full = declared.full_name(view, one, plain.kind, plain.grade, words, field=plain.field)
    return plain.at(start, "named", view[start:begin], spelled=full)


def _of_branch(view: str, named: Mention, branch: re.Match[str]) -> Mention:
    """A province's organ, or its branch (…人民检察院兴安盟分院, …铁路运输分院, …高级人民法院伊犁州分院)."""
    above = institutions.Spelled(named.start, view[named.start : branch.start()], named.found)
    spelled = institutions.of_prefecture(view, above, named.kind, branch)
    if spelled is None:
        return named
    place = branch["rail"] or branch["place"]
    return replace(named, end=branch.end(), place=place, found=spelled.found, spelled=spelled.name, field="", nth="")


def _branched(plain: Mention, branch: re.Match[str]) -> Mention:
    """A branch of a procuratorate (检察院第一分院)."""
    if branch["place"] or branch["rail"] or plain.kind == "court":
        return plain
    return replace(plain, end=branch.end(), nth=branch["nth"] or "", field=branch["field"] or "")


def _modified(view: str, start: int, tail: str) -> modifiers.Modifiers:
    """Where the organ's own words begin (第一中级人民法院), and what they say."""
    lowest = max(0, start - bodies.REACH)
    own = modifiers.before(view, start, max(lowest, start - 16))
    if own.begin == start:
        return own
    district = regions.last_name(view, lowest, own.begin + len(own.field)) if own.field in _DISTRICTS else None
    if district and district[0] < own.begin:  # 峰峰矿区
        own = own._replace(begin=own.begin + len(own.field), field="")
    if own.nth == "一" and tail == "法院" and not own.grade and view[own.begin] == "一":
        own = own._replace(begin=own.begin + 1, nth="")
    return own


def _unplaced(view: str, plain: Mention, begin: int, lowest: int, wide: str) -> Mention:
    """A mention without a division of the table: a circuit, a group, the nation, a relative place or none."""
    last = view[begin - 1 : begin]
    found = _circuit(view, plain, begin, lowest) if plain.field and not wide else None
    if found is None and len(wide) < _SHORTEST and (last in _GROUP_ENDS or last in _COUNTED_ENDS):
        found = _group(view, plain, begin, lowest)  # but no number stands before 全市
    if found is None and last in _PLACE_ENDS and wide in ("", last) and not plain.grade:
        found = _neighbour(view, plain, begin)
    return found or _relative((plain.start, plain.end), plain.kind, _guessed_place(view, begin), wide, plain.words())


def _circuit(view: str, plain: Mention, begin: int, lowest: int) -> Mention | None:
    """A special court of a circuit that is no division: a known one, or one that opens a clause (下野地垦区)."""
    known = next((name for name in terms()["seats"] if view.endswith(name, lowest, begin)), "")
    if known:
        return plain.at(begin - len(known), "named", known)
    guess = _guessed_place(view, begin) if plain.field in _AS_SPELLED and not plain.plural else ""
    start = begin - len(guess)
    opens = start == 0 or not "一" <= view[start - 1] <= "龥"
    if not opens or not _SHORTEST <= len(guess) <= _CIRCUIT_LENGTH:
        return None
    return plain.at(start, "named", guess, spelled=view[start : plain.end])


def _group(view: str, plain: Mention, begin: int, lowest: int) -> Mention | None:
    """Several places' organs together (长江经济带11省市检察机关), or a number that stands for them (三家法院)."""
    counted = view[begin - 1] in _COUNTED_ENDS
    match = None if counted else _GROUP.search(view, lowest, begin)
    several = groups.counted(view, begin) if counted else ""
    if match is None and not several:
        return None
    start = groups.list_start(view, match.start()) if match else begin - len(several)
    return plain.at(start, "group", view[start:begin])


def _neighbour(view: str, plain: Mention, begin: int) -> Mention | None:
    """A zone's organ, or one of an unlisted county that a text on an unlisted place names beside its own."""
    if plain.plural or plain.tail not in ("法院", "检察院"):
        return None
    guess = declared.guessed(view, begin)
    zone = guess if guess and declared.is_zone(guess) else ""
    if not zone and not (guess and declared.declared(view)):
        return None
    whole = not zone or (view.startswith("人民", begin) and regions.known_at(zone))
    full = f"{declared.official(guess)}人民{plain.tail}" if whole else zone
    return plain.at(begin - len(guess), "named", guess, spelled=full)


def _of_that_place(view: str, start: int, word: str) -> Mention | None:
    """A place's organ of the kind the text is on (河北一地, 惠农区院)."""
    office, end = word != ONE_PLACE, start + len(word)
    place_end = start + office
    placed = bodies.placed(view, max(0, start - bodies.REACH), place_end)
    if placed is None or (office and (place_end - placed[0] < _FULL or view[end : end + 1] in _NO_OFFICE)):
        return None
    return Mention(placed[0], end, "named", "other", found=placed[1], tail=ONE_PLACE)


def _tribunal(view: str, start: int, word: str) -> Mention | None:
    """A tribunal of one field that is named after its city (南京知识产权法庭)."""
    placed = bodies.placed(view, max(0, start - bodies.REACH), start)
    if placed is None:
        return None
    end = start + len(word)
    return Mention(placed[0], end, "named", "court", found=placed[1], tail=word, spelled=view[placed[0] : end])


def _supreme(view: str, start: int, word: str) -> Mention:
    """The supreme court or procuratorate, or one of the court's tribunals."""
    kind: OrganKind = "procuratorate" if "检" in word else "court"
    end = start + len(word)
    last = institutions.tribunal(view, end) if kind == "court" else end
    spelled = "最高人民法院" + view[end:last] if last > end else ""
    return Mention(start, last, "supreme", kind, spelled=spelled)


def _own(view: str, start: int, word: str) -> Mention:
    """The text's own organ, or the one named before (该院)."""
    return Mention(start, start + len(word), "that" if word == "该院" else "own", "other", tail=word)


def _provincial(view: str, start: int, word: str) -> Mention:
    """The procuratorate of the text's province (省院)."""
    return Mention(start, start + len(word), "relative", "procuratorate", scope="省", tail="检察院")


@cache
def _readers() -> dict[str, Callable[[str, int, str], Mention | None]]:
    """The words an organ is known by, and what reads a mention by each."""
    return {
        **dict.fromkeys(terms()["bodies"]["words"], bodies.body),
        _DEPARTMENT: bodies.department,
        **dict.fromkeys((*terms()["ministries"], *terms()["ministries_short"]), bodies.ministry),
        **dict.fromkeys(terms()["tribunals"], _tribunal),
        **dict.fromkeys(_SUPREME, _supreme),
        **dict.fromkeys(TAILS, _local),
        **dict.fromkeys(_OWN, _own),
        **dict.fromkeys((ONE_PLACE, *_PLACES_OWN), _of_that_place),
        _PROVINCIAL: _provincial,
    }


@cache
def _words() -> Ends:
    return Ends(_readers())


@lru_cache(maxsize=4)
def mentions(view: str) -> tuple[Mention, ...]:
    """Every mention in the order of the text, none overlapping another."""
    found: list[Mention] = []
    readers, end = _readers(), 0
    for start, word in _words().find(view):
        made = readers[word](view, start, word)
        if made and made.start >= end:
            found.append(made)
            end = made.end
    return tuple(within.told(view, namesakes.told_apart(found)))
