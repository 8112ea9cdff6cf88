"""The layout beside a text, as it is kept and read again."""

import pytest

from shushuo_shared.errors import Poison
from shushuo_shared.layout import read_layout


@pytest.mark.parametrize("kept", [b"PDF", b"3", b'[{"start": 0}]', b'[{"start": 0, "end": 4, "box": 7}]', b'["p"]'])
def test_what_is_no_layout_is_refused_with_what_to_do(kept: bytes) -> None:
    with pytest.raises(Poison, match="run extract in ingest's release or a newer one, then retry this dead letter"):
        read_layout(kept)
