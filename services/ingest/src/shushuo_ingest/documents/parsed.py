"""What reading a document yields: its text, and where each stretch of the text stands in the original."""

from dataclasses import dataclass

from shushuo_shared.layout import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """The text of a document; ``layout`` is in the order of the text and empty where the text is the original.

    ``unread`` says what the document holds beside its text that was not read, in words for the operator.
    """

    text: str
    media_type: str
    title: str | None = None
    layout: tuple[Place, ...] = ()
    unread: str | None = None
