"""``shushuo dead-letters``: what could not be handled, and what to do with it."""

from typing import Annotated

import typer

from shushuo.show import as_json, as_table, console
from shushuo.system import call

app = typer.Typer(no_args_is_help=True, help="What could not be handled.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
BASE = "/api/v1/dead-letters"


@app.command("list")
def list_(json: Json = False) -> None:
    """List what failed, newest first, with its reason."""
    found = call("GET", BASE)["items"]
    if json:
        as_json(found)
    else:
        as_table(found, ("id", "failed_at", "service", "report_id", "reason"), empty="no dead letters")


@app.command()
def show(letter_id: str) -> None:
    """Show one whole, the failed message included."""
    as_json(call("GET", f"{BASE}/{letter_id}"))


@app.command()
def retry(letter_id: Annotated[str, typer.Argument(help="An id, or 'all'.")]) -> None:
    """Handle it again, from the step that failed."""
    done = call("POST", f"{BASE}/{letter_id}/retry")
    console.print(f"handed back: {done['retried']}")


@app.command()
def drop(letter_id: str) -> None:
    """Give it up; it is kept in no list after this."""
    call("DELETE", f"{BASE}/{letter_id}")
    console.print(f"dropped {letter_id}")
