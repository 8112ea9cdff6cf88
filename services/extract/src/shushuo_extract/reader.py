"""Read a report: its text in, everything it says out, with the proof of each item."""

from shushuo_shared.report import ExtractedReport, Meta

from . import assembly, document
from .engine.stages import stage
from .engine.types import Naming, Placing
from .rules import amounts, changes

_PACKAGE = "shushuo_extract"
_name = stage(f"{_PACKAGE}.rules.indicators", "name", lambda doc, bounds: [Naming("") for _ in bounds])
_meta = stage(f"{_PACKAGE}.rules.meta", "read", lambda doc: Meta())
_place = stage(f"{_PACKAGE}.rules.placing", "place", lambda doc, bounds, meta: [Placing(None, None) for _ in bounds])
_ranks = stage(f"{_PACKAGE}.rules.ranks", "find", lambda doc, bounds, namings: [])
_highlights = stage(f"{_PACKAGE}.rules.highlights", "find", lambda doc, meta, ranks: [])
_terms = stage(f"{_PACKAGE}.rules.terms", "find", lambda doc: [])
_checks = stage(f"{_PACKAGE}.checks", "run", lambda doc, figures: [])
_headline = stage(f"{_PACKAGE}.rules.headline", "choose", lambda *parts: ("", []))


def read_text(text: str, *, report_id: str = "", version: str = "") -> ExtractedReport:
    """Everything that a report says, deterministic; ``text[start:end] == item.text`` holds for every item."""
    doc = document.parse(text)
    bounds = changes.bind(doc, amounts.find(doc))
    namings = _name(doc, bounds)
    meta = _meta(doc)
    placings = _place(doc, bounds, meta)
    figures = assembly.figures(doc, bounds, namings, placings)
    ranks = _ranks(doc, bounds, namings)
    highlights = _highlights(doc, meta, ranks)
    checks = _checks(doc, figures)
    headline, key_figures = _headline(doc, meta, figures, highlights)
    return ExtractedReport(
        report_id=report_id,
        version=version,
        text=text,
        headline=headline,
        key_figures=key_figures,
        meta=meta,
        sections=assembly.published_sections(doc, assembly.sections(doc)),
        figures=assembly.published(text, doc, figures),
        ranks=assembly.published(text, doc, ranks),
        highlights=assembly.published(text, doc, highlights),
        terms=assembly.published_terms(doc, _terms(doc)),
        checks=checks,
    )
