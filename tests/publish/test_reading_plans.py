"""A list costs the same however many reports there are: every question is a walk along an index."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, event

from shushuo_publish.filters import Filters, Window
from shushuo_publish.reading.cards import figures_at, highlights_at, reports_at
from shushuo_publish.reading.keys import find
from shushuo_publish.reading.lists import Listing, Stream, look_into, lookup
from shushuo_publish.reading.organs import organs
from shushuo_publish.reading.series import across, series
from shushuo_publish.reading.whole import whole
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.session import Store
from tests.publish.builder import store_many

FILTERS = [
    {},
    {"organ": "临江县人民法院"},
    {"region": "云省"},
    {"kind": "court", "level": "basic"},
    {"year": 2025, "type": "honor"},
    {"indicator": "criminal.accepted", "region": "云溪市", "year": 2025},
]


@pytest.fixture(scope="module")
def store(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("plans") / "store.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    made = Store(open_engine(f"sqlite:///{path}"))
    store_many(made, 30)
    return made


def plan(store: Store, stream: Stream, filters: dict[str, Any], **window: Any) -> list[str]:
    """How SQLite answers, step by step."""
    asked: list[tuple[str, Any]] = []
    event.listen(store.engine, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
    with store.reading() as session:
        find(session, stream, Filters(**filters), Window(**window), sqlite=True, main=True)
        query = next((statement, values) for statement, values in asked if statement.startswith("SELECT"))
        return [row[3] for row in session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + query[0], query[1])]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("stream", ["reports", "highlights", "figures"])
@pytest.mark.parametrize("window", [{}, {"cursor": "17.0"}], ids=["newest", "continued"])
def test_a_list_walks_one_index(store: Store, stream: Stream, filters: dict[str, Any], window: dict[str, Any]) -> None:
    steps = plan(store, stream, filters, **window)
    assert not [step for step in steps if step.startswith("SCAN") and "INDEX" not in step], steps
    assert not [step for step in steps if "TEMP B-TREE" in step], steps


READINGS = {
    "reports": lambda session: reports_at(session, [(9, 0), (8, 0)]),
    "highlights": lambda session: highlights_at(session, [(9, 0), (8, 0)]),
    "figures": lambda session: figures_at(session, [(9, 1), (9, 0)]),
    "series": lambda session: series(session, "criminal.accepted", "临江县人民法院"),
    "compare": lambda session: across(
        session, Filters(indicator="criminal.accepted", year=2025), Window(), sqlite=True
    ),
    "organs": organs,
    "whole": lambda session: whole(session, "r0007"),
}


@pytest.mark.parametrize("reading", READINGS)
def test_what_is_shown_is_looked_up_by_index(store: Store, reading: str) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(store.engine, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
    with store.reading() as session:
        assert READINGS[reading](session)
        for query, values in [question for question in asked if question[0].startswith("SELECT")]:
            rows = session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + query, values)
            assert not [row[3] for row in rows if row[3].startswith("SCAN")], query


def explained(store: Store, query: Select[Any]) -> list[str]:
    with store.reading() as session:
        asked = query.compile(store.engine, compile_kwargs={"literal_binds": True})
        return [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]


@pytest.mark.parametrize("stream", ["reports", "highlights", "figures"])
@pytest.mark.parametrize("filters", [{"q": "调解室"}, {"q": "调解室", "region": "云溪市", "kind": "court"}], ids=str)
def test_words_are_looked_for_in_the_first_items_and_then_in_their_index(
    store: Store, stream: Stream, filters: dict[str, Any]
) -> None:
    listing = Listing(stream=stream, filters=Filters(**filters), sqlite=True, main=True, last=2000)
    walked, looked_up = explained(store, look_into(listing, 250)), explained(store, lookup(listing))
    assert not [step for step in walked if "SCAN passage" in step or "VIRTUAL" in step], walked
    assert any("passage_grams VIRTUAL TABLE" in step for step in looked_up), looked_up
    assert not [step for step in looked_up if step.startswith("SCAN passage") and "VIRTUAL" not in step], looked_up
