"""Whatever an administrator asks, on either database, is answered and never with an error of the server's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from pydantic import SecretStr
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from starlette.testclient import TestClient

from shushuo_publish.app import Publish, create_api, open_publish
from shushuo_publish.settings import PublishSettings
from shushuo_shared.blobs import open_blobs
from shushuo_shared.bus import open_bus
from tests.publish.builder import store_many, store_report

TOKEN = {"authorization": "Bearer t0ken"}
ODD = ("%00", "a%00b", "%F0%9F%98%80", "%ED%A0%80", "%0A", "9" * 400, "-1", "all", "..%2F..", "'%22;--", "%FF")


@pytest.fixture
async def service(database_url: str, tmp_path: Path) -> AsyncIterator[Publish]:
    given = {"data_dir": tmp_path, "database_url": database_url, "rate_per_minute": 10**9}
    chosen = PublishSettings(**given, admin_token=SecretStr("t0ken"), _env_file=None)  # type: ignore[arg-type]
    bus = await open_bus(f"sqlite:///{tmp_path}/bus.sqlite", service="test")
    made = await open_publish(chosen, bus=bus, blobs=open_blobs(f"file://{tmp_path}/blobs"))
    store_many(made.store, 2)
    store_report(made.store, None, report_id="r0002", revision=2)
    yield made
    made.close()
    await bus.close()


def test_no_question_makes_the_server_fail(service: Publish) -> None:
    surface = schemathesis.openapi.from_asgi("/openapi.json", create_api(service))

    for operation in surface.get_all_operations():

        @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(operation.ok().as_strategy())
        def ask(case: schemathesis.Case) -> None:
            status = case.path == "/api/v1/status"  # it answers 503 to say that something is wrong
            checks = [status_code_conformance] if status else [not_a_server_error]
            case.validate_response(case.call(headers=TOKEN), checks=[*checks, response_schema_conformance])

        ask()


def test_no_name_makes_the_server_fail(service: Publish) -> None:
    api = create_api(service)
    with TestClient(api, headers=TOKEN) as client:
        for path, operations in api.openapi()["paths"].items():
            for odd in ODD if "{" in path else ():
                address = "/".join(odd if part.startswith("{") else part for part in path.split("/"))
                for method in operations:
                    answer = client.request(method, address, json={})
                    assert answer.status_code < 500, (method, address)
