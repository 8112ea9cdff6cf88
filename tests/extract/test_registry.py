"""What every family of grammar must have: examples, negatives, rules named once and shown to work."""

import pytest

from shushuo_extract import document, read_text
from shushuo_extract.engine import corpus, families

FAMILIES = [pytest.param(name, id=name.rpartition(".")[2]) for name in families.names()]


def _provenance(text: str) -> set[str]:
    report = read_text(text)
    items = [*report.figures, *report.ranks, *report.highlights]
    return {name for item in items for name in item.rule.split(" + ")}


@pytest.mark.parametrize("family", [f for f in FAMILIES if families.has_corpus(str(f.values[0]))])
def test_family_has_examples_and_negatives(family: str) -> None:
    """A family shows what it reads and what it refuses."""
    examples, negatives = corpus.load(family)

    assert examples
    assert negatives


def test_rule_names_are_unique() -> None:
    """Provenance names one rule, so no two rules share a name."""
    named = [(rule.name, family) for family in families.names() for rule in families.rules_of(family)]
    names = [name for name, _ in named]

    assert sorted(entry for entry in named if names.count(entry[0]) > 1) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_every_rule_fires_in_an_example(family: str) -> None:
    """A rule that no example needs is not there: it shows in an item's provenance, or its pattern in an example."""
    texts = [entry.text for entries in corpus.load(family) for entry in entries]
    fired = set().union(*(_provenance(text) for text in texts))
    views = [document.parse(text).view for text in texts]

    idle = [
        rule.name
        for rule in families.rules_of(family)
        if rule.name not in fired and not any(rule.pattern.search(view) for view in views)
    ]

    assert idle == []
