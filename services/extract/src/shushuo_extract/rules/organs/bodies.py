"""Other bodies whose figures such reports quote: offices of a place or of all the country, and the ministries."""

import re

from shushuo_extract.rules import regions
from shushuo_extract.rules.organs import homonyms, scopes
from shushuo_extract.rules.organs.mention import Mention
from shushuo_extract.rules.organs.vocabulary import terms
from shushuo_extract.rules.regions import Division

REACH = 24
_DEPARTMENT_REACH = 12
_DEPARTMENT = re.compile(
    r"(?:(?P<scope>全国(?:各级|各地)?|各级|各地)|(?<=[，。；！？”\n])(?:同期|目前|其间|当年)?)(?P<name>(?:(?!全国|各[级地])[一-龥]){2,8}?)\Z"
)
_NO_NAME = re.compile("[的与和被对向将把由等该本我及或从在为因经据让使]")
_COUNTED = re.compile("全国(?:现有|共有|已有|共建有|的)?(?:[0-9]{1,6}[余多]?万?[余多]?[家个])?\\Z")  # 全国279家仲裁机构
_COUNT_ENDS = ("家", "个", "有")
_OFFICES = ("机关", "部门", "机构", "组织", "单位", "战线")
_NO_SYSTEM = frozenset("性地化的")
_NO_MINISTRY = frozenset("门队分署属")


def placed(view: str, start: int, end: int) -> tuple[int, tuple[Division, ...]] | None:
    """The division named right before ``end``, unless the words are also an ordinary verb or noun (会同, 公安)."""
    named = regions.chain_all(view, start, end)
    if named and (view[named[0] : end] in terms()["ordinary_words"] or homonyms.is_word(view, named[0], end, named[1])):
        return None
    return named


def body(view: str, begin: int, word: str) -> Mention | None:
    """Another body (公安机关), with the place or 全国 before it."""
    end = begin + len(word)
    if not word.endswith(_OFFICES) and view.startswith("系统", end) and view[end + 2 : end + 3] not in _NO_SYSTEM:
        word, end = word + "系统", end + 2
    nation = _nation(view, begin)
    if nation < begin:
        return Mention(nation, end, "body", "other", scope="全国", tail=word)
    if view.endswith("中国", 0, begin):
        name = terms()["ministries_short"].get("中国" + word, "中国" + word)
        return Mention(begin - 2, end, "body", "other", tail=word, spelled=name)
    local = placed(view, max(0, begin - REACH), begin)
    if local:
        return Mention(local[0], end, "body", "other", view[local[0] : begin], local[1], tail=word)
    start, scope, grade = scopes.before(view, begin)
    if word in terms()["bodies"]["placed"] and not (scope or grade):
        return None
    return Mention(start, end, "body", "other", scope=scope, tail=word)


def _nation(view: str, begin: int) -> int:
    """Where 全国 begins before a body's word at ``begin``, a number of bodies perhaps between them; or ``begin``."""
    if view.endswith("全国", 0, begin):
        return begin - 2
    if view.endswith("全国司法机关", 0, begin):  # 全国司法机关人民调解组织
        return begin - 6
    counted = _COUNTED.search(view, max(0, begin - 14), begin) if view[begin - 1 : begin] in _COUNT_ENDS else None
    return counted.start() if counted else begin


def department(view: str, begin: int, word: str) -> Mention | None:
    """An office of its own name in all of the country (全国渔政部门, 各级文旅部门); 有关部门 is none.

    It is ``plural`` where only a national text can mean all of them (，工信部门拦截).
    """
    match = _DEPARTMENT.search(view, max(0, begin - _DEPARTMENT_REACH), begin)
    if match is None or match["name"].endswith(tuple(terms()["bodies"]["no_department"])):
        return None
    if match["scope"] is None and _NO_NAME.search(match["name"]):
        return None
    scope, name = match["scope"] or "", match["name"] + word
    start = match.start() if scope else match.start("name")
    return Mention(start, begin + len(word), "body", "other", scope=scope[:2], tail=name, plural=not scope)


def ministry(view: str, start: int, word: str) -> Mention | None:
    """A ministry or the like by its name, full or short; 公安部队 and 自然资源部门 are none."""
    end = start + len(word)
    if view[end : end + 1] in _NO_MINISTRY:
        return None
    name = terms()["ministries_short"].get(word, word)
    return Mention(start, end, "body", "other", tail=word, spelled=name)
