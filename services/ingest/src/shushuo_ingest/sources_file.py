"""The sources file (TOML): every good entry becomes a source, every bad one a problem with its line.

Each ``[[source]]`` is parsed by itself, so that a slip in one entry, of syntax even, does not silence the others.
"""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from shushuo_ingest.sources import KINDS, Source

_HEADER = re.compile(r"^\s*\[\[\s*source\s*\]\]\s*(?:#.*)?$")
_IN_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with an entry: its line in the file, its name where it has one, and what was expected."""

    line: int
    source: str | None
    message: str

    def __str__(self) -> str:
        who = f' (source "{self.source}")' if self.source else ""
        return f"line {self.line}{who}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesFile:
    """The sources that can be watched, and the problems of the entries that cannot."""

    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Block:
    """An entry's text, starting at its header, with the header's line number."""

    line: int
    text: str

    def line_of(self, key: str) -> int:
        """The line on which the key is set; the header's when it is not."""
        for number, line in enumerate(self.text.splitlines()):
            if re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
                return self.line + number
        return self.line


def read_sources(text: str) -> SourcesFile:
    """Parse the file; never raises."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for block in _blocks(text):
        read = _read(block)
        if isinstance(read, Source) and read.name in sources:
            problems.append(Problem(line=block.line_of("name"), source=read.name, message="the name is used twice"))
        elif isinstance(read, Source):
            sources[read.name] = read
        else:
            problems += read
    return SourcesFile(sources=tuple(sources.values()), problems=tuple(problems))


def _blocks(text: str) -> list[_Block]:
    """The entries; what stands before the first one is an entry of its own, unless it is blank."""
    blocks: list[_Block] = []
    lines: list[str] = []
    start = 1
    for number, line in enumerate([*text.splitlines(), "[[source]]"], 1):
        if _HEADER.match(line):
            content = [kept for kept in lines if kept.strip() and not kept.lstrip().startswith("#")]
            if content:
                blocks.append(_Block(start, "\n".join([*lines, ""])))
            lines, start = [], number
        lines.append(line)
    return blocks


def _read(block: _Block) -> Source | list[Problem]:
    try:
        table = tomllib.loads(block.text)
    except tomllib.TOMLDecodeError as e:
        where = _IN_LINE.search(str(e))
        line = block.line + int(where[1]) - 1 if where else block.line
        return [Problem(line=line, source=_name(block), message=f"not TOML: {_IN_LINE.sub('', str(e)).strip()}")]
    except RecursionError:
        return [Problem(line=block.line, source=_name(block), message="not TOML that is read here: nested too deeply")]
    match table:
        case {"source": [dict(entry)], **others} if not others:
            return _source(block, entry)
    return [Problem(line=block.line, source=None, message="expected [[source]] before the first key")]


def _source(block: _Block, entry: dict[str, Any]) -> Source | list[Problem]:
    named = entry.pop("kind", None)
    kind = KINDS.get(named) if isinstance(named, str) else None
    if kind is None:
        message = f"kind: expected one of {', '.join(KINDS)}"
        return [Problem(line=block.line_of("kind"), source=entry.get("name"), message=message)]
    try:
        return kind(**entry)
    except ValidationError as e:
        return [_problem(block, kind, entry.get("name"), error) for error in e.errors(include_url=False)]


def _problem(block: _Block, kind: type[Source], name: str | None, error: object) -> Problem:
    assert isinstance(error, dict)
    key = str(error["loc"][0]) if error["loc"] else ""
    if error["type"] == "missing":
        message = f'"{key}" is missing: {kind.model_fields[key].description}'
    elif error["type"] == "extra_forbidden":
        message = f'unknown key "{key}"; kind "{kind.kind}" knows {", ".join(kind.model_fields)}'
    else:
        message = f"{key}: {error['msg'].removeprefix('Value error, ')}; found {error['input']!r}"
    return Problem(line=block.line_of(key), source=name, message=message)


def _name(block: _Block) -> str | None:
    found = re.search(r'^\s*name\s*=\s*"([^"]*)"', block.text, re.MULTILINE)
    return found[1] if found else None
