"""What another producer may send that one database keeps and the other does not: refused alike on both, with advice."""

import secrets
from datetime import timedelta

import pytest
from sqlmodel import select

from shushuo_publish import dead_letters
from shushuo_publish.handler import Published
from shushuo_publish.store.models import Report
from shushuo_publish.store.outgoing import DeadLetterRow
from shushuo_publish.store.session import Store
from shushuo_shared.clock import system_clock
from shushuo_shared.errors import Poison
from shushuo_shared.events import DeadLetter
from shushuo_shared.report import ExtractedReport
from shushuo_shared.worker import dead_letter_event
from tests.publish.desk import Desk
from tests.publish.kit import NOON, TEXT, extracted, report, searched

LONG = secrets.token_hex(3000)


def with_figure(**changed: object) -> ExtractedReport:
    """A report whose first figure is otherwise."""
    read = report()
    return read.model_copy(update={"figures": [read.figures[0].model_copy(update=changed), *read.figures[1:]]})


@pytest.mark.parametrize(
    ("read", "where"),
    [
        (report(text=TEXT.replace("全市第一", "全市\0第一")), "report.text"),
        (report(title="临江县\0人民法院工作报告"), "report.meta.title"),
        (with_figure(indicator="新收\0案件"), "report.figures.0.indicator"),
    ],
    ids=["text", "title", "indicator"],
)
def test_a_nul_character_is_refused_with_its_place_and_what_to_do(
    desk: Desk, read: ExtractedReport, where: str
) -> None:
    with pytest.raises(Poison, match=rf"NUL character.* {where}.* take it out .* hand the document in again"):
        desk.put(read)
    assert desk.all(Report) == []


def test_a_nul_character_in_a_withdrawal_is_refused(desk: Desk) -> None:
    with pytest.raises(Poison, match="NUL character"):
        desk.take(extracted(report_id="r\0", state="withdrawn"))


@pytest.mark.parametrize(
    "read",
    [with_figure(organ=LONG), with_figure(code=LONG), report(region=LONG), report(organs=[LONG])],
    ids=["organ", "code", "region", "organs"],
)
def test_a_name_longer_than_any_is_refused(desk: Desk, read: ExtractedReport) -> None:
    with pytest.raises(Poison, match="6000 characters"):
        desk.put(read)
    assert desk.all(Report) == []


def test_a_placing_that_no_column_holds_is_refused(desk: Desk) -> None:
    read = report()
    read = read.model_copy(update={"ranks": [read.ranks[0].model_copy(update={"position": 2**40})]})
    with pytest.raises(Poison, match="1099511627776"):
        desk.put(read)


def test_a_nul_that_is_only_spelt_is_kept(desk: Desk) -> None:
    assert isinstance(desk.put(report(title="临江县人民法院\\u0000工作报告")), Published)


@pytest.mark.parametrize("odd", ["\ufffe", "\uffff", "\x01", "\U0010ffff", "\u0085", "\ufeff"])
def test_an_odd_character_is_kept_and_the_report_is_found(desk: Desk, odd: str) -> None:
    assert isinstance(desk.put(report(text=TEXT.replace("全市第一", f"全市第一{odd}名"))), Published)
    assert searched(desk.store, "reports", "水上法庭") == [(1, 0)]


def test_a_word_of_any_length_is_kept_and_found(desk: Desk) -> None:
    assert isinstance(desk.put(report(text=TEXT + LONG + "\n")), Published)
    assert searched(desk.store, "reports", LONG[-40:]) == [(1, 0)]


def test_a_dead_letter_is_kept_whatever_its_key_is(store: Store) -> None:
    letter = DeadLetter(
        report_id=f"r\0{LONG}", service="publish", reason="no report: r\0", error="Poison", attempts=1,
        failed_at=NOON + timedelta(minutes=1), topic="shushuo.reports.extracted", key=f"r\0{LONG}",
        headers={"ce_id": "e\0"}, value="",
    )  # fmt: skip
    with store.writing() as session:
        assert dead_letters.keep(session, dead_letter_event(letter, system_clock))
    with store.reading() as session:
        [row] = session.exec(select(DeadLetterRow)).all()
        assert row.reason == "no report: r\ufffd"
