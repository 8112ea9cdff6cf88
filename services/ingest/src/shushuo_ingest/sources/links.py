"""Links in a page, by CSS selector: where they lead, and what an article's attachments are called."""

import re
from typing import Annotated

from cssselect import GenericTranslator, SelectorError
from lxml.html import HtmlElement
from pydantic import AfterValidator

from shushuo_ingest.documents import media_type_of
from shushuo_ingest.documents.html import page_tree
from shushuo_ingest.fetch.address import canonical
from shushuo_ingest.fetch.page import Page

_ONLY_ATTACHED = re.compile(
    r"^(?:[【\[]?(?:点击|查看|下载|附件|全文|原文|此处|PDF|Word|扫描)+[\d一二三四五]*[】\]]?[\s:：.、]*)+|\.(?:pdf|docx?|wps|txt|zip|png|jpe?g|webp)$",
    re.I,
)


def _selector(value: str) -> str:
    try:
        GenericTranslator().css_to_xpath(value)
    except SelectorError as e:
        raise ValueError(f'expected a CSS selector such as "ul.news li": {e}') from e
    return value


Selector = Annotated[str, AfterValidator(_selector)]


def target_of(link: HtmlElement, base: str) -> str | None:
    """Where the link leads; None for scripts, mail and the page itself."""
    try:
        return canonical(link.get("href") or "", base=base) if link.get("href") else None
    except ValueError:
        return None


def words_of(element: HtmlElement | None) -> str:
    """The element's text on one line."""
    return " ".join(element.text_content().split()) if element is not None else ""


def attachments_of(page: Page, selector: str) -> dict[str, str | None]:
    """The addresses of a web page's attachments, each with what its link calls it."""
    if media_type_of(page.body, page.address) != "text/html":
        return {}
    links = page_tree(page.body, page.charset).cssselect(selector, translator="html")
    found = {target: link for link in links if (target := target_of(link, page.address))}
    return {target: _title(link) for target, link in found.items() if target != page.address}


def _title(link: HtmlElement) -> str | None:
    """What the link's words call the attachment; None where they only say that it is one."""
    return _ONLY_ATTACHED.sub("", words_of(link)) or None
