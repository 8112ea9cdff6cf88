"""A feed's history as archive documents (RFC 5005 §4): fixed blocks of change numbers, each closed for ever.

Numbers of changes only rise, so nothing new ever enters a closed block. What is corrected or withdrawn takes a new
number: it leaves its archive and comes again at the top of the feed, so that no archive goes on telling a wrong figure.
"""

from dataclasses import dataclass

from sqlmodel import Session

from shushuo_publish.filters import Filters
from shushuo_publish.reading.keys import within
from shushuo_publish.reading.lists import Place, Stream

BLOCK: dict[Stream, int] = {"reports": 50, "highlights": 1, "figures": 1}
"""How many changes an archive spans; what is not in one yet must fit into the newest stretch of the feed."""


@dataclass(frozen=True, slots=True)
class Archives:
    """The archives of one feed: a stream under a filter; ``newest`` is the number of the newest change."""

    stream: Stream
    filters: Filters
    newest: int
    sqlite: bool

    @property
    def closed(self) -> int:
        """How many there are; the first has the number 1."""
        return self.newest // BLOCK[self.stream]

    @property
    def last_change(self) -> int:
        """The newest change that stands in an archive."""
        return self.closed * BLOCK[self.stream]

    def places(self, session: Session, number: int) -> list[Place]:
        """What stands in an archive."""
        return self._within(session, self._first(number), self._first(number + 1) - 1)

    def before(self, session: Session, number: int) -> int | None:
        """The nearest archive before this one in which something stands."""
        found = self._within(session, 1, self._first(number) - 1, limit=1)
        return self._number(found)

    def after(self, session: Session, number: int) -> int | None:
        """The nearest archive after this one in which something stands."""
        found = self._within(session, self._first(number + 1), self.last_change, limit=1, upwards=True)
        return self._number(found)

    def _first(self, number: int) -> int:
        return (number - 1) * BLOCK[self.stream] + 1

    def _number(self, found: list[Place]) -> int | None:
        return (found[0][0] - 1) // BLOCK[self.stream] + 1 if found else None

    def _within(
        self, session: Session, first: int, last: int, *, limit: int | None = None, upwards: bool = False
    ) -> list[Place]:
        changes = range(first, last + 1)
        return within(session, self.stream, self.filters, changes, sqlite=self.sqlite, limit=limit, upwards=upwards)
