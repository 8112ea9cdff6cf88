"""From a raw report to what it says: one event in, one event out, whatever bus carries them."""

from collections.abc import Awaitable, Callable, Sequence

from shushuo_extract.places import placed
from shushuo_shared.blobs import BlobStore
from shushuo_shared.clock import Clock
from shushuo_shared.codec import Event, make_event
from shushuo_shared.errors import Poison
from shushuo_shared.events import INLINE_BYTES, ExtractedEvent, RawReport
from shushuo_shared.layout import read_layout
from shushuo_shared.report import ExtractedReport

Read = Callable[[str, str, str], Awaitable[bytes]]


class Extract:
    """Handles ``report.raw``: ``read(text, report_id, version)`` gives the extracted report as JSON bytes."""

    def __init__(self, *, read: Read, blobs: BlobStore, clock: Clock) -> None:
        self._read, self._blobs, self._clock = read, blobs, clock

    async def __call__(self, event: Event) -> Sequence[Event]:
        """The ``report.extracted`` that follows; a withdrawn report is passed on without being read."""
        raw = event.data
        if not isinstance(raw, RawReport):
            raise Poison(f"extract reads report.raw, not {event.type}")
        carried = raw.model_dump(exclude={"text", "text_ref"})
        if raw.state == "present":
            carried |= await self._extracted(raw)
        data = ExtractedEvent.model_validate(carried)
        parts = (str(raw.revision), raw.version, raw.state)
        return [
            make_event(
                "report.extracted",
                data,
                service="extract",
                subject=raw.report_id,
                parts=parts,
                time=self._clock(),
                lane=event.lane,
            )
        ]

    async def _extracted(self, raw: RawReport) -> dict[str, object]:
        """The report inline, or by reference when it is large; Poison when a quote is not what the text holds."""
        payload = await self._read(await self._text(raw), raw.report_id, raw.version)
        report = ExtractedReport.model_validate_json(payload)
        if wrong := report.misquotes():
            raise Poison(
                f"items that their text does not prove: {', '.join(wrong[:5])}; report this as a bug of extract"
            )
        if raw.layout is not None:
            report = placed(report, read_layout(await self._blobs.get(raw.layout)))
            payload = report.model_dump_json(by_alias=True).encode()
        if len(payload) > INLINE_BYTES:
            return {"report_ref": await self._blobs.put(payload, "application/json")}
        return {"report": report}

    async def _text(self, raw: RawReport) -> str:
        if raw.text is not None:
            return raw.text
        if raw.text_ref is None:
            raise Poison("report.raw has neither text nor text_ref")
        return (await self._blobs.get(raw.text_ref)).decode()
