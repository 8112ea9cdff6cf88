"""A store that an earlier release filled is brought up to date and goes on as before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.session import Store
from tests.publish.builder import small_report, store_many, store_report
from tests.publish.kit import searched


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/old.sqlite"
    make: Callable[[], str] = request.getfixturevalue("new_database")
    return make()


@contextmanager
def _lent_column(store: Store, name: str) -> Iterator[None]:
    """A later release's column of reports, for as long as the block lasts."""
    with store.writing() as session:
        session.execute(text(f"ALTER TABLE report ADD COLUMN {name} VARCHAR"))
    yield
    with store.writing() as session:
        session.execute(text(f"ALTER TABLE report DROP COLUMN {name}"))


@pytest.fixture
def upgraded(empty_url: str) -> Iterator[Store]:
    """A store of three reports, published before grams carried their stream."""
    upgrade(empty_url, "0003")
    store = Store(open_engine(empty_url))
    with _lent_column(store, "copy_of"):  # today's code stores them, which knows of it
        store_many(store, 3)
    upgrade(empty_url)
    yield store
    store.engine.dispose()


def test_what_an_earlier_release_stored_is_found(upgraded: Store) -> None:
    assert searched(upgraded, "reports", "家事调解室") == [(3, 0), (2, 0), (1, 0)]
    assert searched(upgraded, "highlights", "第2次获评") == [(2, 0)]
    assert searched(upgraded, "figures", "103件") == [(3, 1), (3, 0)]
    assert searched(upgraded, "figures", "调解室") == []


def test_what_an_earlier_release_stored_can_be_corrected(upgraded: Store) -> None:
    store_report(upgraded, small_report(7).model_copy(update={"report_id": "r0002", "version": "v2"}), revision=2)
    assert searched(upgraded, "highlights", "第2次获评") == []
    assert searched(upgraded, "highlights", "第7次获评") == [(4, 0)]
    assert searched(upgraded, "reports", "家事调解室") == [(4, 0), (3, 0), (1, 0)]
