"""DOCX: paragraphs, tables, text boxes and notes with their numbering; tracked changes as if accepted."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from shushuo_ingest.documents.cells import one_line
from shushuo_ingest.documents.docx_numbers import Numbering
from shushuo_ingest.documents.package import opened, refuse_entities
from shushuo_ingest.documents.parsed import ParsedDocument
from shushuo_shared.errors import Poison
from shushuo_shared.layout import Place

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_DROPPED = frozenset({f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText")} | {_FALLBACK})
_CHARS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_BLOCKS = frozenset({f"{W}p", f"{W}tbl"})
_NUMERIC = frozenset("0123456789.．")
_NOTES = ("footnotes", "endnotes")

Paragraph = tuple[str, str]


def read(data: bytes, name: str) -> ParsedDocument:
    """The text, a paragraph or a table's row to a line, with the path of each; Poison when it is broken or a bomb."""
    container = opened(data)
    refuse_entities(container)
    package = _package(data)
    numbering = Numbering(_root(package, "numbering"), package.element_of_styles)
    lines = list(_blocks(package.body, "body", numbering))
    for notes in _NOTES:
        root = _root(package, notes)
        for number, note in enumerate(root if root is not None else ()):
            if note.get(f"{W}type") is None:
                lines += _blocks(note, f"{notes}/{number}", numbering)
    return _joined(lines, package.title)


class _Package:
    """The parts of an opened document."""

    def __init__(self, document: Any) -> None:
        self.body = document.element.body
        self.parts = {rel.reltype.rpartition("/")[2]: rel for rel in document.part.rels.values()}
        self.element_of_styles = document.styles.element
        self.title = (document.core_properties.title or "").strip() or None


def _package(data: bytes) -> _Package:
    import docx
    from lxml import etree

    try:
        return _Package(docx.Document(io.BytesIO(data)))
    except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError, zipfile.BadZipFile) as e:
        raise Poison(f"the Word file is broken: {e}") from e


def _root(package: _Package, kind: str) -> Any:
    """The root element of a part by the kind of its relation; None when there is none."""
    from lxml import etree

    rel = package.parts.get(kind)
    if rel is None or rel.is_external:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(rel.target_part.blob, parser)


def _joined(lines: list[Paragraph], title: str | None) -> ParsedDocument:
    """The document of the lines that say something."""
    places: list[Place] = []
    spoken = [(line, path) for line, path in lines if line.strip()]
    start = 0
    for line, path in spoken:
        places.append(Place(start=start, end=start + len(line), element=path))
        start += len(line) + 1
    return ParsedDocument(
        text="\n".join(line for line, _ in spoken), media_type=MEDIA_TYPE, title=title, layout=tuple(places)
    )


def _blocks(parent: Any, path: str, numbering: Numbering) -> Iterator[Paragraph]:
    """The paragraphs and rows in an element, those of a text box after the paragraph that holds it."""
    pending = ""
    number = 0
    for block in _children(parent):
        number += 1
        here = f"{path}/{'p' if block.tag == f'{W}p' else 'tbl'}[{number}]"
        if block.tag == f"{W}tbl":
            yield from _rows(block, here, numbering)
            continue
        text = pending + _text(block) if pending else _numbered(numbering.label(block), _text(block))
        if block.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            pending = text
            continue
        pending = ""
        yield text.strip(" \n"), here
        for index, box in enumerate(_boxes(block)):
            yield from _blocks(box, f"{here}/box[{index + 1}]", numbering)
    if pending:
        yield pending, f"{path}/p[{number}]"


def _numbered(label: str, text: str) -> str:
    """The paragraph with its number before it, apart from a figure that begins it: 1. and 685件 are not 1.685件."""
    apart = " " if label[-1:] in _NUMERIC and text[:1].isdigit() else ""
    return f"{label}{apart}{text}" if label else text


def _children(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of an element, also those wrapped in content controls and tracked insertions."""
    for child in parent:
        if child.tag in _BLOCKS:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield from _children(child)


def _rows(table: Any, path: str, numbering: Numbering) -> Iterator[Paragraph]:
    """The rows with tabs between cells; what a cell has in several paragraphs stays in it."""
    for number, row in enumerate(_found(table, f"{W}tr")):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        here = f"{path}/tr[{number + 1}]"
        cells = []
        for cell in _found(row, f"{W}tc"):
            cells.append(one_line(line for text, _ in _blocks(cell, here, numbering) for line in text.split("\n")))
        yield "\t".join(cells).strip("\t"), here


def _found(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also where a content control wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _found(child, tag)


def _text(paragraph: Any) -> str:
    """The paragraph's own text, that of its text boxes aside."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag in _DROPPED or node.tag == _BOX or not isinstance(node.tag, str):
            continue
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        parts.append(_CHARS.get(node.tag, ""))
        stack += reversed(node)
    return "".join(parts)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in the paragraph, each once: the copy for old programs is left out."""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == _BOX:
            yield node
        elif node.tag not in _DROPPED:
            stack += reversed(node)
