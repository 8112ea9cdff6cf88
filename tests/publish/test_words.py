"""Words are found wherever they stand, however many or few items have them, and in the list's order."""

import pytest

from shushuo_publish.filters import Filters, Window
from shushuo_publish.reading import lists
from shushuo_publish.reading.keys import find
from shushuo_publish.store.session import Store
from tests.publish.builder import small_report, store_many, store_report


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two items are looked into, four where that promises something."""
    monkeypatch.setattr(lists, "FIRST", 1)
    monkeypatch.setattr(lists, "NEAR", 2)
    monkeypatch.setattr(lists, "FAR", 4)


def changes(store: Store, stream: lists.Stream, *, limit: int = 50, page: int = 1, **filters: str) -> list[int]:
    """The changes under which something is found."""
    with store.reading() as session:
        window = Window(limit=limit, page=page)
        found = find(session, stream, Filters.model_validate(filters), window, sqlite=store.sqlite, main=True)
    return [change for change, _ in found.places]


@pytest.mark.parametrize("stream", ["reports", "highlights", "figures"])
def test_what_only_the_oldest_have_is_found(store: Store, stream: lists.Stream) -> None:
    store_many(store, 6)
    words = {"reports": "101件", "highlights": "第1次", "figures": "101件"}[stream]
    assert changes(store, stream, q=words) == [1]
    assert changes(store, stream, q=words, kind="court") == [1]
    assert changes(store, stream, q=words, kind="procuratorate") == []


def test_what_few_others_are_beside_is_found(store: Store) -> None:
    store_many(store, 6)
    store_report(store, small_report(7, organs=["海州市人民法院"], region="海省/海州市"))
    store_many(store, 9)
    assert changes(store, "highlights", q="调解室", organ="海州市人民法院") == [7]


def test_what_all_have_comes_in_the_order_of_the_list(store: Store) -> None:
    store_many(store, 6)
    assert changes(store, "reports", q="调解室", limit=2) == [6, 5]
    assert changes(store, "reports", q="调解室", limit=2, page=3) == [2, 1]
    assert changes(store, "figures", q="刑事案件 件", limit=3, page=2) == [3, 2, 1]


def test_the_list_goes_on_at_its_cursor(store: Store) -> None:
    store_many(store, 7)
    found, cursor = [], None
    while True:
        with store.reading() as session:
            window = Window(limit=3, cursor=cursor)
            stretch = find(session, "highlights", Filters(q="家事"), window, sqlite=store.sqlite)
        found += [change for change, _ in stretch.places]
        if (cursor := stretch.cursor) is None:
            break
    assert found == [7, 6, 5, 4, 3, 2, 1]
