"""``shushuo sources``: what is watched, a dry run of one source, a poll now."""

from typing import Annotated

import typer

from shushuo.settings import LauncherSettings
from shushuo.show import as_json, as_table, errors
from shushuo_ingest.client import check_source, list_sources, poll_source
from shushuo_shared.settings import load

app = typer.Typer(no_args_is_help=True, help="What is watched.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_(json: Json = False) -> None:
    """List the sources with their state and alarms."""
    settings = load(LauncherSettings)
    found = list_sources(base_url=settings.ingest(), token=settings.token())
    if json:
        as_json(found)
    else:
        columns = ("name", "kind", "state", "last_success", "next_poll", "found", "reason", "alarm")
        as_table(found, columns, empty="no sources; name a TOML file in SHUSHUO_SOURCES")


@app.command()
def check(name: str, json: Json = False) -> None:
    """Show what a poll would find, fetched and read; emits nothing, and exits 1 when nothing can be found."""
    settings = load(LauncherSettings)
    answer = check_source(name, base_url=settings.ingest(), token=settings.token())
    columns = ("address", "title", "published_at", "media_type", "characters", "attached", "problem")
    if json:
        as_json(answer)
    else:
        as_table(answer["documents"], columns, empty="nothing found")
    if answer.get("problem"):
        errors.print(answer["problem"], style="red", markup=False)
        raise typer.Exit(1)


@app.command()
def poll(name: str, json: Json = False) -> None:
    """Poll the source now."""
    settings = load(LauncherSettings)
    answer = poll_source(name, base_url=settings.ingest(), token=settings.token())
    if json:
        as_json(answer)
    else:
        as_table(answer["documents"], ("name", "outcome", "report_id", "reason"), empty="nothing new")
