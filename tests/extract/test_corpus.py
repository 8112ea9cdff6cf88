"""Every example that a family ships is read as it promises, through the whole reader."""

from typing import Any

import pytest

from shushuo_extract import read_text
from shushuo_extract.engine import corpus, families


def _param(entry: corpus.Example | corpus.Negative) -> Any:
    marks = [pytest.mark.xfail(reason=entry.gap)] if entry.gap else []
    return pytest.param(entry, id=f"{entry.family.rpartition('.')[2]}: {entry.text[:30]}", marks=marks)


_LOADED = [corpus.load(family) for family in families.names() if families.has_corpus(family)]
EXAMPLES = [_param(example) for examples, _ in _LOADED for example in examples]
NEGATIVES = [_param(negative) for _, negatives in _LOADED for negative in negatives]


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_says_what_it_promises(example: corpus.Example) -> None:
    """An example yields its items, with the fields that it names."""
    report = read_text(example.text).model_dump(mode="json")

    assert corpus.misses(example, report) == []


@pytest.mark.parametrize("negative", NEGATIVES)
def test_negative_yields_nothing(negative: corpus.Negative) -> None:
    """A negative yields nothing of the kinds that it names."""
    report = read_text(negative.text).model_dump(mode="json")

    assert {kind: [item.get("text") for item in report[kind]] for kind in negative.none} == {
        kind: [] for kind in negative.none
    }
