"""The administrative API: who may, what is shown once, and what an operator can see, repeat and give up."""

import asyncio
import base64
from datetime import timedelta
from typing import Any

import httpx
import pytest

from shushuo_publish.app import Publish, create_api
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.outgoing import Endpoint
from shushuo_publish.store.session import Store
from shushuo_shared.bus import Bus, Message
from shushuo_shared.codec import encode
from shushuo_shared.events import DeadLetter
from shushuo_shared.topics import RAW
from shushuo_shared.worker import dead_letter_event
from tests.publish.kit import NOON, Clock, extracted, report, until
from tests.publish.receiver import Received, Receiver

HOOK = {"url": "http://127.0.0.1:1/hook"}


async def letters(api: httpx.AsyncClient) -> list[dict[str, Any]]:
    """The open dead letters."""
    found: list[dict[str, Any]] = (await api.get("/dead-letters")).json()["items"]
    return found


async def arrived(receiver: Receiver, count: int = 1) -> list[Received]:
    """What was received, once it is that many."""

    async def enough() -> bool:
        return len(receiver.got) >= count

    await until(enough)
    return receiver.got


async def test_every_answer_of_the_administration_is_described_with_examples(service: Publish) -> None:
    document = create_api(service).openapi()
    answers = [
        (path, answer.get("content", {}).get("application/json", {}).get("schema", {}))
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if "admin" in operation["tags"]
        for status, answer in operation["responses"].items()
        if status in ("200", "201", "202")
    ]
    assert len(answers) >= 15
    for path, schema in answers:
        model = schema.get("items", schema).get("$ref", "").rpartition("/")[2]
        fields = document["components"]["schemas"].get(model, {}).get("properties", {})
        items = fields.get("items", {}).get("items", {}).get("$ref", "").rpartition("/")[2]
        fields |= document["components"]["schemas"].get(items, {}).get("properties", {})
        assert any(field.get("examples") for field in fields.values()), path


@pytest.mark.parametrize("token", ["", "Bearer wrong", "Basic t0ken", "Bearer "])
async def test_nothing_is_told_without_the_token(api: httpx.AsyncClient, token: str) -> None:
    for path in ("/webhooks", "/dead-letters", "/status", "/trace/r1", "/feed-tokens"):
        answer = await api.get(path, headers={"authorization": token})
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")


async def test_a_secret_is_shown_once(api: httpx.AsyncClient) -> None:
    made = (
        await api.post("/webhooks", json=HOOK | {"types": ["report.published"], "filters": {"year": "2025"}})
    ).json()
    assert made["secret"].startswith("whsec_")
    assert made["filters"] == {"year": "2025"}
    for path in ("/webhooks", f"/webhooks/{made['id']}"):
        assert "whsec_" not in (await api.get(path)).text
    rotated = (await api.post(f"/webhooks/{made['id']}/rotate", json={"overlap_hours": 1})).json()
    assert rotated["secret"] not in ("", made["secret"])


@pytest.mark.parametrize(
    "body",
    [
        {"url": "ftp://x.example/"},
        {"url": "https://me:pw@x.example/"},
        {"url": "https://x.example/", "types": ["report.read"]},
        {"url": "https://x.example/", "filters": {"year": "soon"}},
        {"url": "https://x.example/", "filters": {"colour": "red"}},
        {"url": "https://x.example/", "filters": {"limit": "5"}},
        {"url": "https://x.example/", "payload": "fat"},
        {},
    ],
    ids=str,
)
async def test_a_wrong_endpoint_is_refused_with_the_reason(api: httpx.AsyncClient, body: dict[str, object]) -> None:
    answer = await api.post("/webhooks", json=body)
    assert answer.status_code == 400
    assert answer.json()["detail"]


@pytest.mark.parametrize("action", ["", "/deliveries", "/deliveries/1/attempts"])
async def test_an_unknown_endpoint_is_not_found(api: httpx.AsyncClient, action: str) -> None:
    assert (await api.get(f"/webhooks/ep_none{action}")).status_code == 404


async def test_a_report_goes_from_the_bus_to_the_receiver_and_leaves_a_trace(
    api: httpx.AsyncClient, bus: Bus, receiver: Receiver, running: None
) -> None:
    endpoint = (await api.post("/webhooks", json={"url": receiver.url})).json()["id"]
    await bus.publish(encode(extracted(report())))
    await arrived(receiver, 2)
    assert receiver.types() == ["report.published", "highlight.published"]
    assert receiver.got[0].document["data"]["url"] == "http://127.0.0.1:8000/reports/r1"

    async def recorded() -> list[dict[str, Any]]:
        log: list[dict[str, Any]] = (await api.get(f"/webhooks/{endpoint}/deliveries")).json()["items"]
        return log if log[0]["state"] == "delivered" else []

    log = await until(recorded)
    assert [(entry["type"], entry["status"], entry["answer"]) for entry in log] == [
        ("highlight.published", 200, "thanks"),
        ("report.published", 200, "thanks"),
    ]
    steps = (await api.get("/trace/r1")).json()["steps"]
    assert [(s["service"], s["outcome"]) for s in steps] == [
        ("ingest", "fetched"),
        ("extract", "read"),
        ("publish", "stored"),
        ("publish", "delivered"),
        ("publish", "delivered"),
    ]
    again = await api.post(f"/webhooks/{endpoint}/replay", json={"webhook_id": receiver.got[0].id})
    assert again.json() == {"replayed": 1}


async def test_a_test_event_arrives_and_says_that_it_is_one(
    api: httpx.AsyncClient, receiver: Receiver, running: None
) -> None:
    endpoint = (await api.post("/webhooks", json={"url": receiver.url})).json()["id"]
    sent = (await api.post(f"/webhooks/{endpoint}/test")).json()["webhook_id"]
    await arrived(receiver)
    assert (receiver.got[0].id, receiver.types()) == (sent, ["endpoint.test"])


async def test_a_thin_payload_has_links_in_the_place_of_figures(
    api: httpx.AsyncClient, bus: Bus, receiver: Receiver, running: None
) -> None:
    await api.post("/webhooks", json={"url": receiver.url, "payload": "thin", "types": ["report.published"]})
    await bus.publish(encode(extracted(report())))
    await arrived(receiver)
    data = receiver.got[0].document["data"]
    assert data["counts"] == {"figures": 2, "ranks": 1, "highlights": 1}
    assert data["api_url"] == "http://127.0.0.1:8000/api/v1/reports/r1"
    assert "figures" not in data


async def test_paused_by_hand_holds_and_resumed_sends(
    api: httpx.AsyncClient, bus: Bus, receiver: Receiver, running: None
) -> None:
    endpoint = (await api.post("/webhooks", json={"url": receiver.url, "types": ["report.published"]})).json()["id"]
    assert (await api.post(f"/webhooks/{endpoint}/pause")).json()["state"] == "paused"
    await bus.publish(encode(extracted(report())))

    async def pending() -> int:
        return int((await api.get(f"/webhooks/{endpoint}")).json()["pending"])

    assert await until(pending) == 1
    assert receiver.got == []
    assert (await api.post(f"/webhooks/{endpoint}/resume")).json()["queued"] == 1
    await arrived(receiver)


async def test_a_dead_letter_is_listed_shown_and_retried_through_the_bus(
    api: httpx.AsyncClient, bus: Bus, clock: Clock, running: None
) -> None:
    await bus.publish(encode(_letter(clock)))
    items = await until(lambda: letters(api))
    assert [(item["service"], item["reason"]) for item in items] == [("extract", "too many pages")]
    status = await api.get("/status")
    assert (status.status_code, status.json()["ok"]) == (503, False)
    assert "1 dead letters" in status.json()["problems"][0]
    shown = (await api.get(f"/dead-letters/{items[0]['id']}")).json()
    assert (shown["topic"], shown["value"]) == (RAW, '{"report_id":"r9"}')
    assert (await api.post(f"/dead-letters/{items[0]['id']}/retry")).json() == {"retried": 1}
    assert await _next_on(bus, RAW) == b'{"report_id":"r9"}'
    assert (await api.get("/status")).json()["ok"]


async def test_a_retry_that_fails_again_opens_the_same_letter_again(
    api: httpx.AsyncClient, bus: Bus, clock: Clock, running: None
) -> None:
    for expected in (1, 2):
        await bus.publish(encode(_letter(clock)))
        items = await until(lambda: letters(api))
        assert (len(items), items[0]["times"]) == (1, expected)
        await api.post("/dead-letters/all/retry")
        clock.move(minutes=1)
    assert (await api.delete("/dead-letters/none")).status_code == 404


async def test_a_letter_whose_message_was_too_large_to_keep_stays_and_says_so(
    api: httpx.AsyncClient, bus: Bus, clock: Clock, running: None
) -> None:
    await bus.publish(encode(_letter(clock, b"")))
    [item] = await until(lambda: letters(api))
    assert (await api.post("/dead-letters/all/retry")).json() == {"retried": 0}
    answer = await api.post(f"/dead-letters/{item['id']}/retry")
    assert (answer.status_code, "重新提交文档" in answer.json()["detail"]) == (404, True)
    assert [letter["state"] for letter in await letters(api)] == ["open"]


async def test_a_dropped_letter_is_listed_no_more(
    api: httpx.AsyncClient, bus: Bus, clock: Clock, running: None
) -> None:
    await bus.publish(encode(_letter(clock)))
    items = await until(lambda: letters(api))
    assert (await api.delete(f"/dead-letters/{items[0]['id']}")).status_code == 204
    assert (await api.get("/dead-letters")).json()["items"] == []


async def test_an_unproved_report_becomes_a_dead_letter_and_is_not_published(
    api: httpx.AsyncClient, bus: Bus, running: None
) -> None:
    read = report()
    forged = read.model_copy(update={"figures": [read.figures[0].model_copy(update={"text": "6853件"})]})
    await bus.publish(encode(extracted(forged)))
    items = await until(lambda: letters(api))
    assert "does not prove" in items[0]["reason"]
    assert (await api.get("/reports/r1")).status_code == 404


async def test_what_the_document_says_of_errors_is_true(api: httpx.AsyncClient) -> None:
    paths = (await api.get("http://s.example/openapi.json")).json()["paths"]
    assert not [path for path, asked in paths.items() for answers in asked.values() if "422" in answers["responses"]]
    assert {"201", "400", "401"} == set(paths["/api/v1/webhooks"]["post"]["responses"])
    for token, status in (({}, 400), ({"authorization": ""}, 401)):
        assert (await api.post("/webhooks", json={"url": 7}, headers=token)).status_code == status


async def test_health_and_metrics_need_no_token(api: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert (await api.get(f"http://s.example{path}", headers={"authorization": ""})).status_code == 200


async def test_it_is_not_ready_while_the_store_is_away(api: httpx.AsyncClient, service: Publish) -> None:
    away = Store(open_engine("postgresql://nobody@127.0.0.1:1/nothing"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service.status, "store", away)
        assert (await api.get("/status")).status_code == 503
    answer = await api.get("http://s.example/readyz")
    assert (answer.status_code, "not ready" in answer.json()["store"]) == (503, True)
    assert (await api.get("/status")).json()["ok"]
    assert (await api.get("http://s.example/readyz")).status_code == 200


async def test_an_endpoint_in_trouble_is_told_with_what_to_do(api: httpx.AsyncClient, service: Publish) -> None:
    for name, given in (
        ("ep_gone", {"state": "paused", "paused_reason": "the receiver answered 410 Gone"}),
        ("ep_hand", {"state": "paused", "paused_reason": "by hand"}),
        ("ep_down", {"failures": 10, "failing_since": NOON - timedelta(hours=2)}),
        ("ep_slow", {"failures": 10, "failing_since": NOON - timedelta(minutes=20)}),
    ):
        with service.store.writing() as session:
            session.add(Endpoint(id=name, url="https://x.example/", secret="whsec_x", created_at=NOON, **given))
    see = "see: shushuo webhooks deliveries"
    assert (await api.get("/status")).json()["problems"] == [
        "webhook endpoint ep_gone is paused: the receiver answered 410 Gone, until: shushuo webhooks resume ep_gone; "
        f"{see} ep_gone",
        f"webhook endpoint ep_down fails since 2026-01-20 10:00 +08:00; {see} ep_down",
    ]


async def test_a_concern_of_another_service_makes_the_status_not_ok(api: httpx.AsyncClient, service: Publish) -> None:
    async def overdue() -> list[str]:
        return ["source 临江法院网 is overdue by 3 hours"]

    service.status.concerns.append(overdue)
    assert (await api.get("/status")).json()["problems"] == ["source 临江法院网 is overdue by 3 hours"]


def _letter(clock: Clock, value: bytes = b'{"report_id":"r9"}'):  # type: ignore[no-untyped-def]
    data = DeadLetter(
        report_id="r9",
        service="extract",
        reason="too many pages",
        error="Poison",
        attempts=1,
        failed_at=clock() + timedelta(seconds=1),
        topic=RAW,
        key="r9",
        headers={"ce_id": "e9", "ce_type": "report.raw"},
        value=base64.b64encode(value).decode(),
    )
    return dead_letter_event(data, clock)


async def _next_on(bus: Bus, topic: str) -> bytes:
    """The value of the first message on the topic."""
    got: list[bytes] = []
    stop = asyncio.Event()

    async def take(message: Message) -> None:
        got.append(message.value)
        stop.set()

    await asyncio.wait_for(bus.consume(topic, "test", take, stop=stop), 15)
    return got[0]
