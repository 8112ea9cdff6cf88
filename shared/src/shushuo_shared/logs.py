"""One log format for our own lines and the libraries': console on a terminal, one JSON object per line otherwise."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

SECRET_KEYS = frozenset({"secret", "token", "admin_token", "authorization", "password", "signature", "api_key"})
_SECRETS = re.compile(
    r"whsec_[\w+/=-]+|(?i:bearer)\s+[\w.~+/=-]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)|(?<=[?&]token=)[^&\s]+"
)
NOISY = {
    "aiokafka": logging.ERROR,
    "faust": logging.WARNING,
    "mode": logging.WARNING,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "uvicorn.access": logging.WARNING,
    "watchfiles": logging.WARNING,
    "pdfminer": logging.ERROR,
    "asyncio": logging.WARNING,
    "trafilatura": logging.ERROR,
}


def without_secrets(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace values that are, or contain, secrets: webhook secrets, bearer tokens, passwords in URLs."""
    for key, value in line.items():
        if key.lower() in SECRET_KEYS and value:
            line[key] = "***"
        elif isinstance(value, str):
            line[key] = _SECRETS.sub("***", value)
    return line


def configure(service: str, form: Literal["console", "json", "auto"] = "auto", level: str = "INFO") -> None:
    """Send every line, ours and the libraries', to standard error in one format, stamped with the service."""
    before = _before(service)
    handler = logging.StreamHandler(sys.stderr)
    last = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(form)]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=last))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(True)
    for name, least in NOISY.items():
        logging.getLogger(name).setLevel(least)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _before(service: str) -> list[Any]:
    """What is added to every line before it is rendered."""

    def stamp(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        line.setdefault("service", service)
        line.pop("color_message", None)  # uvicorn's second copy of its message
        return line

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        stamp,
        structlog.processors.StackInfoRenderer(),
    ]


def _rendering(form: Literal["console", "json", "auto"]) -> list[Any]:
    """Console for people, JSON for programs; auto looks whether standard error is a terminal."""
    if form == "console" or (form == "auto" and sys.stderr.isatty()):
        return [without_secrets, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    json = structlog.processors.JSONRenderer(ensure_ascii=False)
    return [structlog.processors.format_exc_info, without_secrets, json]
