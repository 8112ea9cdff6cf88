"""Show, sentence by sentence, which rule made what: the provenance of every item in reading order."""

from shushuo_shared.report import ExtractedReport, Figure, Highlight, Rank

from .reader import read_text

Item = Figure | Rank | Highlight


def explain(text: str) -> str:
    """A plain-text account of a report: each sentence that says something, and under it which rule made what of it."""
    report = read_text(text)
    items: list[Item] = sorted(
        [*report.figures, *report.ranks, *report.highlights], key=lambda item: (item.sentence, item.start, item.end)
    )
    blocks: list[str] = []
    told: tuple[int, int] | None = None
    for item in items:
        if item.sentence != told:
            told = item.sentence
            blocks.append("\n" + " ".join(text[slice(*told)].split()))
        blocks.append(f"  [{item.text}] {_said(item, report)}\n      {item.rule}")
    return "\n".join([*_meta(report), *blocks, ""])


def _meta(report: ExtractedReport) -> list[str]:
    told = report.meta.model_dump(exclude_none=True)
    return [f"{key}: {'、'.join(value) if isinstance(value, list) else value}" for key, value in told.items() if value]


def _said(item: Item, report: ExtractedReport) -> str:
    if isinstance(item, Figure):
        return _figure(item, report)
    if isinstance(item, Rank):
        return f"rank {item.scope} {item.position or '-'} of {item.indicator}"
    return f"highlight {', '.join(item.types)}: {item.title}"


def _figure(item: Figure, report: ExtractedReport) -> str:
    of = next((f.text for f in report.figures if f.start == item.of), None) if item.of is not None else None
    parts = [
        f"{item.role} {item.value}{item.unit}",
        "" if item.approx == "exact" else item.approx,
        item.indicator,
        " ".join(word for word in (item.basis, item.direction, f"of {of}" if of else "") if word),
        item.code or "",
        item.organ or "",
        item.period or "",
    ]
    return " | ".join(part for part in parts if part)
