"""A store travels whole: out of one database and into another, nothing lost, verified."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from sqlmodel import select

from shushuo_publish.cards import Links
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.models import Figure, Passage, Report
from shushuo_publish.store.outgoing import Endpoint
from shushuo_publish.store.publishing import publish
from shushuo_publish.store.session import Store
from shushuo_publish.transfer import export_store, import_store
from shushuo_shared.errors import ConfigError
from tests.publish.kit import NOON, extracted, report, searched


@pytest.fixture
def origin(tmp_path: Path) -> Store:
    """A SQLite store with two reports and an endpoint."""
    url = f"sqlite:///{tmp_path}/origin.sqlite"
    upgrade(url)
    store = Store(open_engine(url))
    with store.writing() as session:
        session.add(Endpoint(id="ep1", url="https://x.example/", secret="whsec_x", created_at=NOON))
    for name in ("r1", "r2"):
        _publish(store, name)
    return store


def _publish(store: Store, name: str) -> None:
    with store.writing() as session:
        read = report(name)
        publish(session, extracted(read), read, links=Links("https://s.example"), now=NOON)


def test_what_was_imported_exports_to_the_same_bytes(origin: Store, store: Store) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    counts = export_store(origin, first)
    assert (counts["report"], counts["figure"], counts["delivery"]) == (2, 4, 4)
    assert import_store(store, io.BytesIO(first.getvalue())) == counts
    export_store(store, second)
    assert second.getvalue() == first.getvalue()


def test_an_imported_store_searches_and_goes_on_publishing(origin: Store, store: Store) -> None:
    file = io.BytesIO()
    export_store(origin, file)
    import_store(store, io.BytesIO(file.getvalue()))
    assert searched(store, "reports", "水上") == [(2, 0), (1, 0)]
    _publish(store, "r3")
    with store.reading() as session:
        assert sorted(session.exec(select(Report.change))) == [1, 2, 3]
        assert len(session.exec(select(Passage)).all()) == 12


def test_what_a_release_without_places_exported_is_imported(origin: Store, store: Store) -> None:
    file = io.BytesIO()
    export_store(origin, file)
    lines = [json.loads(line) for line in file.getvalue().splitlines()]
    for line in lines[:-1]:
        line["row"].pop("places", None)
        if line["table"] == "report":
            line["row"].pop("copy_of")
    older = [json.dumps(line).encode() + b"\n" for line in lines[:-1]]
    ending = lines[-1] | {"sha256": hashlib.sha256(b"".join(older)).hexdigest()}
    import_store(store, [*older, json.dumps(ending).encode()])
    with store.reading() as session:
        assert [row.places for row in session.exec(select(Figure))] == [[], [], [], []]


def test_a_file_that_was_cut_off_is_refused_and_nothing_is_kept(origin: Store, store: Store) -> None:
    file = io.BytesIO()
    export_store(origin, file)
    lines = file.getvalue().splitlines(keepends=True)
    with pytest.raises(ConfigError, match="cut off"):
        import_store(store, lines[:-3] + lines[-1:])
    with store.reading() as session:
        assert session.exec(select(Report)).all() == []


def test_a_store_that_holds_something_is_not_overwritten(origin: Store) -> None:
    with pytest.raises(ConfigError, match="not empty"):
        import_store(origin, [])


def test_endpoints_registered_before_any_report_are_not_overwritten(origin: Store, store: Store) -> None:
    file = io.BytesIO()
    export_store(origin, file)
    with store.writing() as session:
        session.add(Endpoint(id="ep2", url="https://y.example/", secret="whsec_y", created_at=NOON))
    with pytest.raises(ConfigError, match="not empty: it holds rows of endpoint; name a new database"):
        import_store(store, io.BytesIO(file.getvalue()))
    with store.reading() as session:
        assert [row.id for row in session.exec(select(Endpoint))] == ["ep2"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"[]\n", "line 1 is no row of a store"),
        (b'{"table": "report"}\n', "line 1 is no row of a store"),
        (b'{"table": "inbox", "row": {"event_id": "e1", "at": "yesterday"}}\n', "does not fit table inbox"),
        (b'{"table": "inbox", "row": {"event_id": "e1"}}\n', "does not fit table inbox"),
        (b'{"table": "inbox", "row": {"event_id": "e1", "seen": 1}}\n', "does not fit table inbox"),
        (b'{"table": "shelf", "row": {}}\n', "a table 'shelf'"),
    ],
)
def test_a_file_that_no_release_wrote_so_is_refused_in_one_sentence(store: Store, line: bytes, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        import_store(store, [line])
