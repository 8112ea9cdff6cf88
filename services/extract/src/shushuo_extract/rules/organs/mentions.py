"""Finding the words that mean a court, a procuratorate or another body, before it is known whose text this is."""

import re
from functools import cache, lru_cache

from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import declared, groups, institutions, modifiers, scopes
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.names import OrganKind
from shushuo_extract.rules.organs.vocabulary import terms
from shushuo_extract.rules.regions import Division

REACH = 24


_SUPREME = ("最高人民法院", "最高人民检察院", "最高法院", "最高检察院", "最高法", "最高检", "最高院")
_PLAIN = ("法院", "检察院", "检察机关", "检察分院", "中院", "高院")
_BRANCH = "分院"
_OWN = ("我院", "本院", "该院", _BRANCH)
_PROVINCIAL = "省院"
ONE_PLACE = "一地"  # 仅河北一地: that place's organs of the kind the text is on
_PLACES_OWN = ("区院", "县院", "州院", "旗院")  # 惠农区院: likewise


@cache
def _core() -> re.Pattern[str]:
    """The words an organ is known by: bare literals, so that the search can skip to their first characters."""
    fixed = (*_SUPREME, *_PLAIN, *_OWN, _PROVINCIAL, ONE_PLACE, *_PLACES_OWN)
    words = (*fixed, *terms()["tribunals"], *terms()["bodies"]["words"])
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_NO_ORGAN_AFTER, _NO_ORGAN_BEFORE = tuple(terms()["no_organ_after"]), tuple(terms()["no_organ_before"])
_REPORTS = tuple(terms()["reports"])
_PLACE_ENDS = frozenset("市县区旗")
_GROUP_ENDS = frozenset("市份省区州地级角冀")
_GROUP = re.compile(
    r"(?:长江经济带|长江流域|黄河流域|京津冀|长三角|粤港澳大湾区|东北|西部|成渝)?(?:沿线|沿江)?"
    r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})个?(?:省区市|省市|省份|省|市|州|地)(?:\Z|(?:两级|三级|各级)\Z)|(?:长三角|京津冀)(?:地区)?\Z"
)
_BRANCHED = ("检察院", "法院")
_GUESS_REACH = 12
_NO_OFFICE, _FULL = frozenset("校长落子士"), 3
_AS_SPELLED = ("林区", "油田", "矿区", "农垦", "垦区")  # their courts' names follow no one form
_DISTRICTS = ("矿区", "林区")
_SHORTEST, _CIRCUIT_LENGTH = 2, 4


def _excluded(view: str, start: int, end: int) -> bool:
    paper = view.startswith(_NO_ORGAN_AFTER, end) and not view.startswith(_REPORTS, end)
    return paper or view.endswith(_NO_ORGAN_BEFORE, max(0, start - 5), start)


def _kind(tail: str) -> OrganKind:
    return "procuratorate" if "检" in tail else "court"


def _guessed_place(view: str, end: int) -> str:
    """The run of characters before ``end`` that may be a place no table knows, without a leading function word."""
    start, lowest = end, max(0, end - _GUESS_REACH)
    while start > lowest and "一" <= view[start - 1] <= "龥" and view[start - 1] not in declared.FUNCTION_WORDS:
        start -= 1
    alone = end - start == 1 and (start == lowest or view[start - 1] not in declared.FUNCTION_WORDS)
    return "" if alone else view[start:end]


def _placed(view: str, start: int, end: int) -> tuple[int, tuple[Division, ...]] | None:
    """The division named right before ``end``, unless the words are also an ordinary verb or noun (会同, 公安)."""
    named = regions.chain_all(view, start, end)
    if named and view[named[0] : end] in terms()["ordinary_words"]:
        return None
    return named


def _local(view: str, match: re.Match[str]) -> Mention | None:
    """A mention by 法院, 检察院 and their like, with whatever stands before it."""
    if _excluded(view, match.start(), match.end()):
        return None
    branch = institutions.branch(view, match.end()) if match.group() in _BRANCHED else None
    lowest = max(0, match.start() - REACH)
    begin, plain = _modified(view, match, lowest)
    if branch is None and not ("一" <= view[begin - 1 : begin] <= "龥"):  # nothing stands before it
        return plain
    scope = scopes.before(view, begin)
    wide, level, inner = scope.scope, scope.grade, scope.start
    if branch or level or wide:
        plural = plain.plural or bool(level) or wide.startswith("全")
        plain = _branched(plain, branch)._replace(start=inner, plural=plural)
    corps = institutions.corps(view, lowest, begin - len(level), plain.kind, view[begin : plain.end])
    if corps:
        return plain._replace(start=corps.start, shape="named", found=corps.found, spelled=corps.name)
    own = declared.named(view, lowest, begin) or (
        declared.named(view, lowest, inner) if wide.startswith("全") else None
    )
    if own:
        return _declared(view, plain, begin, own)
    cuts = [begin, *([begin - len(level)] if level else []), *([inner] if len(wide) > 1 else [])]
    placed = next(((cut, *found) for cut in cuts if (found := _placed(view, lowest, cut))), None)
    if placed is None:
        return _unplaced(view, plain, begin, lowest, wide)
    named = _of_place(view, plain, begin, placed)
    return _of_branch(view, named, branch) if branch and named.shape == "named" else named


def _of_place(view: str, plain: Mention, begin: int, placed: tuple[int, int, tuple[Division, ...]]) -> Mention:
    """A mention of an organ of the place that ends and begins as given, or of a list of places that ends with it."""
    cut, start, found = placed
    listed = groups.list_start(view, cut) if view[start - 1 : start] in ("、", "和") else start
    if listed < start:
        return plain._replace(start=listed, shape="group", place=view[listed:begin])
    spelled = view[start : plain.end] if plain.field in _AS_SPELLED and plain.end - begin > _CIRCUIT_LENGTH else ""
    return plain._replace(start=start, shape="named", place=view[start:begin], found=found, spelled=spelled)


def _declared(view: str, plain: Mention, begin: int, own: tuple[int, declared.Declared]) -> Mention:
    """A mention of an organ of a place that the text itself declares."""
    start, one = own
    words = view[begin : plain.end]
    full = declared.full_name(view, one, plain.kind, plain.grade, words, field=plain.field)
    return plain._replace(start=start, shape="named", place=view[start:begin], spelled=full)


def _of_branch(view: str, named: Mention, branch: re.Match[str]) -> Mention:
    """A province's organ, or its branch (…人民检察院兴安盟分院, …铁路运输分院, …高级人民法院伊犁州分院)."""
    above = institutions.Spelled(named.start, view[named.start : branch.start()], named.found)
    spelled = institutions.of_prefecture(view, above, named.kind, branch)
    if spelled is None:
        return named
    place = branch["rail"] or branch["place"]
    return named._replace(end=branch.end(), place=place, found=spelled.found, spelled=spelled.name, field="", nth="")


def _branched(plain: Mention, branch: re.Match[str] | None) -> Mention:
    """A branch of a procuratorate (检察院第一分院)."""
    if branch is None or branch["place"] or branch["rail"] or plain.kind == "court":
        return plain
    return plain._replace(end=branch.end(), nth=branch["nth"] or "", field=branch["field"] or "")


def _modified(view: str, match: re.Match[str], lowest: int) -> tuple[int, Mention]:
    """Where the organ's own words begin (第一中级人民法院), and a mention with what they say."""
    tail = match.group()
    begin, nth, field, grade = modifiers.before(view, match.start(), max(lowest, match.start() - 16))
    district = regions.last_name(view, lowest, begin + len(field)) if field in _DISTRICTS else None
    if district and district[0] < begin:  # 峰峰矿区
        begin, field = begin + len(field), ""
    if nth == "一" and tail == "法院" and not grade and view[begin] == "一":
        begin, nth = begin + 1, ""
    return begin, Mention(
        begin,
        match.end(),
        "generic",
        _kind(tail),
        grade={"中院": "中级", "高院": "高级"}.get(tail, grade),
        nth=nth,
        field=field,
        tail=tail,
        plural=tail == "检察机关",
    )


def _unplaced(view: str, plain: Mention, begin: int, lowest: int, wide: str) -> Mention:
    """A mention without a division of the table: a circuit, a group, the nation, a relative place or none."""
    found = _circuit(view, plain, begin, lowest) if plain.field and not wide else None
    found = found or _group(view, plain, begin, lowest)
    if found is None and wide == "全国":
        return plain._replace(shape="national")
    if found is None and wide in ("", "市", "县", "区", "旗") and not plain.grade:
        found = _neighbour(view, plain, begin)
    if found:
        return found
    guess = _guessed_place(view, begin)
    return plain._replace(shape="relative" if wide else "generic", scope=wide, place=guess)


def _circuit(view: str, plain: Mention, begin: int, lowest: int) -> Mention | None:
    """A special court of a circuit that is no division: a known one, or one that opens a clause (下野地垦区)."""
    known = next((name for name in terms()["seats"] if view.endswith(name, lowest, begin)), "")
    if known:
        return plain._replace(start=begin - len(known), shape="named", place=known)
    guess = _guessed_place(view, begin) if plain.field in _AS_SPELLED and not plain.plural else ""
    start = begin - len(guess)
    opens = start == 0 or not "一" <= view[start - 1] <= "龥"
    if not opens or not _SHORTEST <= len(guess) <= _CIRCUIT_LENGTH:
        return None
    return plain._replace(start=start, shape="named", place=guess, spelled=view[start : plain.end])


def _group(view: str, plain: Mention, begin: int, lowest: int) -> Mention | None:
    """Several places' organs together (长江经济带11省市检察机关), or a number that stands for them (三家法院)."""
    match = _GROUP.search(view, lowest, begin) if begin > 0 and view[begin - 1] in _GROUP_ENDS else None
    several = groups.counted(view, begin) if view[begin - 1 : begin] in ("家", "个") else ""
    if match is None and not several:
        return None
    start = groups.list_start(view, match.start()) if match else begin - len(several)
    return plain._replace(start=start, shape="group", place=view[start:begin])


def _neighbour(view: str, plain: Mention, begin: int) -> Mention | None:
    """A zone's organ, or one of an unlisted county that a text on an unlisted place names beside its own."""
    if plain.plural or plain.tail not in ("法院", "检察院") or view[begin - 1 : begin] not in _PLACE_ENDS:
        return None
    guess = declared.guessed(view, begin)
    zone = guess if guess and declared.is_zone(guess) else ""
    if not zone and not (guess and declared.declared(view)):
        return None
    whole = not zone or (view.startswith("人民", begin) and regions.known_at(zone))
    full = f"{declared.official(guess)}人民{plain.tail}" if whole else zone
    return plain._replace(start=begin - len(guess), shape="named", place=guess, spelled=full)


def _body(view: str, match: re.Match[str]) -> Mention:
    """Another body (公安机关), with the place or 全国 before it."""
    begin = match.start()
    nation = begin - 4 if view.endswith("司法机关", 0, begin) else begin  # 全国司法机关人民调解组织
    if view.endswith("全国", 0, nation):
        return Mention(nation - 2, match.end(), "body", "other", scope="全国", tail=match.group())
    placed = _placed(view, max(0, begin - REACH), begin)
    if placed:
        return Mention(placed[0], match.end(), "body", "other", view[placed[0] : begin], placed[1], tail=match.group())
    return Mention(scopes.before(view, begin).start, match.end(), "body", "other", tail=match.group())


def _of_that_place(view: str, match: re.Match[str]) -> Mention | None:
    """A place's organ of the kind the text is on (河北一地, 惠农区院)."""
    office = match.group() != ONE_PLACE
    end = match.start() + office
    placed = _placed(view, max(0, match.start() - REACH), end)
    if placed is None or (office and (end - placed[0] < _FULL or view[match.end() : match.end() + 1] in _NO_OFFICE)):
        return None
    return Mention(placed[0], match.end(), "named", "other", found=placed[1], tail=ONE_PLACE)


def _tribunal(view: str, match: re.Match[str]) -> Mention | None:
    """A tribunal of one field that is named after its city (南京知识产权法庭)."""
    placed = _placed(view, max(0, match.start() - REACH), match.start())
    if placed is None:
        return None
    name = view[placed[0] : match.end()]
    return Mention(placed[0], match.end(), "named", "court", found=placed[1], tail=match.group(), spelled=name)


def _made(view: str, match: re.Match[str]) -> Mention | None:
    word = match.group()
    if word in _SUPREME:
        end = institutions.tribunal(view, match.end())
        spelled = "最高人民法院" + view[match.end() : end] if end > match.end() and _kind(word) == "court" else ""
        return Mention(match.start(), end if spelled else match.end(), "supreme", _kind(word), spelled=spelled)
    if word in _OWN:
        return Mention(*match.span(), "that" if word == "该院" else "own", "other", tail=word)
    if word == _PROVINCIAL:
        return Mention(*match.span(), "relative", "procuratorate", scope="省", tail="检察院")
    if word == ONE_PLACE or word in _PLACES_OWN:
        return _of_that_place(view, match)
    if word.endswith("法庭"):
        return _tribunal(view, match)
    return _local(view, match) if word in _PLAIN else _body(view, match)


@lru_cache(maxsize=4)
def mentions(view: str) -> tuple[Mention, ...]:
    """Every mention in the order of the text, none overlapping another."""
    found: list[Mention] = []
    for match in _core().finditer(view):
        made = _made(view, match)
        if made and (not found or made.start >= found[-1].end):
            found.append(made)
    return tuple(found)
