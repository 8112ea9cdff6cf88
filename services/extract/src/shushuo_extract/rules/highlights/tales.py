"""Tales: what came of a case that several sentences tell, in words that name no organ and no case of their own."""

import re

from shushuo_extract.engine.types import Document, Rule, Sentence

from .cues import Cue, rule
from .vocabulary import words

TALE = "a tale comes to <ending>"
_REACH, _PARAGRAPH = 160, 400
_STOPS = "；。：！？"
_PERSON = (
    rf"（化名）|某(?!些|种|个|类|地)|{words('case', 'surnames')}{words('tale', 'styles')}"
    r"|(?<![一-龥])[老小][一-龥](?=[，的和说在因与向将把])|一[起件宗桩][^，。]{2,40}(?:案|纠纷)"
)
_ONE = rf"{_PERSON}|该(?:厂|公司|企业|店|案)|这家|一[名位户对](?!名)|一家(?=[^，]{{0,12}}(?:企业|公司|厂|店))"
_SOMEBODY = re.compile(_ONE)
_PARTY = re.compile(_PERSON)
_UNDER_WAY = re.compile(
    rf"{_ONE}|(?:承办|办案|主办|执行)(?:法官|检察官|人|干警)|决定起诉|诉至|告上|求助"
    r"|(?:[向到]|走进)[^，。]{2,16}(?:法院|检察院)(?:申[请诉]|起诉|反映|提[出交]|递交|立案|[，。])"
    rf"|(?:法院|法庭|检察院|法官|检察官)[^，。]{{0,12}}(?:{words('ending', 'acts')}|立案调查)"
    r"|检察院[^，。]{0,20}(?:发出[^，。]{0,6}检察建议|提起[^，。]{0,6}诉讼)"
)
_ACTS = re.compile(
    rf"(?:(?<=[，；。：！？”])|\A)(?:[^，；。：！？]{{0,10}}[年月日天后，])?"
    rf"(?:{words('tale', 'actors')}|(?!全|各|有的|一些)[^，；。：！？]{{1,8}}(?:法[院官庭]|检察[院官]|中院))"
)
_OURS = re.compile("法院|法官|法庭|检察|执行干警|判决|裁定|调解")
_MANY = re.compile(
    r"[0-9.]+[余多]?[万千百][余多]?[名户人家件]|(?:[为助帮让使]|促成|推动)[0-9]+[余多]?[位名户人]"
    rf"|[0-9][余多]?[件起宗](?!案?房)|人次|{words('ending', 'sums_up')}"
)
_TURNS = re.compile(
    r"[，。][^，。]{0,14}(?:却|但|不料|谁知|可是|然而|岂料|没想到)|，[^，。]{0,8}(?:将[在予按依对会]|可以|应当?|即可)"
)
_SAYS = re.compile("记者|[辩声自谎]称|承诺|表示|认为|查明|约定")
_WHEN = re.compile("[^，；。：！？]{0,12}(?:[年月日天]后?|期间|最终|[最随此]后|如今|同时|为此)，")
_NOT_YET = re.compile("(?:[没未不难才](?:有|能|会|得)?|可[由以]|应当?|须|能够?)[^，]{0,9}\\Z")


def _ended(match: re.Match[str], name: str) -> Cue | None:
    """What a court, a party or somebody came to in one case; nothing counted, nothing that was still to come."""
    text, clause, end = match.string, match.pos, match.end()
    start = max(text.rfind(stop, max(0, clause - _REACH), clause) for stop in _STOPS) + 1
    far = start == 0 and clause > _REACH
    if far or _NOT_YET.search(text, clause, match.start()) or _TURNS.search(text, end, end + _REACH):
        return None
    if _MANY.search(text, start, match.endpos) or _is_said(text, start, match.start()):
        return None
    if not (_ACTS.search(text, start, match.start()) or _PARTY.search(text, start, end + _REACH)):
        return None
    when = _WHEN.match(text, start, clause)
    return Cue(("case_story",), when.end() if when else start, end, name, recognition=False)


def _is_said(text: str, start: int, end: int) -> bool:
    """Whether somebody says or sees what stands at ``end``: in quotation marks, or after such a word."""
    return _SAYS.search(text, start, end) is not None or text.rfind("“", start, end) > text.rfind("”", start, end)


def is_told(doc: Document, sentence: Sentence, text: str) -> bool:
    """Whether an ending in a sentence is that of one case: somebody and a court are told of in it or right before."""
    view, start = doc.view, sentence.start
    reach = max(0, start - _PARAGRAPH)
    before = view[max(view.rfind("\n", reach, start) + 1, reach) : start]
    ours = _OURS.search(text) or _OURS.search(before)
    return bool(ours and (_SOMEBODY.search(text) or _UNDER_WAY.search(before)))


_ENDING = words("tale", "endings")
TALES: tuple[Rule[Cue], ...] = (rule(TALE, _ENDING, _ended, besides=_ENDING),)
