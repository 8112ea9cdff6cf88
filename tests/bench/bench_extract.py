"""Reading against one plain number-and-unit regex over the same text, memory over many documents, linearity."""

import resource
from pathlib import Path

from shushuo.launcher import sample_files
from shushuo_extract import read_text
from shushuo_extract.rules.codes import code_of, code_of_change
from shushuo_extract.rules.indicators import words
from tests.bench.plain import plain_figures
from tests.bench.rows import Row, seconds_each

REMEMBERED = (words.clean, words.deed_and_thing, code_of, code_of_change)
SEEDS = Path(__file__).parents[3] / "shared" / "corpus" / "seeds"


def texts() -> list[str]:
    """The real seed reports where they are present, else the bundled samples."""
    real = [f.read_text(encoding="utf-8") for f in sorted(SEEDS.glob("*.txt"))]
    return real or [data.decode() for _, data in sample_files()]


def read_as_strange(reports: list[str]) -> None:
    """Read them as if no phrase of theirs had ever stood in a report before, not even in the one read last."""
    for remembered in REMEMBERED:
        remembered.cache_clear()
    for text in reports:
        read_text(text)


def memory_growth(reports: list[str], documents: int = 10_000) -> float:
    """Peak memory after many documents, over the peak after the first two hundred."""
    short = [text[:600] for text in reports]
    for n in range(200):
        read_text(short[n % len(short)])
    early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for n in range(documents):
        read_text(short[n % len(short)])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / early


def doubling(text: str) -> float:
    """How many times as long twice the text takes."""
    once, twice = seconds_each(lambda: read_text(text), lambda: read_text(text * 2), rounds=3)
    return twice / once


def run() -> list[Row]:
    """The rows about extraction."""
    reports = texts()
    for text in reports:
        read_text(text)
    read, strange, plain = seconds_each(
        lambda: [read_text(text) for text in reports],
        lambda: read_as_strange(reports),
        lambda: [plain_figures(text) for text in reports],
        rounds=9,
    )
    whole = "\n".join(reports)
    megabyte = (whole * (500_000 // len(whole.encode()) + 1))[: 500_000 // 3]
    return [
        Row(
            what="whole extraction of the seeds",
            beside="one plain number-and-unit regex, values read",
            ratio=read / plain,
            limit=15,
        ),
        Row(
            what="the same where no phrase was ever read before",
            beside="the same regex",
            ratio=strange / plain,
        ),
        Row(what="extraction of a 1 MB report", beside="of half of it", ratio=doubling(megabyte), limit=2.6),
        Row(
            what="extraction of a 1 MB line without punctuation",
            beside="of half of it",
            ratio=doubling("审结案件" * 41_000),
            limit=2.6,
        ),
        Row(
            what="extraction of a million brackets", beside="of half of them", ratio=doubling("（" * 500_000), limit=2.6
        ),
        Row(what="peak memory after 10,000 documents", beside="after 200", ratio=memory_growth(reports), limit=1.2),
    ]
