"""How a report explains its words: an entry of a glossary, with or without a number, mark or page reference."""

import re
import tomllib
from importlib.resources import files

from shushuo_extract.engine.types import Rule
from shushuo_shared.report import Term

_TERMS: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("terms.toml").read_text("utf-8"))


def _any(name: str) -> str:
    return "(?:" + "|".join(_TERMS[name]) + ")"


_MARK = rf"[ ]*(?:{_any('marks')}[ ]*)?"
_WRAPPED = re.compile(r"“[^”]*”|【[^】]*】|《[^》]*》")
_ASIDE = r"(?:[ ]*（[^）\n]{0,40}）)*"
_TERM = r"(?P<term>(?:“[^”\n]{1,30}”|《[^》\n]{1,30}》|[^：:。；，\n（“《]){1,40}?)"
_LONGEST_TERM = 40


def _entry(match: re.Match[str], name: str) -> Term | None:
    """The entry as the text has it; words that only look like one, such as a speaker before a colon, are refused."""
    term = match["term"].strip(" *")
    term = term[1:-1] if _WRAPPED.fullmatch(term) else term
    definition = match["definition"].strip()
    if not 2 <= len(term) <= _LONGEST_TERM or len(definition) < 8 or _SPOKEN.search(term):
        return None
    return Term(
        term=term,
        definition=definition,
        start=match.start("term"),
        end=match.start("definition") + len(match["definition"].rstrip()),
    )


_SPOKEN = re.compile(_any("spoken") + "$")
RULES: tuple[Rule[Term], ...] = (
    Rule(
        "<term>: <definition>",
        re.compile(
            rf"{_MARK}{_TERM}{_ASIDE}[ ]*：[ ]*(?P<definition>.+)",
            re.S,
        ),
        _entry,
    ),
    Rule(
        "【<term>】 <definition>",
        re.compile(rf"{_MARK}【(?P<term>[^】\n]{{2,40}})】{_ASIDE}[ ]*：?[ ]*(?P<definition>.+)", re.S),
        _entry,
    ),
    Rule(
        "<term> means <definition>",
        re.compile(
            rf"{_MARK}{_TERM}{_ASIDE}[ ]*，?(?={_any('means')})(?P<definition>.+)",
            re.S,
        ),
        _entry,
    ),
)
