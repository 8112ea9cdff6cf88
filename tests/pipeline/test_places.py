"""A figure of a PDF or a web page shows where it stands in the original, from the file to the report's page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.platypus import PageBreak

from tests.ingest.documents.kit import pdf, report_flow
from tests.ingest.test_html import SENTENCES
from tests.pipeline.system import System


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System.embedded(tmp_path_factory.mktemp("places")) as running:
        yield running


def published(system: System, path: Path, data: bytes) -> str:
    """Hand the document in; its report's path once it is published."""
    path.write_bytes(data)
    [answer] = system.json("submit", str(path))
    at = f"/reports/{answer['report_id']}"
    system.wait_for(lambda: system.get(f"/api/v1{at}").status_code == 200, "the report")
    return at


def test_a_figure_of_a_pdf_shows_its_page_and_box(system: System, tmp_path: Path) -> None:
    at = published(system, tmp_path / "公报.pdf", pdf([PageBreak(), *report_flow()], foot="第{page}页"))

    figures = system.get(f"/api/v1{at}").json()["figures"]
    [place] = next(f for f in figures if f["text"] == "5.19亿元")["places"]
    left, top, right, bottom = place["box"]
    assert place["page"] == 2
    assert 70 < left < right < 530
    assert 0 < top < bottom < place["sheet"][1]
    page = system.get(at).text
    assert "<summary>第2页</summary>" in page
    assert f'y="{top}"' in page


def test_a_figure_of_a_web_page_names_its_element(system: System, tmp_path: Path) -> None:
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    page = f"<html><body><div>首页</div><article>{body}</article></body></html>"
    at = published(system, tmp_path / "页面.html", page.encode())

    figures = system.get(f"/api/v1{at}").json()["figures"]

    [place] = next(f for f in figures if f["text"] == "1.27亿元")["places"]
    assert place["element"] == "/html/body/article/p[4]"
