"""The account of a report names the rule behind every item."""

from shushuo_extract import read_text
from shushuo_extract.explain import explain

TEXT = "临江县人民法院2023年新收案件512件，同比上升10.2%，结案率位居全市第一。"


def test_every_item_is_shown_with_its_rule() -> None:
    """Each figure and placing stands under its sentence, quoted, with what made it."""
    told = explain(TEXT)
    report = read_text(TEXT)

    assert report.figures
    assert all(f"[{item.text}]" in told and item.rule in told for item in (*report.figures, *report.ranks))


def test_change_names_its_metric() -> None:
    """A rate is shown with the amount that it belongs to."""
    assert "yoy up of 512件" in explain(TEXT)


def test_nothing_to_tell_is_told_plainly() -> None:
    """A text without items yields no account of any."""
    assert "[" not in explain("院领导走访慰问困难群众。")
