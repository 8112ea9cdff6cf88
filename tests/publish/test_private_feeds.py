"""Private feeds: one token for each subscriber, shown once, revoked without touching the others."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlmodel import select

from shushuo_publish.store.models import FeedToken
from shushuo_publish.store.session import Store
from shushuo_publish.web.admin import token_guard
from shushuo_publish.web.feed_tokens import tokens_router
from shushuo_publish.web.mount import mount
from shushuo_publish.web.problems import add_problem_handlers
from shushuo_publish.web.site import Site
from tests.publish.builder import BASE, NOW, store_many

ADMIN = {"authorization": "Bearer administrator"}
TOKENS = "/api/v1/feed-tokens"


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    store_many(store, 2)
    app = FastAPI()
    add_problem_handlers(app)
    later, hubs = NOW + timedelta(days=1), ("https://hub.example/",)
    site = Site(store=store, public_url=BASE, private_feeds=True, hubs=hubs, clock=lambda: later)
    app.include_router(tokens_router(site, token_guard(SecretStr("administrator"))))
    mount(app, site)
    with TestClient(app, base_url=BASE) as opened:
        yield opened


def given(client: TestClient, name: str) -> tuple[str, str]:
    """A new token's id and the path of its feed of reports."""
    made = client.post(TOKENS, json={"name": name}, headers=ADMIN).json()
    return made["id"], made["feeds"][0].removeprefix(BASE)


def test_private_feeds_need_a_token(client: TestClient) -> None:
    assert client.get("/feeds/reports.rss").status_code == 403
    assert client.get("/feeds.opml").status_code == 403
    assert client.get("/feeds/t/invented/reports.rss").status_code == 403


def test_a_token_opens_every_format_and_filter(client: TestClient) -> None:
    _, path = given(client, "云溪市政法委宣传处")
    document = client.get(path.replace(".rss", ".json") + "?year=2025")
    assert len(document.json()["items"]) == 2
    assert document.json()["feed_url"] == BASE + path.replace(".rss", ".json") + "?year=2025"
    assert document.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("format_", ["rss", "atom", "json"])
def test_no_hub_is_told_of_a_token(client: TestClient, format_: str) -> None:
    _, path = given(client, "甲")
    answer = client.get(path.replace(".rss", f".{format_}"))
    assert "hub.example" not in answer.text + answer.headers["link"]


def test_revoking_one_token_leaves_the_others(client: TestClient) -> None:
    first, path = given(client, "甲")
    _, other = given(client, "乙")
    etag = client.get(path).headers["etag"]
    assert client.delete(f"{TOKENS}/{first}", headers=ADMIN).status_code == 204
    assert client.get(path, headers={"if-none-match": etag}).status_code == 403
    assert client.get(other).status_code == 200
    live = {row["name"]: row["revoked_at"] is None for row in client.get(TOKENS, headers=ADMIN).json()}
    assert live == {"甲": False, "乙": True}


def test_the_secret_is_kept_nowhere(client: TestClient, store: Store) -> None:
    _, path = given(client, "甲")
    token = path.split("/")[3]
    with store.reading() as session:
        [row] = session.exec(select(FeedToken)).all()
    assert token not in repr(row.model_dump())
    assert token not in client.get(TOKENS, headers=ADMIN).text


def test_only_administrators_give_tokens(client: TestClient) -> None:
    assert client.post(TOKENS, json={"name": "甲"}).status_code == 401
    assert client.post(TOKENS, json={"name": " "}, headers=ADMIN).status_code == 400
    assert client.delete(f"{TOKENS}/unknown", headers=ADMIN).status_code == 404
