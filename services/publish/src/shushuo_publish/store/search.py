"""Chinese free text: found by the characters and pairs of characters it is made of.

Most Chinese words have two characters, and an index of triples (FTS5 ``trigram``, ``pg_trgm``) cannot find those. So
both databases index single characters and pairs: SQLite in an FTS5 table beside ``passage``, PostgreSQL in a GIN index
over the function ``shushuo_grams``. A longer word is looked up by its pairs and then compared with the text itself.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, literal, literal_column, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text
from sqlmodel import Session, col

from shushuo_publish.store.models import Passage


def searchable(words: str) -> str:
    """The form that texts and words are compared in: lower case, no white space (lines are broken anywhere)."""
    return "".join(words.lower().split())


def found(stream: str, change: Any, ordinal: Any, words: Sequence[str], *, sqlite: bool) -> ColumnElement[bool]:
    """The condition that the item of the stream at (change, ordinal) contains every one of the words."""
    same = and_(col(Passage.stream) == stream, col(Passage.change) == change, col(Passage.ordinal) == ordinal)
    return exists(select(1).where(same, *holding(words, sqlite=sqlite)))


def holding(words: Sequence[str], *, sqlite: bool) -> list[ColumnElement[bool]]:
    """The conditions on a row of ``passage`` that it contains every one of the words."""
    return [_holds(searchable(word), sqlite=sqlite) for word in words]


def add_passages(session: Session, passages: Sequence[Passage]) -> None:
    """Store passages whose text is ``searchable``, and index them."""
    session.add_all(passages)
    session.flush()
    index_passages(session, [(passage.id or 0, passage.text) for passage in passages])


def index_passages(session: Session, passages: Sequence[tuple[int, str]]) -> None:
    """Index stored passages, given as (id, text), where the database does not do so by itself."""
    if passages and _is_sqlite(session):
        rows = [{"id": id_, "tokens": _tokens(words)} for id_, words in passages]
        session.connection().execute(text("INSERT INTO passage_grams(rowid, grams) VALUES (:id, :tokens)"), rows)


def drop_passages(session: Session, changes: Collection[int]) -> None:
    """Remove all passages that stand under these change numbers."""
    mine = col(Passage.change).in_(changes)
    rows = session.execute(select(col(Passage.id), col(Passage.text)).where(mine)).all() if _is_sqlite(session) else []
    if rows:
        gone = "INSERT INTO passage_grams(passage_grams, rowid, grams) VALUES ('delete', :id, :tokens)"
        session.connection().execute(text(gone), [{"id": id_, "tokens": _tokens(words)} for id_, words in rows])
    session.execute(delete(Passage).where(mine))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _holds(word: str, *, sqlite: bool) -> ColumnElement[bool]:
    needles = [word] if len(word) <= 2 else sorted({a + b for a, b in pairwise(word)})
    indexed = _in_fts(needles) if sqlite else _in_array(needles)
    if len(word) <= 2:
        return indexed
    position = func.instr(Passage.text, word) if sqlite else func.strpos(Passage.text, word)
    return and_(indexed, position > 0)


def _in_array(needles: Sequence[str]) -> ColumnElement[bool]:
    grams = func.shushuo_grams(Passage.text, type_=ARRAY(Text))
    return grams.contains(literal(list(needles), ARRAY(Text)))


def _in_fts(needles: Sequence[str]) -> ColumnElement[bool]:
    match = literal_column("passage_grams").op("MATCH")(literal(" AND ".join(_token(needle) for needle in needles)))
    rows = select(literal_column("rowid", type_=Passage.__table__.c.id.type)).select_from(text("passage_grams"))  # type: ignore[attr-defined]
    return col(Passage.id).in_(rows.where(match))


def _tokens(searched: str) -> str:
    """The distinct characters and pairs of a searchable text, each as one word for FTS5."""
    return " ".join(sorted({_token(c) for c in searched} | {_token(a + b) for a, b in pairwise(searched)}))


def _token(gram: str) -> str:
    """A character or pair spelt in letters and digits, so that no tokenizer has an opinion about it."""
    return "x" + "y".join(f"{ord(c):x}" for c in gram)
