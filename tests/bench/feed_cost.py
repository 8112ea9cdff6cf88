"""What a feed costs with many reports stored beside few: ``python -m tests.bench.feed_cost --few URL --many URL``."""

import argparse
from statistics import median
from typing import get_args

from shushuo_publish.cards import Links
from shushuo_publish.feeds.build import Wanted, build, written
from shushuo_publish.filters import Filters, Window
from shushuo_publish.reading.lists import Stream
from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.session import Store
from tests.bench.rows import seconds_each

FILTERS = ({}, {"kind": "court"}, {"level": "basic", "kind": "court"}, {"region": "第3省"}, {"type": "honor"})


def ratios(few: Store, many: Store) -> dict[str, float]:
    """For each feed the cost with many reports over that with few."""
    found = {}
    for stream in get_args(Stream):
        for given in FILTERS:
            wanted = Wanted(
                stream=stream,
                format="rss",
                filters=Filters.model_validate(given),
                window=Window(),
                links=Links("https://s.example"),
            )
            small, large = seconds_each(lambda w=wanted: _made(few, w), lambda w=wanted: _made(many, w), rounds=15)
            found[f"{stream} {given}"] = large / small
    return found


def _made(store: Store, wanted: Wanted) -> None:
    with store.reading() as session:
        written(build(session, wanted, sqlite=store.sqlite), wanted.format)


def main() -> None:
    """Print each feed's ratio and their median."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--few", required=True)
    parser.add_argument("--many", required=True)
    asked = parser.parse_args()
    found = ratios(Store(open_engine(asked.few)), Store(open_engine(asked.many)))
    for name, ratio in found.items():
        print(f"{ratio:6.2f}  {name}")
    print(f"{median(found.values()):6.2f}  median")


if __name__ == "__main__":
    main()
