"""With twenty thousand reports on PostgreSQL nothing is answered by reading a table from its beginning."""

from collections.abc import Callable

import pytest

from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.session import Store
from tests.bench.load_reports import load
from tests.bench.plans import plans


@pytest.mark.postgres
def test_every_question_walks_an_index(new_database: Callable[[], str]) -> None:
    url = new_database()
    load(url, 20_000)
    store = Store(open_engine(url))
    found = list(plans(store))
    store.engine.dispose()
    assert len({plan.question for plan in found}) > 150
    assert [(plan.question, plan.scanned, plan.shown()) for plan in found if plan.scanned] == []
    assert max(plan.work for plan in found if "'q'" in plan.question) < 50_000, "words are found in bounded work"
