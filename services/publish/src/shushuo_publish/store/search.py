"""Chinese free text: found by the characters and pairs of characters it is made of.

Most Chinese words have two characters, and an index of triples (FTS5 ``trigram``, ``pg_trgm``) cannot find those. So
both databases index single characters and pairs: SQLite in an FTS5 table beside ``passage``, PostgreSQL in a GIN index
over the function ``shushuo_grams``. A longer word is looked up by its pairs and then compared with the text itself.

Each gram carries its stream, so that a word that many reports have and no figure's sentence is not looked for among
the reports, and PostgreSQL knows how frequent it is in the stream that is asked for.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text
from sqlmodel import Session, col

from shushuo_publish.store.models import Passage


def searchable(words: str) -> str:
    """The form that texts and words are compared in: lower case, no white space (lines are broken anywhere)."""
    return "".join(words.lower().split())


def said(words: Sequence[str], *, sqlite: bool, passage: Any = Passage) -> ColumnElement[bool]:
    """The condition on a row of ``passage`` that its text contains every one of the words; no index helps with it."""
    position = func.instr if sqlite else func.strpos
    return and_(*(position(passage.text, searchable(word)) > 0 for word in words))


def indexed(stream: str, words: Sequence[str], *, sqlite: bool) -> ColumnElement[bool]:
    """The same, and that the row is of the stream, so that the index answers it."""
    held = _in_fts if sqlite else _in_array
    long = [word for word in words if len(searchable(word)) > 2]
    needles = {stream[0] + gram for word in words for gram in _needed(searchable(word))}
    return and_(held(sorted(needles)), *([said(long, sqlite=sqlite)] if long else []))


def add_passages(session: Session, passages: Sequence[Passage]) -> None:
    """Store passages whose text is ``searchable``, and index them."""
    session.add_all(passages)
    session.flush()
    index_passages(session.connection(), [(passage.id or 0, passage.stream, passage.text) for passage in passages])


def index_passages(connection: Connection, passages: Sequence[tuple[int, str, str]]) -> None:
    """Index stored passages, given as (id, stream, text), where the database does not do so by itself."""
    if passages and connection.dialect.name == "sqlite":
        rows = [{"id": id_, "tokens": _tokens(stream, words)} for id_, stream, words in passages]
        connection.execute(text("INSERT INTO passage_grams(rowid, grams) VALUES (:id, :tokens)"), rows)


def drop_passages(session: Session, changes: Collection[int]) -> None:
    """Remove all passages that stand under these change numbers."""
    mine = col(Passage.change).in_(changes)
    if session.get_bind().dialect.name == "sqlite":
        _take_out(session, select(col(Passage.id), col(Passage.stream), col(Passage.text)).where(mine))
    session.execute(delete(Passage).where(mine))


def _take_out(session: Session, going: Any) -> None:
    """An index without content has to be told what it holds of the rows that go."""
    rows = [{"id": id_, "tokens": _tokens(stream, words)} for id_, stream, words in session.execute(going)]
    if rows:
        gone = "INSERT INTO passage_grams(passage_grams, rowid, grams) VALUES ('delete', :id, :tokens)"
        session.connection().execute(text(gone), rows)


def _needed(word: str) -> set[str]:
    """The grams that every text with the word has."""
    return {word} if len(word) <= 2 else {a + b for a, b in pairwise(word)}


def _in_array(needles: Sequence[str]) -> ColumnElement[bool]:
    grams = func.shushuo_grams(Passage.stream, Passage.text, type_=ARRAY(Text))
    return grams.contains(literal(list(needles), ARRAY(Text)))


def _in_fts(needles: Sequence[str]) -> ColumnElement[bool]:
    match = literal_column("passage_grams").op("MATCH")(literal(" AND ".join(_token(needle) for needle in needles)))
    rows = select(literal_column("rowid", type_=Passage.__table__.c.id.type)).select_from(text("passage_grams"))  # type: ignore[attr-defined]
    return col(Passage.id).in_(rows.where(match))


def _tokens(stream: str, searched: str) -> str:
    """The distinct characters and pairs of a searchable text, each with its stream as one word for FTS5."""
    grams = {*searched, *(a + b for a, b in pairwise(searched))}
    return " ".join(sorted(_token(stream[0] + gram) for gram in grams))


def _token(gram: str) -> str:
    """A gram spelt in letters and digits, so that no tokenizer has an opinion about it: its stream, then its pair."""
    return gram[0] + "y".join(f"{ord(c):x}" for c in gram[1:])
