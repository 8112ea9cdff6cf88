"""A store that an earlier release filled is brought up to date and goes on as before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.models import Highlight
from shushuo_publish.store.session import Store
from shushuo_shared.report import ExtractedReport, Spot
from tests.publish.builder import small_report, store_many, store_report
from tests.publish.kit import searched


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/old.sqlite"
    make: Callable[[], str] = request.getfixturevalue("new_database")
    return make()


LENT = {
    "report": ("copy_of", "VARCHAR"),
    "figure": ("places", "JSON"),
    "rank": ("places", "JSON"),
    "highlight": ("places", "JSON"),
}


@contextmanager
def _lent_columns(store: Store) -> Iterator[None]:
    """Those of later releases, for as long as the block lasts: today's code, which stores in it, knows of them."""
    with store.writing() as session:
        for table, (name, kind) in LENT.items():
            session.execute(text(f"ALTER TABLE {table} ADD COLUMN {name} {kind}"))
    yield
    with store.writing() as session:
        for table, (name, _) in LENT.items():
            session.execute(text(f"ALTER TABLE {table} DROP COLUMN {name}"))


@pytest.fixture
def upgraded(empty_url: str) -> Iterator[Store]:
    """A store of three reports and one that tells of places, published before grams carried their stream."""
    upgrade(empty_url, "0003")
    store = Store(open_engine(empty_url))
    with _lent_columns(store):
        store_many(store, 3)
        store_report(store, _placed(small_report(4)))
    upgrade(empty_url)
    yield store
    store.engine.dispose()


def _placed(report: ExtractedReport) -> ExtractedReport:
    """The report, its highlight standing on page 3."""
    highlight = report.highlights[0].model_copy(update={"places": [Spot(page=3)]})
    return report.model_copy(update={"highlights": [highlight]})


def test_what_an_earlier_release_stored_is_found(upgraded: Store) -> None:
    assert searched(upgraded, "reports", "家事调解室") == [(4, 0), (3, 0), (2, 0), (1, 0)]
    assert searched(upgraded, "highlights", "第2次获评") == [(2, 0)]
    assert searched(upgraded, "figures", "103件") == [(3, 1), (3, 0)]
    assert searched(upgraded, "figures", "调解室") == []


def test_what_an_earlier_release_stored_can_be_corrected(upgraded: Store) -> None:
    store_report(upgraded, small_report(7).model_copy(update={"report_id": "r0002", "version": "v2"}), revision=2)
    assert searched(upgraded, "highlights", "第2次获评") == []
    assert searched(upgraded, "highlights", "第7次获评") == [(5, 0)]
    assert searched(upgraded, "reports", "家事调解室") == [(5, 0), (4, 0), (3, 0), (1, 0)]


def test_what_an_earlier_release_stored_tells_its_places(upgraded: Store) -> None:
    with upgraded.reading() as session:
        rows = session.exec(select(Highlight).order_by(Highlight.change)).all()  # type: ignore[arg-type]
    assert [[place["page"] for place in row.places] for row in rows] == [[], [], [], [3]]
