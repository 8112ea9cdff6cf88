"""The text of an element, block by block, nothing left out: paragraphs and items on lines, cells with tabs between."""

import re

from lxml.html import HtmlElement

_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "select", "button", "iframe", "svg"})
_INLINE = frozenset(
    "a abbr b bdi big code em font i img input label mark o:p s small span strong sub sup tt u wbr".split()  # noqa: SIM905
)
_FIGURE = re.compile(r"\d[\d,.]*")
_SUBSTANCE = re.compile(r"\d[\d,.]*|[。；！？]")
ENOUGH = 0.9


def block_text(element: HtmlElement) -> str:
    """The element's text; an inline element does not break a line, every other does."""
    parts: list[str] = []
    _collect(element, parts)
    lines = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in "".join(parts).split("\n"))
    return "\n".join(line.strip() for line in lines if line.strip())


def _collect(root: HtmlElement, parts: list[str]) -> None:
    """Append the element's text in order; a stack instead of recursion, for pages nest as deep as they like."""
    stack: list[HtmlElement | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        if not isinstance(node.tag, str) or node.tag in _UNSEEN:
            continue
        edge = "" if node.tag in _INLINE else "\t" if node.tag in ("td", "th") else "\n"
        parts.append(("" if edge == "\t" else edge) + _flat(node.text))
        stack.append(edge)
        for child in reversed(node):
            stack += [_flat(child.tail), child]


def _flat(text: str | None) -> str:
    """The text without the line breaks of the source, which mean nothing."""
    return re.sub(r"[\r\n\t]+", " ", text or "")


def figures(text: str) -> list[str]:
    """The numbers in a text."""
    return _FIGURE.findall(text)


def heart(body: HtmlElement) -> HtmlElement:
    """The smallest element with most of the page's figures and sentences: where a report stands, however marked."""
    total = _substance(block_text(body))
    element = body
    while total:
        richest = max(element, key=lambda child: _substance(child.text_content()), default=None)
        if richest is None or not isinstance(richest.tag, str):
            break
        if _substance(block_text(richest)) < total * ENOUGH:
            break
        element = richest
    return element


def _substance(text: str) -> int:
    return len(_SUBSTANCE.findall(text))
