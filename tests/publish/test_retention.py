"""What arrived is remembered for 90 days; what did not arrive is never forgotten."""

from datetime import timedelta

import pytest
from sqlmodel import select

from shushuo_publish.retention import sweep
from shushuo_publish.store.outgoing import Attempt, Delivery, Endpoint, Message
from shushuo_publish.store.session import Store
from tests.publish.kit import NOON, Clock


def deliver(store: Store, name: str, *states: str, days_ago: int) -> None:
    """A message of then, with a delivery in each of the states and one attempt at each."""
    at = NOON - timedelta(days=days_ago)
    with store.writing() as session:
        about = {"type": "report.published", "report_id": "r1", "sequence": 1, "body": b"{}", "thin_body": b"{}"}
        session.add(Message(id=name, created_at=at, **about))
        for n, state in enumerate(states):
            endpoint = session.get(Endpoint, f"ep{n}") or Endpoint(id=f"ep{n}", url="u", secret="s", created_at=at)
            endpoint.state = "paused" if state == "held" else "active"
            session.add(endpoint)
            session.flush()
            arrived = at if state == "delivered" else None
            row = Delivery(message_id=name, endpoint_id=endpoint.id, report_id="r1", status=state)
            row.next_attempt_at, row.created_at, row.finished_at = at, at, arrived
            session.add(row)
            session.flush()
            told = {"delivery_id": row.id, "endpoint_id": endpoint.id, "message_id": name, "number": 1}
            session.add(Attempt(**told, at=at, ok=state == "delivered", duration_ms=5))


def kept(store: Store) -> tuple[list[str], list[str], int]:
    """Messages, the states of deliveries, and the number of attempts that are left."""
    with store.reading() as session:
        messages = sorted(session.exec(select(Message.id)))
        return messages, sorted(session.exec(select(Delivery.status))), len(session.exec(select(Attempt)).all())


@pytest.mark.parametrize(("days", "left"), [(89, (["m1"], ["delivered"], 1)), (91, ([], [], 0))])
def test_what_arrived_goes_after_90_days(store: Store, days: int, left: tuple[list[str], list[str], int]) -> None:
    deliver(store, "m1", "delivered", days_ago=days)
    with store.writing() as session:
        sweep(session, NOON)
    assert kept(store) == left


@pytest.mark.parametrize("state", ["pending", "held", "failed"])
def test_what_did_not_arrive_stays_however_old(store: Store, state: str) -> None:
    deliver(store, "m1", state, "delivered", days_ago=400)
    with store.writing() as session:
        sweep(session, NOON)
    assert kept(store) == (["m1"], [state], 0)


def test_the_log_grows_old_with_the_clock(store: Store, clock: Clock) -> None:
    deliver(store, "older", "delivered", days_ago=60)
    deliver(store, "newer", "delivered", days_ago=20)
    clock.move(days=31)
    with store.writing() as session:
        sweep(session, clock())
    assert kept(store)[0] == ["newer"]


def test_what_was_sent_again_lately_is_kept(store: Store) -> None:
    deliver(store, "m1", "delivered", days_ago=100)
    with store.writing() as session:
        session.exec(select(Delivery)).one().finished_at = NOON - timedelta(days=1)
    with store.writing() as session:
        sweep(session, NOON)
    assert kept(store)[:2] == (["m1"], ["delivered"])
