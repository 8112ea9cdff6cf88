"""The kinds of source, discovered: each module here with a ``Source`` subclass that has a ``kind`` is one.

To add a kind: a module with its class, and in ``examples/`` a saved page and the expected result under the kind's name.
"""

import importlib
import inspect
import pkgutil

from shushuo_ingest.sources.base import Item, Listing, Source, WebSource

__all__ = ["KINDS", "Item", "Listing", "Source", "WebSource"]


def _discover() -> dict[str, type[Source]]:
    found: dict[str, type[Source]] = {}
    for module in pkgutil.iter_modules(__path__):
        members = vars(importlib.import_module(f"{__name__}.{module.name}")).values()
        for member in members:
            if inspect.isclass(member) and issubclass(member, Source) and "kind" in vars(member):
                found[member.kind] = member
    return dict(sorted(found.items()))


KINDS: dict[str, type[Source]] = _discover()
