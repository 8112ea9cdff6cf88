"""Durations as people write them in the sources file: ``30s``, ``10m``, ``1h``, ``7d``, ``2w``."""

import re
from datetime import timedelta

LONGEST = timedelta(days=36_500)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read_duration(value: object) -> timedelta:
    """The duration; ValueError with what was expected otherwise."""
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhdw])", value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('expected a duration such as "30s", "10m", "1h" or "7d"')
    try:
        duration = timedelta(**{_UNITS[found[2]]: float(found[1])})
    except OverflowError:
        duration = timedelta.max
    if duration > LONGEST:
        raise ValueError(f"expected at most {LONGEST.days}d")
    return duration


def spell_duration(duration: timedelta) -> str:
    """The duration as ``read_duration`` takes it, in the largest unit that it is a whole number of."""
    for unit in ("d", "h", "m"):
        length = timedelta(**{_UNITS[unit]: 1})
        if duration % length == timedelta(0):
            return f"{duration // length}{unit}"
    return f"{duration.total_seconds():g}s"
