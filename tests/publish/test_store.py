"""What the store promises on both databases: its schema, its transactions, its search."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel, select

from shushuo_publish.cards import Links
from shushuo_publish.store import models, outgoing
from shushuo_publish.store.engine import normalised
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.models import Report
from shushuo_publish.store.publishing import publish
from shushuo_publish.store.session import Store
from shushuo_shared.errors import ConfigError, Retryable
from tests.publish.kit import NOON, TEXT, extracted, report, searched


def _publish(store: Store, name: str, text: str = TEXT, **given: object) -> None:
    read = report(name, text=text, **given)  # type: ignore[arg-type]
    with store.writing() as session:
        publish(session, extracted(read), read, links=Links("https://s.example"), now=NOON)


def test_the_migrations_make_exactly_the_tables_of_the_models(store: Store, database_url: str) -> None:
    upgrade(database_url)
    assert models, outgoing
    with store.engine.connect() as connection:
        ours = {"include_object": lambda _o, name, *_: not str(name).startswith("passage_grams")}
        context = MigrationContext.configure(connection, opts={"compare_type": True, **ours})
        assert compare_metadata(context, SQLModel.metadata) == []


@pytest.mark.parametrize(
    "url", ["postgresql://u@h/d", "postgres://u@h/d", "postgresql+psycopg2://u@h/d", "postgresql+asyncpg://u@h/d"]
)
def test_every_postgresql_url_means_the_driver_that_is_shipped(url: str) -> None:
    assert normalised(url).drivername == "postgresql+psycopg"


@pytest.mark.parametrize("url", ["mysql://h/d", "store.sqlite", "sqlite://", ""])
def test_a_url_of_another_kind_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(ConfigError, match="SHUSHUO_DATABASE_URL"):
        normalised(url)


def test_a_store_that_is_away_may_be_back_later() -> None:
    with pytest.raises(Retryable):
        upgrade("postgresql://nobody@127.0.0.1:1/nothing")


def test_what_fails_half_way_leaves_nothing(store: Store) -> None:
    def half() -> None:
        with store.writing() as session:
            read = report()
            publish(session, extracted(read), read, links=Links("https://s.example"), now=NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with store.reading() as session:
        assert session.exec(select(Report)).all() == []


def test_several_writers_take_their_turns(store: Store) -> None:
    threads = [threading.Thread(target=_publish, args=(store, f"r{n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as session:
        assert sorted(session.exec(select(Report.change))) == list(range(1, 9))


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("案", [2, 1]),
        ("法庭", [1]),
        ("水上法庭", [1]),
        ("水上 典型案例", [1]),
        ("上水", []),
        ("法庭水上", []),
        ("13.7%", [1]),
        ("ABC", [2]),
        ("破产 水上", []),
        ("换行处", [2]),
        ("'; --", []),
    ],
)
def test_words_of_any_length_are_found_in_the_text(store: Store, words: str, hits: list[int]) -> None:
    _publish(store, "r1")
    _publish(store, "r2", "破产案件审理，ABC，词在换\n行处断开。\n", figures=(), highlights=())
    assert searched(store, "reports", words) == [(change, 0) for change in hits]


def test_each_stream_is_searched_by_itself(store: Store) -> None:
    _publish(store, "r1")
    assert searched(store, "figures", "结案率") == [(1, 0)]
    assert searched(store, "highlights", "结案率") == []


def test_what_was_corrected_is_no_longer_found_by_its_old_words(store: Store) -> None:
    _publish(store, "r1")
    read = report("r1", "v2", TEXT.replace("水上", "田间"), highlights=())
    with store.writing() as session:
        publish(session, extracted(read, revision=2), read, links=Links("https://s.example"), now=NOON)
    assert searched(store, "reports", "水上") == []
    assert searched(store, "reports", "田间") == [(2, 0)]
