"""The text of an element, block by block, nothing left out: paragraphs and items on lines, cells with tabs between."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from shushuo_ingest.documents.cells import one_line

_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "select", "button", "iframe", "svg"})
_INLINE = frozenset(
    "a abbr b bdi big code em font i img input label mark o:p s small span strong sub sup tt u wbr".split()  # noqa: SIM905
)
_CELLS = frozenset({"td", "th"})
_FIGURE = re.compile(r"\d[\d,.]*")
_SUBSTANCE = re.compile(r"\d[\d,.]*|[。；！？]")
ENOUGH = 0.9
LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page's text and the smallest element with all of it."""

    text: str
    element: HtmlElement


def blocks_of(root: HtmlElement) -> list[Block]:
    """The lines of the element; an inline element does not break a line, every other does."""
    found: list[Block] = []
    words: list[str] = []
    homes: list[HtmlElement] = []
    for text, home in (*_pieces(root), ("\n", root)):
        if text != "\n":
            words.append(text)
            homes += [home] if text.strip() and (not homes or homes[-1] is not home) else []
            continue
        if homes:
            cells = (one_line(cell.split("\v")) for cell in "".join(words).split("\t"))
            found.append(Block("\t".join(cells).strip(), _common(homes)))
        words, homes = [], []
    return found


def _pieces(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """The element's text in order with the element of each piece, and edges: a line break, or a tab after a cell.

    A stack instead of recursion, for pages nest as deep as they like.
    """
    stack: list[tuple[HtmlElement | str, HtmlElement, bool]] = [(root, root, False)]
    while stack:
        node, home, in_cell = stack.pop()
        if isinstance(node, str):
            yield node, home
            continue
        if not isinstance(node.tag, str) or node.tag in _UNSEEN:
            continue
        in_cell = in_cell or (node.tag == "tr" and _holds_data(node))
        edge = _edge(node, in_cell)
        if edge != "\t":
            yield edge, node
        yield _flat(node.text), node
        stack.append((edge, node, in_cell))
        for child in reversed(node):
            stack += [(_flat(child.tail), node, in_cell), (child, node, in_cell)]


def _edge(node: HtmlElement, in_cell: bool) -> str:
    """What stands before and after the element; paragraphs within a cell of data do not break the table's row."""
    if node.tag in _INLINE:
        return ""
    if node.tag in _CELLS:
        return "\t"
    return "\v" if in_cell and node.tag != "tr" else "\n"


def _holds_data(row: HtmlElement) -> bool:
    """Whether the row is one of data: several short cells; the cells of a table for layout hold whole articles."""
    lengths = [len("".join(cell.text_content().split())) for cell in row if cell.tag in _CELLS]
    short = sum(1 for length in lengths if length) >= 2 and max(lengths) <= LONGEST_CELL
    return short and row.find(".//table") is None


def _common(elements: Sequence[HtmlElement]) -> HtmlElement:
    """The smallest element with all of these in it."""
    if len(elements) == 1:
        return elements[0]
    lines = [_upwards(element)[::-1] for element in elements]
    shared: list[HtmlElement] = [row[0] for row in zip(*lines, strict=False) if all(one is row[0] for one in row)]
    return shared[-1]


def _flat(text: str | None) -> str:
    """The text without the line breaks of the source, which mean nothing."""
    return re.sub(r"[\r\n\t\v]+", " ", text or "")


def figures(text: str) -> list[str]:
    """The numbers in a text."""
    return _FIGURE.findall(text)


def heart(lines: Sequence[Block], root: HtmlElement) -> list[Block]:
    """The lines of the smallest element with most of the figures and sentences: where a report stands, however marked.

    ``lines`` are those of ``root``.
    """
    riches: Counter[HtmlElement] = Counter()
    for line in lines:
        substance = len(_SUBSTANCE.findall(line.text))
        riches.update(dict.fromkeys(_upwards(line.element), substance))
    element = root
    while riches[root] and len(element):
        richest = max(element, key=riches.__getitem__)
        if riches[richest] < riches[root] * ENOUGH:
            break
        element = richest
    return [line for line in lines if element in _upwards(line.element)]


def _upwards(element: HtmlElement) -> list[HtmlElement]:
    """The element and all that it stands in."""
    return [element, *element.iterancestors()]
