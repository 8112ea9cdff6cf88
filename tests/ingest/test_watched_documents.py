"""What becomes of one document of a watched site: it fails, lies, vanishes, changes, is given up or mended."""

import base64

import pytest
from starlette.responses import RedirectResponse, Response

from shushuo_ingest.app import Ingest
from shushuo_ingest.documents import ParsedDocument
from shushuo_shared.bus import Bus, Message
from shushuo_shared.errors import Poison, Retryable
from shushuo_shared.topics import DEAD_LETTERS
from tests.ingest.kit import StoppedClock, events
from tests.ingest.site import Site, article
from tests.ingest.watched import CHROME, FIREWALL, poll, watch

PAGE = """
[[source]]
name = "数据"
kind = "page"
url = "{url}"
"""


async def away(_: Message) -> None:
    """A bus that takes nothing."""
    raise Retryable("the bus is away")


async def test_failed_document_is_tried_again_alone(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    site.pages["/a/1"] = Response("oops", 500)
    first = await poll(watching)
    site.pages["/a/1"] = article("临江县人民法院2024年工作报告", 3216, 881, 407)
    clock.forward(hours=1)

    second = await poll(watching)

    assert first == {"2024年工作报告": "later", "2023年工作报告": "accepted"}
    assert second == {"2024年工作报告": "accepted"}
    assert len(await events(bus)) == 2


@pytest.mark.parametrize("lie", [FIREWALL, CHROME])
async def test_lying_document_is_not_published(watching: Ingest, site: Site, bus: Bus, lie: str) -> None:
    site.pages["/a/1"] = lie

    assert (await poll(watching))["2024年工作报告"] == "later"

    assert [event["title"] for event in await events(bus)] == ["2023年工作报告"]


@pytest.mark.parametrize("inward", ["http://10.0.0.7/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/"])
async def test_redirect_inward_is_refused_and_listed(watching: Ingest, site: Site, bus: Bus, inward: str) -> None:
    site.pages["/a/1"] = RedirectResponse(inward)

    assert (await poll(watching))["2024年工作报告"] == "failed"

    (letter,) = await events(bus, DEAD_LETTERS)
    assert "not a public address" in letter["reason"]


async def _missed_once(watching: Ingest, site: Site, clock: StoppedClock) -> None:
    watch(watching, PAGE.format(url=site.url("/a/1")))
    await poll(watching)
    del site.pages["/a/1"]
    clock.forward(hours=1)
    await poll(watching)


async def test_vanished_document_is_withdrawn_only_when_confirmed(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    await _missed_once(watching, site, clock)
    before = [event["state"] for event in await events(bus)]

    clock.forward(hours=25)
    await poll(watching)

    assert before == ["present"]
    assert [event["state"] for event in await events(bus)] == ["withdrawn"]


async def test_vanished_document_waits_its_turn_while_its_withdrawal_cannot_be_told(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _missed_once(watching, site, clock)
    clock.forward(hours=25)

    with monkeypatch.context() as broken:
        broken.setattr(bus, "publish", away)
        outcomes = [await poll(watching)]
    clock.forward(hours=1)
    outcomes.append(await poll(watching))

    assert [list(outcome.values()) for outcome in outcomes] == [["later"], ["withdrawn"]]
    assert [event["state"] for event in await events(bus)] == ["present", "withdrawn"]


@pytest.mark.parametrize("weeks", [0, 1])
async def test_refused_document_waits_its_turn_while_its_dead_letter_cannot_be_kept(
    watching: Ingest, site: Site, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch, weeks: int
) -> None:
    if weeks:
        site.pages["/a/1"] = Response("oops", 500)
        await poll(watching)
        clock.forward(days=8)
    else:
        site.pages["/a/1"] = RedirectResponse("http://10.0.0.7/")

    with monkeypatch.context() as broken:
        broken.setattr(watching.bus, "publish", away)
        outcomes = [await poll(watching)]
    clock.forward(hours=1)
    outcomes.append(await poll(watching))

    assert [outcome["2024年工作报告"] for outcome in outcomes] == ["later", "failed"]
    assert len(await events(watching.bus, DEAD_LETTERS)) == 1


async def test_page_whose_counter_turns_is_unchanged_and_one_whose_figure_does_is_not(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    page = article("司法数据发布", 3216, 881, 407)
    site.pages["/a/1"] = page.replace("<h1>", "<p>浏览次数：1024</p><h1>")
    watch(watching, PAGE.format(url=site.url("/a/1")))
    outcomes = [await poll(watching)]
    for shown in (page.replace("<h1>", "<p>浏览次数：1031</p><h1>"), page.replace("3216", "3217")):
        site.pages["/a/1"] = shown
        clock.forward(hours=1)
        outcomes.append(await poll(watching))

    assert [list(outcome.values()) for outcome in outcomes] == [["accepted"], ["unchanged"], ["changed"]]
    assert len(await events(bus)) == 2


async def test_version_that_could_not_be_read_is_not_taken_for_unchanged_later(
    watching: Ingest, site: Site, clock: StoppedClock
) -> None:
    await poll(watching)
    broken = Response(b"%PDF-1.4 cut", media_type="application/pdf", headers={"etag": '"2"'})
    site.pages["/a/1"] = lambda asked: Response(status_code=304) if "if-none-match" in asked.headers else broken
    outcomes = []
    for title in ("2024年工作报告（更正）", "2024年工作报告（再更正）"):
        site.pages["/gzbg/"] = site.list_page(("/a/1", title), ("/a/2", "2023年工作报告"))
        clock.forward(hours=1)
        outcomes.append(await poll(watching))

    assert [list(outcome.values()) for outcome in outcomes] == [["failed"], ["failed"]]


async def test_document_given_up_is_fetched_again_when_its_dead_letter_is_retried(
    watching: Ingest, site: Site, bus: Bus, clock: StoppedClock
) -> None:
    truth, site.pages["/a/1"] = site.pages["/a/1"], RedirectResponse("http://10.0.0.7/")
    await poll(watching)
    (letter,) = await events(bus, DEAD_LETTERS)
    site.pages["/a/1"] = truth

    clock.forward(minutes=1)
    await watching.retry(Message(topic=letter["topic"], key=letter["key"], value=base64.b64decode(letter["value"])))

    assert await poll(watching) == {"2024年工作报告": "accepted"}


async def test_document_whose_retry_succeeds_counts_as_failed_no_more(
    watching: Ingest, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def blind(_: bytes, __: str) -> ParsedDocument:
        raise Poison("no reader for it")

    with monkeypatch.context() as before:
        before.setattr(watching.intake, "_read", blind)
        await poll(watching)
    (failed,) = await watching.desk.overview()
    for letter in await events(bus, DEAD_LETTERS):
        await watching.retry(Message(topic=letter["topic"], key=letter["key"], value=base64.b64decode(letter["value"])))

    (mended,) = await watching.desk.overview()
    assert (failed["documents"], mended["documents"]) == ({"failed": 2}, {"stored": 2})
