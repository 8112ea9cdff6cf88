"""Publication dates as list pages and feeds print them, read in Beijing time where they name no zone."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
_DATE = re.compile(
    r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
    r"(?:\s*日)?(?:[\sT]+(\d{1,2})[:：时](\d{2}))?"
)
_FORESIGHT = timedelta(days=2)


def read_date(text: str | None, *, now: datetime) -> datetime | None:
    """The date in the text; None without one, or when it lies in the future: a misprint, or a meeting's date."""
    found = _DATE.search(text or "")
    if found is None:
        return None
    year, month, day, hour, minute = (int(number) for number in found.groups(default="0"))
    try:
        return _sane(datetime(year, month, day, hour, minute, tzinfo=BEIJING), now)
    except ValueError:
        return None


def read_stamp(text: str | None, *, now: datetime) -> datetime | None:
    """The moment in an RFC 3339 or RFC 822 stamp, or the date in looser text."""
    if not text:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text.strip())
        except ValueError:
            continue
        return _sane(moment if moment.tzinfo else moment.replace(tzinfo=BEIJING), now)
    return read_date(text, now=now)


def _sane(moment: datetime, now: datetime) -> datetime | None:
    return moment.astimezone(UTC) if moment <= now + _FORESIGHT else None
