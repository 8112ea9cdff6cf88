"""The main text of a page, as courts' sites really build theirs: every figure of the report is in it."""

import pytest

from shushuo_ingest.documents import read_document
from shushuo_shared.errors import Poison

SENTENCES = (
    "2024年，临江县人民法院受理各类案件3216件，审结3098件，结案率96.33%。",
    "审结刑事案件412件，判处罪犯538人，其中五年以上有期徒刑61人。",
    "审结民商事案件1904件，标的额5.19亿元，调解撤诉率58.6%。",
    "受理执行案件782件，执结745件，执行到位金额1.27亿元。",
)
CHROME = """<div class="top"><a href="/">首页</a><a href="/sfgk">司法公开</a><span>服务热线 12368</span></div>
{body}
<div class="foot"><p>版权所有：临江县人民法院 地址：临江县人民路99号 备案序号20250001号</p></div>"""

BODIES = {
    "paragraphs": "".join(f"<p>{s}</p>" for s in SENTENCES),
    "an editor's div": '<div class="TRS_Editor">'
    + "".join(f"<P align=justify>　　{s}</P>" for s in SENTENCES)
    + "</div>",
    "line breaks": "<div>" + "<br><br>".join(SENTENCES) + "</div>",
    "nested spans": "".join(
        f'<section><section><p><span style="font-size:16px"><span>{s}</span></span></p></section></section>'
        for s in SENTENCES
    ),
    "a layout table": "<table><tr><td>" + "".join(f"<p>{s}</p>" for s in SENTENCES) + "</td></tr></table>",
    "a list": "<ul>" + "".join(f"<li>{s}</li>" for s in SENTENCES) + "</ul>",
    "divs for paragraphs": "".join(f"<div>{s}</div>" for s in SENTENCES),
    "figures in bold": "".join(f"<p>{s.replace('件', '<b>件</b>')}</p>" for s in SENTENCES),
    "a data table": "<table>"
    + "".join(f"<tr><td>类别{n}</td><td>{n}234件</td><td>{n}.5%</td></tr>" for n in range(1, 7))
    + f"</table><p>{SENTENCES[0]}</p>",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_figure_of_the_report_is_read(body: str) -> None:
    page = (
        f"<html><head><meta charset=utf-8><title>工作报告</title></head><body>{CHROME.format(body=body)}</body></html>"
    )

    text = "".join(read_document(page.encode(), "a.html").text.split())

    sentences = [sentence for sentence in SENTENCES if sentence in "".join(body.replace("<b>件</b>", "件").split())]
    assert sentences
    assert all(sentence in text for sentence in sentences)
    if "类别1" in body:
        assert all(f"{n}234件" in text and f"{n}.5%" in text for n in range(1, 7))


def test_figure_split_over_elements_stays_one_figure() -> None:
    body = (
        "".join(f"<p>{s}</p>" for s in SENTENCES)
        + "<p>化解纠纷<span>11</span><span>05</span>件，其中<em>涉</em>企346件。</p>"
    )

    text = read_document(f"<html><body><article>{body}</article></body></html>".encode(), "a.html").text

    assert "化解纠纷1105件，其中涉企346件" in "".join(text.split())


def test_scripts_and_styles_are_no_text() -> None:
    page = f"<html><body><style>p{{margin:10px}}</style><script>var n=4711;</script><p>{SENTENCES[0]}</p></body></html>"

    assert read_document(page.encode(), "a.html").text.strip() == SENTENCES[0]


def test_title_is_the_heading() -> None:
    page = f"<html><head><title>站点</title></head><body><h1> 2024年\n工作报告 </h1><p>{SENTENCES[0]}</p></body></html>"

    assert read_document(page.encode(), "a.html").title == "2024年 工作报告"


def test_page_nested_thousands_deep_is_refused() -> None:
    page = "<html><body>" + "<div>" * 20000 + SENTENCES[0] + "</div>" * 20000 + "</body></html>"

    with pytest.raises(Poison):
        read_document(page.encode(), "a.html")
