"""What feeds, pages and the API show of a report, a highlight and a figure: plain values, read once from the store."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from shushuo_publish.labels import BASIS, DIRECTIONS, MOVES
from shushuo_shared.report import Spot

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stated difference of a figure, e.g. the 13.7% of 同比上升13.7%."""

    text: str
    basis: str | None
    direction: str | None

    def words(self) -> str:
        """Basis, direction and the text's own quantity, e.g. ``同比升 13.7%``."""
        basis = self.basis or "other"
        move = MOVES.get((basis, self.direction or ""), DIRECTIONS.get(self.direction or "", "变化"))
        return f"{BASIS.get(basis, '')}{move} {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCard:
    """One figure; ``key`` is its address within the report, ``sentence`` the words that prove it."""

    key: str
    text: str
    value: str
    unit: str
    approx: str
    role: str
    indicator: str
    code: str | None
    period: str | None
    organ: str | None
    start: int
    end: int
    sentence: str
    places: tuple[Spot, ...] = ()
    published_at: datetime
    changed_at: datetime
    changes: tuple[Change, ...] = ()
    suspect: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightCard:
    """One highlight: ``text`` is the report's own words, ``title`` a headline cut from them."""

    key: str
    title: str
    text: str
    types: tuple[str, ...]
    level: str | None
    issuer: str | None
    organ: str | None
    start: int
    end: int
    sentence: str
    places: tuple[Spot, ...] = ()
    published_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """One report in brief; ``change`` rises with every change of anything published and orders all lists;
    ``copy_of`` is the report that a withdrawn one gave way to, being its copy.
    """

    report_id: str
    version: str
    change: int
    sequence: int
    title: str
    headline: str
    organs: tuple[str, ...]
    kind: str | None
    level: str | None
    region: str | None
    period: str | None
    reported_on: str | None
    source_url: str | None
    published_at: datetime
    changed_at: datetime
    withdrawn: bool = False
    copy_of: str | None = None
    warnings: int = 0
    figure_count: int = 0
    key_figures: tuple[FigureCard, ...] = ()
    highlights: tuple[HighlightCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute addresses of what we publish; ``base`` is the public address without a slash at its end."""

    base: str

    def report(self, report_id: str, anchor: str = "") -> str:
        """A report's page, or the place on it where one of its items stands."""
        return f"{self.base}/reports/{quote(report_id, safe='')}" + (f"#{anchor}" if anchor else "")

    def at(self, path: str, query: str = "") -> str:
        """Any path of ours."""
        return f"{self.base}{path}" + (f"?{query}" if query else "")


def china_time(moment: datetime) -> datetime:
    """The moment at +08:00, to the second; a naive one is UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(CHINA).replace(microsecond=0)


def period_words(period: str | None) -> str:
    """An ISO interval as people write it: ``2017/2021`` gives ``2017—2021年``, ``2022-06`` gives ``2022年6月``."""
    ends = [end for end in (period or "").split("/") if end]
    if ends and all(len(end) == 4 for end in ends):
        return "—".join(ends) + "年"
    return "—".join(_month(end) for end in ends)


def _month(end: str) -> str:
    year, _, month = end.partition("-")
    return f"{year}年{int(month[:2])}月" if month[:2].isdigit() else f"{year}年"


def decimal_of(value: str) -> Decimal | None:
    """The number in a decimal string; None where it is none."""
    try:
        return Decimal(value)
    except InvalidOperation:
        return None
