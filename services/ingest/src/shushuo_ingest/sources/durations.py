"""Durations as people write them in the sources file: ``30s``, ``10m``, ``1h``, ``7d``, ``2w``."""

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read_duration(value: object) -> timedelta:
    """The duration; ValueError with what was expected otherwise."""
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhdw])", value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('expected a duration such as "30s", "10m", "1h" or "7d"')
    return timedelta(**{_UNITS[found[2]]: float(found[1])})
