"""The family's vocabulary, read once."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def terms() -> dict[str, Any]:
    """The words of ``terms.toml``."""
    return tomllib.loads(resources.files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))
