"""``upgrade``: the store's schema brought up to this release."""

from shushuo_publish.store.migrations import upgrade

__all__ = ["upgrade"]
