"""Publish by itself knows what is wrong with the sources, and takes no answer for no good news."""

import httpx
import pytest
from pydantic import SecretStr

from shushuo_publish.ingest_elsewhere import IngestElsewhere


def ingest_that(answer: httpx.Response | Exception) -> IngestElsewhere:
    """An ingest that answers so to whoever knows the token."""

    def respond(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == "http://ingest:8001/ingest/v1/sources"
        assert request.headers["authorization"] == "Bearer secret"
        if isinstance(answer, Exception):
            raise answer
        return answer

    client = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    return IngestElsewhere("http://ingest:8001/", SecretStr("secret"), client=client)


async def test_what_ingest_says_is_passed_on() -> None:
    said = ["source 数据 is in alarm: silent: nothing new since 2025-01-20 00:00 UTC"]

    assert await ingest_that(httpx.Response(200, json={"problems": said}))() == said


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (httpx.ConnectError("refused"), "no ingest answers at http://ingest:8001 (ConnectError refused): start it"),
        (httpx.ReadTimeout("slow"), "no ingest answers at http://ingest:8001 (ReadTimeout slow): start it"),
        (httpx.Response(200, text="<html>"), "no ingest answers at http://ingest:8001"),
        (httpx.Response(401), "ingest at http://ingest:8001 answered 401; give both services the same"),
        (httpx.Response(500), "ingest at http://ingest:8001 answered 500"),
    ],
)
async def test_an_ingest_that_does_not_answer_is_a_problem(answer: httpx.Response | Exception, told: str) -> None:
    (problem,) = await ingest_that(answer)()

    assert problem.startswith(told)
