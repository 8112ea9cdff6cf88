"""Cost grows with the length of a text, not with its square, however odd the text."""

import time

import pytest

from shushuo_extract import read_text

UNIT = "临江县人民法院受理案件1234件，审结1200件，同比分别上升3.5%和4.1%，结案率位居全市第一，入选全省典型案例"
SHAPES = {
    "a report": f"{UNIT}。\n",
    "a line without end": UNIT,
    "brackets": "（（））",
    "quotes": "“12",
    "digits": "1234567890",
    "han numerals": "三十二万",
    "blanks": " \n",
    "headings": "一、依法履职\n",
}


def _seconds(text: str) -> float:
    begun = time.process_time()
    read_text(text)
    return time.process_time() - begun


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_length_costs_about_twice(shape: str) -> None:
    """Doubling a text must not nearly quadruple the time."""
    piece = SHAPES[shape]
    small = piece * (60_000 // len(piece))
    read_text(small)

    once = min(_seconds(small) for _ in range(2))
    twice = min(_seconds(small * 2) for _ in range(2))

    assert twice < 3 * once + 0.05
