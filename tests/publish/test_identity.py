"""Items keep their ids: through corrections, through moves in the text, and when the store is built again."""

from shushuo_publish.handler import Before, Known, Published, decide
from shushuo_publish.store.models import Figure, Highlight
from shushuo_shared.report import ExtractedReport
from tests.publish.kit import NOON, TEXT, extracted, report

LIFTED = "“水上法庭”做法入选全省法院典型案例"


def told(read: ExtractedReport, before: Before | None = None, revision: int = 1) -> Published:
    """What publishing a report after another gives."""
    outcome = decide(extracted(read, revision=revision), read, before, Known(change=revision, now=NOON))
    assert isinstance(outcome, Published)
    return outcome


def after(published: Published) -> Before:
    """The state that it leaves."""
    return Before(published.report, published.items, published.text)


def ids(items: list[Figure] | list[Highlight]) -> list[str]:
    """Their ids in the order of the text."""
    return [item.id for item in items]


def test_reading_the_same_report_again_gives_the_same_ids() -> None:
    first, second = told(report()), told(report())
    assert ids(first.items.figures) == ids(second.items.figures)
    assert ids(first.items.highlights) == ids(second.items.highlights)


def test_the_same_words_in_two_reports_have_different_ids() -> None:
    assert not set(ids(told(report("r1")).items.figures)) & set(ids(told(report("r2")).items.figures))


def test_a_highlight_whose_words_were_corrected_is_the_same_highlight() -> None:
    first = told(report())
    text = TEXT.replace("全省法院典型案例", "全国法院典型案例")
    second = told(report(version="v2", text=text, highlights=(LIFTED.replace("全省", "全国"),)), after(first), 2)
    assert ids(second.items.highlights) == ids(first.items.highlights)
    assert [change["change"] for change in second.changes["highlights"]] == ["changed"]
    assert second.new_highlights == []


def test_another_highlight_in_its_place_is_another_highlight() -> None:
    first = told(report())
    text = TEXT.replace(LIFTED, "执行局获评全国先进集体")
    second = told(report(version="v2", text=text, highlights=("执行局获评全国先进集体",)), after(first), 2)
    assert not set(ids(second.items.highlights)) & set(ids(first.items.highlights))
    assert [change["change"] for change in second.changes["highlights"]] == ["added", "removed"]


def test_a_figure_put_before_others_does_not_rename_them() -> None:
    first = told(report())
    text = TEXT.replace("一年来，", "一年来，调解案件1200件，")
    given = (("1200件", "调解案件", "1200"), ("6852件", "新收案件", "6852"), ("6610件", "审结案件", "6610"))
    second = told(report(version="v2", text=text, figures=given), after(first), 2)
    assert ids(second.items.figures)[1:] == ids(first.items.figures)
    assert [change["change"] for change in second.changes["figures"]] == ["added"]


def test_two_figures_about_the_same_thing_have_ids_of_their_own() -> None:
    text = "新收案件6852件。新收案件6852件次。\n"
    given = (("6852件", "新收案件", "6852"), ("6852件次", "新收案件", "6852"))
    assert len(set(ids(told(report(text=text, figures=given, highlights=())).items.figures))) == 2


def test_a_history_replayed_from_its_start_gives_the_same_ids() -> None:
    def history() -> list[str]:
        first = told(report())
        text = TEXT.replace("全省法院典型案例", "全国法院典型案例")
        return ids(
            told(
                report(version="v2", text=text, highlights=(LIFTED.replace("全省", "全国"),)), after(first), 2
            ).items.highlights
        )

    assert history() == history()
