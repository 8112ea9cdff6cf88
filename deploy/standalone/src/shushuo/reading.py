"""``shushuo read``: extract once, without any service; documents are read as ingest reads them, in a limited child."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

from rich.markup import escape

from shushuo.show import console
from shushuo_extract import read_text
from shushuo_extract.explain import explain
from shushuo_extract.places import placed
from shushuo_ingest.documents import ParsedDocument, archive, media_type_of
from shushuo_ingest.reading import ReaderPool
from shushuo_ingest.settings import IngestSettings
from shushuo_shared.errors import ConfigError, Poison
from shushuo_shared.ids import report_id, version_of
from shushuo_shared.report import ExtractedReport
from shushuo_shared.settings import load


@dataclass(frozen=True, slots=True)
class Read:
    """A document by its name, in an archive ``ARCHIVE!MEMBER``: what was read of it, or why it could not be."""

    name: str
    document: ParsedDocument | Poison


def read_paths(paths: Sequence[Path], *, out: Path | None, as_json: bool, explained: bool) -> int:
    """Read each document and show or write what it says; the number of documents that could not be read."""
    return asyncio.run(_read_all(paths, out=out, as_json=as_json, explained=explained))


async def _read_all(paths: Sequence[Path], *, out: Path | None, as_json: bool, explained: bool) -> int:
    settings = load(IngestSettings)
    pool = ReaderPool(seconds=settings.read_seconds, megabytes=settings.read_megabytes, children=1)
    written: set[Path] = set()
    failed = 0
    try:
        async for read in _documents(pool, paths):
            if isinstance(read.document, Poison):
                failed += 1
                console.print(f"[red]{escape(read.name)} not read:[/red] {escape(str(read.document))}")
            elif explained:
                print(explain(read.document.text))
            else:
                _tell(read.name, read.document, _target(out, read.name, written), as_json=as_json)
    finally:
        pool.close()
    return failed


async def _documents(pool: ReaderPool, paths: Sequence[Path]) -> AsyncIterator[Read]:
    """Every document of the files, the members of an archive one after the other."""
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as e:
            raise ConfigError(f"{path}: {e.strerror}") from e
        try:
            zipped = media_type_of(data, path.name) == archive.MEDIA_TYPE
            members = await pool.unpack(data) if zipped else []
        except Poison as e:
            yield Read(path.name, e)
            continue
        held = [(f"{path.name}!{name}", member) for name, member in members] if zipped else [(path.name, data)]
        for name, content in held:
            yield Read(name, await _read(pool, content, name))


async def _read(pool: ReaderPool, data: bytes, name: str) -> ParsedDocument | Poison:
    try:
        return await pool(data, name)
    except Poison as e:
        return e


def _target(out: Path | None, name: str, written: set[Path]) -> Path | None:
    """The file to write: NAME.json; where that was written already, with the document's ending, and then a number."""
    if out is None:
        return None
    flat = name.replace("/", "_")
    numbered = (f"{flat}.{number}.json" for number in count(2))
    names = chain([f"{PurePosixPath(flat).stem}.json", f"{flat}.json"], numbered)
    target = next(file for file in (out / name for name in names) if file not in written)
    written.add(target)
    return target


def _tell(name: str, document: ParsedDocument, target: Path | None, *, as_json: bool) -> None:
    version = version_of(document.text.encode())
    report = placed(read_text(document.text, report_id=report_id("read", name), version=version), document.layout)
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_json(report), encoding="utf-8")
        console.print(f"{name} → {target}  {_counts(report)}")
    elif as_json:
        print(_json(report), end="")
    else:
        _show(name, report)
    if document.unread and not as_json:
        console.print(f"[yellow]{escape(name)}:[/yellow] {escape(document.unread)}")


def _json(report: ExtractedReport) -> str:
    return report.model_dump_json(by_alias=True) + "\n"


def _counts(report: ExtractedReport) -> str:
    return f"{len(report.figures)} figures, {len(report.ranks)} ranks, {len(report.highlights)} highlights"


def _show(name: str, report: ExtractedReport) -> None:
    meta = report.meta
    console.print(f"[bold]{escape(meta.title or name)}[/bold]  {'、'.join(meta.organs)} {meta.period or ''}")
    if report.headline:
        console.print(f"  {escape(report.headline)}")
    chosen = set(report.key_figures)
    for figure in (f for f in report.figures if f.id in chosen):
        console.print(f"  [cyan]{escape(figure.indicator)}[/cyan] {escape(figure.text)}")
    for highlight in report.highlights:
        console.print(f"  [green]{'/'.join(highlight.types)}[/green] {escape(highlight.title)}")
    for check in report.checks:
        console.print(f"  [yellow]{check.kind}[/yellow] {escape(check.message)}")
    console.print(f"  {_counts(report)}")
