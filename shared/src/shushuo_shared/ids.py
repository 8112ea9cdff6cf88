"""Deterministic names: a document arriving ten times has one id, the same bytes one version, a step one event."""

import hashlib
import uuid

_EVENTS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:shushuo:events")


def report_id(source: str, address: str) -> str:
    """Name a report by the source that watches it and its canonical address there; independent of what it says."""
    return "r" + hashlib.sha256(f"{source}\n{address}".encode()).hexdigest()[:20]


def version_of(content: bytes) -> str:
    """Name a version by its bytes."""
    return hashlib.sha256(content).hexdigest()[:32]


def event_id(event_type: str, report: str, *parts: str) -> str:
    """Name an event by what it tells, so that redoing a step repeats the id instead of inventing a new one."""
    return str(uuid.uuid5(_EVENTS, "\n".join((event_type, report, *parts))))
