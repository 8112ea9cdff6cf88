"""The command line: ``shushuo --help``."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from shushuo import dead_letters, sources, webhooks
from shushuo.settings import LauncherSettings
from shushuo.show import as_json, as_table, console, errors
from shushuo.system import call
from shushuo_ingest.client import submit as hand_in
from shushuo_shared.errors import ShushuoError
from shushuo_shared.settings import CommonSettings, load
from shushuo_shared.topics import Lane

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="数说: court reports as data that can be trusted.",
)
db = typer.Typer(no_args_is_help=True, help="The store's schema.")
app.add_typer(sources.app, name="sources")
app.add_typer(webhooks.app, name="webhooks")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(db, name="db")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def up(
    data: Annotated[Path | None, typer.Option(help="Folder of everything that is kept.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on.")] = None,
) -> None:
    """Run all three services in this process, embedded, with the sample reports."""
    from shushuo.launcher import up as start

    given: dict[str, Any] = {"data_dir": data, "port": port}
    start({name: value for name, value in given.items() if value is not None})


@app.command()
def run(service: Annotated[str, typer.Argument(help="ingest, extract or publish")]) -> None:
    """Run one service on the bus and the store that the settings name."""
    from shushuo.launcher import SERVICES
    from shushuo.launcher import run as start

    if service not in SERVICES:
        raise typer.BadParameter(f"{service!r} is none of {', '.join(SERVICES)}")
    start(service)


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(help="Documents: text, HTML, PDF, DOCX, pictures …")],
    json: Json = False,
    out: Annotated[Path | None, typer.Option(help="Folder for one NAME.json per document.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show which rule made what of each sentence.")] = False,
) -> None:
    """Extract once, without any service."""
    from shushuo.reading import read_paths

    if read_paths(paths, out=out, as_json=json, explained=explain):
        raise typer.Exit(1)


@app.command()
def submit(
    items: Annotated[list[str], typer.Argument(help="Files, folders or web addresses.")],
    backfill: Annotated[bool, typer.Option("--backfill", help="History: stored, but nobody is notified.")] = False,
    json: Json = False,
) -> None:
    """Hand documents to a running ingest."""
    settings = load(LauncherSettings)
    lane: Lane = "backfill" if backfill else "live"
    answers = list(hand_in(items, base_url=settings.ingest(), token=settings.token(), lane=lane))
    if json:
        as_json([{name: getattr(answer, name) for name in answer.__slots__} for answer in answers])
    else:
        for answer in answers:
            console.print(f"{answer.outcome:<10} {answer.report_id}  {answer.name}  {answer.reason or ''}".rstrip())
    if any(answer.outcome == "failed" for answer in answers):
        raise typer.Exit(1)


@app.command()
def status(json: Json = False) -> None:
    """Say whether all is well; exits 1 when it is not."""
    answer = call("GET", "/api/v1/status", accept=(503,))
    if json:
        as_json(answer)
    else:
        console.print("[green]all is well[/green]" if answer["ok"] else "[red]not well:[/red]")
        for problem in answer["problems"]:
            console.print(f"  {problem}", markup=False)
        as_table(answer["services"], ("service", "state", "lag", "last_event"), empty="no service has reported yet")
    raise typer.Exit(0 if answer["ok"] else 1)


@app.command()
def trace(report_id: str, json: Json = False) -> None:
    """Print the way of one report through all services."""
    answer = call("GET", f"/api/v1/trace/{report_id}")
    if json:
        as_json(answer)
    else:
        as_table(answer["steps"], ("time", "service", "event", "outcome", "detail"), empty=f"no trace of {report_id}")


@app.command()
def replay(report_id: str, json: Json = False) -> None:
    """Read a report again from its archived original, offline; exits 1 when it reads differently now."""
    from shushuo.replay import replay_report

    raise typer.Exit(0 if replay_report(report_id, json=json) else 1)


@app.command()
def export(file: Annotated[Path, typer.Argument(help="JSON Lines; must not exist yet.")]) -> None:
    """Write the whole store, secrets of endpoints included, to a file: a backup, or a move to another database."""
    from shushuo.transfer import export_to, total

    console.print(f"{file}: {total(export_to(file, load(CommonSettings).database_url))}")


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="What export wrote.")]) -> None:
    """Fill an empty store from such a file, all or nothing."""
    from shushuo.transfer import import_from, total

    console.print(f"{file}: {total(import_from(file, load(CommonSettings).database_url))}")


@db.command()
def upgrade() -> None:
    """Bring the store's schema up to this release."""
    from shushuo_publish.store.migrations import upgrade as migrate

    migrate(load(CommonSettings).database_url)
    console.print("the store is up to date")


def main() -> None:
    """Run the command; an error of ours is one sentence and exit status 2."""
    try:
        app()
    except ShushuoError as e:
        errors.print(f"shushuo: {e}", style="red", markup=False)
        sys.exit(2)
