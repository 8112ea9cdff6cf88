"""Text is decoded by what its bytes are, whatever is declared; what is no language is refused with its reason."""

import codecs

import pytest

from shushuo_ingest.documents import read_document
from shushuo_shared.errors import Poison

SIMPLIFIED = """云溪市人民检察院工作报告

2024年，全市检察机关共办理各类案件5 832件，同比上升6.7%。批准逮捕1 024人，提起公诉2 317人。
办理公益诉讼案件216件，发出检察建议178份，回复整改率100%。
"""
TRADITIONAL = "過去一年，本院受理各類案件三千餘件，審結率達百分之九十六，調解成功的糾紛明顯增加，當事人對此表示滿意。"
SHORT = "本院审结案件12件。"
RARE = "院长喆煊、副院长堃、法官赟燚、彧、犇出席会议，报告了2024年审判工作，审结案件3098件，结案率96.3%。"
PAGE = '<html><head><meta charset="{declared}"><title>报告</title></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED.replace("\n", "\r\n"), "gbk"),
        (SIMPLIFIED * 300, "gb18030"),
        (SIMPLIFIED * 300, "utf-16-le"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "utf-16-be"),
        (SHORT, "utf-8"),
        (SHORT, "gbk"),
        (SHORT, "utf-16-le"),
        (RARE, "gb18030"),
        ("Annual report 2024: 3,098 cases closed.", "ascii"),
        ("Rapport 2024 du tribunal d'été", "utf-8"),
    ],
)
def test_text_is_decoded_exactly(text: str, encoding: str) -> None:
    assert read_document(text.encode(encoding), "a.txt").text == text


def test_text_with_both_marks_of_utf_16_is_decoded() -> None:
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert read_document(mark + SIMPLIFIED.encode(name), "a.txt").text == SIMPLIFIED


@pytest.mark.parametrize("declared", ["utf-8", "gbk", "gb2312", "big5", "iso-8859-1", "x-unknown"])
@pytest.mark.parametrize("actual", ["utf-8", "gb18030"])
def test_wrong_declaration_is_beaten(declared: str, actual: str) -> None:
    page = PAGE.format(declared=declared, text=SIMPLIFIED.replace("\n", "")).encode(actual)

    assert "批准逮捕1 024人，提起公诉2 317人" in read_document(page, "a.html").text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (SIMPLIFIED.encode("utf-8").decode("latin-1").encode("utf-8"), "garbled"),
        (SIMPLIFIED.encode("gbk").decode("utf-8", "replace").encode("utf-8"), "garbled"),
        ("锟斤拷" * 100 + "2024年审结案件", "garbled"),
        ("\ue000\ue001\ue002" * 50 + "审结案件", "garbled"),
        (SIMPLIFIED.encode() * 20 + "院".encode()[:2], "cut off"),
        (bytes(range(256)) * 20, "no reader for application/octet-stream"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no reader|cannot|not"),
    ],
)
def test_what_is_no_language_is_refused_with_its_reason(data: bytes | str, why: str) -> None:
    with pytest.raises(Poison, match=why):
        read_document(data.encode() if isinstance(data, str) else data, "a.txt")
