"""``shushuo webhooks``: who is told, and what became of it."""

from datetime import datetime
from typing import Annotated, Any

import typer

from shushuo.show import as_json, as_table, console
from shushuo.system import call
from shushuo_shared.errors import ConfigError

app = typer.Typer(no_args_is_help=True, help="Who is told.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
BASE = "/api/v1/webhooks"
TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z"]


@app.command()
def add(
    url: str,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Event types; default: all.")] = None,
    filter_: Annotated[list[str] | None, typer.Option("--filter", help="As for feeds, e.g. level=basic.")] = None,
    thin: Annotated[bool, typer.Option("--thin", help="Send links instead of the full data.")] = False,
    json: Json = False,
) -> None:
    """Register an endpoint; its secret is shown this once."""
    body: dict[str, Any] = {"url": url, "types": type_ or [], "payload": "thin" if thin else "full"}
    body["filters"] = _filters(filter_ or [])
    made = call("POST", BASE, json=body)
    if json:
        as_json(made)
    else:
        console.print(f"{made['id']}  {made['url']}\nsecret (shown once): {made['secret']}")


@app.command("list")
def list_(json: Json = False) -> None:
    """List the endpoints with their state."""
    found = call("GET", BASE)["items"]
    if json:
        as_json(found)
    else:
        as_table(found, ("id", "url", "state", "types", "pending", "last_success"), empty="no webhooks")


@app.command()
def test(endpoint_id: str) -> None:
    """Send an endpoint.test event."""
    made = call("POST", f"{BASE}/{endpoint_id}/test")
    console.print(f"queued {made['webhook_id']}; see shushuo webhooks deliveries {endpoint_id}")


@app.command()
def pause(endpoint_id: str) -> None:
    """Hold deliveries back; nothing is dropped."""
    call("POST", f"{BASE}/{endpoint_id}/pause")
    console.print(f"paused {endpoint_id}")


@app.command()
def resume(endpoint_id: str) -> None:
    """Send what was held back, in order."""
    call("POST", f"{BASE}/{endpoint_id}/resume")
    console.print(f"resumed {endpoint_id}")


@app.command()
def remove(endpoint_id: str) -> None:
    """Delete the endpoint with its deliveries."""
    call("DELETE", f"{BASE}/{endpoint_id}")
    console.print(f"removed {endpoint_id}")


@app.command()
def rotate(
    endpoint_id: str,
    overlap_hours: Annotated[float, typer.Option(help="How long the old secret still signs, too.")] = 24,
    json: Json = False,
) -> None:
    """Make a new secret; both sign during the overlap."""
    made = call("POST", f"{BASE}/{endpoint_id}/rotate", json={"overlap_hours": overlap_hours})
    if json:
        as_json(made)
    else:
        console.print(f"new secret (shown once): {made['secret']}")


@app.command()
def deliveries(endpoint_id: str, json: Json = False) -> None:
    """List what was sent, newest first, with status and duration."""
    found = call("GET", f"{BASE}/{endpoint_id}/deliveries")["items"]
    if json:
        as_json(found)
    else:
        columns = ("webhook_id", "type", "report_id", "state", "attempts", "status", "duration_ms", "next_attempt_at")
        as_table(found, columns, empty="nothing sent yet")


@app.command()
def replay(
    endpoint_id: str,
    *,
    webhook_id: Annotated[str | None, typer.Option(help="One event.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=TIMES, help="All since this time …")] = None,
    until: Annotated[datetime | None, typer.Option(formats=TIMES, help="… and before this one.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed.")] = False,
    json: Json = False,
) -> None:
    """Send again, with the same webhook-id; times without a zone are this machine's."""
    body = {"webhook_id": webhook_id, "since": _moment(since), "until": _moment(until), "failed": failed}
    done = call("POST", f"{BASE}/{endpoint_id}/replay", json={k: v for k, v in body.items() if v})
    if json:
        as_json(done)
    else:
        console.print(f"queued again: {done['replayed']}")


def _filters(given: list[str]) -> dict[str, str]:
    filters: dict[str, str] = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not (name and sign):
            raise ConfigError(f"{item!r} is no filter; expected NAME=VALUE, e.g. level=basic")
        if name in filters:
            raise ConfigError(f"{name!r} is given twice; an endpoint has one value of each filter")
        filters[name] = value
    return filters


def _moment(given: datetime | None) -> str | None:
    return given.astimezone().isoformat() if given else None
