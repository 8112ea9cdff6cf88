"""What a listing says against what is known: pure, so that every case can be read as an example."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shushuo_ingest.sources import Item, Listing
from shushuo_ingest.watch.tables import ItemState

RECHECK_FOR = timedelta(days=30)
DROP = 0.5
FEWEST_FOR_DROP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """New documents, known ones to be read again, and known ones that are no longer listed."""

    new: tuple[Item, ...] = ()
    again: tuple[tuple[ItemState, Item], ...] = ()
    missing: tuple[ItemState, ...] = ()


def compare(
    listing: Listing, known: Mapping[str, ItemState], *, now: datetime, recheck: timedelta | None = None
) -> Changes:
    """Compare; what is absent counts as missing only where the listing is whole.

    Attachments are never listed: they are read again with their article, or when a recheck is due.
    """
    new = tuple(item for item in listing.items if item.address not in known)
    listed = [(known[item.address], item) for item in listing.items if item.address in known]
    attached = [(state, _as_it_was(state)) for state in known.values() if state.parent and state.state == "stored"]
    again = tuple(pair for pair in (*listed, *attached) if _to_read_again(*pair, now, recheck))
    present = {item.address for item in listing.items} | listing.unready
    living = (state for state in known.values() if state.state != "gone" and state.parent is None)
    missing = tuple(state for state in living if state.address not in present)
    return Changes(new=new, again=again, missing=missing if listing.whole else ())


def _as_it_was(state: ItemState) -> Item:
    """An attachment, which no list tells anything of."""
    return Item(address=state.address, title=state.title, published_at=state.published_at, mark=state.mark)


def _to_read_again(state: ItemState, item: Item, now: datetime, recheck: timedelta | None) -> bool:
    if state.state in ("gone", "doubted") or state.mark != item.mark:
        return True
    due = recheck is not None and state.taken_at is not None and now - state.taken_at >= recheck
    return due and state.state == "stored" and now - state.first_seen <= RECHECK_FOR


def vanished_together(changes: Changes, known: Mapping[str, ItemState]) -> bool:
    """Whether so many are missing at once that an emptied or half-mounted source is likelier than deletions."""
    living = sum(1 for state in known.values() if state.state != "gone" and state.parent is None)
    return living >= FEWEST_FOR_DROP and len(changes.missing) > living * DROP


def moves(changes: Changes) -> Iterable[tuple[ItemState, Item]]:
    """Missing documents and new ones that bear the same mark: moved, if their bytes are the same, too."""
    missing = {state.mark: state for state in changes.missing if state.mark and state.version}
    return [(missing[item.mark], item) for item in changes.new if item.mark in missing]
