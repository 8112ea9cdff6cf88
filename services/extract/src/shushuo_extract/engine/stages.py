"""The stages of reading that the reader runs after amounts and changes, found by name in their families."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any


def stage(module: str, function: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
    """A family's public function, or what to do while the family is absent."""
    try:
        if find_spec(module) is None:
            return otherwise
        return getattr(import_module(module), function, otherwise)
    except Exception:  # a family under construction must not stop the others
        return otherwise
