"""A court's site under watch: the sources that the tests watch it by, and how they look and poll."""

from datetime import datetime

from shushuo_ingest.app import Ingest
from shushuo_ingest.sources import Source

LIST = """
[[source]]
name = "临江法院"
kind = "list"
url = "{url}/gzbg/"
items = "li"
every = "1h"
history = "live"
"""
FIREWALL = "<html><script>document.cookie='__jsl_clearance_s=1';location.reload()</script></html>"
CHROME = "<html><body><div><a href=/>首页</a></div><p>抱歉，您访问的页面不存在或已被删除。</p></body></html>"


def watch(ingest: Ingest, toml: str) -> None:
    """Watch other sources."""
    (ingest.settings.data_dir / "sources.toml").write_text(toml, encoding="utf-8")
    ingest.watcher.catalog.refresh()


def source_of(ingest: Ingest) -> Source:
    """The one source that is watched."""
    return next(iter(ingest.watcher.catalog.sources.values()))


async def poll(ingest: Ingest) -> dict[str, str]:
    """Poll the one source; the outcome of each document that was tried, by its title."""
    answer = await ingest.desk.poll(source_of(ingest))
    return {document["name"]: document["outcome"] for document in answer["documents"]}


async def next_look(ingest: Ingest) -> datetime:
    """When the one source is looked at next."""
    (row,) = await ingest.desk.overview()
    return datetime.fromisoformat(row["next_poll"])


async def alarms(ingest: Ingest) -> set[str]:
    """The kinds of alarm that stand."""
    return {alarm["kind"] for row in await ingest.desk.overview() for alarm in row["alarms"]}
