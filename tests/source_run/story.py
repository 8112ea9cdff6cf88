"""The story: what the site does, step by step; each step's docstring is what a reader is told beforehand."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tests.ingest.site import article
from tests.source_run.stage import Stage

SOURCES = """
[[source]]
name = "临江法院"
kind = "list"
url = "{url}/gzbg/"
items = "li"
next = "a.next"
pages = 2
every = "1h"
history = "live"
attachments = "div.files a"
expect_count = [1, 40]

[[source]]
name = "司法数据"
kind = "page"
url = "{url}/sfsj"
every = "60d"
expect_every = "300d"
"""
FIREWALL = "<html><script>document.cookie='__jsl_clearance_s=1';location.reload()</script></html>"
LOGIN = "<html><body><form>统一身份认证<input name=u><input type=password></form></body></html>"
SORRY = "<html><body><div><a href=/>首页</a></div><p>抱歉，您访问的页面不存在或已被删除。</p></body></html>"
UPKEEP = "<html><body><h1>网站正在维护，请稍后再试</h1></body></html>"
EMPTY = "<html><head><title>工作报告</title></head><body><ul class=news></ul></body></html>"
LIST, DATA = "临江法院", "司法数据"


def entries(*numbers: int, following: str = "") -> str:
    """A list page with these reports."""
    rows = "".join(f'<li><a href="/a/{n}">{2020 + n}年工作报告</a></li>' for n in numbers)
    return f"<html><head><title>工作报告</title></head><body><ul>{rows}</ul>{following}</body></html>"


def yearly(number: int) -> str:
    """A report of the year, with figures of its own."""
    return article(f"临江县人民法院{2020 + number}年工作报告", 3000 + 37 * number, 800 + 11 * number, 400 + number)


def publish(stage: Stage, *numbers: int) -> None:
    """Put the reports on the site, and on its list."""
    stage.site.pages |= {f"/a/{n}": yearly(n) for n in numbers}
    stage.site.pages["/gzbg/"] = entries(*numbers)


def tagged(page: str, tag: str) -> Callable[[Request], Response]:
    """The page with a validator that it honours."""

    def answer(request: Request) -> Response:
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304)
        return Response(page, media_type="text/html; charset=utf-8", headers={"etag": tag})

    return answer


async def first_look(stage: Stage) -> None:
    """A new site. Its list has two pages; one more page changes in place."""
    site = stage.site
    site.pages["/robots.txt"] = Response("User-agent: *\nDisallow: /inner/", media_type="text/plain")
    site.pages |= {"/a/0": yearly(0), "/a/1": yearly(1), "/a/2": yearly(2), "/a/3": yearly(3)}
    site.pages["/gzbg/"] = tagged(entries(3, 2, following='<a class="next" href="/gzbg/2">下一页</a>'), '"1"')
    site.pages["/gzbg/2"] = entries(1, 0)
    site.pages["/sfsj"] = article("司法数据发布（一季度）", 812, 790, 66)
    await stage.later(hours=0)


async def nothing_new(stage: Stage) -> None:
    """Nothing changes. The list is asked for with its validator; no document is fetched again."""
    await stage.next_look(LIST)


async def change(stage: Stage) -> None:
    """The list gains a report, which is news. The page changes one figure: a second revision of the same report."""
    stage.site.pages["/a/4"] = yearly(4)
    stage.site.pages["/gzbg/"] = entries(4, 3, 2, 1, 0)
    await stage.next_look(LIST)
    stage.site.pages["/sfsj"] = article("司法数据发布（一季度）", 813, 790, 66)
    await stage.next_look(DATA)


async def counter(stage: Stage) -> None:
    """Only the page's counter of visits turns: read again, found to say the same, not published."""
    page = article("司法数据发布（一季度）", 813, 790, 66)
    for visits in (1024, 1025):
        stage.site.pages["/sfsj"] = page.replace("<h1>", f"<p>浏览次数：{visits}</p><h1>")
        await stage.next_look(DATA)


async def one_document_fails(stage: Stage) -> None:
    """Of two new reports one answers 500. It is kept as waiting, and alone tried again two minutes later."""
    publish(stage, 6, 5, 4, 3, 2, 1)
    stage.site.pages["/a/6"] = Response("oops", 500)
    await stage.next_look(LIST)
    stage.site.pages["/a/6"] = yearly(6)
    await stage.later(minutes=2)


async def lies(stage: Stage) -> None:
    """The site lies with status 200: a firewall's challenge, a login, maintenance, an empty list, a page not found."""
    truth = stage.site.pages["/gzbg/"]
    for lie in (FIREWALL, LOGIN, UPKEEP, EMPTY):
        stage.site.pages["/gzbg/"] = lie
        await stage.next_look(LIST)
    stage.site.pages["/gzbg/"] = truth
    await stage.next_look(LIST)
    publish(stage, 7, 6, 5, 4, 3, 2, 1)
    stage.site.pages["/a/7"] = SORRY
    await stage.next_look(LIST)
    stage.site.pages["/a/7"] = yearly(7)
    await stage.later(minutes=2)


async def inward(stage: Stage) -> None:
    """Two new reports redirect to addresses inside the operator's network, one leads where robots.txt forbids."""
    publish(stage, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
    stage.site.pages["/a/8"] = RedirectResponse("http://169.254.169.254/latest/meta-data/")
    stage.site.pages["/a/9"] = RedirectResponse("http://[::ffff:10.0.0.7]/")
    stage.site.pages["/a/10"] = RedirectResponse("/inner/report")
    await stage.next_look(LIST)


async def retry_after(stage: Stage) -> None:
    """The site asks to be left alone for three hours; two hours later nothing has been asked of it, then it is."""
    truth = stage.site.pages["/gzbg/"]
    stage.site.pages["/gzbg/"] = Response("slow down", 429, {"retry-after": "10800"})
    await stage.next_look(LIST)
    stage.site.pages["/gzbg/"] = truth
    await stage.later(hours=2)
    await stage.next_look(LIST)


async def lying_304(stage: Stage) -> None:
    """From now on the list claims to be unchanged whenever it is asked conditionally. Every tenth look asks for all."""
    stage.site.pages["/a/11"] = yearly(11)
    stage.site.pages["/gzbg/"] = tagged(entries(7, 6, 5, 4, 3, 2, 1), '"stuck"')
    await stage.next_look(LIST)
    stage.site.pages["/gzbg/"] = tagged(entries(11, 7, 6, 5, 4, 3, 2, 1), '"stuck"')
    while not stage.site.asked["/a/11"]:
        await stage.next_look(LIST)


async def attachment(stage: Stage) -> None:
    """An article that only carries its report as a file: the file is published, the article is not."""
    file = '<div class="files"><a href="/f/12.txt">附件：2032年工作报告.txt</a></div>'
    text = "临江县人民法院2032年工作报告\n2032年，本院受理各类案件3444件，审结3398件，同比上升8.4%。\n" * 9
    stage.site.pages["/a/12"] = f"<html><body><h1>2032年工作报告</h1><p>全文见附件。</p>{file}</body></html>"
    stage.site.pages["/f/12.txt"] = Response(text, media_type="text/plain; charset=utf-8")
    stage.site.pages["/gzbg/"] = entries(12, 11, 7, 6, 5, 4, 3, 2, 1)
    await stage.next_look(LIST)


async def vanished(stage: Stage) -> None:
    """The page answers 404. That is doubted first, and the report withdrawn a day later; then the page is back."""
    kept = stage.site.pages.pop("/sfsj")
    await stage.next_look(DATA)
    await stage.later(hours=13)
    await stage.later(hours=13)
    stage.site.pages["/sfsj"] = kept
    await stage.next_look(DATA)


async def outage(stage: Stage) -> None:
    """Weeks of 502. Looked at later and later, with jitter, up to a day; weekly after a week; never given up."""
    stage.site.down = True
    for _ in range(24):
        await stage.next_look(LIST)


async def back(stage: Stage) -> None:
    """The site is back, with a new report. Nobody had to do anything."""
    stage.site.down = False
    publish(stage, 13, 11, 7, 6, 5, 4, 3, 2, 1)
    stage.site.pages["/sfsj"] = article("司法数据发布（二季度）", 1650, 1604, 131)
    await stage.next_look(LIST)
    await stage.next_look(DATA)


async def silence(stage: Stage) -> None:
    """All looks are good, but the page has not changed for three hundred days."""
    await stage.later(days=301)


STEPS: tuple[Callable[[Stage], Awaitable[None]], ...] = (
    first_look,
    nothing_new,
    change,
    counter,
    one_document_fails,
    lies,
    inward,
    retry_after,
    lying_304,
    attachment,
    vanished,
    outage,
    back,
    silence,
)


async def play(stage: Stage) -> str:
    """Play all steps; the text of the document."""
    for number, step in enumerate(STEPS, 1):
        stage.tell(
            "", f"## {number}. {step.__name__.replace('_', ' ').capitalize()}", "", step.__doc__ or "", "", "```text"
        )
        await step(stage)
        stage.tell("```")
    return "\n".join(stage.told).strip() + "\n"
