"""``shushuo read``: extract once, without any service."""

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from shushuo.show import console
from shushuo_extract import read_text
from shushuo_extract.explain import explain
from shushuo_ingest.documents import read_document
from shushuo_shared.errors import ConfigError, Poison
from shushuo_shared.ids import report_id, version_of
from shushuo_shared.report import ExtractedReport


def read_paths(paths: Sequence[Path], *, out: Path | None, as_json: bool, explained: bool) -> int:
    """Read each document and show or write what it says; the number of documents that could not be read."""
    failed = 0
    for path in paths:
        try:
            report = _read(path) if not explained else None
            if report is None:
                print(explain(_text(path)))
            elif out is not None:
                out.mkdir(parents=True, exist_ok=True)
                target = out / f"{_stem(path)}.json"
                target.write_text(_json(report), encoding="utf-8")
                console.print(f"{path.name} → {target}  {_counts(report)}")
            elif as_json:
                print(_json(report), end="")
            else:
                _show(path, report)
        except Poison as e:
            failed += 1
            console.print(f"[red]{escape(path.name)} not read:[/red] {escape(str(e))}")
    return failed


def _stem(path: Path) -> str:
    return path.name.removesuffix(path.suffix) if path.suffix else path.name


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as e:
        raise ConfigError(f"{path}: {e.strerror}") from e
    return read_document(data, path.name).text


def _read(path: Path) -> ExtractedReport:
    text = _text(path)
    return read_text(text, report_id=report_id("read", path.name), version=version_of(text.encode()))


def _json(report: ExtractedReport) -> str:
    return report.model_dump_json(by_alias=True) + "\n"


def _counts(report: ExtractedReport) -> str:
    return f"{len(report.figures)} figures, {len(report.ranks)} ranks, {len(report.highlights)} highlights"


def _show(path: Path, report: ExtractedReport) -> None:
    meta = report.meta
    console.print(f"[bold]{escape(meta.title or path.name)}[/bold]  {'、'.join(meta.organs)} {meta.period or ''}")
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
