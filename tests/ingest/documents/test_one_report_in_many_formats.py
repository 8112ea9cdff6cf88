"""The same report as PDF, web page, Word file, re-saved PDF and repost is one record with its copies."""

from httpx import AsyncClient
from reportlab.platypus import Paragraph

from shushuo_shared.bus import Bus
from tests.ingest.documents.kit import PARAGRAPHS, REPORT, TITLE, pdf, report_flow, styled, word
from tests.ingest.kit import events, submit
from tests.ingest.test_copies import wrapped

PAGE = (
    "<html><head><title>临江县人民法院网</title></head><body>"
    "<div class=nav><a href=/>首页</a> <a href=/sfgk>司法公开</a></div>"
    f"<h1>{TITLE}</h1><p>发布时间：2025-01-20 来源：办公室 浏览：318次</p>"
    + "".join(f"<p>　　{text}</p>" for text in PARAGRAPHS)
    + "<div class=foot><p>版权所有：临江县人民法院</p></div></body></html>"
)
GUISES = {
    "网页.html": PAGE.encode("gb18030"),
    "报告.docx": word(),
    "另存.pdf": pdf(report_flow(10), columns=2, head="临江县人民法院公报", foot="第{page}页", title="另存"),
    "转载.txt": f"2025年1月22日\n{wrapped(REPORT)}\n责任编辑：王某\n".encode("utf-16"),
}


async def test_every_guise_of_a_report_is_a_copy_of_what_came_first(api: AsyncClient, bus: Bus) -> None:
    first = await submit(api, "报告.pdf", pdf(report_flow()))

    done = {name: await submit(api, name, data) for name, data in GUISES.items()}

    assert {name: one["outcome"] for name, one in done.items()} == dict.fromkeys(GUISES, "accepted")
    told = {event["source"]["address"]: event["copy_of"] for event in await events(bus)}
    assert told == {"报告.pdf": None, **dict.fromkeys(GUISES, first["report_id"])}


async def test_last_year_s_report_in_another_format_is_a_report_of_its_own(api: AsyncClient, bus: Bus) -> None:
    await submit(api, "报告.docx", word())
    earlier = [Paragraph(text.replace("2024", "2023"), styled()) for text in (TITLE, *PARAGRAPHS)]

    await submit(api, "上年.pdf", pdf(earlier))

    assert [event["copy_of"] for event in await events(bus)] == [None, None]
