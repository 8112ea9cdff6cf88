"""The one filter of feeds, API, pages and webhooks: what may be asked for, how it is read, and what it lets through."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, get_args
from urllib.parse import quote, urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from shushuo_shared.report import HighlightType, Kind, Level

MAX_LIMIT = 500
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)")


class BadQuery(ValueError):
    """A request asks for what cannot be; ``problems`` say for each parameter what was found and what may be."""

    def __init__(self, problems: list[dict[str, str]]) -> None:
        super().__init__("；".join(f"{p['name']}：{p['message']}" for p in problems))
        self.problems = problems


def _plain(value: object) -> object:
    """Trim text; blank means absent, as forms send it."""
    if not isinstance(value, str):
        return value
    if _FORBIDDEN.search(value):
        raise ValueError("含有控制字符")
    return value.strip() or None


Text = Annotated[str | None, BeforeValidator(_plain)]


class Filters(BaseModel):
    """Conditions that all must hold; one that is None holds always."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    organ: Text = Field(default=None, max_length=60, description="法院或检察院全称", examples=["临江县人民法院"])
    kind: Annotated[Kind | None, BeforeValidator(_plain)] = Field(default=None, description="法院、检察院或两者")
    level: Annotated[Level | None, BeforeValidator(_plain)] = Field(default=None, description="级别")
    region: Text = Field(default=None, max_length=60, description="省、市或县，单名或路径", examples=["浙江省"])
    year: Annotated[int | None, BeforeValidator(_plain)] = Field(
        default=None, ge=1949, le=2100, description="报告所述年份", examples=[2025]
    )
    type: Annotated[HighlightType | None, BeforeValidator(_plain)] = Field(default=None, description="亮点类型")
    indicator: Text = Field(default=None, max_length=60, description="指标代码", examples=["criminal.accepted"])
    q: Text = Field(default=None, max_length=100, description="检索词，空格分开，须全部出现", examples=["共享法庭"])

    @field_validator("indicator")
    @classmethod
    def _code(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[a-z]+\.[a-z_]+", value):
            raise ValueError("应为指标代码，例如 criminal.accepted")
        return value

    @field_validator("region")
    @classmethod
    def _path(cls, value: str | None) -> str | None:
        return value.strip("/") or None if value else None

    def given(self) -> dict[str, str]:
        """The conditions that were set, in one fixed order."""
        return {name: str(value) for name, value in self.model_dump(exclude_none=True).items()}

    def query(self, **more: object) -> str:
        """These conditions (and ``more`` parameters) as a query string; equal filters give equal strings."""
        pairs = self.given() | {name: str(value) for name, value in more.items() if value is not None}
        return urlencode(pairs, quote_via=quote)

    def words(self) -> list[str]:
        """The words of the free-text condition."""
        return (self.q or "").split()


class Window(BaseModel):
    """Which stretch of the results: ``limit`` items after ``cursor``, or the ``page``-th such stretch."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: Annotated[int, BeforeValidator(_plain)] = Field(default=50, ge=1, le=MAX_LIMIT, description="最多几条")
    page: Annotated[int, BeforeValidator(_plain)] = Field(default=1, ge=1, le=200, description="第几页")
    cursor: Text = Field(
        default=None,
        max_length=28,
        pattern=r"^[0-9]{1,18}(\.[0-9]{1,9})?$",
        description="上页给出的续读位置",
    )


def read(pairs: Iterable[tuple[str, str]], *, limit: int = 50) -> tuple[Filters, Window]:
    """Filters and window of a query string; BadQuery names everything that is wrong in it at once."""
    return _read(tuple(pairs), limit)


def read_filters(pairs: Iterable[tuple[str, str]], *, of: str) -> Filters:
    """The filters for what has no pages, ``of`` being its name; BadQuery as from ``read``."""
    given = list(pairs)
    filters, _ = read(given)
    if strange := [name for name, _ in given if name in Window.model_fields]:
        raise BadQuery([{"name": name, "message": f"{of}没有这个参数"} for name in strange])
    return filters


@lru_cache(maxsize=1000)
def _read(pairs: tuple[tuple[str, str], ...], limit: int) -> tuple[Filters, Window]:
    """Readers ask the same again and again; what is wrong is not remembered."""
    problems: list[dict[str, str]] = []
    given = _once(pairs, problems)
    known = Filters.model_fields.keys() | Window.model_fields.keys()
    problems += [
        {"name": name, "message": f"没有这个参数；可用的有 {'、'.join(sorted(known))}"}
        for name in given
        if name not in known
    ]
    filters, window = (_part(model, given, limit, problems) for model in (Filters, Window))
    if problems:
        raise BadQuery(problems)
    return filters, window


def _part(model: type[Any], given: dict[str, str], limit: int, problems: list[dict[str, str]]) -> Any:
    mine = {name: value for name, value in given.items() if name in model.model_fields and value.strip()}
    try:
        return model(**({"limit": limit} if model is Window else {}) | mine)
    except ValidationError as e:
        problems += problems_of(e)
        return None


def _once(pairs: Iterable[tuple[str, str]], problems: list[dict[str, str]]) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in given:
            problems.append({"name": name, "message": "只能给一次"})
        given[name] = value
    return given


_CHOICES = {"kind": get_args(Kind), "level": get_args(Level), "type": get_args(HighlightType)}
_EXPECTED = {
    "year": "应为 1949 至 2100 之间的年份",
    "limit": f"应为 1 至 {MAX_LIMIT} 的整数",
    "page": "应为 1 至 200 的整数；更早的内容请用 cursor",
    "cursor": "应为上一页给出的续读位置",
}


def problems_of(error: ValidationError) -> list[dict[str, str]]:
    """For each wrong field its name and, in words, what was found and what may be."""
    return [_problem(str(e["loc"][0]) if e["loc"] else "", e.get("input"), e["msg"]) for e in error.errors()]


def _problem(name: str, found: object, reason: str) -> dict[str, str]:
    expected = f"应为 {'、'.join(_CHOICES[name])} 之一" if name in _CHOICES else _EXPECTED.get(name)
    shown = "".join(_FORBIDDEN.sub("�", str(found))[:60])
    reason = reason.removeprefix("Value error, ")
    return {"name": name, "message": f"收到“{shown}”，{expected or reason}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a report, or one highlight or figure of it, offers to be filtered by."""

    organs: frozenset[str] = frozenset()
    kind: str | None = None
    level: str | None = None
    regions: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    types: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    text: str = ""


def regions_of(path: str | None) -> frozenset[str]:
    """All names under which a region is asked for: ``甲省/乙市`` is found as 甲省, 乙市 and 甲省/乙市."""
    parts = [part for part in (path or "").split("/") if part]
    return frozenset(parts) | {"/".join(parts[: n + 1]) for n in range(len(parts))}


def years_of(period: str | None) -> frozenset[int]:
    """Every year that an ISO interval touches: ``2017/2021`` gives five; none when it names no year."""
    years = [int(year) for year in _YEARS.findall(period or "")]
    if not years:
        return frozenset()
    first, last = min(years), max(years)
    return frozenset(range(first, last + 1)) if last - first <= 100 else frozenset({first, last})
