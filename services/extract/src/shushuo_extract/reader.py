"""Read a report: its text in, everything it says out, with the proof of each item."""

from shushuo_shared.report import ExtractedReport

from . import assembly, checks, document
from .rules import amounts, changes, headline, highlights, indicators, meta, placing, ranks, terms


def read_text(text: str, *, report_id: str = "", version: str = "") -> ExtractedReport:
    """Everything that a report says, deterministic; ``text[start:end] == item.text`` holds for every item."""
    doc = document.parse(text)
    bounds = changes.bind(doc, amounts.find(doc))
    namings = indicators.name(doc, bounds)
    about = meta.read(doc)
    figures = assembly.figures(doc, bounds, namings, placing.place(doc, bounds, about))
    placings = ranks.find(doc, bounds, namings)
    praised = highlights.find(doc, about, placings)
    public = assembly.Publication(text, doc)
    title, key_figures = headline.choose(doc, about, figures, praised)
    return ExtractedReport.model_validate(
        {
            "report_id": report_id,
            "version": version,
            "text": text,
            "headline": title,
            "key_figures": key_figures,
            "meta": about,
            "sections": public.sections(),
            "figures": public.items(figures),
            "ranks": public.items(placings),
            "highlights": public.items(praised),
            "terms": public.terms(terms.find(doc)),
            "checks": checks.run(doc, figures),
        },
        from_attributes=True,
    )  # one validation of all items costs half of one for each
