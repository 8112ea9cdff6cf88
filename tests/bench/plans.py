"""How PostgreSQL answers everything that is asked of a store: ``python -m tests.bench.plans --database URL``."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy import event
from sqlmodel import Session, col, select

from shushuo_publish.cards import Links
from shushuo_publish.feeds.build import Wanted, build
from shushuo_publish.filters import Filters, Window
from shushuo_publish.reading.lists import Stream
from shushuo_publish.reading.organs import organs
from shushuo_publish.reading.series import across, series
from shushuo_publish.reading.whole import whole
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.models import Figure, Report
from shushuo_publish.store.outgoing import Endpoint
from shushuo_publish.store.session import Store
from shushuo_publish.trace import trace
from shushuo_publish.webhooks import endpoints, outbox

NOW = datetime(2100, 1, 1, tzinfo=UTC)
FEW = 5000
"""Reading that many rows of a table one after another is no fault: PostgreSQL rightly prefers it."""

Ask = Callable[[Session], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One statement of one question, as it was carried out; ``work`` is how many rows its nodes touched."""

    question: str
    statement: str
    root: Mapping[str, Any]

    @property
    def work(self) -> int:
        """Rows that came out of the nodes or were thrown away in them, loops counted."""
        return sum(int(node["Actual Loops"] * (node["Actual Rows"] + _removed(node))) for node in _nodes(self.root))

    @property
    def scanned(self) -> list[str]:
        """The large tables that were read from their beginning."""
        return [n["Relation Name"] for n in _nodes(self.root) if n["Node Type"] == "Seq Scan" and _counts(n)]

    def shown(self) -> str:
        """The nodes, indented."""
        return "\n".join(_lines(self.root, 0))


def questions(session: Session) -> dict[str, Ask]:
    """Everything that feeds, pages, the API and the delivery loop ask, with values that the store has."""
    report = session.exec(select(Report).order_by(col(Report.change).desc()).offset(5).limit(1)).first()
    assert report is not None
    figure = session.exec(select(Figure).where(col(Figure.report_id) == report.report_id).limit(1)).first()
    assert figure is not None
    organ, code, year = report.organs[0], str(figure.code), int(str(report.period))
    found: dict[str, Ask] = {}
    for stream in get_args(Stream):
        for given in _filters(report, organ, code, year):
            for window in ({}, {"cursor": f"{report.change // 2}.0"}, {"page": 3}):
                name = f"{stream} {given} {window}"
                found[name] = _feed(stream, Filters.model_validate(given), Window.model_validate(window))
    wide = Filters(indicator=code, year=year, region=report.region)
    claimed = outbox.Room(healthy=192, suspect=64)
    return found | {
        "series": lambda s: series(s, code, organ),
        "compare": lambda s: across(s, wide, Window(), sqlite=False),
        "organs": organs,
        "report": lambda s: whole(s, report.report_id),
        "trace": lambda s: trace(s, report.report_id),
        "claim": lambda s: outbox.claim(s, claimed, NOW),
        "deliveries": lambda s: endpoints.deliveries(s, "ep_7", limit=100),
        "replay": lambda s: endpoints.replay(
            s, s.get_one(Endpoint, "ep_7"), endpoints.Selection(failed=True), datetime.now(UTC)
        ),
    }


def _filters(report: Report, organ: str, code: str, year: int) -> list[dict[str, Any]]:
    region = str(report.region)
    return [
        {},
        {"organ": organ},
        {"kind": report.kind},
        {"level": report.level},
        {"region": region},
        {"region": region.split("/", maxsplit=1)[0]},
        {"year": year},
        {"type": "honor"},
        {"indicator": code},
        {"q": "家事"},
        {"q": f"第{report.change:07d}号"},
        {"q": "青苗 优秀"},
        {"kind": report.kind, "level": report.level},
        {"region": region.split("/", maxsplit=1)[0], "year": year, "type": "first"},
        {"organ": organ, "year": year, "indicator": code},
        {"q": "家事", "region": region.split("/", maxsplit=1)[0]},
        {"q": "家事", "organ": organ, "year": year},
    ]


def _feed(stream: Stream, filters: Filters, window: Window) -> Ask:
    wanted = Wanted(stream=stream, format="rss", filters=filters, window=window, links=Links("https://s.example"))
    return lambda session: build(session, wanted, sqlite=False)


def plans(store: Store) -> Iterator[Plan]:
    """Every statement of every question with its plan; nothing is changed."""
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, values: Any, *___: object) -> None:
        asked.append((statement, values))

    with store.reading() as session:
        known = questions(session)
        event.listen(store.engine, "before_cursor_execute", note)
        for question, ask in known.items():
            asked.clear()
            ask(session)
            for statement, values in list(asked):
                explained = "EXPLAIN (ANALYZE, FORMAT JSON) " + statement
                answer = session.connection().exec_driver_sql(explained, values).scalar_one()
                read = answer if isinstance(answer, list) else json.loads(answer)
                yield Plan(question=question, statement=statement, root=read[0]["Plan"])
            session.rollback()
        event.remove(store.engine, "before_cursor_execute", note)


def _nodes(root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield root
    for child in root.get("Plans", ()):
        yield from _nodes(child)


def _removed(node: Mapping[str, Any]) -> float:
    return float(node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0))


def _counts(node: Mapping[str, Any]) -> bool:
    """Whether the scan grows with what is stored; endpoints are ten thousand at most."""
    return node["Relation Name"] != "endpoint" and node["Actual Loops"] * (node["Actual Rows"] + _removed(node)) > FEW


def _lines(node: Mapping[str, Any], depth: int) -> Iterator[str]:
    where = node.get("Index Name") or node.get("Relation Name") or ""
    rows = f"rows={node['Actual Rows']:g} loops={node['Actual Loops']:g} removed={_removed(node):g}"
    yield f"{'  ' * depth}{node['Node Type']} {where} ({rows})".replace("  (", " (")
    for child in node.get("Plans", ()):
        yield from _lines(child, depth + 1)


def main() -> None:
    """Print the questions by the work they make, and the plan of the heaviest."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--database", required=True)
    found = list(plans(Store(open_engine(parser.parse_args().database))))
    heaviest = sorted(found, key=lambda plan: -plan.work)
    print(f"{len(found)} statements; sequential scans: {[p.question for p in found if p.scanned]}")
    for plan in heaviest[:15]:
        print(f"{plan.work:>9}  {plan.question}  {plan.statement[:60]!r}")
    print(heaviest[0].statement, heaviest[0].shown(), sep="\n")


if __name__ == "__main__":
    main()
