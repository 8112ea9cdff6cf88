"""Whatever is asked, the read side answers as its OpenAPI document says, and never with an error of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

from shushuo_publish.feeds.build import FORMATS
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.session import Store
from tests.publish.builder import app_of, store_many, store_report

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def surface(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenApiSchema]:
    """The whole surface over a store with a few reports, one of them withdrawn."""
    path = tmp_path_factory.mktemp("surface") / "store.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    store = Store(engine)
    store_many(store, 4)
    store_report(store, None, report_id="r0002", revision=2)
    yield schemathesis.openapi.from_asgi("/openapi.json", app_of(store))
    engine.dispose()


ARCHIVED = ("rss", "atom")
ALWAYS_RIGHT = {  # nothing can be asked wrongly where any text is a name
    "/feeds.opml",
    "/api/v1/reports/{report_id}",
    "/api/v1/reports/{report_id}/figures.csv",
}
PATHS = [
    *(f"/feeds/{stream}.{format_}" for stream in ("reports", "highlights", "figures") for format_ in FORMATS),
    *(f"/feeds/{stream}/archive/{{number}}.{f}" for stream in ("reports", "highlights", "figures") for f in ARCHIVED),
    "/feeds.opml",
    *(f"/api/v1/{name}" for name in ("reports", "figures", "highlights", "organs", "series", "compare")),
    "/api/v1/figures.csv",
    "/api/v1/reports/{report_id}",
    "/api/v1/reports/{report_id}/figures.csv",
]


def test_the_whole_surface_is_asked(surface: OpenApiSchema) -> None:
    assert set(surface.raw_schema["paths"]) == set(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_every_right_question_has_an_answer(surface: OpenApiSchema, path: str) -> None:
    ask_all(surface, path, GenerationMode.POSITIVE)


@pytest.mark.parametrize("path", [path for path in PATHS if path not in ALWAYS_RIGHT])
def test_every_wrong_question_has_an_answer(surface: OpenApiSchema, path: str) -> None:
    ask_all(surface, path, GenerationMode.NEGATIVE)


def ask_all(surface: OpenApiSchema, path: str, mode: GenerationMode) -> None:
    questions = surface[path]["GET"].as_strategy(generation_mode=mode)

    @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(questions)
    def ask(case: schemathesis.Case) -> None:
        case.validate_response(case.call(), checks=CHECKS)

    ask()
